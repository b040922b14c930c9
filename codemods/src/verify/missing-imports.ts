/** verify/missing-imports: errors about what a package does not have, which a bot had before where it imports the same. */
import { isModuleName } from '../managers/mentions.ts';
import { descendants } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** The module is not found, has no declarations, or does not export the name. */
const aboutImports: ReadonlySet<number> = new Set([2305, 2307, 2614, 2724, 2792, 7016]);

const inQuotes = /["']+([^"']+)["']+/;

const moduleIn = ({ messageText }: ts.Diagnostic): string | undefined =>
  inQuotes.exec(ts.flattenDiagnosticMessageText(messageText, ' '))?.[1];

const imports = (tree: ts.SourceFile, specifier: string): boolean =>
  tree.text.includes(specifier) &&
  descendants(tree).some((node) => ts.isStringLiteralLike(node) && node.text === specifier && isModuleName(node));

/**
 * The errors about imports of packages that the bot has already, wherever it has them: a generated client that is not
 * generated, declarations that are not installed. At another place such an error is known by its words alone.
 */
export function missingImports(before: ts.Program, now: readonly ts.Diagnostic[]): readonly ts.Diagnostic[] {
  const modules = new Set(now.filter(({ code }) => aboutImports.has(code)).flatMap((one) => moduleIn(one) ?? []));
  const packages = [...modules].filter((specifier) => !/^[./]/.test(specifier));
  if (packages.length === 0) return [];
  const importers = before
    .getSourceFiles()
    .filter((tree) => !tree.isDeclarationFile && packages.some((specifier) => imports(tree, specifier)));
  return importers.flatMap((tree) =>
    before.getSemanticDiagnostics(tree).flatMap((one) => (aboutImports.has(one.code) ? [{ ...one, start: -1 }] : [])),
  );
}
