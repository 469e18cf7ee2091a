import * as vscode from 'vscode';
import { showDoctor } from '../doctor/show-doctor';
import type { Services } from '../services';
import { t } from '../translate';
import { compareRuns } from './compare-runs';
import { deleteRuns } from './delete-runs';
import { exportRun } from './export-run';
import { installBackend } from './install-backend';
import { newFromSample } from './new-from-sample';
import { compareRunSpec, openRunSpec } from './open-run-spec';
import { openSpec } from './open-spec';
import { removeBackend } from './remove-backend';
import { renameRun } from './rename-run';
import { resumeRun } from './resume';
import { revealRun } from './reveal-run';
import { runExperiment } from './run';
import { showResults } from './show-results';
import { killByUser, stopRun } from './stop';

type Command = (services: Services, ...values: unknown[]) => Promise<void> | void;

const COMMANDS: Record<string, Command> = {
  'fip.run': runExperiment,
  'fip.stop': stopRun,
  'fip.kill': killByUser,
  'fip.resume': resumeRun,
  'fip.showResults': showResults,
  'fip.openSpec': openSpec,
  'fip.openRunSpec': openRunSpec,
  'fip.compareRunSpec': compareRunSpec,
  'fip.compareRuns': compareRuns,
  'fip.renameRun': renameRun,
  'fip.exportRun': exportRun,
  'fip.deleteRuns': deleteRuns,
  'fip.revealRun': revealRun,
  'fip.newFromSample': newFromSample,
  'fip.installBackend': installBackend,
  'fip.removeBackend': removeBackend,
  'fip.doctor': showDoctor,
  'fip.showLog': ({ log }) => log.show(),
};

/** Registers every command of the manifest. */
export function registerCommands(services: Services): vscode.Disposable {
  const registrations = Object.entries(COMMANDS).map(([id, command]) =>
    vscode.commands.registerCommand(id, (...values: unknown[]) =>
      execute(command, services, values),
    ),
  );
  return vscode.Disposable.from(...registrations);
}

/** No command fails silently: what went wrong is shown, with a way to the log. */
async function execute(command: Command, services: Services, values: unknown[]): Promise<void> {
  try {
    await command(services, ...values);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    services.log.error(error instanceof Error ? error : reason);
    const showLog = t('Show Log');
    const answer = await vscode.window.showErrorMessage(
      t('FIP Lab could not do that: {0}', reason),
      showLog,
    );
    if (answer === showLog) services.log.show();
  }
}
