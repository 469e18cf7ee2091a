// Imported first: says what is wrong before newer syntax or functions fail with a riddle.
const wanted = [20, 11];
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < wanted[0] || (major === wanted[0] && minor < wanted[1])) {
  console.error(
    `FIP Lab needs Node.js ${wanted.join('.')} or newer, and this is ${process.versions.node}. ` +
      'Install a newer one (https://nodejs.org) and run the same command again.',
  );
  process.exit(1);
}
