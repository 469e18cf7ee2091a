/** Does something while this process passes for an editor that plays Node.js. */
export async function asEditor<Result>(work: () => Promise<Result>): Promise<Result> {
  const before = Object.getOwnPropertyDescriptor(process, 'versions')!;
  const versions = { ...process.versions, electron: '34.0.0' };
  Object.defineProperty(process, 'versions', { ...before, value: versions });
  try {
    return await work();
  } finally {
    Object.defineProperty(process, 'versions', before);
  }
}
