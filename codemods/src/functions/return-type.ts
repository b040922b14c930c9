/** functions/return-type: the type of a handler that asks the cluster itself; inferred, it would depend on itself. */
import type { FunctionSite } from '../syntax/call-site.ts';
import type { Splice } from '../syntax/edits.ts';
import { ts } from '../typescript.js';
import type { NeededImport } from './captures.ts';
import { printType } from './types.ts';

/** What writing the type changes. */
export interface WrittenReturn {
  readonly edits: readonly Splice[];
  readonly imports: readonly NeededImport[];
  /** The type had to be left open. */
  readonly vague: boolean;
}

const nothing: WrittenReturn = { edits: [], imports: [], vague: false };

/** Writes the type a function returns behind its parameters, where it has none. */
export function writeReturnType({ file, fn }: FunctionSite): WrittenReturn {
  const signature = file.checker.getSignatureFromDeclaration(fn);
  if (!file.typed || fn.type !== undefined || signature === undefined) return nothing;
  const { text, imports, vague } = printType(file, file.checker.getReturnTypeOfSignature(signature));
  const start = fn.getStart();
  const end = (ts.isArrowFunction(fn) ? fn.equalsGreaterThanToken : fn.body).getStart();
  const last = fn.parameters.at(-1);
  const close = file.source.text.lastIndexOf(')', end);
  const isAsync = fn.modifiers?.some((one) => one.kind === ts.SyntaxKind.AsyncKeyword) === true;
  const written = text === 'any' && isAsync ? 'Promise<any>' : text;
  if (close >= (last?.end ?? start)) {
    return { edits: [{ start: close + 1, end: close + 1, text: `: ${written}` }], imports, vague };
  }
  if (last === undefined) return nothing;
  const open = { start: last.getStart(), end: last.getStart(), text: '(' };
  return { edits: [open, { start: last.end, end: last.end, text: `): ${written}` }], imports, vague };
}
