/** functions/plain-values: what a function surely gives that arrives as it is: numbers, texts, what discord.js makes. */
import { isAct } from '../doubts/no-promise.ts';
import type { FunctionSite } from '../syntax/call-site.ts';
import { knowsDiscord } from '../syntax/discord-types.ts';
import { declarationOf } from '../syntax/free-names.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { assigns, descendants, isNameOnly, returnedBy, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isFixed } from '../values/value-names.ts';

/** Members that are numbers and texts, whatever has them. */
const facts = /^(size|length|count|id|\w+Id|name|tag|username|ping|uptime|memberCount)$/;
/** Methods whose value arrives, whatever has them: a number, a text, a boolean, nothing, what discord.js makes. */
const telling =
  /^(has|some|every|includes|indexOf|join|toString|toFixed|trim|split|toLowerCase|toUpperCase|startsWith|endsWith|test|push|unshift|forEach|emit|isReady|delete|set(Presence|Activity|Status|AFK))$/;
const known =
  /^((Number|Boolean|String|BigInt|parseInt|parseFloat|(Number|String|Math|console)\.\w+|Array\.isArray|JSON\.stringify|Date\.(now|UTC)|clear(Timeout|Interval|Immediate))|process\.(exit|uptime|memoryUsage))$/;

const { SyntaxKind, TypeFlags } = ts;

const simple =
  TypeFlags.NumberLike |
  TypeFlags.StringLike |
  TypeFlags.BooleanLike |
  TypeFlags.Undefined |
  TypeFlags.Null |
  TypeFlags.Void |
  TypeFlags.Never;

/** What is looked at, and how far names and functions are followed. */
interface At {
  readonly file: ParsedFile;
  readonly depth: number;
  /** Whether a promise of it would be waited for. */
  readonly waits: boolean;
  /** The name that the function has for its client. */
  readonly client: string | null;
}

const below = (at: At): At => ({ ...at, depth: at.depth - 1 });
const held = (at: At): At => ({ ...at, waits: false });

function isSimple({ file, waits }: At, node: ts.Expression): boolean {
  if (!file.typed || !knowsDiscord(file)) return false;
  const { checker } = file;
  const found = checker.getTypeAtLocation(node);
  const type = waits ? (checker.getAwaitedType(found) ?? found) : found;
  return (type.isUnion() ? type.types : [type]).every(({ flags }) => (flags & simple) !== 0);
}

/** Whether all that a callback gives is plain; one of another place is not followed. */
function isPlainCallback(at: At, callback: ts.Expression | undefined): boolean {
  const fn = callback === undefined ? undefined : unwrap(callback);
  if (fn === undefined) return true;
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return known.test(fn.getText());
  const isAsync = fn.modifiers?.some(({ kind }) => kind === SyntaxKind.AsyncKeyword) === true;
  return fn.asteriskToken === undefined && (at.waits || !isAsync) && isPlainFunction(below(at), fn);
}

const isPlainFunction = (at: At, fn: { readonly body: ts.ConciseBody }): boolean =>
  returnedBy(fn).every((one) => isPlain(at, one));

function isPlainCall(at: At, call: ts.CallExpression): boolean {
  const { expression, arguments: given } = call;
  const callee = unwrap(expression);
  const [first, second] = given;
  const text = callee.getText();
  if (known.test(text) || (at.client !== null && text === `${at.client}.destroy`)) return true;
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const { name, expression: of } = callee;
  if (/^Promise\.(all|allSettled)$/.test(text)) return at.waits && first !== undefined && isPlainList(at, first);
  if (/^(then|catch|finally)$/.test(name.text)) {
    if (!at.waits || (name.text !== 'then' && !isPlain(at, of))) return false;
    return name.text === 'finally' || (first !== undefined && [first, second].every((one) => isPlainCallback(at, one)));
  }
  return telling.test(name.text) ? at.waits || name.text !== 'delete' : at.waits && isAct(call);
}

/** A list whose entries are plain: written out, or made by a callback. */
function isPlainList(at: At, node: ts.Expression): boolean {
  const list = unwrap(node);
  if (ts.isArrayLiteralExpression(list))
    return list.elements.every((one) => !ts.isSpreadElement(one) && isPlain(at, one));
  if (!ts.isCallExpression(list) || !ts.isPropertyAccessExpression(list.expression)) return false;
  const [first] = list.arguments;
  return list.expression.name.text === 'map' && first !== undefined && isPlainCallback(at, first);
}

