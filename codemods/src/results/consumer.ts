/** results/consumer: what becomes of the array a broadcast resolves to. Says less than it knows, never more. */
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, symbolOf, unwrap, wrapped } from '../syntax/syntax.ts';
import { usesOf, usesOfResult, usesOfValue } from '../syntax/uses.ts';
import { ts } from '../typescript.js';
import { type CalledFunction, calledFunction } from '../values/called-function.ts';
import { chainedTo, isDropped } from './dropped-results.ts';
import { isSpreadFlat, joinsLists } from './laid-flat.ts';
import { searchBy, searchFor } from './searches.ts';

/**
 * What is done with the results: added up, or a member of each (`parts`), laid out flat, searched for one that is there
 * (`search`), is not `null` (`present`) or is like something (`pick`), or not looked at. `array` means that its order or
 * length may matter; the others look at neither.
 */
export type Consumer = 'ignored' | 'sum' | 'parts' | 'flat' | 'search' | 'present' | 'pick' | 'array';

/** What is content with the first shard that gives something. */
export const searches = (consumer: Consumer): boolean => /^(search|present|pick)$/.test(consumer);

const returned = (fn: ts.ArrowFunction | ts.FunctionExpression): ts.Expression | null => {
  if (!ts.isBlock(fn.body)) return unwrap(fn.body);
  const [only] = fn.body.statements;
  const single = fn.body.statements.length === 1 && only !== undefined && ts.isReturnStatement(only);
  return single && only.expression !== undefined ? unwrap(only.expression) : null;
};

/** Whether a callback of `reduce` does nothing but add up what is taken of each entry, by a number from 0 on. */
function addsUp(call: ts.CallExpression, isEntry: (side: ts.Expression, name: string) => boolean): boolean {
  const [fn, initial, more] = call.arguments;
  if (fn === undefined || more !== undefined) return false;
  if (initial !== undefined && !(ts.isNumericLiteral(initial) && Number(initial.text) === 0)) return false;
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const [a, b, index] = fn.parameters;
  const sum = returned(fn);
  if (a === undefined || b === undefined || index !== undefined || sum === null) return false;
  if (!ts.isBinaryExpression(sum) || sum.operatorToken.kind !== ts.SyntaxKind.PlusToken) return false;
  const sides = [unwrap(sum.left), unwrap(sum.right)];
  const isTotal = (side: ts.Expression): boolean => isNamed(side, a.name.getText());
  return sides.some(isTotal) && sides.some((side) => isEntry(side, b.name.getText()));
}

const isNamed = (node: ts.Expression, name: string): boolean => ts.isIdentifier(node) && node.text === name;

/** `reduce((a, b) => a + b, 0)`: nothing but a sum of the entries. */
export const isSum = (call: ts.CallExpression): boolean => addsUp(call, isNamed);

/** `reduce((a, b) => a + b.heapUsed, 0)`: nothing but a sum of a member of the entries. */
const isSumOfParts = (call: ts.CallExpression): boolean =>
  call.arguments.length === 2 &&
  addsUp(call, (side, name) => ts.isPropertyAccessExpression(side) && isNamed(unwrap(side.expression), name));

/** `for (const n of results) total += n;`: the statement of a loop that does nothing but add up. */
function isAdding(file: ParsedFile, statement: ts.Node, entry: string): boolean {
  const only = ts.isBlock(statement) && statement.statements.length === 1 ? statement.statements[0] : statement;
  const node = only !== undefined && ts.isExpressionStatement(only) ? only.expression : only;
  if (node === undefined || !ts.isBinaryExpression(node) || !ts.isIdentifier(node.left)) return false;
  if (node.operatorToken.kind !== ts.SyntaxKind.PlusEqualsToken || unwrap(node.right).getText() !== entry) return false;
  const total = symbolOf(file.checker, node.left)?.valueDeclaration;
  // A text would grow by each entry.
  const from = total !== undefined && ts.isVariableDeclaration(total) ? total.initializer : undefined;
  return from !== undefined && ts.isNumericLiteral(from);
}

function ofLoop(file: ParsedFile, loop: ts.ForOfStatement): Consumer {
  const declared = ts.isVariableDeclarationList(loop.initializer) ? loop.initializer.declarations[0] : undefined;
  const entry = declared !== undefined && ts.isIdentifier(declared.name) ? declared.name.text : null;
  return entry !== null && isAdding(file, loop.statement, entry) ? 'sum' : 'array';
}

function ofCallback(file: ParsedFile, method: string, call: ts.CallExpression): Consumer {
  const [fn, more] = call.arguments;
  if (fn === undefined || more !== undefined) return 'array';
  if (method === 'find' || method === 'some') return searchBy(fn);
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return 'array';
  const [entry, index] = fn.parameters;
  if (entry === undefined || index !== undefined) return 'array';
  if (method === 'forEach') return isAdding(file, fn.body, entry.name.getText()) ? 'sum' : 'array';
  // `flatMap((list) => list)`
  return method === 'flatMap' && returned(fn)?.getText() === entry.name.getText() ? 'flat' : 'array';
}

/** Whether a place only asks if there is an array: `if (!results)`, `Array.isArray(results) ? ...`. */
function onlyTests(array: ts.Expression): boolean {
  const at = wrapped(array);
  const { parent } = at;
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isIfStatement(parent)) return parent.expression === at;
  if (ts.isConditionalExpression(parent)) return parent.condition === at;
  if (ts.isBinaryExpression(parent))
    return parent.left === at && parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
  return ts.isCallExpression(parent) && parent.expression.getText() === 'Array.isArray';
}

