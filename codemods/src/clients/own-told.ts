/** clients/own-told: whether a function says how much the bot has, or takes one of all: a process has that of all its shards. */
import { declarationOf } from '../syntax/free-names.ts';
import { descendants, isNameOnly, type MovableFunction, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** What says something of a whole list, or takes one of it by its place. */
const ofWhole =
  /^(size|length|first|firstKey|last|lastKey|at|random|randomKey|shift|pop|sort|slice|splice|reduce|some|every|next)$/;

/** What gives a list of each, or some, of another one; or a part of what the bot has. */
const goesOn = /^(filter|map|flatMap|values|keys|entries|toJSON|array|keyArray|clone|toSorted|concat)$/;

const lists = /^(Array\.from|Object\.(keys|values|entries))$/;

/** Whether a member of a list says something of the whole; the expression to go on with where it gives a list, or a part, again. */
function ofMember(access: ts.PropertyAccessExpression): boolean | ts.Expression {
  const { text } = access.name;
  if (ofWhole.test(text)) return true;
  const { parent } = access;
  const isCall = ts.isCallExpression(parent) && parent.expression === access;
  if (!isCall) return access;
  return goesOn.test(text) ? parent : false;
}

/** Every other place that says the name of a variable. */
const placesOfName = (fn: MovableFunction, { name }: ts.VariableDeclaration): readonly ts.Identifier[] =>
  descendants(fn.body).filter(
    (one): one is ts.Identifier =>
      ts.isIdentifier(one) &&
      one !== name &&
      one.text === name.getText() &&
      !isNameOnly(one) &&
      declarationOf(one, fn.body) === name.parent,
  );

const takesSize = (pattern: ts.BindingName): boolean =>
  ts.isArrayBindingPattern(pattern) ||
  (ts.isObjectBindingPattern(pattern) &&
    pattern.elements.some(({ propertyName, name }) => ofWhole.test((propertyName ?? name).getText())));

/** Whether what is read of the bot's own ends as a number of all of it, or as one of all by its place. */
export function isTold(fn: MovableFunction, read: ts.Expression): boolean {
  const at = wrapped(read);
  const { parent } = at;
  if (ts.isPropertyAccessExpression(parent)) {
    const next = ofMember(parent);
    return typeof next === 'boolean' ? next : isTold(fn, next);
  }
  if (ts.isElementAccessExpression(parent))
    return parent.expression === at && ts.isNumericLiteral(parent.argumentExpression);
  if (ts.isSpreadElement(parent)) return ts.isArrayLiteralExpression(parent.parent) && isTold(fn, parent.parent);
  if (ts.isAwaitExpression(parent)) return isTold(fn, parent);
  if (ts.isCallExpression(parent)) return lists.test(parent.expression.getText()) && isTold(fn, parent);
  if (!ts.isVariableDeclaration(parent) || parent.initializer !== at) return false;
  if (!ts.isIdentifier(parent.name)) return takesSize(parent.name);
  return placesOfName(fn, parent).some((one) => one.pos > parent.end && isTold(fn, one));
}
