/** functions/client-this: `this` in an arrow function is the client that evaluates the text; a handler gets it by name. */
import { type Finding, finding } from '../rules/reasons.ts';
import type { Splice } from '../syntax/edits.ts';
import { descendants, type MovableFunction, positionOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { meansItsClass } from './own-text.ts';

/** `(c: typeof this.client) =>`: the annotation of the client goes, the handlers file knows what a client is. */
export const isThisType = (fn: MovableFunction, node: ts.Node): boolean =>
  ts.isTypeQueryNode(node) && node === fn.parameters[0]?.type && /^this\b/.test(node.exprName.getText());

/** The edits that put the client's name in place of `this`, and why that cannot be done. */
export interface ClientEdits {
  readonly edits: readonly Splice[];
  readonly refused: Finding | null;
}

/** Writes the client's name where the function says `this`. */
export function clientEdits(fn: MovableFunction, uses: readonly ts.Node[]): ClientEdits {
  const [client] = fn.parameters;
  const typed = client?.type !== undefined && isThisType(fn, client.type);
  const untyped = typed ? [{ start: client.name.end, end: client.type?.end ?? client.name.end, text: '' }] : [];
  const [first] = uses;
  if (first === undefined) return { edits: untyped, refused: null };
  const names = new Set(
    descendants(fn)
      .filter(ts.isIdentifier)
      .map((node) => node.text),
  );
  const name = client === undefined ? (names.has('client') ? 'shardClient' : 'client') : client.name.getText();
  const declaredAgain = descendants(fn.body).some(
    (node) => (ts.isVariableDeclaration(node) || ts.isParameter(node)) && node.name.getText() === name,
  );
  if (uses.some(meansItsClass) || declaredAgain || (client !== undefined && !ts.isIdentifier(client.name))) {
    const { line } = positionOf(fn.getSourceFile(), first.getStart());
    return { edits: untyped, refused: finding('DC-T1', { line }) };
  }
  const named = uses.map((node) => ({ start: node.getStart(), end: node.end, text: name }));
  const open = fn.getText().indexOf('(') + fn.getStart() + 1;
  const declared = client === undefined ? [{ start: open, end: open, text: name }] : untyped;
  return { edits: [...declared, ...named], refused: null };
}