function ofReduce(call: ts.CallExpression): Consumer {
  if (isSum(call)) return 'sum';
  return isSumOfParts(call) ? 'parts' : joinsLists(call) ? 'flat' : 'array';
}

/** Whether the array is what is around it or something of the bot's own instead: `results ?? []`. */
function isChosen(node: ts.Node, array: ts.Expression): node is ts.BinaryExpression | ts.ConditionalExpression {
  if (ts.isConditionalExpression(node)) return node.condition !== array;
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;
}

function ofChoice(file: ParsedFile, choice: ts.Expression): Consumer {
  const uses = usesOfValue(file, choice);
  return uses === null ? 'array' : ofUses(file, uses);
}

/** What one place does with the array, given the expression that is the array. */
function ofUse(file: ParsedFile, array: ts.Expression): Consumer {
  const at = wrapped(array);
  const access = at.parent;
  if (ts.isForOfStatement(access) && access.expression === at && !access.awaitModifier) return ofLoop(file, access);
  if (isCopied(access)) return ofUse(file, access.parent);
  if (isSpreadFlat(access)) return 'flat';
  if (isChosen(access, at)) return ofChoice(file, access);
  if (ts.isCallExpression(access) && access.expression !== at) return ofArgument(file, access, at);
  if (!ts.isPropertyAccessExpression(access) || !ts.isCallExpression(access.parent)) return 'array';
  const call = access.parent;
  if (call.expression !== access) return 'array';
  const method = access.name.text;
  if (method === 'reduce') return ofReduce(call);
  if (method === 'flat') return call.arguments.length === 0 ? 'flat' : 'array';
  return method === 'includes' ? searchFor(call) : ofCallback(file, method, call);
}

/** `[...results]` */
const isCopied = (node: ts.Node): node is ts.SpreadElement & { readonly parent: ts.ArrayLiteralExpression } =>
  ts.isSpreadElement(node) && ts.isArrayLiteralExpression(node.parent) && node.parent.elements.length === 1;

/** What a call does with the array that it is given: `total(results)`. */
function ofArgument(file: ParsedFile, call: ts.CallExpression, array: ts.Expression): Consumer {
  const index = call.arguments.indexOf(array);
  return call.arguments.slice(0, index).some(ts.isSpreadElement) ? 'array' : ofFunction(file, call.expression, index);
}

// A function that hands its list to itself does with it what else it does.
const known = new WeakMap<ts.ParameterDeclaration, Consumer>();

/** What a function of the bot does with an array that it is given, where its text is known. */
function ofFunction(file: ParsedFile, callee: ts.Expression, index: number): Consumer {
  const called = calledFunction(file, callee);
  const parameter = called?.fn.parameters[index];
  if (called === null || parameter === undefined) return 'array';
  const found = known.get(parameter);
  if (found !== undefined) return found;
  known.set(parameter, 'array');
  const consumer = ofParameter(called, parameter);
  known.set(parameter, consumer);
  return consumer;
}

function ofParameter({ file, fn }: CalledFunction, { name, dotDotDotToken }: ts.ParameterDeclaration): Consumer {
  if (dotDotDotToken !== undefined || !ts.isIdentifier(name)) return 'array';
  if (descendants(fn).some((node) => ts.isIdentifier(node) && node.text === 'arguments')) return 'array';
  const uses = usesOf(file, name, fn);
  return uses.every(onlyTests) ? 'array' : ofUses(file, uses);
}

/** What a function does that gets the array by its name: `promise.then(total)`. */
function ofNamedThen(file: ParsedFile, { parent }: ts.Expression): Consumer {
  const isThen = ts.isPropertyAccessExpression(parent) && parent.name.text === 'then';
  const [fn] = isThen && ts.isCallExpression(parent.parent) ? parent.parent.arguments : [];
  return fn !== undefined && (ts.isIdentifier(fn) || ts.isPropertyAccessExpression(fn))
    ? ofFunction(file, fn, 0)
    : 'array';
}

/** The promise of the array or of what the bot gives for a failure instead: `promise.catch(() => [])`. */
function guarded(promise: ts.Expression): ts.Expression {
  const around = chainedTo(promise);
  return around === null ? promise : guarded(wrapped(around));
}

function ofPromise(file: ParsedFile, promise: ts.Expression): Consumer {
  const uses = usesOfResult(file, promise);
  return uses === null ? ofNamedThen(file, promise) : ofUses(file, uses);
}

/** What some places do with the array, those aside that only ask whether there is one. */
const ofUses = (file: ParsedFile, uses: readonly ts.Expression[]): Consumer =>
  agreed(uses.filter((use) => !onlyTests(use)).map((use) => ofUse(file, use)));

/** What several places do with an array; all of them have to agree. */
function agreed(all: readonly Consumer[]): Consumer {
  const kinds = new Set(all);
  const [only = 'ignored'] = kinds;
  if (kinds.size <= 1) return only;
  const among = (...some: readonly Consumer[]): boolean => [...kinds].every((kind) => some.includes(kind));
  return among('search', 'pick') ? 'pick' : among('search', 'present') ? 'present' : 'array';
}

/** Looks at how the result of a broadcast call is used, as far as it stays in sight; all of its uses have to agree. */
export function consumerOf(file: ParsedFile, call: ts.CallExpression): Consumer {
  const promise = wrapped(call);
  return isDropped(file, promise) ? 'ignored' : ofPromise(file, guarded(promise));
}
