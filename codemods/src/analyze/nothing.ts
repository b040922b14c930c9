/** analyze/nothing: whether a value may be `undefined`, by what is written there or by its type. */
import { ts } from '../typescript.js';
import { mayLack, type Nothing, type Reading } from './may-lack.ts';
import type { ParsedFile } from './program.ts';
import { descendants, dottedNames, symbolOf, unwrap } from './syntax.ts';
import { knowsDiscord } from './types.ts';
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

function leaves(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  return last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last));
}

interface Within {
  readonly file: ParsedFile;
  /** The function it is read in, where that is one that moves. */
  readonly reading: Reading | null;
  /** How many names are followed yet. */
  readonly depth: number;
}

function ofName(within: Within, node: ts.Identifier): Nothing {
  const { file, depth } = within;
  if (isNothing(node)) return 'likely';
  const declared = symbolOf(file.checker, node)?.valueDeclaration;
  if (declared === undefined || !ts.isVariableDeclaration(declared) || !ts.isIdentifier(declared.name)) return 'open';
  if (ts.isForOfStatement(declared.parent.parent)) return 'open';
  if (declared.initializer === undefined) return 'likely';
  if (depth === 0) return 'open';
  const set = declared.parent.flags & ts.NodeFlags.Const;
  const first = ofExpression({ ...within, depth: depth - 1 }, declared.initializer);
  return set || first === 'likely' ? first : isReassigned(file, declared.name) ? 'open' : first;
}

const isReassigned = (file: ParsedFile, name: ts.Identifier): boolean =>
  [...descendants(file.tree)].some((one) => {
    if (!ts.isBinaryExpression(one) || one.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return false;
    return ts.isIdentifier(one.left) && one.left.text === name.text;
  });

function ofBinary(within: Within, node: ts.BinaryExpression): Nothing {
  const { kind } = node.operatorToken;
  if (isComputed(node)) return 'never';
  const right = ofExpression(within, node.right);
  if (kind !== ts.SyntaxKind.AmpersandAmpersandToken) return right;
  return either([ofExpression(within, node.left), right]);
}

function ofCall(call: ts.CallExpression): Nothing {
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

function ofText(within: Within, at: ts.Expression): Nothing {
  if (ts.isConditionalExpression(at))
    return either([at.whenTrue, at.whenFalse].map((one) => ofExpression(within, one)));
  if (ts.isAwaitExpression(at)) return isCaught(at.expression) ? 'likely' : ofExpression(within, at.expression);
  if (isTested(at)) return 'never';
  const lacks = within.reading === null ? null : mayLack(within.reading, at, mayBeNothing);
  if (lacks !== null) return lacks;
  if (ts.isIdentifier(at)) return ofName(within, at);
  if (ts.isVoidExpression(at) || at.flags & ts.NodeFlags.OptionalChain) return 'likely';
  if (ts.isBinaryExpression(at)) return ofBinary(within, at);
  if (ts.isCallExpression(at)) return ofCall(at);
  // What is handed over need not be of discord.js.
  const sure = within.reading === null ? sizes : facts;
  if (ts.isPropertyAccessExpression(at)) return sure.test(at.name.text) ? 'never' : 'open';
  if (ts.isElementAccessExpression(at)) return ts.isNumericLiteral(at.argumentExpression) ? 'likely' : 'open';
  return 'never';
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

/** Whether a value may be `undefined`; in a function that moves, `reading` says what it is given. */
export function mayBeNothing(file: ParsedFile, node: ts.Expression, reading: Reading | null = null): Nothing {
  return ofExpression({ file, reading, depth: 4 }, node);
}
