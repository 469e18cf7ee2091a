import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { registerCommands } from './commands/register-commands';
import { provideDoctorPage } from './doctor/show-doctor';
import { createLanguageClient } from './language-client';
import { ResultsPanels } from './results/panels';
import { keepContextKeys } from './runs/context-keys';
import { announceEnds } from './runs/end-notification';
import { RunTracker } from './runs/run-tracker';
import { createStatusItem } from './runs/status-item';
import { provideRunSpecs } from './runs-view/run-spec-content';
import { RunsView } from './runs-view/runs-view';
import { ServerApi } from './server-api';
import type { Services } from './services';
import { onSettingsChanged, readSettings } from './settings';
import { t } from './translate';

/** Starts the language server and wires commands, panels and progress to it. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel(t('FIP Lab'), { log: true });
  const client = createLanguageClient(context, log);
  const services = createServices(context, log, new ServerApi(client));
  const runsView = new RunsView(services);
  context.subscriptions.push(log, client, runsView, ...wire(services));
  await start(client, services, runsView);
}

function createServices(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  api: ServerApi,
): Services {
  const panels = new ResultsPanels(context.extensionUri, api, context.workspaceState);
  return { context, log, api, tracker: new RunTracker(api), panels, killed: new Set() };
}

function wire(services: Services): { dispose(): void }[] {
  const { api, tracker, panels } = services;
  return [
    panels,
    api.onRunChanged((summary) => tracker.changed(summary)),
    api.onRunStreamed((params) => tracker.streamed(params)),
    keepContextKeys(tracker),
    createStatusItem(tracker),
    announceEnds(services),
    registerCommands(services),
    provideRunSpecs(),
    provideDoctorPage(),
    onSettingsChanged(() => void applySettings(services)),
  ];
}

async function start(
  client: LanguageClient,
  services: Services,
  runsView: RunsView,
): Promise<void> {
  try {
    await client.start();
    await services.tracker.refresh();
    services.panels.refresh();
    await runsView.refresh();
  } catch (error) {
    services.log.error(error instanceof Error ? error : String(error));
    void vscode.window.showErrorMessage(
      t('The language server of FIP Lab did not start. Its log says why.'),
    );
  }
}

async function applySettings({ api, panels }: Services): Promise<void> {
  await api.settingsChanged(readSettings());
  panels.refresh();
}
