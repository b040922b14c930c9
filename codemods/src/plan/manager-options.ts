/** plan/manager-options: the options of a manager of discord-hybrid-sharding that are put together where it is built. */
import { isAccess } from '../syntax/access.ts';
import { declarationOf } from '../syntax/free-names.ts';
import { isNameOnly, placesOf, unwrap, wrapped } from '../syntax/syntax.ts';
import { writtenAt } from '../syntax/writes.ts';
import { plainName } from '../syntax/written-names.ts';
import { ts } from '../typescript.js';
import { isFixed } from '../values/value-names.ts';

/** What an expression is seen to hand over as options. */
interface SeenOptions {
  readonly members: readonly ts.ObjectLiteralElementLike[];
  /** Whether there may be more than these. */
  readonly open: boolean;
}

const nothing: SeenOptions = { members: [], open: false };
const unknown: SeenOptions = { members: [], open: true };

/** Names for one object, and objects within one another. */
const deepest = 8;

const together = (all: readonly SeenOptions[]): SeenOptions => ({
  members: all.flatMap(({ members }) => members),
  open: all.some(({ open }) => open),
});

const assigning = /^Object\.(?:assign|freeze|seal)$/;

/** Whether a call gives its first argument, with what the others hold in it. */
const isAssigned = (node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) && assigning.test(node.expression.getText());

/** `super(...)` */
export const isBaseCall = (node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword;

/** Whether a use of an object only takes something out of it. */
function onlyTakes(use: ts.Identifier): boolean {
  const at = wrapped(use);
  const { parent } = at;
  if (ts.isSpreadAssignment(parent) || ts.isNewExpression(parent) || isBaseCall(parent)) return true;
  if (isAssigned(parent)) return parent.arguments[0] !== at;
  return isAccess(parent) && parent.expression === at && writtenAt(wrapped(parent)).length === 0;
}

/** Where else a file says the variable that a name means. */
function usesOf(name: ts.Identifier, declared: ts.VariableDeclaration): readonly ts.Identifier[] {
  const tree = name.getSourceFile();
  return placesOf(tree, name.text).filter(
    (one): one is ts.Identifier =>
      one !== declared.name && ts.isIdentifier(one) && !isNameOnly(one) && declarationOf(one, tree) === declared,
  );
}

/** What a name holds: that of its declaration, and what `Object.assign` puts there. */
function ofName(name: ts.Identifier, depth: number): SeenOptions {
  if (name.text === 'undefined') return nothing;
  const declared = declarationOf(name, name.getSourceFile());
  if (declared === null || !ts.isVariableDeclaration(declared) || !ts.isIdentifier(declared.name)) return unknown;
  const own = declared.initializer === undefined ? unknown : seenOptions(declared.initializer, depth - 1);
  const uses = usesOf(name, declared);
  const put = uses.flatMap((use) => {
    const { parent } = wrapped(use);
    return isAssigned(parent) && parent.arguments[0] === wrapped(use) ? [parent] : [];
  });
  const given = put.flatMap((call) => call.arguments.slice(1)).map((one) => seenOptions(one, depth - 1));
  const isKnown = (use: ts.Identifier): boolean => onlyTakes(use) || put.some((call) => call === wrapped(use).parent);
  return together([
    own,
    ...given,
    isFixed(name, declared) && uses.every((use) => use === name || isKnown(use)) ? nothing : unknown,
  ]);
}

function ofLiteral(node: ts.ObjectLiteralExpression, depth: number): SeenOptions {
  const all = node.properties.map((one): SeenOptions => {
    if (ts.isSpreadAssignment(one)) return seenOptions(one.expression, depth - 1);
    return { members: [one], open: plainName(one.name) === null };
  });
  return together(all);
}

const { BarBarToken, QuestionQuestionToken, AmpersandAmpersandToken } = ts.SyntaxKind;

/** What an expression hands over, followed through names, spreads, choices and `Object.assign` of its file. */
export function seenOptions(node: ts.Expression, depth = deepest): SeenOptions {
  if (depth === 0) return unknown;
  const at = unwrap(node);
  if (ts.isObjectLiteralExpression(at)) return ofLiteral(at, depth);
  if (ts.isIdentifier(at)) return ofName(at, depth);
  if (ts.isConditionalExpression(at))
    return together([at.whenTrue, at.whenFalse].map((one) => seenOptions(one, depth - 1)));
  if (isAssigned(at)) return together(at.arguments.map((one) => seenOptions(one, depth - 1)));
  const operator = ts.isBinaryExpression(at) ? at.operatorToken.kind : null;
  // Nothing is spread of what is false.
  if (operator === AmpersandAmpersandToken) return seenOptions((at as ts.BinaryExpression).right, depth - 1);
  if (operator === BarBarToken || operator === QuestionQuestionToken) {
    const { left, right } = at as ts.BinaryExpression;
    return together([left, right].map((one) => seenOptions(one, depth - 1)));
  }
  return ts.isLiteralExpression(at) || at.kind === ts.SyntaxKind.NullKeyword || isFalse(at) ? nothing : unknown;
}

const isFalse = ({ kind }: ts.Node): boolean => kind === ts.SyntaxKind.FalseKeyword;
