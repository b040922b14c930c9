/** doubts/no-promise: whether a value is surely no promise, so that `??` looks at the value itself. */
import { isAccess } from '../syntax/access.ts';
import { knowsDiscord } from '../syntax/discord-types.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { unwrap, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { ownPromises } from '../values/own-promises.ts';
import { isPromise } from '../values/promise-makers.ts';
import { askedByDepth } from '../values/value-asked.ts';
import { meaningsIn } from '../values/value-path.ts';
import { mayPromiseNothing } from './always-given.ts';
import type { Reading } from './may-lack.ts';
import { givesOne } from './method-words.ts';

/** Methods that give an entry of what they belong to. */
const choosing = /^(get|at|find|findLast|first|last|random|findKey|firstKey|lastKey|randomKey)$/;
/** Methods of lists, maps and texts that never give a promise. */
const making =
  /^(has|some|every|includes|indexOf|map|filter|flat|flatMap|join|toString|toJSON|keys|values|entries|concat|slice|sort|reverse|pop|shift|forEach|each|match|mapValues|array|keyArray|toFixed|trim|split|replace|toLowerCase|toUpperCase|isReady|emit)$/;
const known =
  /^(Number|String|Boolean|BigInt|parse(Int|Float)|Math\.\w+|JSON\.\w+|Object\.\w+|Array\.\w+|console\.\w+)$/;
/** What discord.js keeps in collections; before version 12 they were those themselves. */
const collections = /^(cache|guilds|users|channels|members|roles|emojis|presences|messages|shards|collectors)$/;

interface Within {
  readonly reading: Reading;
  readonly depth: number;
  /** Whether what nothing tells anything of is taken for no promise. */
  readonly believes: boolean;
}

const proven = askedByDepth<boolean>();
const believed = askedByDepth<boolean>();

const isWritten = (node: ts.Expression | undefined): node is ts.ArrowFunction | ts.FunctionExpression =>
  node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));

const isPlain = (node: ts.Expression | undefined): boolean =>
  isWritten(node) && (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Async) === 0;

/** What a name or a call may be, and where it is none of the texts of the function. */
interface Possible {
  readonly texts: readonly ts.Expression[];
  readonly isGiven: boolean;
}

/** What a name or a call may be; `null` where nothing tells. What is waited for is no promise any more. */
function possible({ reading }: Within, node: ts.Expression): Possible | null {
  const others = meaningsIn(reading.fn, node).filter((one) => !('node' in one && one.node === node));
  if (others.length === 0) return null;
  const texts = others.flatMap((one) =>
    'is' in one && (one.is === 'value' || one.is === 'promise') && ts.isExpression(one.node) ? [one.node] : [],
  );
  return {
    texts: texts.filter((one) => !ts.isAwaitExpression(wrapped(one).parent)),
    isGiven: others.some((one) => 'root' in one || one.is === 'origin'),
  };
}

/** Whether something is a collection, a map or a list. */
function isHolder(within: Within, node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isArrayLiteralExpression(at) || ts.isAwaitExpression(at)) return true;
  if (ts.isNewExpression(at)) return /^(Map|Collection|Set|Array)$/.test(at.expression.getText().replace(/^.*\./, ''));
  if (ts.isPropertyAccessExpression(at) && collections.test(at.name.text)) return true;
  if (ts.isCallExpression(at) && ts.isPropertyAccessExpression(at.expression)) {
    const { name, expression } = at.expression;
    return making.test(name.text) || (choosing.test(name.text) && isHolder(within, expression));
  }
  if (within.depth === 0 || !(ts.isIdentifier(at) || isAccess(at))) return false;
  const found = possible(within, at);
  if (found === null || found.isGiven) return false;
  return found.texts.length > 0 && found.texts.every((one) => isHolder({ ...within, depth: within.depth - 1 }, one));
}

function ofMethod(within: Within, { expression, arguments: given }: ts.CallExpression): boolean {
  const callee = unwrap(expression);
  if (known.test(callee.getText())) return true;
  if (!ts.isPropertyAccessExpression(callee)) return within.believes;
  const { text } = callee.name;
  // A database says later whether something exists.
  if (making.test(text) || (givesOne.test(text) && text !== 'exists')) return true;
  if (/^(find|findLast|findKey|reduce|reduceRight)$/.test(text) && isPlain(given[0])) return true;
  if (within.believes) return choosing.test(text) || !ownPromises(within.reading.file.source.path, text);
  return choosing.test(text) && isHolder(within, callee.expression);
}

