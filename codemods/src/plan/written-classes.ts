/** plan/written-classes: which class a name of a file stands for, as that file says it, without a program around it. */
import { bindingOf } from '../modules/bindings.ts';
import { isAccess } from '../syntax/access.ts';
import { lastName } from '../syntax/defining.ts';
import { declarationOf } from '../syntax/free-names.ts';
import { placesOf, requiredModule, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { extendedBy } from '../values/class-owner.ts';

/** A class by the name that its module has for it, or the name of what it extends. */
export interface WrittenClass {
  readonly name: string | null;
  /** Whether another file of the bot has it: what it extends is not known then. */
  readonly isElsewhere: boolean;
}

/** Names for one class, one after the other. */
const deepest = 4;

/** What declares a name of a file, by an import as well. */
function declaredAs(name: ts.Identifier): ts.Node | null {
  const tree = name.getSourceFile();
  const imported = placesOf(tree, name.text).find(
    ({ parent }) =>
      (ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isNamespaceImport(parent)) &&
      parent.name?.text === name.text,
  );
  return declarationOf(name, tree) ?? imported?.parent ?? null;
}

const isOwn = (specifier: string | null | undefined): boolean => specifier?.startsWith('.') === true;

/** The module that an expression is, as a whole. */
function moduleAt(node: ts.Expression): string | null {
  const at = unwrap(node);
  if (!ts.isIdentifier(at)) return requiredModule(at);
  return bindingOf((declaredAs(at) ?? undefined) as ts.Declaration | undefined)?.specifier ?? null;
}

/** What a class or a variable is made of. */
function madeOf(declared: ts.Node | null): ts.Expression | undefined {
  if (declared !== null && ts.isClassLike(declared)) return extendedBy(declared);
  const value = declared !== null && ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
  const at = value === undefined ? undefined : unwrap(value);
  return at !== undefined && ts.isClassLike(at) ? extendedBy(at) : at;
}

/** The class that an expression names. */
export function writtenClass(node: ts.Expression, depth = deepest): WrittenClass {
  const at = unwrap(node);
  const name = lastName(at);
  if (!ts.isIdentifier(at)) return { name, isElsewhere: isAccess(at) && isOwn(moduleAt(at.expression)) };
  const declared = declaredAs(at);
  const binding = bindingOf((declared ?? undefined) as ts.Declaration | undefined);
  if (binding !== null)
    return { name: binding.kind === 'named' ? binding.imported : name, isElsewhere: isOwn(binding.specifier) };
  const made = madeOf(declared);
  return made === undefined || depth === 0 ? { name, isElsewhere: false } : writtenClass(made, depth - 1);
}
