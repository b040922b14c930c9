/** analyze/held-nothing: whether a list that a function makes itself may hold `undefined`. */
import { ts } from '../typescript.js';
import { declarationOf } from './free-names.ts';
import type { Reading } from './may-lack.ts';
import { anyIsNothing } from './nothing.ts';
import { isNameOnly, placesOf, unwrap } from './syntax.ts';
import { entriesIn, meaningsIn } from './value-path.ts';

const making = /^(map|flatMap)$/;
const keeping = /^(filter|slice|sort|reverse|concat|flat)$/;

/** What is read, and the expressions that were looked at already. */
interface Within {
  readonly reading: Reading;
  readonly seen: Set<ts.Node>;
}

/** Whether an expression makes an array, so that every method of one is there. */
function makesList(within: Within, node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isIdentifier(at)) return isMade(within, at);
  if (ts.isArrayLiteralExpression(at)) return true;
  if (ts.isNewExpression(at)) return at.expression.getText() === 'Array';
  if (!ts.isCallExpression(at) || !ts.isPropertyAccessExpression(at.expression)) return false;
  const { expression: of, name } = at.expression;
  const [, start] = at.arguments;
  if (/^(Array\.(from|of)|Object\.(values|entries))$/.test(at.expression.getText())) return true;
  if (name.text === 'reduce') return start !== undefined && makesList(within, start);
  return making.test(name.text) || (keeping.test(name.text) && makesList(within, of));
}

/** Whether all that is put into a name are lists. */
function isMade({ reading, seen }: Within, name: ts.Identifier): boolean {
  const found = meaningsIn(reading.fn, name);
  return (
    found.length > 0 &&
    found.every((one) => {
      if ('root' in one || one.is !== 'value' || !ts.isExpression(one.node)) return false;
      // `list = list.flat()` is a list where all the others are.
      if (seen.has(one.node)) return true;
      seen.add(one.node);
      return makesList({ reading, seen }, one.node);
    })
  );
}

/** Whether an expression gives a list that is made in a function, of which some entry may be `undefined`. */
export const holdsNothing = (reading: Reading, node: ts.Expression): boolean =>
  makesList({ reading, seen: new Set() }, node) && anyIsNothing(reading, entriesIn(reading.fn, node));

/** What a constant is made by that is read at one place alone; `null` for any other name. */
export function madeFor(name: ts.Identifier): ts.Expression | null {
  const tree = name.getSourceFile();
  const declared = declarationOf(name, tree);
  if (declared === null || !ts.isVariableDeclaration(declared) || declared.initializer === undefined) return null;
  if ((declared.parent.flags & ts.NodeFlags.Const) === 0) return null;
  const others = placesOf(tree, name.text).filter(
    (one) =>
      one !== name &&
      one !== declared.name &&
      ts.isIdentifier(one) &&
      !isNameOnly(one) &&
      declarationOf(one, tree) === declared,
  );
  return others.length === 0 ? declared.initializer : null;
}
