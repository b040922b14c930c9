/** values/called-function: the function that is called, or handed over, by its name: one of the file, or of another of the bot. */
import { importOf } from '../modules/bindings.ts';
import { importedFunction } from '../modules/function-elsewhere.ts';
import { declarationOf } from '../syntax/free-names.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isFixed } from './value-names.ts';

type AnyFunction = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration;

/** A function, and the file it stands in. */
export interface CalledFunction {
  readonly file: ParsedFile;
  readonly fn: AnyFunction;
  /** Whether it stands in another file than what calls it. */
  readonly isElsewhere: boolean;
}

const isFunction = (node: ts.Node): node is AnyFunction =>
  ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isFunctionDeclaration(node);

/** The function of the file that a name means for good. */
function namedFunction({ tree }: ParsedFile, name: ts.Identifier): ts.Node | null {
  const declared = declarationOf(name, tree);
  if (declared === null || !isFixed(name, declared)) return null;
  return ts.isVariableDeclaration(declared) ? (declared.initializer ?? null) : declared;
}

/** The function of another file that a name is imported as, or a member of what is. */
function functionElsewhere(file: ParsedFile, node: ts.Identifier, member: string | null): CalledFunction | null {
  const binding = importOf(file.checker, node);
  if (binding === null || (member !== null && binding.kind !== 'namespace')) return null;
  const there = importedFunction(file, member === null ? binding : { ...binding, kind: 'named', imported: member });
  return there !== null && isFunction(there.fn) ? { file: there.file, fn: there.fn, isElsewhere: true } : null;
}

/** The function that an expression says, where its text is known. */
export function calledFunction(file: ParsedFile, node: ts.Expression): CalledFunction | null {
  const at = unwrap(node);
  if (ts.isPropertyAccessExpression(at) && ts.isIdentifier(at.expression))
    return functionElsewhere(file, at.expression, at.name.text);
  const fn = ts.isIdentifier(at) ? namedFunction(file, at) : at;
  if (fn !== null && isFunction(fn)) return { file, fn, isElsewhere: false };
  return ts.isIdentifier(at) ? functionElsewhere(file, at, null) : null;
}
