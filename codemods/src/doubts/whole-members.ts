/** doubts/whole-members: whether the members of an object are all seen where it is made, or its type says they are there. */
import type { ParsedFile } from '../syntax/program.ts';
import { returnedBy, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { askedByDepth } from '../values/value-asked.ts';
import { functionOf } from './made-entries.ts';
import { valuesOf } from './value-given.ts';
import { sidesOf } from './value-sides.ts';
import { isOpenText } from './value-text.ts';

type Names = readonly (string | null)[];

const { Any, Unknown, Undefined, Null, Void, Object: ObjectFlag } = ts.TypeFlags;

const partsOf = (type: ts.Type): readonly ts.Type[] =>
  (type.isUnion() ? type.types : [type]).filter(({ flags }) => !(flags & (Undefined | Null | Void)));

/** Whether nothing that a type has may be `undefined`, behind the names that lead there; `null` where it does not say. */
function typeIsWhole(file: ParsedFile, node: ts.Expression, names: Names): boolean | null {
  const { strict, strictNullChecks } = file.compilation.options;
  if (!file.typed || !(strictNullChecks ?? strict)) return null;
  const { checker } = file;
  let types = partsOf(checker.getTypeAtLocation(node));
  for (const name of names) {
    const members = types.flatMap((type) => (name === null ? [] : (checker.getPropertyOfType(type, name) ?? [])));
    if (members.length === 0) return types.some(({ flags }) => flags & (Any | Unknown)) ? null : true;
    types = members.flatMap((one) => partsOf(checker.getTypeOfSymbolAtLocation(one, node)));
  }
  if (types.some(({ flags }) => flags & (Any | Unknown))) return null;
  return types.every((type) => !(type.flags & ObjectFlag) || isWholeType(checker, node, type));
}

const isWholeType = (checker: ts.TypeChecker, at: ts.Node, type: ts.Type): boolean =>
  checker.getPropertiesOfType(type).every((one) => {
    if (one.flags & ts.SymbolFlags.Optional) return false;
    const own = checker.getTypeOfSymbolAtLocation(one, at);
    return (own.isUnion() ? own.types : [own]).every(({ flags }) => !(flags & Undefined));
  });

/** Calls that give no member that is `undefined`, or what is looked at by itself. */
const whole =
  /^(JSON\.parse|Object\.(assign|freeze|seal|keys|values|entries)|String|Number|Boolean|Date\.now)$|\.(map|filter|slice|split|concat|sort|join|flat|flatMap|trim|replace|toString|toLowerCase|toUpperCase|keys|values|getString)$/;

/** Names of ids, other texts and numbers; `_id` is an object of a database. */
const plainName = /^(id|name|tag|username|size|length|count)$|[^_](I[dD]|_id|Name)$/;

/** Whether a value is a text or a number by what it is called, and has no members. */
function isPlainNamed(file: ParsedFile, node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isPropertyAccessExpression(at)) return plainName.test(at.name.text);
  if (!ts.isIdentifier(at) || !plainName.test(at.text)) return false;
  return !valuesOf(file, at).some((one) => ts.isNewExpression(unwrap(one)));
}

const made = /^(Map|Set|Date|Array|URL)$/;

/** The values that an expression is one of, followed through names and functions; `null` where it is none of several. */
function valuesIn(file: ParsedFile, at: ts.Expression): readonly ts.Expression[] | null {
  if (ts.isIdentifier(at)) return valuesOf(file, at);
  if (!ts.isCallExpression(at)) return sidesOf(at);
  const fn = functionOf(file, at.expression);
  return fn === null ? [] : returnedBy(fn);
}

const answers = askedByDepth<boolean>();

function isWritten(file: ParsedFile, node: ts.Expression, depth: number): boolean {
  const at = unwrap(node);
  const ask = (): boolean => {
    // A text has no members.
    const isText = isOpenText({ file, given: new Map(), depth: 5, seen: new Set() }, at);
    if (isText || isPlainNamed(file, at)) return true;
    if (ts.isPropertyAccessExpression(at) || ts.isElementAccessExpression(at)) return false;
    if (ts.isCallExpression(at) && whole.test(at.expression.getText())) return true;
    if (ts.isNewExpression(at)) return made.test(at.expression.getText());
    const sides = valuesIn(file, at);
    return sides === null || (depth > 0 && sides.length > 0 && sides.every((one) => isWritten(file, one, depth - 1)));
  };
  return answers({ of: file, node: at, depth }, ask);
}

const deepest = 5;

/** Whether the type of a value, or of what names lead to in it, says that a member may be `undefined`. */
export const mayLackMembers = (file: ParsedFile, node: ts.Expression, names: Names): boolean =>
  typeIsWhole(file, node, names) === false;

/** Whether all members of a value, or of what names lead to in it, are written, or there by their types. */
export const hasWholeMembers = (file: ParsedFile, node: ts.Expression, names: Names): boolean =>
  typeIsWhole(file, node, names) ?? isWritten(file, node, deepest);
