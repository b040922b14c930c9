/** functions/own-import: what a function takes from its own file by importing it from there. */
import { basename, dirname, relative, sep } from 'node:path';
import { type ImportBinding, ownFile } from '../modules/bindings.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { positionOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { doneWhenLoaded } from '../values/loading.ts';

/** The name under which an ES module exports what is declared somewhere in it; `null` for what it keeps. */
function exportedName({ checker, tree }: ParsedFile, declaration: ts.Declaration): string | null {
  const module = ts.isExternalModule(tree) ? checker.getSymbolAtLocation(tree) : undefined;
  const all = module === undefined ? [] : checker.getExportsOfModule(module);
  const found = all.find((one) => {
    const target = one.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(one) : one;
    return target.declarations?.includes(declaration) === true;
  });
  return found?.name ?? null;
}

/** The import of something by the name it has in its own file; `null` where the file does not export it. */
export function ownImport(file: ParsedFile, local: string, declaration: ts.Declaration): ImportBinding | null {
  const imported = exportedName(file, declaration);
  if (imported === null) return null;
  const kind = imported === 'default' ? 'default' : 'named';
  // The handlers file gets the real path in place of this stand-in.
  return { style: 'import', kind, specifier: ownFile, imported, local, typeOnly: false, node: declaration };
}

/** Where a file names the class of a manager, which lives in the process above the clusters. */
function managerPlace({ source: { text } }: ParsedFile): number | null {
  return /\b(?:Sharding|Cluster)Manager\b/.exec(text)?.index ?? null;
}

/** No cluster loads a file of the manager. */
function ofManager(file: ParsedFile): string | null {
  const at = managerPlace(file);
  if (at === null) return null;
  return `exported, but ${basename(file.source.path)} is a file of the manager (line ${positionOf(file.tree, at).line})`;
}

/** What else happens when a file is loaded for one of its values, in words; `null` for nothing. */
export function alsoDone(file: ParsedFile): string | null {
  const place = doneWhenLoaded(file);
  if (place === null) return ofManager(file);
  const { path, tree, at } = place;
  const { line } = positionOf(tree, at);
  const there = relative(dirname(file.source.path), path).split(sep).join('/');
  const where = path === file.source.path ? `line ${line}` : `${there}:${line}`;
  return `exported, but loading ${basename(file.source.path)} for it would also run ${where}`;
}
