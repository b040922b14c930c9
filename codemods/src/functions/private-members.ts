/** functions/private-members: what only a class may read by a dot, in a function that moves out of it. */
import { styleOf } from '../project/source.ts';
import type { FunctionSite } from '../syntax/call-site.ts';
import { quoted, type Splice } from '../syntax/edits.ts';
import { descendants } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** Whether one node stands in another. */
const isIn = (node: ts.Node, around: ts.Node): boolean =>
  node.getSourceFile() === around.getSourceFile() && around.pos <= node.pos && node.end <= around.end;

/** Whether a class around a function has a member to itself: `private` its own, `protected` one of those above it, too. */
function isKept(fn: ts.Node, member: ts.Symbol | undefined): boolean {
  return (member?.declarations ?? []).some((one) => {
    const flags = ts.getCombinedModifierFlags(one);
    if ((flags & ts.ModifierFlags.Protected) !== 0)
      return !isIn(one, fn) && ts.findAncestor(fn, ts.isClassLike) !== undefined;
    const owner = ts.findAncestor(one, ts.isClassLike);
    return (flags & ts.ModifierFlags.Private) !== 0 && owner !== undefined && isIn(fn, owner);
  });
}

/** The edits that read such members by their names, which TypeScript lets everybody do: `bot.drop()` becomes `bot['drop']()`. */
export function privateMembers({ file, fn }: FunctionSite): readonly Splice[] {
  if (!file.typed) return [];
  const { text } = file.source;
  return descendants(fn).flatMap((node) => {
    if (!ts.isPropertyAccessExpression(node) || ts.isPrivateIdentifier(node.name)) return [];
    const [start, end] = [node.expression.end, node.name.end];
    // A comment between them has no place there.
    const dot = text.slice(start, node.name.getStart()).trim();
    if (!/^\??\.$/.test(dot) || !isKept(fn, file.checker.getSymbolAtLocation(node.name))) return [];
    const key = `[${quoted(node.name.text, styleOf(text).quote)}]`;
    return [{ start, end, text: dot === '.' ? key : dot + key }];
  });
}
