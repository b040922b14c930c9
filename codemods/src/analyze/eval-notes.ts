/** analyze/eval-notes: what there is to say about a function that becomes a handler. */
import { type Finding, finding } from '../rules/reasons.ts';
import type { ts } from '../typescript.js';
import type { Captures } from './captures.ts';
import type { ParsedFile } from './program.ts';
import { changedByJson, knowsDiscord, resultType } from './types.ts';

/** What changes for what a function is given, and for what it gives. */
export function evalNotes(
  file: ParsedFile,
  fn: ts.SignatureDeclaration,
  context: ts.Expression | null,
): readonly Finding[] {
  const notes: Finding[] = [];
  if (context !== null) {
    const created = /\bnew (Date|Map|Set)\b|\bBigInt\(/.exec(context.getText())?.[0];
    const changed = file.typed ? changedByJson(file.checker, file.checker.getTypeAtLocation(context)) : created;
    if (changed !== null && changed !== undefined) notes.push(finding('DC-W1', { names: changed }));
  }
  if (file.typed && knowsDiscord(file)) {
    const result = resultType(file.checker, fn);
    const changed = result === null ? null : changedByJson(file.checker, result);
    if (changed !== null) notes.push(finding('DC-W3', { names: changed }));
  }
  return notes;
}

/** What a function has with it once it is a handler. */
export function functionNotes(captures: Captures): readonly Finding[] {
  const values = captures.imports.filter((one) => !one.typeOnly);
  const fresh = values.filter(({ had }) => had === undefined).map((one) => `\`${one.binding.local}\``);
  const known = values.filter(({ had }) => had === 'name').map((one) => one.binding.local);
  const inClient = [...captures.clientScope, ...known];
  const scope = inClient.length > 0 ? [finding('DC-I2', { names: inClient.join(', ') })] : [];
  if (captures.botGlobals.length > 0) scope.push(finding('DC-C8', { names: captures.botGlobals.join(', ') }));
  return fresh.length > 0 ? [...scope, finding('DC-I1', { names: fresh.join(', ') })] : scope;
}
