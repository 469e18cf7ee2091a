/** Makes the paths in a spec lead to their files. */
import type { DocumentLink } from 'vscode-languageserver';
import { pathsIn } from '../spec/schema-node';
import type { SpecDocument } from '../spec/spec-document';

/** Links to the files that are there. `find` gives the URI of the file that a path means, if specs may read it and it exists. */
export async function documentLinks(
  document: SpecDocument,
  find: (path: string) => Promise<string | undefined>,
): Promise<DocumentLink[]> {
  const links = pathsIn(document.value)
    .filter(({ pointer }) => !document.isAliased(pointer))
    .map(async ({ pointer, path }): Promise<DocumentLink[]> => {
      const target = await find(path);
      const range = document.range(document.innerSpan(pointer, 'value'));
      return target === undefined ? [] : [{ range, target }];
    });
  return (await Promise.all(links)).flat();
}
