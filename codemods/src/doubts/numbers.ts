/** doubts/numbers: whether a value is sure to be a number, where no type says so; and whether it may be missing. */
import type { ParsedFile } from '../syntax/program.ts';
import { mayEnd } from '../syntax/statements.ts';
import { descendants, dottedNames, returnedBy, returnsOf, symbolOf, unwrap } from '../syntax/syntax.ts';
import { writtenAt } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { calledFunction } from '../values/called-function.ts';
import { writtenEntries, writtenLists } from './number-lists.ts';
import { isShardNumbers } from './own-shard.ts';

const numeric =
  /^(Number|parseInt|parseFloat|Number\.parse(Int|Float)|Math\.\w+)$|^(shardIdForGuildId|calculateShardId)$/;
const ofShard = /^(shardIdForGuildId|calculateShardId)$/;
/** The shard of a guild, and what a command was given where it wants a number. */
const guildShard = /(^|\.)guild!?\.(shardId|shard\.id)$/;
const numberOrNothing = /(^|\.)guild[?!]?\.(shardId|shard\??\.id)$|\.options\.get(Integer|Number)\([^()]*\)$/;
const places = /^(new )?Array\(.*\)\.keys\(\)$/;
const numberList = /^(readonly )?number\[\]$|^(Readonly)?Array<number>$/;
/** Options of a command that Discord gives as numbers; with `true` behind the name they are there. */
const commandNumber = /\.get(Integer|Number)$/;

const place = /^(find(Last)?Index|(lastI|i)ndexOf)$/;

/** Arithmetic gives a number whatever it is given, but for `+`. */
const isArithmetic = (kind: ts.SyntaxKind): boolean =>
  kind === ts.SyntaxKind.MinusToken ||
  (kind >= ts.SyntaxKind.AsteriskToken && kind <= ts.SyntaxKind.PercentToken) ||
  (kind >= ts.SyntaxKind.LessThanLessThanToken && kind <= ts.SyntaxKind.CaretToken);

const isArithmeticAssignment = (kind: ts.SyntaxKind): boolean =>
  kind >= ts.SyntaxKind.MinusEqualsToken && kind <= ts.SyntaxKind.CaretEqualsToken;

/** The type that is written at a variable or a parameter, in the code or in a comment above it. */
export function writtenType(file: ParsedFile, name: ts.Identifier): string | null {
  const declaration = symbolOf(file.checker, name)?.valueDeclaration;
  if (declaration === undefined || !(ts.isParameter(declaration) || ts.isVariableDeclaration(declaration))) return null;
  if (ts.isParameter(declaration) && isOptional(declaration)) return null;
  return (declaration.type ?? ts.getJSDocType(declaration))?.getText() ?? null;
}

const isOptional = (node: ts.ParameterDeclaration): boolean =>
  node.questionToken !== undefined ||
  ts
    .getJSDocParameterTags(node)
    .some((tag) => tag.isBracketed || tag.typeExpression?.type.kind === ts.SyntaxKind.JSDocOptionalType);

/** A list whose entries are numbers: `client.shard.ids`, `[0, 1]`. */
function isNumbers(file: ParsedFile, node: ts.Expression, depth: number): boolean {
  const at = unwrap(node);
  if (ts.isIdentifier(at) && numberList.test(writtenType(file, at) ?? '')) return true;
  const isEntry = (one: ts.Expression): boolean =>
    ts.isSpreadElement(one) ? isNumbers(file, one.expression, depth - 1) : isNumber(file, one, depth - 1);
  const lists = depth > 0 ? writtenLists(file, at) : null;
  if (lists !== null) return lists.every(({ elements }) => elements.every(isEntry));
  return isShardNumbers(at) || places.test(at.getText());
}

/** The arguments that the callers of a function give for one parameter; `null` when not all of them can be seen. */
function argumentsFor(file: ParsedFile, parameter: ts.ParameterDeclaration): readonly (ts.Expression | null)[] | null {
  const fn = parameter.parent;
  const declared = ts.isVariableDeclaration(fn.parent) ? fn.parent.name : fn.name;
  if (declared === undefined || !ts.isIdentifier(declared) || /^export\b/.test(fn.getText())) return null;
  const statement = ts.isVariableDeclaration(fn.parent) ? fn.parent.parent.parent : null;
  if (statement !== null && /^export\b/.test(statement.getText())) return null;
  const symbol = symbolOf(file.checker, declared);
  const index = fn.parameters.indexOf(parameter);
  const given: (ts.Expression | null)[] = [];
  for (const node of descendants(file.tree)) {
    if (!ts.isIdentifier(node) || node === declared || node.text !== declared.text) continue;
    if (symbolOf(file.checker, node) !== symbol) continue;
    const call = node.parent;
    if (!ts.isCallExpression(call) || call.expression !== node || call.arguments.some(ts.isSpreadElement)) return null;
    given.push(call.arguments[index] ?? null);
  }
  return given.length > 0 ? given : null;
}

