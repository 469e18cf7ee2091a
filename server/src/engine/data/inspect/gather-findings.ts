import type { DataFile } from './data-file';
import type { DataFinding } from './data-finding';
import { DataProblem } from './data-problem';
import { unreadableFile } from './unreadable-file';

/** What `look` finds in a file, or nothing after its problem was added to the findings. */
export async function lookAt<T>(
  file: DataFile,
  findings: DataFinding[],
  look: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    findings.push(finding(error instanceof DataProblem ? error : unreadableFile(file, error)));
    return undefined;
  }
}

/** What `check` gives, or nothing after its problem was added to the findings. */
export function gather<T>(findings: DataFinding[], check: () => T): T | undefined {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof DataProblem)) throw error;
    findings.push(finding(error));
    return undefined;
  }
}

function finding({ code, message, pointer }: DataProblem): DataFinding {
  return { pointer, code, message, severity: 'error' };
}
