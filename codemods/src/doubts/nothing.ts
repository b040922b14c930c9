/** doubts/nothing: whether a value may be `undefined`, by what is written there or by its type. */
import { type Access, isAccess } from '../syntax/access.ts';
import { knowsDiscord } from '../syntax/discord-types.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { mayEnd } from '../syntax/statements.ts';
import { returnsOf, unwrap } from '../syntax/syntax.ts';
import { isNothing } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { calledFunction } from '../values/called-function.ts';
import { askedByDepth } from '../values/value-asked.ts';
import { type Meaning, meaningsIn } from '../values/value-path.ts';
import { isAlwaysGiven } from './always-given.ts';
import { isFact, isKnownEntry } from './known-entries.ts';
import { mayLack, type Nothing, type Reading } from './may-lack.ts';
import { functionGivesOne, givesOne } from './method-words.ts';
import { isTestable } from './no-promise.ts';
import { isCounted, isOfList, isRest, isUnchecked, setBy } from './open-places.ts';
import { isOfOwnShard } from './own-shard.ts';
import { isTakenOfRest, isTested } from './tested-before.ts';

const either = (found: readonly Nothing[]): Nothing =>
  found.includes('likely') ? 'likely' : found.includes('open') ? 'open' : 'never';

/** Methods that give `undefined` where the thing is not there. */
const lookups = /^(get|find|findLast|first|last|at|random|pop|shift|findKey|firstKey|lastKey|randomKey|forEach|match)$/;
/** Methods that give a list or an object in any case. */
const makers =
  /^(map|filter|flat|flatMap|fill|toJSON|keys|values|entries|concat|slice|splice|sort|sorted|reverse|toReversed|toSorted|toArray|mapValues|clone|array|keyArray|split)$/;
const known =
  /^(Array\.(from|of)|Object\.(keys|values|entries|fromEntries|assign)|Promise\.(all|allSettled)|process\.(memoryUsage|uptime|cpuUsage|hrtime))$/;
/** What gives what Discord has, or an error. */
const fetched = /\.(users|channels|guilds|members|messages|roles|emojis|bans|invites)\.fetch$/;
/** Those of any list or text. */
const sizes = /^(size|length)$/;

const isComputed = ({ operatorToken: { kind } }: ts.BinaryExpression): boolean =>
  (kind >= ts.SyntaxKind.LessThanToken && kind <= ts.SyntaxKind.CaretToken) ||
  kind === ts.SyntaxKind.InstanceOfKeyword ||
  kind === ts.SyntaxKind.InKeyword;

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
  // What a promise is made with may be anything.
  if (meaning.is === 'promise') return ts.isNewExpression(meaning.node) ? 'open' : 'never';
  if (!ts.isExpression(meaning.node)) return 'never';
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

/** Whether a test of a value says what it gives: one of a promise always holds. */
const isHeldBy = ({ reading }: Within, at: ts.Expression): boolean => reading === null || isTestable(reading, at);

function ofBinary(within: Within, node: ts.BinaryExpression): Nothing {
  const { kind } = node.operatorToken;
  if (isComputed(node)) return 'never';
  const right = ofExpression(within, node.right);
  const { AmpersandAmpersandToken, AmpersandAmpersandEqualsToken, BarBarToken, QuestionQuestionToken } = ts.SyntaxKind;
  if (kind === BarBarToken || kind === QuestionQuestionToken)
    return isHeldBy(within, node.left) ? right : either([right, 'open']);
  if (kind !== AmpersandAmpersandToken && kind !== AmpersandAmpersandEqualsToken) return right;
  return either([ofExpression(within, node.left), right]);
}

/** Whether the function of this file that is called surely gives something, whatever it is given. */
function givesOneAlways(within: Within, { expression, flags }: ts.CallExpression): boolean {
  const called =
    within.depth > 0 && (flags & ts.NodeFlags.OptionalChain) === 0 ? calledFunction(within.file, expression) : null;
  if (called === null || called.isElsewhere || called.fn.asteriskToken !== undefined) return false;
  return ofBody({ ...within, depth: within.depth - 1 }, called.fn.body) === 'never';
}

