/** analyze/entry-tests: whether the code behind a broadcast tells `undefined` from the `null` that JSON made of it. */
import { ts } from '../typescript.js';
import type { ParsedFile } from './program.ts';
import { assigns, wrapped } from './syntax.ts';
import { usesOf, usesOfResult } from './uses.ts';
import { isNothing } from './writes.ts';

/**
 * `no`: it looks at neither; `strict`: it compares with one of them; `counts`: it counts with them, and `undefined` makes
 * NaN of numbers; `perhaps`: it does not say, or goes out of sight.
 */
export type TellsNothing = 'no' | 'perhaps' | 'counts' | 'strict';

const levels = ['strict', 'counts', 'perhaps'] as const;

const worst = (found: readonly TellsNothing[]): TellsNothing => levels.find((one) => found.includes(one)) ?? 'no';

const testing = new Set(['find', 'filter', 'some', 'every', 'findIndex', 'findLast', 'findLastIndex']);
const walking = new Set([...testing, 'map', 'flatMap', 'forEach']);

const loose = new Set([ts.SyntaxKind.EqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsToken]);
const strict = new Set([ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken]);

const {
  PlusToken,
  MinusToken,
  AsteriskToken,
  SlashToken,
  PercentToken,
  LessThanToken,
  LessThanEqualsToken,
  GreaterThanToken,
  GreaterThanEqualsToken,
  PlusEqualsToken,
  MinusEqualsToken,
  AsteriskEqualsToken,
} = ts.SyntaxKind;
/** What gives something else for `undefined` than for `null`, which counts as 0. */
const counting: ReadonlySet<ts.SyntaxKind> = new Set([
  ...[PlusToken, MinusToken, AsteriskToken, SlashToken, PercentToken],
  ...[LessThanToken, LessThanEqualsToken, GreaterThanToken, GreaterThanEqualsToken],
  ...[PlusEqualsToken, MinusEqualsToken, AsteriskEqualsToken],
]);

function ofBinary(file: ParsedFile, node: ts.BinaryExpression, side: ts.Expression): TellsNothing {
  const { kind } = node.operatorToken;
  if (loose.has(kind)) return 'no';
  if (strict.has(kind)) return isNothing(node.left === side ? node.right : node.left) ? 'strict' : 'no';
  const other = kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken;
  if (other && node.left === side) return 'no';
  const passes = other || kind === ts.SyntaxKind.AmpersandAmpersandToken;
  if (passes) return ofEntry(file, node);
  const isText = [node.left, node.right].some((one) => ts.isStringLiteralLike(one) || ts.isTemplateExpression(one));
  return !isText && counting.has(kind) && (node.right === side || !assigns(node)) ? 'counts' : 'perhaps';
}

/** Whether what a callback gives is only tested, as `find` does. */
function isTested(fn: ts.Node): boolean {
  const call = fn.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== fn) return false;
  return ts.isPropertyAccessExpression(call.expression) && testing.has(call.expression.name.text);
}

function ofReturn(node: ts.Node): TellsNothing {
  let fn = node;
  while (!ts.isFunctionLike(fn) && !ts.isSourceFile(fn)) fn = fn.parent;
  return isTested(fn) ? 'no' : 'perhaps';
}

/** What the place around one entry of the results makes of nothing. */
function ofEntry(file: ParsedFile, entry: ts.Expression): TellsNothing {
  const at = wrapped(entry);
  const { parent } = at;
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken ? 'no' : 'perhaps';
  if (ts.isTypeOfExpression(parent)) return 'strict';
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isExpressionStatement(parent)) return 'no';
  if (ts.isConditionalExpression(parent)) return parent.condition === at ? 'no' : ofEntry(file, parent);
  if (ts.isBinaryExpression(parent)) return ofBinary(file, parent, at);
  // Both of them throw without a `?`, and give `undefined` with one.
  if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent))
    return parent.expression === at ? 'no' : 'perhaps';
  if (ts.isArrowFunction(parent) || ts.isReturnStatement(parent)) return ofReturn(parent);
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return ofName(file, parent.name, file.tree);
  return 'perhaps';
}

/** What is done with a name that is one entry of the results. */
export function ofName(file: ParsedFile, name: ts.Identifier, scope: ts.Node): TellsNothing {
  return worst(usesOf(file, name, scope).map((use) => ofEntry(file, use)));
}

function ofCallback(file: ParsedFile, method: string, fn: ts.Expression | undefined): TellsNothing {
  if (fn === undefined) return 'perhaps';
  if (ts.isIdentifier(fn) && fn.text === 'Boolean') return testing.has(method) ? 'no' : 'perhaps';
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return 'perhaps';
  const [entry, , list] = fn.parameters;
  if (list !== undefined) return 'perhaps';
  if (entry === undefined) return 'no';
  // A default stands for `undefined` and not for `null`.
  if (entry.initializer !== undefined) return 'strict';
  return ts.isIdentifier(entry.name) ? ofName(file, entry.name, fn) : 'no';
}

/** What becomes of an entry is in what it is reduced to; a test of it is a test all the same. */
function ofReduced(file: ParsedFile, fn: ts.Expression | undefined): TellsNothing {
  if (fn === undefined || !(ts.isArrowFunction(fn) || ts.isFunctionExpression(fn))) return 'perhaps';
  const entry = fn.parameters[1];
  const isNamed = entry !== undefined && ts.isIdentifier(entry.name);
  return isNamed ? worst([ofName(file, entry.name, fn), 'perhaps']) : 'perhaps';
}

function ofMethod(file: ParsedFile, method: string, call: ts.CallExpression): TellsNothing {
  const [first] = call.arguments;
  if (walking.has(method)) return ofCallback(file, method, first);
  if (/^reduce(Right)?$/.test(method)) return ofReduced(file, first);
  if (method === 'join') return 'no';
  if (!/^(includes|indexOf|lastIndexOf)$/.test(method) || first === undefined) return 'perhaps';
  return isNothing(first) ? 'strict' : 'no';
}

/** What one place does with the nothings in the list. */
export function ofUse(file: ParsedFile, list: ts.Expression): TellsNothing {
  const at = wrapped(list);
  const { parent } = at;
  if (ts.isForOfStatement(parent) && parent.expression === at) {
    const declared = ts.isVariableDeclarationList(parent.initializer) ? parent.initializer.declarations[0] : undefined;
    if (declared === undefined) return 'perhaps';
    return ts.isIdentifier(declared.name) ? ofName(file, declared.name, parent.statement) : 'no';
  }
  if (ts.isElementAccessExpression(parent) && parent.expression === at) return ofEntry(file, parent);
  if (!ts.isPropertyAccessExpression(parent)) return 'perhaps';
  if (parent.name.text === 'length') return 'no';
  const call = parent.parent;
  return ts.isCallExpression(call) && call.expression === parent ? ofMethod(file, parent.name.text, call) : 'perhaps';
}

/** Whether whoever gets the results of a call may notice that an entry is `undefined` and not `null`. */
export function tellsNothing(file: ParsedFile, call: ts.CallExpression): TellsNothing {
  const uses = usesOfResult(file, wrapped(call));
  return uses === null ? 'perhaps' : worst(uses.map((use) => ofUse(file, use)));
}
