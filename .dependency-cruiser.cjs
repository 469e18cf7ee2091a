// The rules of the house: text -> spec -> run -> engine -> events -> what the user sees.
// A folder may import what lies before it on that way, never what lies behind.

const server = '^server/src';
/** Modules of the project, as opposed to packages and Node's own. */
const own = '^(server|client)/';

/** `from` may import of the project's modules only itself and `allowed`. */
function onlyImports(name, comment, from, allowed) {
  const pathNot = [from.path, ...allowed];
  return { name, comment, severity: 'error', from, to: { path: own, pathNot } };
}

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two modules that need each other are one module, or share a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'not-to-unresolvable',
      comment: 'The module does not exist.',
      severity: 'error',
      from: {},
      // Optional or installed later by the product, and given by the editor.
      to: {
        couldNotResolve: true,
        pathNot: ['^@tensorflow/tfjs-(node|backend-webgpu)$', '^vscode$'],
      },
    },
    onlyImports(
      'protocol-stands-alone',
      'Messages know nobody.',
      { path: `${server}/protocol/` },
      [],
    ),
    onlyImports(
      'engine-knows-no-editor',
      'The engine knows the experiment and the protocol, nothing of texts, editors or runs.',
      { path: `${server}/engine/` },
      [`${server}/protocol/`, `${server}/spec/experiment\\.ts$`],
    ),
    {
      name: 'engine-takes-only-types-of-the-spec',
      comment: 'The engine needs the type of an experiment; how one is read is not its business.',
      severity: 'error',
      from: { path: `${server}/engine/` },
      to: { path: `${server}/spec/`, dependencyTypesNot: ['type-only'] },
    },
    onlyImports(
      'inspection-is-cheap',
      'The editor inspects data as the user types: no reader, no network, no backend.',
      { path: `${server}/engine/data/inspect/` },
      [`${server}/spec/experiment\\.ts$`],
    ),
    onlyImports(
      'spec-is-pure',
      'Reading a spec starts nothing and computes nothing.',
      { path: `${server}/spec/` },
      [`${server}/protocol/`, `${server}/engine/(data/inspect|network)/`],
    ),
    onlyImports(
      'language-is-pure',
      'Editor features see documents, specs and views of runs; they start nothing.',
      { path: `${server}/language/` },
      [
        `${server}/protocol/`,
        `${server}/spec/`,
        `${server}/engine/network/describe-network\\.ts$`,
        `${server}/engine/data/preview/data-preview\\.ts$`,
      ],
    ),
    onlyImports(
      'export-is-pure',
      'What is exported of a run is a function of what is known of it.',
      { path: `${server}/export/` },
      [`${server}/protocol/`],
    ),
    {
      name: 'language-starts-no-process',
      comment: 'Starting processes is the business of runs/.',
      severity: 'error',
      from: { path: `${server}/(language|spec|protocol)/` },
      to: { path: '^(node:)?child_process$' },
    },
    onlyImports(
      'client-speaks-the-protocol',
      'The client shares the messages with the server, and nothing else.',
      { path: '^client/src/' },
      [`${server}/protocol/`],
    ),
    onlyImports(
      'webview-speaks-to-its-host',
      'The results panel runs in a browser: no Node, no editor, no server but its messages.',
      { path: '^client/webview/' },
      [`${server}/protocol/`, '^client/src/results/messages\\.ts$'],
    ),
    {
      name: 'webview-runs-in-a-browser',
      comment: 'Neither Node nor VS Code is there.',
      severity: 'error',
      from: { path: '^client/webview/' },
      to: { path: '^vscode$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'webview-has-no-node',
      comment: 'Node modules are not there.',
      severity: 'error',
      from: { path: '^client/webview/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'server-knows-no-vscode',
      comment: 'The server works in any editor, and without one.',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: ['^vscode$', '^client/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['(^|/)dist/', '(^|/)node_modules/\\.'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.cjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'types', 'default'],
    },
  },
};