function ofCall(within: Within, call: ts.CallExpression): Nothing {
  const nothing = isTakenOfRest(call) ? 'open' : ofMethod(within, call);
  if (nothing !== 'open') return nothing;
  // What a function of the text gives is followed.
  const said = ofMeanings(within, call) ?? 'open';
  return said === 'open' && givesOneAlways(within, call) ? 'never' : said;
}

const isWritten = (node: ts.Expression | undefined): node is ts.ArrowFunction | ts.FunctionExpression =>
  node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));

/** What a function gives that is handed over; `null` where that is not written there. */
function ofGiven(within: Within, node: ts.Expression | undefined): Nothing | null {
  const fn = node === undefined ? node : unwrap(node);
  return isWritten(fn) ? ofBody(within, fn.body) : null;
}

/** What a function gives, by its text. */
function ofBody(within: Within, body: ts.ConciseBody | undefined): Nothing {
  if (body === undefined) return 'open';
  if (!ts.isBlock(body)) return ofExpression(within, body);
  const given = returnsOf(body).map(({ expression }) => expression);
  if (mayEnd(body) || given.includes(undefined)) return 'likely';
  return either(given.flatMap((one) => (one === undefined ? [] : [ofExpression(within, one)])));
}

/** What comes of a promise, and of a list that is reduced; `null` for other methods. */
function ofCallbacks(within: Within, call: ts.CallExpression): Nothing | null {
  const { expression: callee, arguments: given } = call;
  const [first, second] = given;
  if (!ts.isPropertyAccessExpression(callee)) return null;
  const of = callee.expression;
  if (callee.getText() === 'Promise.resolve') return first === undefined ? 'likely' : ofExpression(within, first);
  const { text } = callee.name;
  if (text === 'finally') return ofExpression(within, of);
  const got = ofGiven(within, first);
  // What is named there logs the error, as a rule.
  if (text === 'catch') return first === undefined ? null : either([ofExpression(within, of), got ?? 'likely']);
  if (text === 'then')
    return either([got ?? 'open', ...(second === undefined ? [] : [ofGiven(within, second) ?? 'likely'])]);
  if (!/^reduce(Right)?$/.test(text) || got === null || second === undefined) return null;
  return either([got, ofExpression(within, second)]);
}

function ofMethod(within: Within, call: ts.CallExpression): Nothing {
  const callee = unwrap(call.expression);
  const text = callee.getText();
  if (known.test(text) || functionGivesOne.test(text) || fetched.test(text)) return 'never';
  if (!ts.isPropertyAccessExpression(callee)) return 'open';
  if (/^console\.\w+$/.test(text)) return 'likely';
  if (isAlwaysGiven(within.file, call, within.reading?.fn ?? null)) return 'never';
  const { name } = callee;
  const many = /^(first|last|random)$/.test(name.text) && call.arguments.length > 0;
  if (lookups.test(name.text) && !many) return 'likely';
  return makers.test(name.text) || givesOne.test(name.text) ? 'never' : (ofCallbacks(within, call) ?? 'open');
}

const isNumbered = ({ argumentExpression }: ts.ElementAccessExpression): boolean =>
  ts.isNumericLiteral(unwrap(argumentExpression));

/** Whether a key or a place of a list is computed, so that nothing says that it is there. */
function isComputedPlace({ reading }: Within, at: ts.Expression): boolean {
  if (reading === null || !ts.isElementAccessExpression(at)) return false;
  return !isNumbered(at) && !ts.isStringLiteralLike(unwrap(at.argumentExpression)) && !isCounted(at);
}

/** Whether something is taken of a list or an object that may be without it. */
const isPlaceOf = (within: Within, at: ts.ElementAccessExpression): boolean =>
  isNumbered(at) || isComputedPlace(within, at);

/** Whether a name or a member is a fact of what discord.js has. What is handed over need not be of it. */
function isOfDiscord({ reading }: Within, at: ts.Identifier | Access): boolean {
  if (ts.isIdentifier(at)) return reading !== null && isKnownEntry(at);
  if (ts.isElementAccessExpression(at)) return false;
  return reading === null ? sizes.test(at.name.text) : isFact(at.name.text, at.expression.getText());
}

