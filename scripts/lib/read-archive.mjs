import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import yauzl from 'yauzl';

/** Hands each file in a zip archive to `visit`, one after the other, and waits for it. */
async function eachFile(path, visit) {
  const archive = await promisify(yauzl.open)(path, { lazyEntries: true });
  return new Promise((resolve, reject) => {
    archive.on('entry', async (entry) => {
      try {
        if (!entry.fileName.endsWith('/')) await visit(entry, archive);
        archive.readEntry();
      } catch (error) {
        archive.close();
        reject(error);
      }
    });
    archive.on('end', resolve);
    archive.on('error', reject);
    archive.readEntry();
  });
}

/** Names and sizes (bytes, unpacked) of the files in a zip archive. */
export async function readArchive(path) {
  const files = [];
  await eachFile(path, ({ fileName, uncompressedSize }) => {
    files.push({ name: fileName, bytes: uncompressedSize });
  });
  return files;
}

/** Unpacks those files of a zip archive that are wanted; `place` gives the path for a name. */
export async function extractFiles(path, wanted, place) {
  await eachFile(path, async (entry, archive) => {
    if (!wanted.includes(entry.fileName)) return;
    const open = promisify(archive.openReadStream.bind(archive));
    await pipeline(await open(entry), createWriteStream(place(entry.fileName)));
  });
}
