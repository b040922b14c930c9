/** syntax/defining: the calls of `defineHandlers`, under whichever name a file has it. */
import { ts } from '../typescript.js';
import { isAccess } from './access.ts';
import { descendants, unwrap } from './syntax.ts';
import { memberOf, plainName } from './written-names.ts';

const known = new WeakMap<ts.SourceFile, ReadonlySet<string>>();

/** The names that `defineHandlers` has in a file. */
function namesOfDefining(tree: ts.SourceFile): ReadonlySet<string> {
  const before = known.get(tree);
  if (before !== undefined) return before;
  const given = descendants(tree).flatMap((node) => {
    if (ts.isImportSpecifier(node)) return node.propertyName?.text === 'defineHandlers' ? [node.name.text] : [];
    if (ts.isBindingElement(node))
      return plainName(node.propertyName) === 'defineHandlers' ? [node.name.getText()] : [];
    if (!ts.isVariableDeclaration(node) || node.initializer === undefined) return [];
    return lastName(node.initializer) === 'defineHandlers' ? [node.name.getText()] : [];
  });
  const names = new Set(['defineHandlers', ...given]);
  known.set(tree, names);
  return names;
}

/** The last name of a callee or another value: `a.b.c` and `(0, a.c)` are known as `c`; `null` for anything else. */
export function lastName(node: ts.Expression): string | null {
  const at = unwrap(node);
  if (ts.isIdentifier(at)) return at.text;
  if (ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.CommaToken) return lastName(at.right);
  return isAccess(at) ? memberOf(at) : null;
}

/** Whether an expression is `defineHandlers`. */
export function isDefining(node: ts.Expression): boolean {
  const name = lastName(node);
  return name !== null && namesOfDefining(node.getSourceFile()).has(name);
}

/** Whether a call is one of `defineHandlers`. */
export const definesHandlers = ({ expression }: ts.CallExpression): boolean => isDefining(expression);
