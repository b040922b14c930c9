/** assumptions/unknown-values: what nothing is known of among all that a value is made of. */
import { unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { unknownCall } from './unknown-calls.ts';
import { isClient, isOfClient, unknownName } from './unknown-names.ts';
import { isTyped, type Unknown, unknownIf, unknownOfAll, type ValueWalk } from './value-walk.ts';

const { SyntaxKind } = ts;

const sizes = /^(size|length)$/;

const managers = /^(guilds|users|channels|emojis)$/;

/** What is an id by its name: a text, whoever has it. The `_id` of a database may be an object. */
const ids = /^(?!_id$)(\w*_)?(\w*Id|[a-z]*id|[A-Z_]*ID)$|ID$/;

const isId = (at: ts.Expression): boolean =>
  (ts.isIdentifier(at) && ids.test(at.text)) || (ts.isPropertyAccessExpression(at) && ids.test(at.name.text));

const isText = (node: ts.Expression): boolean => {
  const at = unwrap(node);
  return ts.isStringLiteralLike(at) || ts.isTemplateExpression(at);
};

/** Whether an operator makes a number of what stands beside it. */
const computes = (kind: ts.SyntaxKind): boolean =>
  (kind >= SyntaxKind.PlusToken && kind <= SyntaxKind.GreaterThanGreaterThanGreaterThanToken) ||
  (kind >= SyntaxKind.AmpersandToken && kind <= SyntaxKind.CaretToken);

const chooses = new Set([SyntaxKind.BarBarToken, SyntaxKind.QuestionQuestionToken, SyntaxKind.AmpersandAmpersandToken]);

function ofBinary(walk: ValueWalk, { left, right, operatorToken: { kind } }: ts.BinaryExpression): Unknown {
  if (kind === SyntaxKind.PlusToken && (isText(left) || isText(right))) return [];
  if (computes(kind) || chooses.has(kind)) return unknownOfAll(walk, [left, right]);
  return kind === SyntaxKind.CommaToken || kind === SyntaxKind.EqualsToken ? walk.ask(walk, right) : [];
}

/** A manager of the client, which had a size of its own in discord.js 11 alone: `client.guilds.size`. */
const isFormer = (walk: ValueWalk, of: ts.Expression): boolean =>
  ts.isPropertyAccessExpression(of) && managers.test(of.name.text) && isClient(walk, unwrap(of.expression));

function ofMember(walk: ValueWalk, at: ts.PropertyAccessExpression | ts.ElementAccessExpression): Unknown {
  const of = unwrap(at.expression);
  if (!ts.isPropertyAccessExpression(at)) return isClient(walk, of) ? [at] : unknownIf(walk, at, [of]);
  if (isClient(walk, of)) return isOfClient(at.name.text) ? [] : [at];
  if (sizes.test(at.name.text)) return isFormer(walk, of) ? [at] : [];
  return unknownIf(walk, at, [of]);
}

/** What an object is written with. */
const heldBy = ({ properties }: ts.ObjectLiteralExpression): readonly ts.Expression[] =>
  properties.flatMap((one) => {
    if (ts.isShorthandPropertyAssignment(one)) return [one.name];
    if (ts.isSpreadAssignment(one)) return [one.expression];
    return ts.isPropertyAssignment(one) ? [one.initializer] : [];
  });

/** What is made of discord.js, whose JSON is what Discord takes, by its name. */
const builders = /(Builder|Embed|ActionRow)$/;

const isPlainClass = ({ expression }: ts.NewExpression): boolean => {
  const name = expression.getText();
  return builders.test(name) || (/^[A-Z]\w*$/.test(name) && name in globalThis);
};

/** What an expression is made of by its own parts; `null` for any other. */
function ofParts(walk: ValueWalk, at: ts.Expression): Unknown | null {
  if (ts.isAwaitExpression(at) || ts.isSpreadElement(at)) return walk.ask(walk, at.expression);
  if (ts.isConditionalExpression(at)) return unknownOfAll(walk, [at.whenTrue, at.whenFalse]);
  if (ts.isArrayLiteralExpression(at)) return unknownOfAll(walk, at.elements);
  return ts.isObjectLiteralExpression(at) ? unknownOfAll(walk, heldBy(at)) : null;
}

function ofText(walk: ValueWalk, at: ts.Expression): Unknown {
  const parts = isId(at) ? [] : ofParts(walk, at);
  if (parts !== null) return parts;
  if (ts.isIdentifier(at)) return unknownName(walk, at);
  if (ts.isPropertyAccessExpression(at) || ts.isElementAccessExpression(at)) return ofMember(walk, at);
  if (ts.isCallExpression(at)) return unknownCall(walk, at);
  if (ts.isBinaryExpression(at)) return ofBinary(walk, at);
  if (ts.isPrefixUnaryExpression(at))
    return at.operator === SyntaxKind.ExclamationToken ? [] : walk.ask(walk, at.operand);
  // What a class of JavaScript's own is made of carries a note where JSON changed it.
  if (ts.isNewExpression(at)) return isPlainClass(at) ? unknownOfAll(walk, at.arguments ?? []) : [at];
  if (ts.isTaggedTemplateExpression(at) || ts.isYieldExpression(at)) return [at];
  return at.kind === SyntaxKind.ThisKeyword && !isClient(walk, at) ? [at] : [];
}

/** How many expressions a value may be made of. */
const largest = 500;

/** Whether an expression is written out, so that its parts say more than its type. */
const isWrittenOut = (at: ts.Expression): boolean =>
  ts.isObjectLiteralExpression(at) || ts.isArrayLiteralExpression(at);

function ask(walk: ValueWalk, node: ts.Expression): Unknown {
  const at = unwrap(node);
  const known = walk.found.get(at);
  if (known !== undefined) return known;
  if (ts.isLiteralExpression(at)) return [];
  // Of what is made of more than that nothing is known.
  if (walk.found.size > largest) return [at];
  // What leads back to itself adds nothing.
  walk.found.set(at, []);
  const unknown = !isWrittenOut(at) && isTyped(walk, at) ? [] : ofText(walk, at);
  walk.found.set(at, unknown);
  return unknown;
}

/** The expressions among all that a value is made of of which nothing is known: neither by its text nor by its type. */
export function unknownIn(reader: Pick<ValueWalk, 'file' | 'fn'>, node: ts.Expression): Unknown {
  const found = new Map<ts.Node, Unknown>();
  const unknown = ask({ ...reader, called: new Set(), found, ask }, node);
  return found.size > largest && unknown.length > 0 ? [node] : [...new Set(unknown)];
}
