/** functions/client-functions: members of a client that hold functions, known by their names, among what a function gives. */
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, type MovableFunction, symbolOf, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { partsOfResult } from '../values/value-parts.ts';
import { ofClient } from '../values/value-path.ts';
import { functionsOn, keptBy } from './function-holders.ts';
import { givenByKept } from './kept-methods.ts';

/** What the value of a pair is taken of: `c.commands` of `v` in `[...c.commands].map(([k, v]) => v)`. */
function pairedBy(file: ParsedFile, node: ts.Expression): ts.Expression | null {
  const at = unwrap(node);
  const declared = ts.isIdentifier(at) ? symbolOf(file.checker, at)?.valueDeclaration : undefined;
  if (declared === undefined || !ts.isBindingElement(declared) || declared.parent.elements[1] !== declared) return null;
  const parameter = declared.parent.parent;
  if (!ts.isArrayBindingPattern(declared.parent) || !ts.isParameter(parameter)) return null;
  const call = parameter.parent.parent;
  const callee = ts.isCallExpression(call) && parameter.parent.parameters[0] === parameter ? call.expression : null;
  return callee !== null && ts.isPropertyAccessExpression(callee) ? keptBy(callee.expression) : null;
}

/** What holds functions of a value that is read of the client, or of the list it is one of. */
function functionsOf(file: ParsedFile, fn: MovableFunction, node: ts.Expression): string | null {
  const { path } = file.source;
  const kept = pairedBy(file, node) ?? keptBy(node);
  const found = ofClient(fn, kept).flatMap((names) => {
    const whole = names.at(-1) === null ? names.slice(0, -1) : names;
    return whole.includes(null) ? [] : (functionsOn(path, whole.join('.')) ?? []);
  });
  const made = ts.isCallExpression(kept) ? ofClient(fn, kept.expression) : [];
  const [first] = [...found, ...made.flatMap((names) => givenByKept(path, names) ?? [])];
  return first ?? null;
}

/** Methods whose list is of what their callback gives, and no longer of what was spread. */
const changing = /^(map|flatMap|reduce|reduceRight|forEach|join|some|every)$/;

/** The body of the function around a node. */
function bodyAround(node: ts.Node): ts.Node {
  let at = node;
  while (!ts.isFunctionLike(at.parent)) at = at.parent;
  return at;
}

/** Whether what is spread goes into what the function gives: at once, or by a callback that makes a list. */
function isGiven(fn: MovableFunction, spread: ts.Node): boolean {
  for (let at = spread; at !== fn; at = at.parent) {
    if (ts.isReturnStatement(at.parent)) at = bodyAround(at);
    const { parent } = at;
    if (ts.isStatement(parent) || ts.isVariableDeclaration(parent)) return false;
    if (
      ts.isPropertyAccessExpression(parent) &&
      (!ts.isCallExpression(parent.parent) || changing.test(parent.name.text))
    )
      return false;
    const isCallback = ts.isCallExpression(parent) && parent.expression !== at && ts.isFunctionLike(at);
    if (isCallback && !/\.(map|flatMap|then)$/.test(parent.expression.getText())) return false;
  }
  return true;
}

/** Whether a type says what a value is. */
const isTyped = ({ typed, checker }: ParsedFile, node: ts.Expression): boolean =>
  typed && (checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any) === 0;

/** Names what of the client that holds functions is among what a function gives, or `null`. */
export function clientFunctions(file: ParsedFile, fn: MovableFunction): string | null {
  for (const { node, is } of partsOfResult(fn)) {
    // A part may be written in another file of the bot.
    if (is !== 'value' || !ts.isExpression(node) || node.getSourceFile() !== file.tree) continue;
    const found = isTyped(file, node) ? null : functionsOf(file, fn, node);
    if (found !== null) return found;
  }
  for (const node of descendants(fn.body)) {
    if (!ts.isSpreadAssignment(node) && !ts.isSpreadElement(node)) continue;
    const isHeld = !isTyped(file, node.expression) && isGiven(fn, node);
    const found = isHeld ? functionsOf(file, fn, node.expression) : null;
    if (found !== null) return found;
  }
  return null;
}
