/** doubts/never-null: whether a value that something is compared with is neither `null` nor `undefined`. */
import type { ParsedFile } from '../syntax/program.ts';
import { symbolOf, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isNumber } from './numbers.ts';
import { isUnchecked } from './open-places.ts';
import { isThere } from './surely-there.ts';
import { isTested } from './tested-before.ts';

/** What the things of discord.js have that have it at all, and never as `null`. */
const facts =
  /^(?:name|username|tag|content|size|length|count|memberCount|createdTimestamp|customId|commandName|values)$/;
/** Methods of texts, numbers and lists that give one. */
const making =
  /^(?:charAt|concat|every|filter|has|includes|indexOf|join|map|normalize|pad(?:End|Start)|repeat|replace|replaceAll|slice|some|split|substr|substring|to(?:[A-Z]\w*)|trim|trimEnd|trimStart)$/;
const known = /^(?:String|Number|Boolean|BigInt|parse(?:Int|Float)|Math\.\w+|Date\.now|JSON\.stringify|Object\.keys)$/;

const { Any, Unknown, Undefined, Null, Void, TypeParameter } = ts.TypeFlags;
const open = Any | Unknown | Undefined | Null | Void | TypeParameter;

const { AmpersandAmpersandToken, BarBarToken, QuestionQuestionToken, CommaToken, EqualsToken } = ts.SyntaxKind;

/** How many names are followed. */
const deepest = 4;

/** Whether the type of a value says that it is there and not `null`. */
function isTyped(file: ParsedFile, node: ts.Expression): boolean {
  const { strict, strictNullChecks } = file.compilation.options;
  if (!file.typed || !(strictNullChecks ?? strict) || isUnchecked(file, node)) return false;
  const type = file.checker.getTypeAtLocation(node);
  return (type.isUnion() ? type.types : [type]).every(({ flags }) => !(flags & open));
}

/** Whether a constant is set to such a value; of any other name nothing is known. */
function ofName(file: ParsedFile, name: ts.Identifier, depth: number): boolean {
  const declared = symbolOf(file.checker, name)?.valueDeclaration;
  if (declared === undefined || !ts.isVariableDeclaration(declared) || declared.initializer === undefined) return false;
  return (declared.parent.flags & ts.NodeFlags.Const) !== 0 && isValue(file, declared.initializer, depth - 1);
}

function ofOperator(file: ParsedFile, at: ts.BinaryExpression, depth: number): boolean {
  const { kind } = at.operatorToken;
  if (kind === AmpersandAmpersandToken) return isValue(file, at.left, depth) && isValue(file, at.right, depth);
  const isRight = [BarBarToken, QuestionQuestionToken, CommaToken, EqualsToken].includes(kind);
  return !isRight || isValue(file, at.right, depth);
}

function ofCall({ expression: callee, flags }: ts.CallExpression): boolean {
  if (known.test(callee.getText())) return true;
  const isChain = (flags & ts.NodeFlags.OptionalChain) !== 0;
  return !isChain && ts.isPropertyAccessExpression(callee) && making.test(callee.name.text);
}

const isWritten = (at: ts.Expression): boolean =>
  (ts.isLiteralExpression(at) && !ts.isOmittedExpression(at)) ||
  ts.isTemplateExpression(at) ||
  ts.isTypeOfExpression(at) ||
  ts.isPrefixUnaryExpression(at) ||
  ts.isPostfixUnaryExpression(at) ||
  ts.isNewExpression(at) ||
  ts.isArrayLiteralExpression(at) ||
  ts.isObjectLiteralExpression(at) ||
  ts.isFunctionLike(at) ||
  at.kind === ts.SyntaxKind.TrueKeyword ||
  at.kind === ts.SyntaxKind.FalseKeyword;

function isValue(file: ParsedFile, node: ts.Expression, depth: number): boolean {
  const at = unwrap(node);
  if (isWritten(at)) return true;
  if (depth === 0) return false;
  if (ts.isConditionalExpression(at)) return [at.whenTrue, at.whenFalse].every((one) => isValue(file, one, depth));
  if (ts.isBinaryExpression(at)) return ofOperator(file, at, depth);
  if (isTyped(file, at) || isTested(at) || isNumber(file, at)) return true;
  if (ts.isCallExpression(at)) return ofCall(at);
  if (ts.isIdentifier(at)) return ofName(file, at, depth);
  if (!ts.isPropertyAccessExpression(at) || (at.flags & ts.NodeFlags.OptionalChain) !== 0) return false;
  // Whatever is asked for its id has one.
  return at.name.text === 'id' || (facts.test(at.name.text) && isThere(file, at));
}

/** Whether a value is proven to be neither `null` nor `undefined`: a literal, an id, a number, a text that is made. */
export const isNeverNull = (file: ParsedFile, node: ts.Expression): boolean => isValue(file, node, deepest);
