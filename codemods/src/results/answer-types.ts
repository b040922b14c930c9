/** results/answer-types: whether a declared type speaks of a value, or of a list of it. */
import type { ParsedFile } from '../syntax/program.ts';
import { unwrap, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** What a type proves: `nothing` is taken where it takes no value, and `unknown` is one that takes both. */
export type Spoken = 'list' | 'value' | 'nothing' | 'unknown';

const { TypeFlags } = ts;
const open = TypeFlags.Any | TypeFlags.Unknown | TypeFlags.Instantiable | TypeFlags.NonPrimitive;
const missing = TypeFlags.Null | TypeFlags.Undefined | TypeFlags.Void;

/** What a type is made of, promises and what may be missing aside. */
function partsOf(checker: ts.TypeChecker, type: ts.Type): readonly ts.Type[] {
  const awaited = checker.getAwaitedType(type) ?? type;
  const based = awaited.flags & TypeFlags.Instantiable ? checker.getBaseConstraintOfType(awaited) : undefined;
  const at = based ?? awaited;
  return (at.isUnion() ? at.types : [at]).filter(({ flags }) => !(flags & missing));
}

const isListed = (checker: ts.TypeChecker, type: ts.Type): boolean =>
  checker.isArrayType(type) || checker.isTupleType(type);

/** Whether no list is of a type: it is of a kind of its own, or asks for a member that no list has. */
function excludesLists(checker: ts.TypeChecker, type: ts.Type): boolean {
  if (type.flags & open || isListed(checker, type)) return false;
  const asks = ({ name, flags }: ts.Symbol): boolean =>
    !(flags & ts.SymbolFlags.Optional) && !(name in []) && !name.startsWith('__@');
  return !(type.flags & TypeFlags.Object) || type.getProperties().some(asks);
}

/** What a function gives, as its types say; `null` where they say nothing. */
export function typeGiven({ typed, checker }: ParsedFile, call: ts.CallExpression): ts.Type | null {
  const [fn] = typed ? call.arguments : [];
  const [signature] = fn === undefined ? [] : checker.getTypeAtLocation(unwrap(fn)).getCallSignatures();
  if (signature === undefined) return null;
  const parts = partsOf(checker, signature.getReturnType());
  return parts.length === 0 || parts.some(({ flags }) => flags & open) ? null : signature.getReturnType();
}

/** Whether an index leads into values of a type themselves. */
export const isIndexed = ({ checker }: ParsedFile, type: ts.Type): boolean =>
  partsOf(checker, type).some(
    (part) => part.flags & TypeFlags.StringLike || part.getNumberIndexType() !== undefined || isListed(checker, part),
  );

/** Whether each value of one type is one of another. */
const fits = (checker: ts.TypeChecker, from: ts.Type, to: readonly ts.Type[]): boolean =>
  partsOf(checker, from).every((part) => to.some((one) => checker.isTypeAssignableTo(part, one)));

/** What a declared type says of values of the type that is `given`. */
export function spokenOf({ checker }: ParsedFile, declared: ts.Type, given: ts.Type | null): Spoken {
  const parts = partsOf(checker, declared);
  if (parts.length === 0) return declared.flags & TypeFlags.Never ? 'unknown' : 'nothing';
  if (parts.every((part) => excludesLists(checker, part))) return 'value';
  if (given === null || !parts.every((part) => isListed(checker, part))) return 'unknown';
  const entries = parts.flatMap((part) => part.getNumberIndexType() ?? []);
  const [takesValue, takesList] = [parts, entries].map((one) => fits(checker, given, one));
  if (takesValue === takesList) return 'unknown';
  return takesValue ? 'value' : 'list';
}

/** Whether types say that a key is a text, so that it is no index. */
export const isTextType = ({ checker, typed }: ParsedFile, key: ts.Expression): boolean =>
  typed && partsOf(checker, checker.getTypeAtLocation(key)).every(({ flags }) => flags & TypeFlags.StringLike);

/** Whether a type is one of lists alone. */
export const isList = ({ checker }: ParsedFile, type: ts.Type): boolean =>
  partsOf(checker, type).every((part) => isListed(checker, part));

/** Whether the place of an argument has a type of its own, and not the one of what is handed over. */
function declaresArgument({ checker }: ParsedFile, call: ts.CallExpression | ts.NewExpression): boolean {
  const declared = checker.getResolvedSignature(call)?.declaration;
  return declared !== undefined && !ts.isJSDocSignature(declared) && declared.typeParameters === undefined;
}

/** Whether somebody wrote the type that is asked for where a value stands, on its own or in an object or a list. */
function isDeclared(file: ParsedFile, node: ts.Node): boolean {
  const at = ts.isExpression(node) ? wrapped(node) : node;
  const { parent } = at;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent)) return parent.type !== undefined;
  if (ts.isReturnStatement(parent)) return ts.findAncestor(parent, ts.isFunctionLike)?.type !== undefined;
  if (ts.isArrowFunction(parent)) return parent.body === at && parent.type !== undefined;
  if (ts.isSatisfiesExpression(parent) || ts.isAsExpression(parent)) return true;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent))
    return parent.expression !== at && declaresArgument(file, parent);
  const passes =
    ts.isPropertyAssignment(parent) ||
    ts.isShorthandPropertyAssignment(parent) ||
    ts.isObjectLiteralExpression(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isAwaitExpression(parent) ||
    (ts.isConditionalExpression(parent) && parent.condition !== at);
  return passes && isDeclared(file, parent);
}

/** The type that is asked for where a value stands, if somebody wrote one. */
export function typeAsked(file: ParsedFile, node: ts.Expression): ts.Type | undefined {
  return file.typed && isDeclared(file, node) ? file.checker.getContextualType(wrapped(node)) : undefined;
}
