/** analyze/other-client: a client of another Discord library, in a package that has discord.js as well. */
import { isOtherLibrary } from '../package-info.ts';
import { ts } from '../typescript.js';
import { importOf } from './bindings.ts';
import type { ParsedFile } from './program.ts';
import { descendants, symbolOf } from './syntax.ts';

/** Whether a name is `const bot = new Client()`, with a class of another library. */
export function isOtherClient(file: ParsedFile, holder: ts.Expression): boolean {
  const declared = ts.isIdentifier(holder) ? symbolOf(file.checker, holder)?.valueDeclaration : undefined;
  const value = declared !== undefined && ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
  if (value === undefined || !ts.isNewExpression(value)) return false;
  const root = [...descendants(value.expression)].find(ts.isIdentifier);
  const binding = root === undefined ? null : importOf(file.checker, root);
  return binding !== null && isOtherLibrary(binding.specifier);
}