/** Whether a variable is surely there, as all that it is set to says. */
function isMade(within: Within, at: ts.Identifier | Access): boolean {
  if (ts.isIdentifier(at) && isRest(at)) return true;
  const set = ts.isIdentifier(at) && within.depth > 0 ? setBy(at) : null;
  return set?.every((one) => ofExpression({ ...within, depth: within.depth - 1 }, one) === 'never') ?? false;
}

/** What a name or a member says by its meanings, or by what it is called. */
function ofNamed(within: Within, at: ts.Identifier | Access): Nothing {
  const said = ofMeanings(within, at);
  if (said === 'likely' || (said === 'never' && !isComputedPlace(within, at))) return said;
  if (said !== 'never' && isMade(within, at)) return 'never';
  if (at.flags & ts.NodeFlags.OptionalChain) return 'likely';
  if (said === null && isOfDiscord(within, at)) return 'never';
  const isPlace = ts.isElementAccessExpression(at) ? isPlaceOf(within, at) : within.reading !== null && isOfList(at);
  return isPlace ? 'likely' : 'open';
}

function ofText(within: Within, at: ts.Expression): Nothing {
  if (ts.isConditionalExpression(at))
    return either([at.whenTrue, at.whenFalse].map((one) => ofExpression(within, one)));
  if (ts.isAwaitExpression(at)) return ofExpression(within, at.expression);
  if (isTested(at) && isHeldBy(within, at)) return 'never';
  if (isNothing(at)) return at.kind === ts.SyntaxKind.NullKeyword ? 'never' : 'likely';
  if (ts.isIdentifier(at) || isAccess(at)) return ofNamed(within, at);
  if (at.flags & ts.NodeFlags.OptionalChain) return 'likely';
  if (ts.isBinaryExpression(at)) return ofBinary(within, at);
  if (ts.isCallExpression(at)) return ofCall(within, at);
  return isGivenBack(at) ? 'open' : 'never';
}

/** What is given by a function that is not seen: a tag of a template, whoever goes on with a generator, a new promise. */
const isGivenBack = (at: ts.Expression): boolean =>
  ts.isTaggedTemplateExpression(at) ||
  ts.isYieldExpression(at) ||
  (ts.isNewExpression(at) && at.expression.getText() === 'Promise');

/** What the type of an expression says; `null` where there is none, or types do not tell. */
function ofType(file: ParsedFile, node: ts.Expression): Nothing | null {
  const { strict, strictNullChecks } = file.compilation.options;
  if (!file.typed || !knowsDiscord(file)) return null;
  const own = file.checker.getTypeAtLocation(node);
  const type = file.checker.getAwaitedType(own) ?? own;
  const parts = type.isUnion() ? type.types : [type];
  // Without `strict` types still say that a method gives nothing at all.
  if (parts.some(({ flags }) => flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void))) return 'likely';
  if (!(strictNullChecks ?? strict)) return null;
  if (parts.some(({ flags }) => flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown))) return null;
  return isUnchecked(file, node) ? null : 'never';
}

const answers = askedByDepth<Nothing>();

function ofExpression(within: Within, node: ts.Expression): Nothing {
  const at = unwrap(node);
  const { file, reading, depth } = within;
  if (isOfOwnShard(at)) return 'never';
  return answers({ of: reading ?? file, node: at, depth }, () => ofType(file, at) ?? ofText(within, at));
}

/** Whether one of the things that a value may be is likely `undefined`. */
export const anyIsNothing = (reading: Reading, meanings: readonly Meaning[]): boolean =>
  meanings.some((one) => ofMeaning({ file: reading.file, reading, depth: 4 }, one) === 'likely');

/** Whether a value may be `undefined`; in a function that moves, `reading` says what it is given. */
export function mayBeNothing(file: ParsedFile, node: ts.Expression, reading: Reading | null = null): Nothing {
  return ofExpression({ file, reading, depth: 4 }, node);
}
