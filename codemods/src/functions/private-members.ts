/** functions/private-members: what only a class may read by a dot, in a function that moves out of it. */
import { styleOf } from '../project/source.ts';
import type { FunctionSite } from '../syntax/call-site.ts';
import { quoted, type Splice } from '../syntax/edits.ts';
import { descendants } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** Whether a member is `private` or `protected` in a class that a function does not hold itself. */
const isKept = ({ pos, end }: ts.Node, member: ts.Symbol | undefined): boolean =>
  member?.declarations?.some((one) => {
    const isInside = pos <= one.pos && one.end <= end;
    const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
    return !isInside && (ts.getCombinedModifierFlags(one) & hidden) !== 0;
  }) ?? false;

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
