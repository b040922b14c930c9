/** verify/readers: files that a plan leaves as they are and whose types change with an import that moves in another file. */
import { leadsTo } from '../calls/wrapper-loads.ts';
import { loadersOf } from '../files/wrapper-files.ts';
import { isModuleName } from '../managers/mentions.ts';
import type { Decision, PlannedFile } from '../plan/decision.ts';
import { readSource } from '../project/source.ts';
import type { Site } from '../sites/sites.ts';
import { type Compilation, compile } from '../syntax/compiler.ts';
import { isTypeScript, parseAlone } from '../syntax/program.ts';
import { mostFiles } from '../syntax/reach.ts';
import { descendants } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** One of those files, and the sites whose import moves in what it loads. */
export interface Reader {
  readonly path: string;
  readonly sites: readonly Site[];
}

/** Whether a file exports anything: what that is may have the types of what it loads, also where it does not name them. */
const exportsAny = (tree: ts.SourceFile): boolean =>
  tree.statements.some((one) => {
    if (ts.isExportDeclaration(one) || ts.isExportAssignment(one)) return true;
    const words = ts.canHaveModifiers(one) ? (ts.getModifiers(one) ?? []) : [];
    return words.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  });

/** How a file loads another: not at all, for itself, or with exports of its own. */
function loads(from: string, to: string, options: ts.CompilerOptions): { readonly again: boolean } | null {
  const tree = parseAlone(from, readSource(from)?.text ?? '');
  const names = descendants(tree).filter(
    (node): node is ts.StringLiteralLike =>
      ts.isStringLiteralLike(node) &&
      isModuleName(node) &&
      leadsTo({ from, specifier: node.text, options }, to) === true,
  );
  return names.length === 0 ? null : { again: exportsAny(tree) };
}

/** The files of TypeScript that get what a file exports, from it or by way of others that export something. */
function readersOfOne(path: string, options: ts.CompilerOptions): ReadonlySet<string> {
  const found = new Set<string>();
  const ahead = [path];
  for (let at = ahead.pop(); at !== undefined && found.size < mostFiles; at = ahead.pop()) {
    for (const loader of loadersOf(at).filter(isTypeScript)) {
      const how = found.has(loader) ? null : loads(loader, at, options);
      if (how === null) continue;
      found.add(loader);
      if (how.again) ahead.push(loader);
    }
  }
  found.delete(path);
  return found;
}

/** The files that planned ones of a program are loaded by. Planned files are not among them. */
export function readersOf(
  planned: readonly PlannedFile[],
  decisions: readonly Decision[],
  { options }: Compilation,
): readonly Reader[] {
  const all = new Map<string, Site[]>();
  const changed = new Set(planned.map(({ path }) => path));
  const moved = decisions.filter(({ rewritten, site }) => rewritten && site.verdict.kind === 'swap');
  for (const path of changed) {
    const sites = moved.map(({ site }) => site).filter(({ file }) => file.source.path === path);
    for (const reader of sites.length === 0 ? [] : readersOfOne(path, options))
      if (!changed.has(reader)) all.set(reader, [...(all.get(reader) ?? []), ...sites]);
  }
  return [...all].map(([path, sites]) => ({ path, sites }));
}

/** The files that a program reads when these are among them. */
export const withReaders = ({ within }: Compilation, readers: readonly Reader[]): Compilation['within'] =>
  within === null ? null : new Set([...within, ...readers.map(({ path }) => path)]);

/** The program as it was, with these files in it. */
export function programWith(
  { before, types }: { readonly before: Compilation; readonly types: ReadonlyMap<string, string> },
  readers: readonly Reader[],
): ts.Program {
  const roots = [...new Set([...before.roots, ...readers.map(({ path }) => path)])];
  const within = withReaders(before, readers);
  return compile({ roots, options: before.options, overlay: types, before, within }).program;
}
