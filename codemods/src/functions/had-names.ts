/** functions/had-names: names from outside that the evaluated text had all the same. */
import type { ImportBinding } from '../modules/bindings.ts';
import type { Splice } from '../syntax/edits.ts';
import { exportsGlobal, isClientScopeName, isGlobalName } from '../syntax/globals.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { symbolOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

const written = (value: string | number): string => {
  if (typeof value === 'string')
    return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
  return value < 0 ? `(${value})` : String(value);
};

/**
 * The edit that writes the value of `Level.High` in its place, as the compiler does, also where the enum stands in a
 * namespace; `null` for anything else.
 */
export function constEnumEdit(file: ParsedFile, node: ts.Expression): Splice | null {
  const { checker, typed } = file;
  const { parent } = node;
  const symbol = ts.isIdentifier(node) ? symbolOf(checker, node) : checker.getSymbolAtLocation(node);
  const inside = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Module) !== 0;
  if (inside && ts.isPropertyAccessExpression(parent) && parent.expression === node) return constEnumEdit(file, parent);
  const isAccess = ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent);
  if (!typed || symbol === undefined || !(symbol.flags & ts.SymbolFlags.ConstEnum) || !isAccess) return null;
  const value = checker.getConstantValue(parent);
  if (value === undefined) return null;
  return { start: parent.getStart(), end: parent.end, text: `${written(value)} /* ${parent.getText()} */` };
}

/** Whether an imported name is such an enum, so that nothing of the import is left in what runs. */
function isInlined({ checker, compilation }: ParsedFile, node: ts.Identifier): boolean {
  const symbol = symbolOf(checker, node);
  if (symbol === undefined || !(symbol.flags & ts.SymbolFlags.Alias)) return false;
  const { isolatedModules, verbatimModuleSyntax } = compilation.options;
  const apart = isolatedModules === true || verbatimModuleSyntax === true;
  return !apart && (checker.getAliasedSymbol(symbol).flags & ts.SymbolFlags.ConstEnum) !== 0;
}

/** Whether imports of a file keep their names in what runs: in CommonJS they are members of what was required. */
function keepsImportNames({ tree, typed, compilation }: ParsedFile): boolean {
  if (!typed) return true;
  const { module = ts.ModuleKind.CommonJS } = compilation.options;
  if (module >= ts.ModuleKind.Node16 && module <= ts.ModuleKind.NodeNext)
    return tree.impliedNodeFormat === ts.ModuleKind.ESNext;
  return module >= ts.ModuleKind.ES2015;
}

/**
 * How a text had an import: as what it is (the compiler wrote its value, or it is Node's global of that name); since
 * discord.js's own file, where the text runs, has that name; or as a global of that name, which is another thing.
 */
export type Had = 'value' | 'name' | 'global';

/** Says so; `undefined` for an import that was missing. */
export function hadBy(file: ParsedFile, node: ts.Identifier, binding: ImportBinding): Had | undefined {
  if (isInlined(file, node)) return 'value';
  const { kind, specifier, imported, local } = binding;
  const named = kind === 'named' && specifier === 'discord.js' && imported === local && isClientScopeName(local);
  if (!keepsImportNames(file)) return undefined;
  if (named) return 'name';
  if (!isGlobalName(local)) return undefined;
  return exportsGlobal(local, binding) ? 'value' : 'global';
}
