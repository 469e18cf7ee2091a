/** The program `fip-language-server`: serves an editor over standard input and output, or a pipe of Node's. */
import { join } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { BackendService } from './backends-install/backend-service';
import { serve } from './language-server/serve';
import { NodeFinder } from './runs/node-finder';
import { RunService } from './runs/run-service';
import { fipLabVersion } from './runs/version';
import { dataFiles } from './spec/data-inspector';

const help = `fip-language-server ${fipLabVersion}
Serves FIP Lab specs (*.fip.yaml) to an editor by the Language Server Protocol.

Usage: fip-language-server --stdio

  --stdio      speak on standard input and output
  --node-ipc   speak on the channel of a parent process in Node.js
  --version    print the version
  --help       print this
`;

function main(args: readonly string[]): void {
  const speaks = args.some((arg) => /^--(stdio|node-ipc|socket|pipe)\b/.test(arg));
  if (args.includes('--help')) process.stdout.write(help);
  else if (args.includes('--version')) process.stdout.write(`${fipLabVersion}\n`);
  else if (speaks) start();
  else {
    process.stderr.write(help);
    process.exitCode = 2;
  }
}

function start(): void {
  const engineScript = join(__dirname, 'engine-process.js');
  const cliScript = join(__dirname, 'cli.js');
  const nodes = new NodeFinder();
  serve(createConnection(ProposedFeatures.all), {
    nodes,
    makeRuns: (listener) => new RunService({ engineScript, nodes, ...listener }),
    inspector: dataFiles,
    backends: new BackendService({ engineScript, cliScript, nodes }),
    version: fipLabVersion,
  });
}

main(process.argv.slice(2));
