/** verify/name-errors: names of a JavaScript file that nothing declares, or that are declared twice. Types are never asked. */
import { descendants, isNameOnly, symbolOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** Whether an identifier refers to a variable of the file; what stands in other modules is not looked at here. */
function refers(node: ts.Identifier): boolean {
  const { parent } = node;
  if (isNameOnly(node) || ts.isMetaProperty(parent) || ts.isImportSpecifier(parent)) return false;
  if (ts.isExportSpecifier(parent)) {
    return parent.parent.parent.moduleSpecifier === undefined && (parent.propertyName ?? parent.name) === node;
  }
  const tag = ts.isJsxOpeningLikeElement(parent) || ts.isJsxClosingElement(parent);
  return !(tag && /^[a-z]/.test(node.text));
}

function isDeclared(checker: ts.TypeChecker, node: ts.Identifier): boolean {
  const { parent } = node;
  const symbol = ts.isExportSpecifier(parent)
    ? checker.getExportSpecifierLocalTargetSymbol(parent)
    : symbolOf(checker, node);
  return symbol !== undefined;
}

/** The errors of binding, which the compiler keeps on the file and does not type. */
const declaredTwice = (tree: ts.SourceFile): readonly ts.Diagnostic[] =>
  (tree as ts.SourceFile & { readonly bindDiagnostics?: readonly ts.Diagnostic[] }).bindDiagnostics ?? [];

/**
 * The errors of a file as the compiler would word them. A full check would type every function to find these few.
 *
 * @param asked - the names that are looked for; without it all of them
 */
export function nameErrorsOf(
  program: ts.Program,
  tree: ts.SourceFile,
  asked: (name: string) => boolean = () => true,
): readonly ts.Diagnostic[] {
  const checker = program.getTypeChecker();
  const missing = descendants(tree).flatMap((node): readonly ts.Diagnostic[] => {
    if (!ts.isIdentifier(node) || !asked(node.text) || !refers(node) || isDeclared(checker, node)) return [];
    const place = { file: tree, start: node.getStart(), length: node.text.length };
    return [
      { ...place, code: 2304, category: ts.DiagnosticCategory.Error, messageText: `Cannot find name '${node.text}'.` },
    ];
  });
  return [...declaredTwice(tree), ...missing];
}
