#!/usr/bin/env node
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const script = join(__dirname, '../../dist/server/cli.js');
if (existsSync(script)) require(script);
else {
  console.error('FIP Lab is not built yet. Run `npm run build` in its folder, then try again.');
  process.exitCode = 2;
}