/** A parameter of a callback that is called with numbers: entries of a list of them, or places in a list. */
function isCalledWithNumber(file: ParsedFile, parameter: ts.ParameterDeclaration, depth: number): boolean {
  const fn = parameter.parent;
  const call = fn.parent;
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return false;
  const { expression: list, name } = call.expression;
  const index = fn.parameters.indexOf(parameter);
  if (list.getText() === 'Array' && name.text === 'from') return index === 1;
  if (!/^(map|forEach|flatMap|filter)$/.test(name.text)) return false;
  const at = unwrap(list);
  const isArray = ts.isArrayLiteralExpression(at) || /^(new )?Array\b/.test(at.getText()) || isShardNumbers(at);
  return index === 0 ? isNumbers(file, at, depth) : index === 1 && isArray;
}

function isNumberParameter(file: ParsedFile, parameter: ts.ParameterDeclaration, depth: number): boolean {
  if (isOptional(parameter)) return false;
  if (isCalledWithNumber(file, parameter, depth)) return true;
  const given = argumentsFor(file, parameter);
  return given?.every((one) => one !== null && isNumber(file, one, depth - 1)) ?? false;
}

/** What a variable is set to; of `x = x || 1` what is new. */
function newValue({ left, right }: ts.BinaryExpression): ts.Expression {
  const at = unwrap(right);
  const { BarBarToken, QuestionQuestionToken } = ts.SyntaxKind;
  const chooses = ts.isBinaryExpression(at) && [BarBarToken, QuestionQuestionToken].includes(at.operatorToken.kind);
  return chooses && unwrap(at.left).getText() === left.getText() ? at.right : right;
}

/** Whether everything a variable is ever set to is a number. */
function isNumberVariable(file: ParsedFile, name: ts.Identifier, depth: number): boolean {
  const symbol = symbolOf(file.checker, name);
  const declaration = symbol?.valueDeclaration;
  if (declaration === undefined) return false;
  const steady = descendants(file.tree).every((node) => {
    if (!ts.isIdentifier(node) || node.text !== name.text || writtenAt(node).length === 0) return true;
    if (symbolOf(file.checker, node) !== symbol) return true;
    const { parent } = node;
    if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) return true;
    if (!ts.isBinaryExpression(parent) || parent.left !== node) return false;
    return isArithmeticAssignment(parent.operatorToken.kind) || isNumber(file, newValue(parent), depth - 1);
  });
  if (!steady) return false;
  if (ts.isParameter(declaration)) return isNumberParameter(file, declaration, depth);
  if (!ts.isVariableDeclaration(declaration)) return false;
  if (declaration.initializer !== undefined) return isNumber(file, declaration.initializer, depth - 1);
  const loop = declaration.parent.parent;
  return ts.isForOfStatement(loop) && isNumbers(file, loop.expression, depth);
}

function isNumberOfTwo(file: ParsedFile, { left, right, operatorToken }: ts.BinaryExpression, depth: number): boolean {
  const { kind } = operatorToken;
  if (isArithmetic(kind)) return true;
  const chooses = kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;
  if (chooses && numberOrNothing.test(left.getText())) return isNumber(file, right, depth - 1);
  if (kind === ts.SyntaxKind.QuestionQuestionToken) return isNumber(file, left, depth - 1);
  const adds = kind === ts.SyntaxKind.PlusToken || kind === ts.SyntaxKind.BarBarToken;
  return adds && isNumber(file, left, depth - 1) && isNumber(file, right, depth - 1);
}

