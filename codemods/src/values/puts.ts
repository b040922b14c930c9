/** values/puts: what is put into a variable after its declaration, as a whole, as a part of it, or with all it holds. */
import { declarationOf } from '../syntax/free-names.ts';
import { isNameOnly, placesOf, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import type { Source } from './sources.ts';
import { anyName, atPlace, inMap } from './value-way.ts';

const { EqualsToken, QuestionQuestionEqualsToken, BarBarEqualsToken, AmpersandAmpersandEqualsToken } = ts.SyntaxKind;
/** Operators that give their left side what stands on the right. */
export const setting = new Set<ts.SyntaxKind>([
  EqualsToken,
  QuestionQuestionEqualsToken,
  BarBarEqualsToken,
  AmpersandAmpersandEqualsToken,
]);

/** Under what name a method puts what it is given. */
const adding = new Map([
  ['push', atPlace],
  ['unshift', atPlace],
  ['add', atPlace],
]);

/** The name of a member that an expression takes of another. */
export const accessName = (node: ts.PropertyAccessExpression | ts.ElementAccessExpression): string => {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  const { argumentExpression: at } = node;
  return ts.isStringLiteralLike(at) || ts.isNumericLiteral(at) ? at.text : anyName;
};

/** What a pattern on the left of `=` takes for a name of it: `({ name } = value)`. */
function ofPattern(place: ts.Node): readonly Source[] {
  const steps: string[] = [];
  let at = place;
  for (;;) {
    const { parent } = at;
    if (ts.isBinaryExpression(parent) && parent.left === at)
      return setting.has(parent.operatorToken.kind) ? [{ value: parent.right, steps }] : [];
    if (ts.isShorthandPropertyAssignment(parent)) steps.unshift(parent.name.text);
    else if (ts.isPropertyAssignment(parent) && parent.initializer === at) steps.unshift(parent.name.getText());
    else if (ts.isArrayLiteralExpression(parent)) steps.unshift(String(parent.elements.indexOf(at as ts.Expression)));
    else if (!ts.isObjectLiteralExpression(parent) && !ts.isParenthesizedExpression(parent)) return [];
    at = parent;
  }
}

/** What a call puts into the list, the map or the set that it belongs to. */
function ofCall(call: ts.CallExpression, path: readonly string[]): readonly Source[] {
  const to = path.slice(0, -1);
  const [, value] = call.arguments;
  if (path.at(-1) === 'set' && value !== undefined)
    return [[inMap], [atPlace, '1']].map((at) => ({ value, under: [...to, ...at] }));
  const under = adding.get(path.at(-1) ?? '');
  if (under === undefined) return [];
  return call.arguments.map((one) =>
    ts.isSpreadElement(one) ? { value: one.expression, under: to, spread: [] } : { value: one, under: [...to, under] },
  );
}

function ofPlace(place: ts.Identifier): readonly Source[] {
  const path: string[] = [];
  let at = wrapped(place);
  for (;;) {
    const { parent } = at;
    const isMember = ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent);
    if (!isMember || parent.expression !== at) break;
    path.push(accessName(parent));
    at = wrapped(parent);
  }
  const { parent } = at;
  if (!ts.isCallExpression(parent)) return ofPattern(at).map((one) => ({ ...one, under: path }));
  if (parent.expression === at) return ofCall(parent, path);
  if (parent.expression.getText() !== 'Object.assign' || parent.arguments[0] !== at) return [];
  return parent.arguments.slice(1).map((value) => ({ value, under: path, spread: [] }));
}

/** The assignment that a put is, where that is a statement of its own. */
function statementOf({ value, under = [], steps = [] }: Source): ts.ExpressionStatement | null {
  let at: ts.Node = value;
  while (ts.isParenthesizedExpression(at.parent)) at = at.parent;
  const { parent: set } = at;
  const isWhole = under.length === 0 && steps.length === 0 && ts.isBinaryExpression(set);
  if (!isWhole || set.operatorToken.kind !== EqualsToken || !ts.isExpressionStatement(set.parent)) return null;
  return set.parent;
}

/** Whether whatever comes to a place has come by a statement that stands before it: both are in one block. */
const isBefore = (statement: ts.Statement, place: ts.Node): boolean =>
  statement.end <= place.pos && statement.parent.pos <= place.pos && place.end <= statement.parent.end;

const statementsOf = new WeakMap<readonly Source[], readonly ts.Statement[]>();

/** The assignments among puts that are statements of their own. */
function statementsIn(puts: readonly Source[]): readonly ts.Statement[] {
  const known = statementsOf.get(puts) ?? puts.flatMap((one) => statementOf(one) ?? []);
  statementsOf.set(puts, known);
  return known;
}

/**
 * The puts that a name may have seen at its place: all of them, or those since it was surely set.
 *
 * @returns in `since` the statement that set it
 */
export function lastPuts(name: ts.Identifier, puts: readonly Source[]) {
  const since = statementsIn(puts).findLast((one) => isBefore(one, name)) ?? null;
  return { since, puts: since === null ? puts : puts.filter(({ value }) => value.pos >= since.pos) };
}

const putsInto = new WeakMap<ts.Node, readonly Source[]>();

/** Everything that the file of a name puts into the variable it means. */
export function putInto(name: ts.Identifier, declaration: ts.Node): readonly Source[] {
  const known = putsInto.get(declaration);
  if (known !== undefined) return known;
  const tree = name.getSourceFile();
  const found = placesOf(tree, name.text).flatMap((place) => {
    if (!ts.isIdentifier(place) || isNameOnly(place)) return [];
    const puts = ofPlace(place);
    return puts.length > 0 && declarationOf(place, tree) === declaration ? puts : [];
  });
  putsInto.set(declaration, found);
  return found;
}
