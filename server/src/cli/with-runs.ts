import { RunService } from '../runs/run-service';
import type { CliContext } from './context';

/** Gives a service that knows the runs of a directory, for a command that looks at them and ends. */
export async function withRuns<Result>(
  directory: string,
  { engineScript }: CliContext,
  work: (service: RunService) => Promise<Result>,
): Promise<Result> {
  const ignore = (): void => undefined;
  const service = new RunService({ engineScript, onChanged: ignore, onEvents: ignore });
  try {
    await service.load(directory);
    return await work(service);
  } finally {
    service.dispose();
  }
}
