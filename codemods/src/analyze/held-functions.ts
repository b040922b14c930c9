/** analyze/held-functions: values that surely hold a function: JSON drops it, and a handler is refused with it. */
import { type Finding, finding } from '../rules/reasons.ts';
import { ts } from '../typescript.js';
import type { FunctionSite } from './call-site.ts';
import type { ParsedFile } from './program.ts';
import { returnedBy } from './returned.ts';
import { symbolOf, unwrap } from './syntax.ts';

const isFunction = (node: ts.Node): boolean => ts.isArrowFunction(node) || ts.isFunctionExpression(node);

/** What a const of this file is set to. */
function constantOf(file: ParsedFile, name: ts.Identifier): ts.Expression | undefined {
  const declared = symbolOf(file.checker, name)?.valueDeclaration;
  const fixed =
    declared !== undefined && ts.isVariableDeclaration(declared) && ts.isVariableDeclarationList(declared.parent);
  return fixed && declared.parent.flags & ts.NodeFlags.Const ? declared.initializer : undefined;
}

function holds(file: ParsedFile, node: ts.Expression, depth: number): boolean {
  const at = unwrap(node);
  if (depth === 0) return false;
  if (ts.isArrayLiteralExpression(at)) return at.elements.some((one) => isFunction(one) || holds(file, one, depth - 1));
  if (ts.isIdentifier(at)) {
    const value = constantOf(file, at);
    return value !== undefined && !isFunction(unwrap(value)) && holds(file, value, depth - 1);
  }
  if (!ts.isObjectLiteralExpression(at)) return false;
  if (at.properties.some((one) => one.name?.getText() === 'toJSON')) return false;
  return at.properties.some((one) => {
    if (ts.isMethodDeclaration(one)) return true;
    if (ts.isShorthandPropertyAssignment(one)) {
      const value = constantOf(file, one.name);
      return value !== undefined && (isFunction(unwrap(value)) || holds(file, value, depth - 1));
    }
    return (
      ts.isPropertyAssignment(one) && (isFunction(unwrap(one.initializer)) || holds(file, one.initializer, depth - 1))
    );
  });
}

/** Why a call has to stay whose context, or whose function's result, holds a function; `null` when it does not. */
export function heldFunctions({ file, fn }: FunctionSite, context: ts.Expression | null): Finding | null {
  if (context !== null && holds(file, context, 4)) return finding('DC-W8', { what: 'context' });
  return returnedBy(fn).some((one) => holds(file, one, 4)) ? finding('DC-W8', { what: 'result' }) : null;
}
