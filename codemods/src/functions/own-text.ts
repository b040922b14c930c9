/** functions/own-text: parts of a function's text that only mean something where it stands. */
import { isClient } from '../clients/own-cluster.ts';
import type { Splice } from '../syntax/edits.ts';
import { clientMembers } from '../syntax/globals.ts';
import type { MovableFunction } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** `this.client` in a class with a member of that name: the author means the class, which is not there. */
export function meansItsClass(node: ts.Node): boolean {
  const { parent } = node;
  if (!ts.isPropertyAccessExpression(parent) || clientMembers.has(parent.name.text)) return false;
  // A client has no `client`: whoever writes this means another `this`.
  if (parent.name.text === 'client') return true;
  for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) {
    if (!ts.isClassLike(at)) continue;
    // The class is the client's own.
    if (isClient(parent.expression)) return false;
    return at.members.some((member) => member.name?.getText() === parent.name.text);
  }
  return false;
}

/** `export async function f` moves without its `export`. */
export function exportEdits(fn: MovableFunction): readonly Splice[] {
  const words = (fn.modifiers ?? []).filter((one) => one.kind !== ts.SyntaxKind.AsyncKeyword);
  const [first] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined) return [];
  const gap = /^\s*/.exec(fn.getSourceFile().text.slice(last.end))?.[0].length ?? 0;
  return [{ start: first.getStart(), end: last.end + gap, text: '' }];
}
