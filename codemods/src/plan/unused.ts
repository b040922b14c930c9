/** plan/unused: imports of a TypeScript file that only moved functions used; `noUnusedLocals` would refuse them. */
import { bindingOf } from '../analyze/bindings.ts';
import type { ParsedFile } from '../analyze/program.ts';
import type { Splice } from '../analyze/receiver.ts';
import { linesOf } from '../analyze/statements.ts';
import { descendants, isNameOnly, symbolOf } from '../analyze/syntax.ts';
import { ts } from '../typescript.js';

interface Moved {
  /** The function that moves out of the file. */
  readonly movedFrom: { readonly start: number; readonly end: number };
}

type ImportStatement = ts.ImportDeclaration | ts.ImportEqualsDeclaration;

/** What nothing refers to once the calls are rewritten, and something did before. */
export interface UnusedImports {
  /** Named ones; what else their statement imports may stay. */
  readonly elements: readonly ts.ImportSpecifier[];
  /** A default, or a namespace, beside something that stays. */
  readonly parts: readonly (ts.Identifier | ts.NamespaceImport)[];
  /** Statements that import nothing else: a default, a namespace, or `import x = require()` is among it. */
  readonly statements: readonly ImportStatement[];
}

/** Nothing is unused. */
export const noneUnused: UnusedImports = { elements: [], parts: [], statements: [] };

const declares = (name: ts.Identifier): boolean => {
  const { parent } = name;
  return (
    ts.isImportSpecifier(parent) ||
    ts.isImportClause(parent) ||
    ts.isNamespaceImport(parent) ||
    (ts.isImportEqualsDeclaration(parent) && parent.name === name)
  );
};

/** A directive above would be about the next line. */
const hasDirective = (statement: ts.Statement): boolean =>
  /@ts-/.test(statement.getFullText().slice(0, statement.getStart() - statement.pos));

function unusedIn(statement: ts.Statement, isDead: (name: ts.Identifier) => boolean): UnusedImports {
  if (ts.isImportEqualsDeclaration(statement)) {
    const own = (ts.getModifiers(statement) ?? []).length === 0 && !hasDirective(statement);
    return own && isDead(statement.name) ? { ...noneUnused, statements: [statement] } : noneUnused;
  }
  const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined;
  return clause === undefined ? noneUnused : unusedOf(statement as ts.ImportDeclaration, clause, isDead);
}

function unusedOf(
  statement: ts.ImportDeclaration,
  clause: ts.ImportClause,
  isDead: (name: ts.Identifier) => boolean,
): UnusedImports {
  const { name, namedBindings } = clause;
  const named = namedBindings !== undefined && ts.isNamedImports(namedBindings) ? namedBindings.elements : [];
  const namespace = namedBindings !== undefined && ts.isNamespaceImport(namedBindings) ? namedBindings : null;
  const elements = named.filter((one) => isDead(one.name));
  const parts = [
    ...(name !== undefined && isDead(name) ? [name] : []),
    ...(namespace !== null && isDead(namespace.name) ? [namespace] : []),
  ];
  if (parts.length === 0 || hasDirective(statement)) return { ...noneUnused, elements };
  const count = named.length + (name === undefined ? 0 : 1) + (namespace === null ? 0 : 1);
  const whole = elements.length + parts.length === count;
  return whole ? { ...noneUnused, statements: [statement] } : { ...noneUnused, elements, parts };
}

/** The imports of a file that nothing refers to once these parts of it are gone, and something did before. */
export function unusedImports(file: ParsedFile, gone: readonly Moved[]): UnusedImports {
  // JavaScript has no check for unused imports, and there an import may be meant for its side effect.
  if (!file.typed || gone.length === 0) return noneUnused;
  const used = new Set<string>();
  const moved = new Set<string>();
  for (const node of descendants(file.tree)) {
    if (!ts.isIdentifier(node) || isNameOnly(node) || declares(node)) continue;
    if (bindingOf(symbolOf(file.checker, node)?.declarations?.[0]) === null) continue;
    const inFunction = gone.some(({ movedFrom }) => movedFrom.start <= node.pos && node.end <= movedFrom.end);
    (inFunction ? moved : used).add(node.text);
  }
  const found = file.tree.statements.map((statement) =>
    unusedIn(statement, ({ text }) => moved.has(text) && !used.has(text)),
  );
  return {
    elements: found.flatMap(({ elements }) => elements),
    parts: found.flatMap(({ parts }) => parts),
    statements: found.flatMap(({ statements }) => statements),
  };
}

/** Takes a default (`os, ` of `os, { x }`) or a namespace (`, * as os`) out of what stays. */
function withoutPart(part: ts.Identifier | ts.NamespaceImport): Splice {
  const { text } = part.getSourceFile();
  if (ts.isNamespaceImport(part)) {
    const before = /\s*,\s*$/.exec(text.slice(0, part.getStart()))?.[0].length ?? 0;
    return { start: part.getStart() - before, end: part.end, text: '' };
  }
  const comma = /^\s*,\s*/.exec(text.slice(part.end))?.[0].length ?? 0;
  return { start: part.getStart(), end: part.end + comma, text: '' };
}

/** The splices for all that is unused, but for named imports and a statement that another takes the place of. */
export function unusedSplices({ parts, statements }: UnusedImports, replaced: ts.Statement | null): readonly Splice[] {
  return [...parts.map(withoutPart), ...statements.filter((one) => one !== replaced).map((one) => linesOf(one, null))];
}
