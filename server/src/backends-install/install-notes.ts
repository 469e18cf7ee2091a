import type { BackendStatus } from '../protocol/generated';

/** What else a user should know about a backend that was just installed, in sentences. */
export function installNotes({ software, device }: BackendStatus, cuda: boolean): string[] {
  const emulated =
    'This device is emulated on the CPU: it is used only where a spec asks for it by name.';
  const noCard =
    "CUDA found no graphics card that it can use, so it computes on the CPU: check NVIDIA's driver with `nvidia-smi`.";
  const lacksCard = cuda && device?.startsWith('GPU') !== true;
  return [...(software ? [emulated] : []), ...(lacksCard ? [noCard] : [])];
}