function ofText(within: Within, at: ts.Expression): boolean {
  const { depth } = within;
  const asked = (one: ts.Expression): boolean => isPlainValue(within, one);
  const deeper = (one: ts.Expression): boolean => depth > 0 && isPlainValue({ ...within, depth: depth - 1 }, one);
  if (ts.isConditionalExpression(at)) return asked(at.whenTrue) && asked(at.whenFalse);
  if (ts.isBinaryExpression(at)) {
    const { AmpersandAmpersandToken, BarBarToken, QuestionQuestionToken, CommaToken } = ts.SyntaxKind;
    const { kind } = at.operatorToken;
    // What goes no further than the left of `&&` is falsy, and a promise is not.
    if (kind === CommaToken || kind === AmpersandAmpersandToken) return asked(at.right);
    const chooses = [BarBarToken, QuestionQuestionToken].includes(kind);
    return !chooses || (asked(at.left) && asked(at.right));
  }
  const found = ts.isIdentifier(at) || isAccess(at) || ts.isCallExpression(at) ? possible(within, at) : null;
  if (ts.isIdentifier(at) || isAccess(at)) return found?.texts.every(deeper) ?? true;
  if (ts.isCallExpression(at)) return !isPromise(at) && (found?.texts.every(deeper) ?? ofMethod(within, at));
  return !isPromise(at);
}

/** Whether the type of an expression is that of no promise; `null` where it says nothing. */
export function toldByType(file: ParsedFile, node: ts.Expression): boolean | null {
  const { typed, checker } = file;
  const type = typed && knowsDiscord(file) ? checker.getTypeAtLocation(node) : null;
  if (type === null || (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0) return null;
  return (type.isUnion() ? type.types : [type]).every((one) => checker.getPropertyOfType(one, 'then') === undefined);
}

function isPlainValue(within: Within, node: ts.Expression): boolean {
  const at = unwrap(node);
  const { reading, depth, believes } = within;
  const answers = believes ? believed : proven;
  return answers({ of: reading, node: at, depth }, () => toldByType(reading.file, at) ?? ofText(within, at));
}

/** Whether a call is of a method that lists, maps and texts have, and of one of these: `c.guilds.cache.map(...)`. */
export function isListCall(reading: Reading, { expression }: ts.CallExpression): boolean {
  const callee = unwrap(expression);
  if (!ts.isPropertyAccessExpression(callee) || !making.test(callee.name.text)) return false;
  return isHolder({ reading, depth: 4, believes: false }, callee.expression);
}

/** Whether the value of an expression is surely no promise. */
export const isNoPromise = (reading: Reading, node: ts.Expression): boolean =>
  isPlainValue({ reading, depth: 4, believes: false }, node);

/**
 * Whether a test of a value says something of what it gives: one of a promise always holds. Who tests what nothing is known of
 * believes that it is none (DC-A2).
 */
export const isTestable = (reading: Reading, node: ts.Expression): boolean =>
  isPlainValue({ reading, depth: 4, believes: true }, node);

/** Whether an expression may be waited for where it stands, and nothing else changes: an error goes to the caller. */
export function mayWait(node: ts.Node): boolean {
  let at = node;
  for (; !ts.isFunctionLike(at) && !ts.isSourceFile(at); at = at.parent)
    if (ts.isTryStatement(at.parent) && at.parent.tryBlock === at) return false;
  return (
    (ts.isArrowFunction(at) || ts.isFunctionExpression(at) || ts.isFunctionDeclaration(at)) &&
    at.asteriskToken === undefined &&
    (ts.getCombinedModifierFlags(at) & ts.ModifierFlags.Async) !== 0
  );
}

/** Whether an expression is a promise by a method of discord.js: `user.send(text)`. */
export const isAct = (node: ts.Expression): boolean =>
  ts.isCallExpression(node) && isPromise(node) && !isOfPromise(node);

const isOfPromise = (node: ts.Expression): boolean =>
  ts.isCallExpression(node) &&
  /(^Promise\.(all|allSettled|any|race|resolve)|\.(then|catch|finally))$/.test(node.expression.getText());

/** Whether an expression is surely a promise: what `then`, `catch` and setters of channels give, or what its type says. */
export function isSurelyPromise({ file, fn }: Reading, node: ts.Expression): boolean {
  const at = unwrap(node);
  if (!ts.isCallExpression(at) || (at.flags & ts.NodeFlags.OptionalChain) !== 0) return false;
  if (isOfPromise(at) || mayPromiseNothing(fn, at)) return true;
  if (!file.typed || !knowsDiscord(file)) return false;
  const type = file.checker.getTypeAtLocation(at);
  return !type.isUnion() && /^Promise$/.test(type.getSymbol()?.name ?? '');
}
