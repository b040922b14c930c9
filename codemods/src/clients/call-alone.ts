/** clients/call-alone: whether a call is made for what it does, so that nobody looks at what it gives. */
import { placesOfDeclared } from '../syntax/free-names.ts';
import { wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** Functions that call what they get, and drop what it gives. */
const dropping = /^(set(Timeout|Interval|Immediate)|queueMicrotask|process\.nextTick)$|\.(forEach|each)$/;

/** Methods that give what the function they get has given. */
const passing = /\.(then|catch|finally|map)$/;

/** What goes on with what stands at a place: an expression that gives it as well, `null` where nobody does. */
type Next = ts.Expression | null | 'used';

/** What goes on with what a call of a promise gives: `c.reload().catch(() => {})`. */
function ofChain(access: ts.PropertyAccessExpression): Next {
  const call = access.parent;
  if (!ts.isCallExpression(call) || call.expression !== access) return 'used';
  if (/^(catch|finally)$/.test(access.name.text)) return call;
  if (access.name.text !== 'then') return 'used';
  const [fn] = call.arguments;
  return fn !== undefined && ts.isFunctionLike(fn) && fn.parameters.length === 0 ? call : 'used';
}

/** What goes on with what a function gives that stands where it is called. */
function ofFunction(fn: ts.Node): Next {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return 'used';
  const { parent } = wrapped(fn);
  if (!ts.isCallExpression(parent)) return 'used';
  const callee = parent.expression.getText();
  return dropping.test(callee) ? null : passing.test(callee) ? parent : 'used';
}

/** Whether what stands in an expression of two sides is what that gives. */
function isSide({ left, operatorToken: { kind } }: ts.BinaryExpression, at: ts.Expression): boolean {
  const { AmpersandAmpersandToken, BarBarToken, QuestionQuestionToken, CommaToken } = ts.SyntaxKind;
  const gives = [AmpersandAmpersandToken, BarBarToken, QuestionQuestionToken, CommaToken].includes(kind);
  return gives && left !== at;
}

/** What goes on with what an expression gives. */
function nextOf(at: ts.Expression): Next {
  const { parent } = at;
  if (ts.isExpressionStatement(parent) || ts.isVoidExpression(parent)) return null;
  if (ts.isAwaitExpression(parent)) return parent;
  if (ts.isPropertyAccessExpression(parent)) return ofChain(parent);
  if (ts.isConditionalExpression(parent)) return parent.condition === at ? 'used' : parent;
  if (ts.isBinaryExpression(parent)) return isSide(parent, at) ? parent : 'used';
  if (ts.isArrayLiteralExpression(parent)) return parent;
  if (ts.isCallExpression(parent))
    return /^Promise\.(all|allSettled)$/.test(parent.expression.getText()) ? parent : 'used';
  if (ts.isArrowFunction(parent)) return ofFunction(parent);
  if (!ts.isReturnStatement(parent)) return 'used';
  const fn = ts.findAncestor(parent, ts.isFunctionLike);
  return fn === undefined ? 'used' : ofFunction(fn);
}

/** Whether nobody looks at what a variable holds. */
const isUnread = ({ name }: ts.VariableDeclaration): boolean =>
  ts.isIdentifier(name) && placesOfDeclared(name).length === 0;

/** Whether what an expression gives is looked at by nobody: it stands alone, or what it gives is dropped on its way. */
export function isAlone(node: ts.Expression): boolean {
  const at = wrapped(node);
  if (ts.isVariableDeclaration(at.parent)) return at.parent.initializer === at && isUnread(at.parent);
  const next = nextOf(at);
  return next === null || (next !== 'used' && isAlone(next));
}
