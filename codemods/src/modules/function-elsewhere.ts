/** modules/function-elsewhere: the function of another file of the bot that an import means. */
import type { FunctionSite } from '../syntax/call-site.ts';
import { isTypeScript, type ParsedFile } from '../syntax/program.ts';
import { type MovableFunction, symbolOf, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import type { ImportBinding } from './bindings.ts';
import { exportedAs, exportedWhole, loadedFile, type ValueNode } from './loaded-values.ts';

/** The function that a value is, or that a name of its file means for good. */
function functionAt({ checker }: ParsedFile, value: ts.Node): MovableFunction | null {
  if (ts.isFunctionDeclaration(value)) return value.body === undefined ? null : (value as MovableFunction);
  if (ts.isVariableDeclaration(value)) {
    const isFixed = (value.parent.flags & ts.NodeFlags.Const) !== 0;
    const made = isFixed && value.initializer !== undefined ? unwrap(value.initializer) : undefined;
    return made !== undefined && (ts.isArrowFunction(made) || ts.isFunctionExpression(made)) ? made : null;
  }
  if (!ts.isExpression(value)) return null;
  const at = unwrap(value);
  if (ts.isArrowFunction(at) || ts.isFunctionExpression(at)) return at;
  const declared = ts.isIdentifier(at) ? symbolOf(checker, at)?.valueDeclaration : undefined;
  return declared === undefined || ts.isParameter(declared) ? null : functionAt({ checker } as ParsedFile, declared);
}

/** The function of an import where a checker follows it to a file of the bot. */
function typedFunction(file: ParsedFile, { node }: ImportBinding): FunctionSite | null {
  const { checker, compilation } = file;
  const name = ts.isImportClause(node) || ts.isImportSpecifier(node) ? node.name : undefined;
  const symbol = name === undefined ? undefined : checker.getSymbolAtLocation(name);
  const isAlias = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  const declared = isAlias ? checker.getAliasedSymbol(symbol).declarations?.[0] : undefined;
  const tree = declared?.getSourceFile();
  if (declared === undefined || tree === undefined || tree.isDeclarationFile) return null;
  const { fileName: path, text } = tree;
  const there = { source: { ...file.source, path, text }, tree, checker, typed: isTypeScript(path), compilation };
  const fn = functionAt(there, ts.isExportAssignment(declared) ? declared.expression : declared);
  return fn === null ? null : { file: there, fn };
}

/** The function that an import of another file of the bot means; `null` where that cannot be told. */
export function importedFunction(file: ParsedFile, binding: ImportBinding): FunctionSite | null {
  const typed = file.typed ? typedFunction(file, binding) : null;
  if (typed !== null) return typed;
  const there = binding.specifier.startsWith('.') ? loadedFile(file.source.path, binding.specifier) : null;
  if (there === null) return null;
  const values = binding.kind === 'namespace' ? exportedWhole(there) : exportedAs(there, binding.imported);
  const nodes = new Map<ValueNode, ParsedFile>(values.map((one) => [one.value, one.file]));
  const [first, second] = [...nodes];
  const fn = first === undefined || second !== undefined ? null : functionAt(first[1], first[0]);
  return first === undefined || fn === null ? null : { file: first[1], fn };
}
