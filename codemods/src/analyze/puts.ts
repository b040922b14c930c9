/** analyze/puts: what is put into a variable after its declaration, as a whole, as a part of it, or with all it holds. */
import { ts } from '../typescript.js';
import { declarationOf } from './free-names.ts';
import { isNameOnly, placesOf } from './syntax.ts';

/** One value that is put into a variable. */
export interface Put {
  readonly value: ts.Expression;
  /** It is the variable from then on (`whole`), is held by it (`part`), or what it holds is (`parts`). */
  readonly as: 'whole' | 'part' | 'parts';
}

const adding = /^(push|unshift|add|set)$/;

function ofAssigned(node: ts.Node, as: Put['as']): readonly Put[] {
  const { parent } = node;
  const sets = ts.isBinaryExpression(parent) && parent.left === node;
  return sets && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken ? [{ value: parent.right, as }] : [];
}

function ofPlace(place: ts.Identifier): readonly Put[] {
  const { parent } = place;
  if (ts.isElementAccessExpression(parent) && parent.expression === place) return ofAssigned(parent, 'part');
  if (ts.isPropertyAccessExpression(parent) && parent.expression === place) {
    const call = parent.parent;
    if (!ts.isCallExpression(call) || call.expression !== parent) return ofAssigned(parent, 'part');
    const given = adding.test(parent.name.text) ? call.arguments : [];
    return given.map((one) =>
      ts.isSpreadElement(one) ? { value: one.expression, as: 'parts' } : { value: one, as: 'part' },
    );
  }
  if (!ts.isCallExpression(parent) || parent.expression.getText() !== 'Object.assign')
    return ofAssigned(place, 'whole');
  const [target, ...sources] = parent.arguments;
  return target === place ? sources.map((value) => ({ value, as: 'parts' })) : [];
}

/** Everything that the file of a name puts into the variable it means. */
export function putInto(name: ts.Identifier, declaration: ts.Node): readonly Put[] {
  const tree = name.getSourceFile();
  return placesOf(tree, name.text).flatMap((place) => {
    if (!ts.isIdentifier(place) || isNameOnly(place)) return [];
    const puts = ofPlace(place);
    return puts.length > 0 && declarationOf(place, tree) === declaration ? puts : [];
  });
}
