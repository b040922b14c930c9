/** plan/unused: imports of a TypeScript file that only moved functions used; `noUnusedLocals` would refuse them. */
import { bindingOf } from '../modules/bindings.ts';
import type { Splice } from '../syntax/edits.ts';
import { jsxNames } from '../syntax/jsx-names.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { linesOf } from '../syntax/statements.ts';
import { descendants, isNameOnly, symbolOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

interface Moved {
  /** The function that moves out of the file. */
  readonly movedFrom: { readonly start: number; readonly end: number };
  /** The type that is written in its place. */
  readonly result?: string | null;
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

const aboutNext = /@ts-(ignore|expect-error)|(es|ox|ts)lint[-:]disable-next-line|(biome|prettier)-ignore/;
const aboutLine = /(es|ox|ts)lint[-:]disable-line/;

/** Whether a directive is about a statement, or a part of it: it would be about something else, or about nothing. */
function hasDirective(statement: ts.Statement): boolean {
  const { text } = statement.getSourceFile();
  const rest = /^.*/.exec(text.slice(statement.end))?.[0] ?? '';
  return aboutNext.test(statement.getFullText()) || aboutLine.test(statement.getText() + rest);
}

function unusedIn(statement: ts.Statement, isDead: (name: ts.Identifier) => boolean): UnusedImports {
  if (hasDirective(statement)) return noneUnused;
  if (ts.isImportEqualsDeclaration(statement)) {
    const own = (ts.getModifiers(statement) ?? []).length === 0;
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
  if (parts.length === 0) return { ...noneUnused, elements };
  const count = named.length + (name === undefined ? 0 : 1) + (namespace === null ? 0 : 1);
  const whole = elements.length + parts.length === count;
  return whole ? { ...noneUnused, statements: [statement] } : { ...noneUnused, elements, parts };
}

/** Whether a name that is no member is surely something else than an import: a variable of the file, or of another module. */
function isOther({ checker, tree }: ParsedFile, name: ts.Identifier): boolean {
  const { parent } = name;
  if (ts.isExportSpecifier(parent))
    return parent.parent.parent.moduleSpecifier !== undefined || (parent.propertyName ?? parent.name) !== name;
  const declared = symbolOf(checker, name)?.declarations?.[0];
  // What `import X = name` and an import that is not resolved refer to is not declared here.
  return declared !== undefined && declared.getSourceFile() === tree && bindingOf(declared) === null;
}

/** The names that links in comments of what stays lead to. */
function linkedNames({ tree }: ParsedFile, isGone: (at: number) => boolean): readonly string[] {
  const links = [...tree.text.matchAll(/(?:\{@link(?:code|plain)?|@see)\s+([\w$]+)/g)];
  return links.flatMap(({ 1: name = '', index }) => (isGone(index) ? [] : [name]));
}

const word = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

/** `import('./rows.js')`: a type that is written may name a module. */
const quotedText = /'[^']*'|"[^"]*"/g;

/** The imports of a file that nothing refers to once these parts of it are gone, and something did before. */
export function unusedImports(file: ParsedFile, gone: readonly Moved[]): UnusedImports {
  // JavaScript has no check for unused imports, and there an import may be meant for its side effect.
  if (!file.typed || gone.length === 0) return noneUnused;
  const isGone = (at: number): boolean => gone.some(({ movedFrom: { start, end } }) => start <= at && at < end);
  const said = gone.flatMap(({ result }) => result?.replace(quotedText, '').match(word) ?? []);
  const used = new Set([...jsxNames(file), ...linkedNames(file, isGone), ...said]);
  const moved = new Set<string>();
  for (const node of descendants(file.tree)) {
    if (!ts.isIdentifier(node) || isNameOnly(node) || declares(node)) continue;
    if (isOther(file, node)) continue;
    (isGone(node.pos) ? moved : used).add(node.text);
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

/** The splices for all that is unused, but for named imports and statements that others take the place of. */
export function unusedSplices(
  { parts, statements }: UnusedImports,
  replaced: readonly ts.Statement[],
): readonly Splice[] {
  const gone = statements.filter((one) => !replaced.includes(one));
  return [...parts.map(withoutPart), ...gone.map((one) => linesOf(one, null))];
}
