/** analyze/nothing: whether a value may be `undefined`, by what is written there or by its type. */
import { ts } from '../typescript.js';
import { type Access, isAccess } from './asks-client.ts';
import { mayLack, type Nothing, type Reading } from './may-lack.ts';
import type { ParsedFile } from './program.ts';
import { leaves } from './statements.ts';
import { dottedNames, unwrap } from './syntax.ts';
import { knowsDiscord } from './types.ts';
import { type Meaning, meaningsIn } from './value-path.ts';
import { isNothing } from './writes.ts';

const either = (found: readonly Nothing[]): Nothing =>
  found.includes('likely') ? 'likely' : found.includes('open') ? 'open' : 'never';

/** Methods that give `undefined` where the thing is not there. */
const lookups = /^(get|find|findLast|first|last|at|random|pop|shift|findKey|firstKey|lastKey|randomKey|forEach|match)$/;
/** Methods that give something in any case. */
const makers =
  /^(has|some|every|includes|map|filter|flat|flatMap|join|toString|toJSON|keys|values|entries|concat|slice|sort|emit|isReady|hasAll|hasAny|mapValues|array|keyArray|toFixed|trim|split|replace|toLowerCase|toUpperCase|exists)$/;
const known =
  /^(Number|String|Boolean|BigInt|parseInt|parseFloat|isNaN|Math\.\w+|JSON\.stringify|Array\.(from|of|isArray)|Object\.(keys|values|entries|fromEntries|assign)|Promise\.(all|allSettled)|process\.(memoryUsage|uptime|cpuUsage|hrtime)|os\.\w+|Date\.now)$/;
const facts =
  /^(size|length|count|ping|ids?|name|tag|username|discriminator|memberCount|shardId|rss|heapUsed|heapTotal|external|pid|createdTimestamp|status|uptime)$/;
/** Those of any list or text. */
const sizes = /^(size|length)$/;

const isComputed = ({ operatorToken: { kind } }: ts.BinaryExpression): boolean =>
  (kind >= ts.SyntaxKind.LessThanToken && kind <= ts.SyntaxKind.CaretToken) ||
  kind === ts.SyntaxKind.InstanceOfKeyword ||
  kind === ts.SyntaxKind.InKeyword;

/** Whether a place is only reached where a test of a name has held. */
function isTested(node: ts.Expression): boolean {
  const name = dottedNames(node)?.join('.');
  if (name === undefined) return false;
  const says = (test: ts.Expression): boolean => {
    const at = unwrap(test);
    if (dottedNames(at)?.join('.') === name) return true;
    const both = ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
    return both && (says(at.left) || says(at.right));
  };
  const denies = (test: ts.Expression): boolean => {
    const at = unwrap(test);
    if (ts.isPrefixUnaryExpression(at)) return at.operator === ts.SyntaxKind.ExclamationToken && says(at.operand);
    const any = ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.BarBarToken;
    return any && (denies(at.left) || denies(at.right));
  };
  for (let at: ts.Node = node; !ts.isFunctionLike(at) && !ts.isSourceFile(at); at = at.parent) {
    const { parent } = at;
    if (ts.isConditionalExpression(parent) && parent.whenTrue === at && says(parent.condition)) return true;
    if (ts.isConditionalExpression(parent) && parent.whenFalse === at && denies(parent.condition)) return true;
    if (ts.isIfStatement(parent) && parent.thenStatement === at && says(parent.expression)) return true;
    if (ts.isBinaryExpression(parent) && parent.right === at && says(parent.left)) return true;
    if (!ts.isBlock(parent)) continue;
    const left = parent.statements.some(
      (one) => one.pos < at.pos && ts.isIfStatement(one) && denies(one.expression) && leaves(one.thenStatement),
    );
    if (left) return true;
  }
  return false;
}

/** `while (list.length > 0) take(list.pop())`: whether a loop asks first whether there is one. */
function isTakenOfRest(call: ts.CallExpression): boolean {
  const names = dottedNames(call.expression);
  if (names === null || !/^(pop|shift)$/.test(names.at(-1) ?? '')) return false;
  const length = [...names.slice(0, -1), 'length'].join('.');
  const says = (test: ts.Expression): boolean => {
    const at = unwrap(test);
    if (!ts.isBinaryExpression(at)) return dottedNames(at)?.join('.') === length;
    const { kind } = at.operatorToken;
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return says(at.left) || says(at.right);
    return kind === ts.SyntaxKind.GreaterThanToken && at.right.getText() === '0' && says(at.left);
  };
  for (let at: ts.Node = call; !ts.isFunctionLike(at) && !ts.isSourceFile(at); at = at.parent)
    if (ts.isWhileStatement(at.parent) && at.parent.statement === at && says(at.parent.expression)) return true;
  return false;
}

interface Within {
  readonly file: ParsedFile;
  /** The function it is read in, where that is one that moves. */
  readonly reading: Reading | null;
  /** How many names are followed yet. */
  readonly depth: number;
}

