/** results/value-around: what a value goes on as, or becomes a part of, where it stands. */
import { type Access, isAccess } from '../syntax/access.ts';
import { isExported } from '../syntax/exported.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { isSetting, nameText, symbolOf, unwrap, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** What is followed. */
export interface FollowedValue {
  /** Whether it is a list, of which a copy holds the same. */
  readonly isList: boolean;
  /** What an object is followed for: a copy with another value for that is of no more interest. */
  readonly member: string | null;
}

/** Whether a value goes on as what is around it: what is waited for, a side of a choice, a copy of a list. */
export function goesOn({ isList, member }: FollowedValue, at: ts.Expression): ts.Expression | null {
  const { parent } = at;
  if (ts.isAwaitExpression(parent)) return parent;
  if (ts.isConditionalExpression(parent)) return parent.condition === at ? null : parent;
  if (!isList) return copyOf(at, member);
  if (ts.isSpreadElement(parent)) return ts.isArrayLiteralExpression(parent.parent) ? parent.parent : null;
  if (!ts.isCallExpression(parent) && !ts.isNewExpression(parent)) return null;
  const isSame = parent.arguments?.[0] === at && copying.test(parent.expression.getText());
  return isSame && parent.arguments?.length === 1 ? parent : null;
}

/** A copy of an object that has the same member: `{ ...it }`, `Object.assign({}, it)`. */
function copyOf(at: ts.Expression, member: string | null): ts.Expression | null {
  const { parent } = at;
  if (ts.isSpreadAssignment(parent)) {
    const { properties } = parent.parent;
    // What stands before it is told from it there.
    const isTold = properties.indexOf(parent) > 0;
    const isSet = properties.some(({ name }) => name !== undefined && nameText(name) === member);
    return isTold || isSet || member === null ? null : parent.parent;
  }
  if (!ts.isCallExpression(parent)) return null;
  const [target, first, more] = parent.arguments;
  const callee = parent.expression.getText();
  if (/^(Object\.(freeze|seal)|structuredClone)$/.test(callee)) return parent;
  const isCopy = callee === 'Object.assign' && first === at && more === undefined && target?.getText() === '{}';
  return isCopy ? parent : null;
}

/** What gives the list that it is given, or something that holds the same. */
const copying = /^(Promise\.(all|allSettled)|Array\.from|Set|structuredClone|Object\.(freeze|seal))$/;

/** What a value is put into: a list, or an object under a name. */
export interface Made {
  readonly made: ts.Expression;
  readonly name: string | null;
}

/** What a value is made part of; `null` where it stands otherwise. */
export function madeOf({ parent }: ts.Expression): Made | null {
  if (ts.isArrayLiteralExpression(parent)) return { made: parent, name: null };
  if (ts.isShorthandPropertyAssignment(parent)) return { made: parent.parent, name: parent.name.text };
  return ts.isPropertyAssignment(parent) ? { made: parent.parent, name: nameText(parent.name) } : null;
}

/** Where a value is put into a part of something that has a name. */
export interface Held {
  readonly root: ts.Identifier;
  /** The steps into it: the name of a member, `null` for any place of a list. */
  readonly path: readonly (string | null)[];
}

const stepOf = (access: Access): string | null => {
  if (ts.isPropertyAccessExpression(access)) return access.name.text;
  return ts.isStringLiteralLike(access.argumentExpression) ? access.argumentExpression.text : null;
};

/** What a value is put into by its name: a variable, or what a list is reduced into; `all[id].push(it)`. */
export function holderOf(file: ParsedFile, at: ts.Expression): Held | null {
  const { parent } = at;
  const isPushed = ts.isCallExpression(parent) && /\.(push|unshift)$/.test(parent.expression.getText());
  const into = isPushed ? parent.expression : isSetting(parent) && parent.right === at ? parent.left : null;
  if (into === null || !isAccess(into)) return null;
  const path: (string | null)[] = [];
  let root: ts.Expression = into;
  for (; isAccess(root); root = unwrap(root.expression)) path.unshift(isPushed && root === into ? null : stepOf(root));
  const declared = ts.isIdentifier(root) ? symbolOf(file.checker, root)?.valueDeclaration : undefined;
  if (declared === undefined || !ts.isIdentifier(root)) return null;
  return isLocal(declared) || isReducedInto(declared) ? { root, path } : null;
}

/** Whether a name is that of an object or a list that the file makes itself. */
const isLocal = (declared: ts.Node): boolean =>
  ts.isVariableDeclaration(declared) &&
  declared.initializer !== undefined &&
  !isExported(declared) &&
  isMade(unwrap(declared.initializer));

const isMade = (value: ts.Expression): boolean =>
  ts.isObjectLiteralExpression(value) ||
  ts.isArrayLiteralExpression(value) ||
  (ts.isNewExpression(value) && /^(Map|Set|Collection)$/.test(value.expression.getText()));

function isReducedInto(declared: ts.Node): boolean {
  if (!ts.isParameter(declared) || declared.parent.parameters[0] !== declared) return false;
  const call = wrapped(declared.parent as ts.Expression).parent;
  return ts.isCallExpression(call) && /\.reduce(Right)?$/.test(call.expression.getText());
}
