/** handlers/given-members: what an object of options holds under a name, as far as its file says it. */
import { optionsLiteral } from '../managers/managers.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { dottedNames, requiredModule, unwrap } from '../syntax/syntax.ts';
import { isNothing } from '../syntax/writes.ts';
import { plainName } from '../syntax/written-names.ts';
import { ts } from '../typescript.js';
import { namesOfSpread } from './object-names.ts';

/** What stands under a name. */
export type GivenMember =
  | { readonly kind: 'none' }
  /** A value, which may be `undefined`, and the property it stands in. */
  | { readonly kind: 'value'; readonly value: ts.Expression; readonly property: ts.ObjectLiteralElementLike }
  | UnknownMember;

/** A member that something brings, or may bring, which is not read. */
export interface UnknownMember {
  readonly kind: 'unknown';
  /** What may bring it, where all of that can be asked for it a second time. */
  readonly from: readonly ts.Expression[] | null;
  /** Whether it is there for sure. */
  readonly isThere: boolean;
}

const none: GivenMember = { kind: 'none' };
const unread = (isThere: boolean): UnknownMember => ({ kind: 'unknown', from: null, isThere });

/** Whether an expression may be written twice: a name, a member of it, a `require`. */
export function isRepeatable(node: ts.Expression): boolean {
  const at = unwrap(node);
  return dottedNames(at) !== null || requiredModule(at) !== null;
}

/** Whether the type of an expression says that it has no such member. */
export function typeLacks({ checker, typed }: ParsedFile, node: ts.Expression, name: string): boolean {
  if (!typed) return false;
  const type = checker.getNonNullableType(checker.getTypeAtLocation(node));
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Never)) return false;
  const parts = type.isUnion() ? type.types : [type];
  return parts.every((one) => one.getProperty(name) === undefined && one.getStringIndexType() === undefined);
}

/** The values one of which a spread copies: `x && { ... }`, `x ? a : b`. */
function spreadValues(node: ts.Expression): readonly ts.Expression[] {
  const at = unwrap(node);
  if (ts.isConditionalExpression(at)) return [at.whenTrue, at.whenFalse].flatMap(spreadValues);
  if (!ts.isBinaryExpression(at)) return [at];
  const { kind } = at.operatorToken;
  // A condition brings nothing where it is false.
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return spreadValues(at.right);
  const falls = kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken;
  return falls ? [at.left, at.right].flatMap(spreadValues) : [at];
}

/** Of several that may bring a member, none of which is known to be the one. */
function united(members: readonly GivenMember[]): GivenMember {
  const found = members.filter(({ kind }) => kind !== 'none');
  if (found.length === 0) return none;
  return unread(found.some((one) => one.kind === 'value' || (one.kind === 'unknown' && one.isThere)));
}

function ofSpread(file: ParsedFile, node: ts.Expression, name: string): GivenMember {
  const values = spreadValues(node);
  if (values.length > 1 || values[0] !== unwrap(node)) return united(values.map((one) => ofSpread(file, one, name)));
  return memberOfValue(file, node, name);
}

/** What any value holds under a name. */
export function memberOfValue(file: ParsedFile, node: ts.Expression, name: string): GivenMember {
  const at = unwrap(node);
  if (isNothing(at)) return none;
  const literal = optionsLiteral(file, at, name);
  if (literal !== null) return givenMember(file, literal, name);
  if (typeLacks(file, at, name)) return none;
  const names = namesOfSpread(at);
  if (names !== null) return names.includes(name) ? unread(true) : none;
  return { kind: 'unknown', from: isRepeatable(at) ? [at] : null, isThere: false };
}

function ofProperty(property: ts.ObjectLiteralElementLike, name: string): GivenMember {
  const own = plainName(property.name);
  if (own === null) return unread(false);
  if (own !== name) return none;
  if (ts.isPropertyAssignment(property)) return { kind: 'value', value: property.initializer, property };
  return ts.isShorthandPropertyAssignment(property) ? { kind: 'value', value: property.name, property } : unread(true);
}

/** What an object literal holds under a name: the last that brings one decides. */
export function givenMember(file: ParsedFile, literal: ts.ObjectLiteralExpression, name: string): GivenMember {
  const found = literal.properties
    .map((one) => (ts.isSpreadAssignment(one) ? ofSpread(file, one.expression, name) : ofProperty(one, name)))
    .filter(({ kind }) => kind !== 'none');
  const last = found.at(-1) ?? none;
  if (last.kind !== 'unknown' || found.length === 1) return last;
  const froms = found.map((one) => (one.kind === 'unknown' ? one.from : null));
  return froms.includes(null)
    ? united(found)
    : { kind: 'unknown', from: froms.flatMap((one) => one ?? []), isThere: false };
}
