/** results/laid-flat: whether a call makes one list of the lists in another and does nothing else: what `.flat()` does. */
import { returnedBy, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

const isNamed = (node: ts.Expression | undefined, name: string): boolean =>
  node !== undefined && ts.isIdentifier(unwrap(node)) && unwrap(node).getText() === name;

const isEmptyList = (node: ts.Expression): boolean => {
  const at = unwrap(node);
  return ts.isArrayLiteralExpression(at) && at.elements.length === 0;
};

/** `all.concat(one)`, `[...all, ...one]` */
function isJoined(node: ts.Expression, all: string, one: string): boolean {
  const at = unwrap(node);
  if (ts.isArrayLiteralExpression(at)) {
    const [first, second] = at.elements.map((part) => (ts.isSpreadElement(part) ? part.expression : undefined));
    return at.elements.length === 2 && isNamed(first, all) && isNamed(second, one);
  }
  if (!ts.isCallExpression(at) || at.arguments.length !== 1 || !ts.isPropertyAccessExpression(at.expression))
    return false;
  return (
    at.expression.name.text === 'concat' && isNamed(at.expression.expression, all) && isNamed(at.arguments[0], one)
  );
}

/** `reduce((all, one) => all.concat(one), [])`: nothing but the entries of the lists, one behind the other. */
export function joinsLists({ arguments: [fn, initial, more] }: ts.CallExpression): boolean {
  if (fn === undefined || more !== undefined || (initial !== undefined && !isEmptyList(initial))) return false;
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const [all, one, index] = fn.parameters;
  if (all === undefined || one === undefined || index !== undefined) return false;
  if (ts.isBlock(fn.body) && fn.body.statements.length !== 1) return false;
  const [given, other] = returnedBy(fn);
  return given !== undefined && other === undefined && isJoined(given, all.name.getText(), one.name.getText());
}

/** `[].concat(...lists)`, given what stands around the list. */
export function isSpreadFlat(spread: ts.Node): boolean {
  const { parent: call } = spread;
  if (!ts.isSpreadElement(spread) || !ts.isCallExpression(call) || call.arguments.length !== 1) return false;
  const { expression: access } = call;
  return ts.isPropertyAccessExpression(access) && access.name.text === 'concat' && isEmptyList(access.expression);
}
