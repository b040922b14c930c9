/** modules/package-require: `require('x')` inside a function that moves, and what it needs where the function goes. */
import { requiredModule } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import type { ImportBinding } from './bindings.ts';

/** Whether a name is the `require` of a call that loads a package. A path would mean another file in another folder. */
export function loadsPackage(node: ts.Identifier): boolean {
  const call = node.parent;
  const calls = node.text === 'require' && ts.isCallExpression(call) && call.expression === node;
  return calls && requiredModule(call)?.startsWith('.') === false;
}

/** How an ES module comes to a `require`: the import of what makes one, and below all imports the line that does. */
export const createdRequire = {
  style: 'import',
  // No import is written like this, so that it is taken for no other one.
  kind: 'namespace',
  specifier: 'node:module',
  imported: 'createRequire',
  local: 'require',
} as const satisfies Partial<ImportBinding>;

/** The value that `createdRequire` is made of. */
export const requireOfModule = 'createRequire(import.meta.url)';