/** What one of the meanings of a name or a member says; `null` for nothing. */
function ofMeaning(within: Within, meaning: Meaning): Nothing | null {
  const { reading, depth } = within;
  if ('root' in meaning) return reading === null ? null : mayLack(reading, meaning, mayBeNothing);
  if (meaning.is === 'missing') return 'likely';
  if (meaning.is === 'origin') return null;
  if (meaning.is === 'promise' || !ts.isExpression(meaning.node)) return 'never';
  if (depth === 0) return 'open';
  const nothing = ofExpression({ ...within, depth: depth - 1 }, meaning.node);
  // What may be something else as well is not sure to be there.
  return nothing === 'never' && meaning.sure !== true ? 'open' : nothing;
}

/** What all that a name or a member may be says; `null` for nothing. */
function ofMeanings(within: Within, node: ts.Expression): Nothing | null {
  const meanings = meaningsIn(within.reading?.fn ?? null, node);
  const found = meanings.map((one) => ('node' in one && one.node === node ? null : ofMeaning(within, one)));
  const told = found.filter((one) => one !== null);
  const all = told.length === 0 ? null : either(told);
  return all === 'never' && found.length > 1 ? null : all;
}

function ofBinary(within: Within, node: ts.BinaryExpression): Nothing {
  const { kind } = node.operatorToken;
  if (isComputed(node)) return 'never';
  const right = ofExpression(within, node.right);
  if (kind !== ts.SyntaxKind.AmpersandAmpersandToken) return right;
  return either([ofExpression(within, node.left), right]);
}

function ofCall(within: Within, call: ts.CallExpression): Nothing {
  const nothing = isTakenOfRest(call) ? 'open' : ofMethod(call);
  // What a function of the text gives is followed.
  return nothing === 'open' && ofMeanings(within, call) === 'likely' ? 'likely' : nothing;
}

function ofMethod(call: ts.CallExpression): Nothing {
  const callee = unwrap(call.expression);
  if (known.test(callee.getText())) return 'never';
  if (!ts.isPropertyAccessExpression(callee)) return 'open';
  const { text } = callee.name;
  const many = /^(first|last|random|at)$/.test(text) && call.arguments.length > 0 && text !== 'at';
  if (lookups.test(text) && !many) return 'likely';
  return makers.test(text) ? 'never' : 'open';
}

/** `promise.catch(console.error)`: what logs an error gives nothing. */
function isCaught(node: ts.Expression): boolean {
  const at = unwrap(node);
  if (!ts.isCallExpression(at) || !ts.isPropertyAccessExpression(at.expression)) return false;
  return at.expression.name.text === 'catch' && at.arguments.some((one) => ts.isPropertyAccessExpression(one));
}

/** What a name or a member says by its meanings, or by what it is called. */
function ofNamed(within: Within, at: ts.Identifier | Access): Nothing {
  const said = ofMeanings(within, at);
  if (said === 'likely' || said === 'never') return said;
  if (at.flags & ts.NodeFlags.OptionalChain) return 'likely';
  if (ts.isIdentifier(at) || said !== null) return 'open';
  if (ts.isElementAccessExpression(at)) return ts.isNumericLiteral(at.argumentExpression) ? 'likely' : 'open';
  // What is handed over need not be of discord.js.
  const sure = within.reading === null ? sizes : facts;
  return sure.test(at.name.text) ? 'never' : 'open';
}

function ofText(within: Within, at: ts.Expression): Nothing {
  if (ts.isConditionalExpression(at))
    return either([at.whenTrue, at.whenFalse].map((one) => ofExpression(within, one)));
  if (ts.isAwaitExpression(at)) return isCaught(at.expression) ? 'likely' : ofExpression(within, at.expression);
  if (isTested(at)) return 'never';
  if (isNothing(at)) return at.kind === ts.SyntaxKind.NullKeyword ? 'never' : 'likely';
  if (ts.isIdentifier(at) || isAccess(at)) return ofNamed(within, at);
  if (at.flags & ts.NodeFlags.OptionalChain) return 'likely';
  if (ts.isBinaryExpression(at)) return ofBinary(within, at);
  return ts.isCallExpression(at) ? ofCall(within, at) : 'never';
}

/** What the type of an expression says; `null` where there is none, or `undefined` is in every type. */
function ofType(file: ParsedFile, node: ts.Expression): Nothing | null {
  const { strict, strictNullChecks } = file.compilation.options;
  if (!file.typed || !(strictNullChecks ?? strict) || !knowsDiscord(file)) return null;
  const type = file.checker.getTypeAtLocation(node);
  const parts = type.isUnion() ? type.types : [type];
  if (parts.some(({ flags }) => flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void))) return 'likely';
  return parts.some(({ flags }) => flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) ? null : 'never';
}

function ofExpression(within: Within, node: ts.Expression): Nothing {
  const at = unwrap(node);
  return ofType(within.file, at) ?? ofText(within, at);
}

/** Whether one of the things that a value may be is likely `undefined`. */
export const anyIsNothing = (reading: Reading, meanings: readonly Meaning[]): boolean =>
  meanings.some((one) => ofMeaning({ file: reading.file, reading, depth: 4 }, one) === 'likely');

/** Whether a value may be `undefined`; in a function that moves, `reading` says what it is given. */
export function mayBeNothing(file: ParsedFile, node: ts.Expression, reading: Reading | null = null): Nothing {
  return ofExpression({ file, reading, depth: 4 }, node);
}
