import { promisify } from 'node:util';
import yauzl from 'yauzl';

/** Names and sizes (bytes, unpacked) of the files in a zip archive. */
export async function readArchive(path) {
  const archive = await promisify(yauzl.open)(path, { lazyEntries: true });
  const files = [];
  return new Promise((resolve, reject) => {
    archive.on('entry', (entry) => {
      if (!entry.fileName.endsWith('/'))
        files.push({ name: entry.fileName, bytes: entry.uncompressedSize });
      archive.readEntry();
    });
    archive.on('end', () => resolve(files));
    archive.on('error', reject);
    archive.readEntry();
  });
}