/** Calls that give a number: a place in a list or a text, the formula of a shard, whoever it is asked of, one of the ids of shards. */
function isNumberCall({ expression: callee, arguments: [, required] }: ts.CallExpression): boolean {
  if (numeric.test(dottedNames(callee)?.join('.') ?? '')) return true;
  if (commandNumber.test(callee.getText()) && required?.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (!ts.isPropertyAccessExpression(callee)) return false;
  if (place.test(callee.name.text)) return !callee.getText().includes('?.');
  return callee.name.text === 'at' ? isShardNumbers(callee.expression) : ofShard.test(callee.name.text);
}

/** Whether a function of the bot gives a number, whatever it is called with: the formula of a shard, under a name. */
function givesNumber(file: ParsedFile, { expression: callee, flags }: ts.CallExpression, depth: number): boolean {
  const called = (flags & ts.NodeFlags.OptionalChain) === 0 ? calledFunction(file, callee) : null;
  const body = called?.fn.body;
  if (called === null || body === undefined || called.fn.asteriskToken !== undefined || isAsync(called.fn))
    return false;
  const given = returnedBy({ body });
  const always = !ts.isBlock(body) || (!mayEnd(body) && returnsOf(body).length === given.length);
  return always && given.length > 0 && given.every((one) => isNumber(called.file, one, depth - 1));
}

const isAsync = (fn: ts.HasModifiers): boolean =>
  fn.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false;

/** An entry of a list of numbers: the first of the shards, or one that is written. */
function isNumberEntry(file: ParsedFile, at: ts.ElementAccessExpression, depth: number): boolean {
  const { expression: list, argumentExpression: index } = at;
  if (index.getText() === '0' && isShardNumbers(list)) return true;
  const name = unwrap(list);
  if (ts.isIdentifier(name) && numberList.test(writtenType(file, name) ?? '')) return true;
  return writtenEntries(file, at)?.every((one) => isNumber(file, one, depth - 1)) ?? false;
}

/** Whether an expression is sure to be a number. */
export function isNumber(file: ParsedFile, node: ts.Expression, depth = 5): boolean {
  const at = unwrap(node);
  if (depth === 0) return false;
  if (ts.isNumericLiteral(at) || ts.isPostfixUnaryExpression(at)) return true;
  if (ts.isPrefixUnaryExpression(at)) return at.operator !== ts.SyntaxKind.ExclamationToken;
  if (ts.isConditionalExpression(at))
    return isNumber(file, at.whenTrue, depth - 1) && isNumber(file, at.whenFalse, depth - 1);
  if (ts.isBinaryExpression(at)) return isNumberOfTwo(file, at, depth);
  if (ts.isCallExpression(at)) return isNumberCall(at) || givesNumber(file, at, depth);
  if (ts.isElementAccessExpression(at)) return isNumberEntry(file, at, depth);
  if (ts.isPropertyAccessExpression(at)) {
    const text = at.getText();
    return !text.includes('?.') && (guildShard.test(text) || /\.(length|size)$/.test(text));
  }
  return ts.isIdentifier(at) && (writtenType(file, at) === 'number' || isNumberVariable(file, at, depth));
}

/** Whether an expression says itself that it may be nothing: `x ?? undefined`, `let shard;`, an optional parameter. */
export function mayBeNothing(file: ParsedFile, node: ts.Expression, depth = 5): boolean {
  const at = unwrap(node);
  if (depth === 0) return false;
  if (at.kind === ts.SyntaxKind.NullKeyword || ts.isVoidExpression(at)) return true;
  if (ts.isConditionalExpression(at))
    return [at.whenTrue, at.whenFalse].some((one) => mayBeNothing(file, one, depth - 1));
  if (ts.isBinaryExpression(at)) {
    const { kind } = at.operatorToken;
    const other = kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;
    return other && mayBeNothing(file, at.right, depth - 1);
  }
  if (!ts.isIdentifier(at)) return false;
  if (at.text === 'undefined') return true;
  const declaration = symbolOf(file.checker, at)?.valueDeclaration;
  if (declaration === undefined) return false;
  if (ts.isParameter(declaration)) {
    if (declaration.initializer !== undefined) return mayBeNothing(file, declaration.initializer, depth - 1);
    const given = argumentsFor(file, declaration) ?? [];
    return isOptional(declaration) || given.some((one) => one === null || mayBeNothing(file, one, depth - 1));
  }
  if (!ts.isVariableDeclaration(declaration)) return false;
  const loop = declaration.parent.parent;
  if (ts.isForOfStatement(loop) || ts.isForInStatement(loop)) return false;
  return declaration.initializer === undefined || mayBeNothing(file, declaration.initializer, depth - 1);
}