const isPlainMember = (at: At, one: ts.ObjectLiteralElementLike): boolean =>
  ts.isPropertyAssignment(one)
    ? isPlain(at, one.initializer)
    : ts.isShorthandPropertyAssignment(one) && isPlain(at, one.name);

function isPlainBinary(at: At, node: ts.BinaryExpression): boolean {
  const { kind } = node.operatorToken;
  const { left, right } = node;
  if (kind === SyntaxKind.AmpersandAmpersandToken || kind === SyntaxKind.CommaToken || kind === SyntaxKind.EqualsToken)
    return isPlain(at, right);
  if (kind === SyntaxKind.BarBarToken || kind === SyntaxKind.QuestionQuestionToken)
    return isPlain(at, left) && isPlain(at, right);
  const chooses = kind >= SyntaxKind.BarBarEqualsToken && kind <= SyntaxKind.QuestionQuestionEqualsToken;
  // What is calculated is a number or a text.
  return !(assigns(node) && chooses);
}

/** A name of the function itself that keeps what it is given. */
function isPlainName(at: At, name: ts.Identifier): boolean {
  if (/^(undefined|NaN|Infinity)$/.test(name.text)) return true;
  const declared = declarationOf(name, name.getSourceFile());
  if (declared === null || !ts.isVariableDeclaration(declared) || !ts.isIdentifier(declared.name)) return false;
  const { initializer } = declared;
  if (initializer === undefined || !isFixed(name, declared) || !isPlain(below(at), initializer)) return false;
  return !isFilled(initializer) || !isUsedBeside(name, declared);
}

/** Whether a value is an object or a list, which may be given more later. */
function isFilled(value: ts.Expression): boolean {
  const at = unwrap(value);
  return ts.isObjectLiteralExpression(at) || ts.isArrayLiteralExpression(at) || ts.isCallExpression(at);
}

/** Whether a name stands anywhere else, where more may be put into what it holds. */
function isUsedBeside(name: ts.Identifier, declared: ts.VariableDeclaration): boolean {
  const within = ts.findAncestor(declared, ts.isFunctionLike) ?? declared.getSourceFile();
  return descendants(within).some(
    (one) =>
      ts.isIdentifier(one) && one.text === name.text && one !== name && one !== declared.name && !isNameOnly(one),
  );
}

const words: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.TrueKeyword,
  SyntaxKind.FalseKeyword,
  SyntaxKind.NullKeyword,
  SyntaxKind.TemplateExpression,
  SyntaxKind.TypeOfExpression,
  SyntaxKind.VoidExpression,
  SyntaxKind.DeleteExpression,
  SyntaxKind.PrefixUnaryExpression,
  SyntaxKind.PostfixUnaryExpression,
]);

function isPlain(at: At, node: ts.Expression): boolean {
  const one = unwrap(node);
  if (at.depth < 0) return false;
  if (words.has(one.kind) || ts.isLiteralExpression(one) || isSimple(at, one)) return true;
  if (ts.isAwaitExpression(one)) return isPlain({ ...at, waits: true }, one.expression);
  if (ts.isConditionalExpression(one)) return isPlain(at, one.whenTrue) && isPlain(at, one.whenFalse);
  if (ts.isBinaryExpression(one)) return isPlainBinary(at, one);
  if (ts.isIdentifier(one)) return isPlainName(at, one);
  if (ts.isPropertyAccessExpression(one)) return facts.test(one.name.text);
  if (ts.isObjectLiteralExpression(one)) return one.properties.every((member) => isPlainMember(held(at), member));
  if (ts.isCallExpression(one)) return isPlainCall(at, one) || isPlainList(held(at), one);
  return ts.isArrayLiteralExpression(one)
    ? isPlainList(held(at), one)
    : ts.isNewExpression(one) && one.expression.getText() === 'Date';
}

/** Whether all that a function gives surely arrives as it is. */
export function givesPlain({ file, fn }: FunctionSite): boolean {
  const [first] = fn.parameters;
  const client = first !== undefined && ts.isIdentifier(first.name) ? first.name.text : null;
  return isPlainFunction({ file, depth: 6, waits: true, client }, fn);
}
