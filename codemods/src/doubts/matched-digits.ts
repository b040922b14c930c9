/** doubts/matched-digits: whether a text is one of digits, since the group of a pattern took nothing else. */
import type { ParsedFile } from '../syntax/program.ts';
import { symbolOf, unwrap } from '../syntax/syntax.ts';
import { writesToVariable } from '../syntax/writes.ts';
import { ts } from '../typescript.js';

const digits = /^(?:-\??)?(?:\\d|\[0-9\])(?:\+|\{[1-9]\d*(?:,\d*)?\})?$/;
const mayBeLeftOut = /^(?:[?*]|\{0)/;

const parts = /\\.|\[(?:\\.|[^\]\\])*\]|\(\?<\w+>|\(\?(?:<?[=!]|[\w-]*:)|[\s\S]/g;

/** The groups of a pattern that surely take digits when it matches; a choice or a group in another may leave one out. */
function groupsOfDigits(pattern: string): readonly boolean[] {
  const groups: boolean[] = [];
  const open: { readonly from: number; readonly group: number | null }[] = [];
  for (const { 0: part, index } of pattern.matchAll(parts)) {
    const end = index + part.length;
    if (part === '|' && open.length === 0) return [];
    if (part === '(' || (part.startsWith('(?<') && part.endsWith('>')))
      open.push({ from: end, group: groups.push(false) - 1 });
    else if (part.startsWith('(')) open.push({ from: end, group: null });
    const closed = part === ')' ? open.pop() : undefined;
    if (closed === undefined || closed.group === null || open.length > 0) continue;
    groups[closed.group] = digits.test(pattern.slice(closed.from, index)) && !mayBeLeftOut.test(pattern.slice(end));
  }
  return groups;
}

/** The groups of digits of a call that matches a written pattern; `each` is a loop over all matches. */
function groupsOf(call: ts.Expression, each: boolean): readonly boolean[] {
  const at = unwrap(call);
  if (!ts.isCallExpression(at) || !ts.isPropertyAccessExpression(at.expression)) return [];
  const { expression: on, name } = at.expression;
  const pattern = name.text === 'exec' ? unwrap(on) : at.arguments[0];
  if (pattern === undefined || !ts.isRegularExpressionLiteral(pattern)) return [];
  const end = pattern.text.lastIndexOf('/');
  const all = pattern.text.slice(end).includes('g');
  const way = each ? name.text === 'matchAll' : name.text === 'exec' || (name.text === 'match' && !all);
  return way ? groupsOfDigits(pattern.text.slice(1, end)) : [];
}

/** The groups of digits that a variable, or a pattern of one, is made of. */
function groupsIn(declared: ts.Node | undefined): readonly boolean[] {
  if (declared === undefined || !ts.isVariableDeclaration(declared)) return [];
  const loop = declared.parent.parent;
  if (ts.isForOfStatement(loop)) return groupsOf(loop.expression, true);
  return declared.initializer === undefined ? [] : groupsOf(declared.initializer, false);
}

/** Whether an expression is a group of a match that took digits: `m[1]`, or a name that a pattern took out. */
export function areDigits(file: ParsedFile, node: ts.Expression): boolean {
  const at = unwrap(node);
  const isEntry = ts.isElementAccessExpression(at) && at.questionDotToken === undefined;
  const name = isEntry ? unwrap(at.expression) : at;
  if (!ts.isIdentifier(name)) return false;
  const symbol = symbolOf(file.checker, name);
  const declared = symbol?.valueDeclaration;
  if (symbol === undefined || declared === undefined) return false;
  const fixed = (ts.getCombinedNodeFlags(declared) & ts.NodeFlags.Const) !== 0;
  if (!fixed && writesToVariable(file, symbol).length > 0) return false;
  if (isEntry) {
    const index = at.argumentExpression;
    return ts.isNumericLiteral(index) && groupsIn(declared)[Number(index.text) - 1] === true;
  }
  if (!ts.isBindingElement(declared) || !ts.isArrayBindingPattern(declared.parent)) return false;
  return groupsIn(declared.parent.parent)[declared.parent.elements.indexOf(declared) - 1] === true;
}
