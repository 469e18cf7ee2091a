/** Turns the validator's errors into findings: one a mistake, on the narrowest range, in plain sentences. */
import type { ErrorObject } from 'ajv/dist/2020';
import { childPointer, lastSegment } from './json-pointer';
import { resolveNode } from './schema-node';
import type { SchemaNode } from './schema-node';
import { called, messageOf } from './schema-messages';
import type { SchemaFinding } from './schema-messages';
import { specError } from './spec-diagnostic';
import type { SpecDiagnostic } from './spec-diagnostic';
import type { SpecDocument } from './spec-document';
import { alternatives } from './words';

/** A text with more errors is no experiment; the rest is not looked at. */
const maxErrors = 500;

/** The findings for the errors that the validator saw in a document's value. */
export function schemaDiagnostics(
  document: SpecDocument,
  errors: readonly ErrorObject[],
): SpecDiagnostic[] {
  const findings = chooseBranches(errors.slice(0, maxErrors))
    .filter(({ instancePath }) => !document.isUnreadable(instancePath))
    .flatMap((error) => messageOf(error, document.value) ?? []);
  return joinMissing(withoutEchoes(findings)).map((finding) => {
    const { code, pointer, part, message, fix, related, missing, choices } = finding;
    const place = related && { message: related.message, range: document.rangeOf(related.pointer) };
    return specError(code, document.rangeOf(pointer, part), message, {
      ...(fix && { fix }),
      ...(missing && { missing }),
      ...(choices && { choices }),
      ...(place && { related: [place] }),
    });
  });
}

/**
 * `oneOf` and `anyOf` report the errors of every branch. Of a `oneOf`, only those of the branch whose type the value
 * has are of use; where no branch has it, the alternatives become one type error. An `anyOf` speaks for itself.
 */
function chooseBranches(errors: readonly ErrorObject[]): ErrorObject[] {
  const compounds = errors.filter(({ keyword }) => keyword === 'oneOf' || keyword === 'anyOf');
  let kept = [...errors];
  for (const compound of compounds) {
    const inBranch = (error: ErrorObject) =>
      error.schemaPath.startsWith(`${compound.schemaPath}/`) &&
      error.instancePath.startsWith(compound.instancePath);
    const own = kept.filter(inBranch);
    kept = kept.filter((error) => !inBranch(error));
    if (compound.keyword === 'anyOf') continue;
    const useful = usefulBranch(own, compound);
    if (!useful) continue;
    kept = [...kept.filter((error) => error !== compound), ...useful];
  }
  return kept;
}

function usefulBranch(errors: ErrorObject[], compound: ErrorObject): ErrorObject[] | undefined {
  const branches = new Map<string, ErrorObject[]>();
  for (const error of errors) {
    const branch = error.schemaPath.slice(compound.schemaPath.length + 1).split('/')[0] ?? '';
    branches.set(branch, [...(branches.get(branch) ?? []), error]);
  }
  const isWrongType = ({ keyword, instancePath }: ErrorObject) =>
    keyword === 'type' && instancePath === compound.instancePath;
  const useful = [...branches.values()].find((branch) => !branch.some(isWrongType));
  return useful?.map((error) => withOtherTypes(error, compound));
}

/** A word that is none of a branch's might have been a value of another branch. */
function withOtherTypes(error: ErrorObject, compound: ErrorObject): ErrorObject {
  if (error.keyword !== 'enum' || error.instancePath !== compound.instancePath) return error;
  const types = (compound.schema as SchemaNode[]).flatMap(
    (branch) => resolveNode(branch).type ?? [],
  );
  const otherTypes = types.filter((type) => type !== 'string');
  return { ...error, params: { ...error.params, otherTypes } };
}

/** A misspelt key is unknown and its right spelling is missing: that is one mistake. So are two errors of one value. */
function withoutEchoes(findings: readonly SchemaFinding[]): SchemaFinding[] {
  const meant = new Set<string>();
  for (const { code, parent, fix } of findings)
    if (code === 'fip/unknown-key' && fix) meant.add(childPointer(parent ?? '', fix.newText));
  const seen = new Set<string>();
  return findings.filter(({ code, pointer, missing, choices = [] }) => {
    if (missing !== undefined && meant.has(missing)) return false;
    if (choices.some((choice) => meant.has(choice))) return false;
    const id = `${missing ?? pointer} ${missing === undefined && code !== 'fip/duplicate-item' ? '' : code}`;
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

type JoinedFinding = Omit<SchemaFinding, 'missing'> & { missing?: string[] };

/** Several keys that one mapping lacks are one finding. */
function joinMissing(findings: readonly SchemaFinding[]): JoinedFinding[] {
  const lacking = (pointer: string) =>
    findings.flatMap(({ missing, pointer: of }) =>
      missing !== undefined && of === pointer ? [missing] : [],
    );
  return findings.flatMap(({ missing, ...finding }) => {
    if (missing === undefined) return [finding];
    const group = lacking(finding.pointer);
    if (group.length === 1) return [{ ...finding, missing: group }];
    if (group[0] !== missing) return [];
    const keys = alternatives(group.map(lastSegment), 'and');
    const place = finding.pointer === '' ? 'this spec' : called(finding.pointer);
    return [{ ...finding, missing: group, message: `${keys} are missing in ${place}.` }];
  });
}
