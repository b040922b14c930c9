/** values/asked-nodes: what a test looks at, also where an answer that is asked for before has a name: `const ok = !isNaN(x)`. */
import { declarationOf } from '../syntax/free-names.ts';
import { descendants, isNameOnly, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isFixed } from './value-names.ts';

/** Answers that are asked for by the name of another. */
const deepest = 3;

const asking = /(?:^|\.)(?:is[A-Z_]\w*|isNaN|isFinite|test|match|includes|has|some|every|Boolean)$/;

const { EqualsEqualsToken, ExclamationEqualsEqualsToken, InstanceOfKeyword, InKeyword } = ts.SyntaxKind;
const { AmpersandAmpersandToken, BarBarToken, LessThanToken, GreaterThanEqualsToken } = ts.SyntaxKind;

const compares = (kind: ts.SyntaxKind): boolean =>
  (kind >= EqualsEqualsToken && kind <= ExclamationEqualsEqualsToken) ||
  (kind >= LessThanToken && kind <= GreaterThanEqualsToken) ||
  kind === InstanceOfKeyword ||
  kind === InKeyword;

/** Whether an expression is the answer to a test, and not what something is made of. */
function isAnswer(node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isPrefixUnaryExpression(at)) return at.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isCallExpression(at)) return asking.test(at.expression.getText());
  if (!ts.isBinaryExpression(at)) return false;
  const { kind } = at.operatorToken;
  const joins = kind === AmpersandAmpersandToken || kind === BarBarToken;
  return joins ? isAnswer(at.left) || isAnswer(at.right) : compares(kind);
}

/** The answer that a name has for good. */
function answerOf(name: ts.Identifier): ts.Expression | null {
  const declared = declarationOf(name, name.getSourceFile());
  if (declared === null || !ts.isVariableDeclaration(declared) || declared.initializer === undefined) return null;
  return isAnswer(declared.initializer) && isFixed(name, declared) ? declared.initializer : null;
}

function nodesOf(test: ts.Expression, depth: number): readonly ts.Node[] {
  return descendants(test).flatMap((node) => {
    const answer = depth > 0 && ts.isIdentifier(node) && !isNameOnly(node) ? answerOf(node) : null;
    return answer === null ? [node] : [node, ...nodesOf(answer, depth - 1)];
  });
}

const known = new WeakMap<ts.Expression, readonly ts.Node[]>();

/** Every node that a test looks at. */
export function askedNodes(test: ts.Expression): readonly ts.Node[] {
  const found = known.get(test) ?? nodesOf(test, deepest);
  known.set(test, found);
  return found;
}
