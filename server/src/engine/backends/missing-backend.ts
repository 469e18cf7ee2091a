import { EngineError } from '../engine-error';
import { inEditorRuntime, NODE_REMEDY, refuseEditorRuntime } from './editor-runtime';
import { packageSources, type NativeBackend, type PackageSource } from './backend-folders';

/** A backend that cannot be started, and what can be done about it where installing it would not help. */
export class BackendUnavailable extends EngineError {
  constructor(
    message: string,
    readonly remedy?: string,
  ) {
    super('fip/backend-unavailable', message, '/backend');
  }
}

/** What can be done about a native backend that is not there. */
export function installRemedy(name: NativeBackend): string {
  if (inEditorRuntime()) return NODE_REMEDY;
  return `\`fip backend install ${name}\`, or in VS Code the command FIP Lab: Install Backend, brings it (in a clone: \`npm run setup:${name}\`).`;
}

/**
 * Loads the packages of a native backend from the first place that has them.
 * @throws BackendUnavailable where none has them or they do not load
 */
export async function loadPackages<Packages>(
  name: NativeBackend,
  load: (require: NodeJS.Require) => Packages | Promise<Packages>,
): Promise<Packages> {
  refuseEditorRuntime();
  const faults: string[] = [];
  for (const source of packageSources(name)) {
    try {
      return await load(source.require);
    } catch (error) {
      if (!isAbsent(error)) faults.push(faultOf(source, error));
    }
  }
  throw new BackendUnavailable(faults[0] ?? 'it is not installed');
}

/** Whether it was the package itself that was not found, as opposed to something that it needs. */
function isAbsent(error: unknown): boolean {
  if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') return false;
  return /^Cannot find module '(@tensorflow\/[\w-]+|webgpu)'/.test((error as Error).message);
}

function faultOf({ place }: PackageSource, error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return `it is installed (${place}) but does not load: ${firstSentence(text)}`;
}

function firstSentence(text: string): string {
  return (text.split('\n')[0] ?? '').trim().replace(/\.+$/, '');
}
