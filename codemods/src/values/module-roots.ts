/** values/module-roots: what a file gets from the modules that it loads. */
import type { ImportBinding } from '../modules/bindings.ts';
import { moduleKind } from '../modules/foreign.ts';
import { exportedAgain, exportedAs, exportedWhole, loadedFile } from '../modules/loaded-values.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { moduleName } from './client-words.ts';
import { called, type Follower, fromPackage, open, partOf, type Roots } from './roots.ts';

/** What an import or a `require` binds. */
export function importRoots(by: Follower, { specifier, kind, imported, style }: ImportBinding): Roots {
  if (kind !== 'namespace') return exportRoots(by, specifier, imported);
  return style === 'import' ? spaceRoots(by, specifier) : moduleRoots(by, specifier);
}

/** What `import * as x` and `import()` of a module give: all that it exports, by its names. */
export function spaceRoots({ file }: Follower, specifier: string): Roots {
  const own = moduleKind(specifier, file) === 'file';
  return [own ? { kind: 'module', file, names: [], specifier } : fromPackage(file, specifier)];
}

/** What `require` of a module gives. */
export function moduleRoots(by: Follower, specifier: string): Roots {
  const { file } = by;
  if (moduleKind(specifier, file) !== 'file') return [fromPackage(file, specifier)];
  const there = loadedFile(file.source.path, specifier);
  if (there === null) return [open(file, moduleName(specifier))];
  const values = exportedWhole(there).flatMap((one) => by.elsewhere(one));
  return values.length > 0 ? values : [{ kind: 'module', file, names: [], specifier }];
}

/** What a module exports under a name. */
export function exportRoots(
  by: Follower,
  specifier: string,
  name: string | null,
  seen: ReadonlySet<string> = new Set(),
): Roots {
  const { file } = by;
  if (name === null) return [open(file, null)];
  if (moduleKind(specifier, file) !== 'file') return [fromPackage(file, specifier, name)];
  const there = loadedFile(file.source.path, specifier);
  const source = open(file, moduleName(specifier));
  if (there === null) return name === 'default' ? [source] : [partOf(source, name)];
  const values = exportedAs(there, name).flatMap((one) => by.elsewhere(one));
  if (values.length > 0) return called(values, name);
  const whole = exportedWhole(there).flatMap((one) => by.elsewhere(one));
  if (whole.length > 0) return by.member(whole, name);
  const again = name === 'default' ? [] : againRoots(by, there, name, seen);
  return again.length > 0 ? called(again, name) : [partOf(source, name)];
}

/** What a file has under a name by `export *`: of another file, or of the one package that can have it. */
function againRoots(by: Follower, there: ParsedFile, name: string, seen: ReadonlySet<string>): Roots {
  const { path } = there.source;
  if (seen.has(path)) return [];
  const inner = by.inside(there);
  const [files, packages] = [true, false].map((own) =>
    exportedAgain(there).filter((one) => (moduleKind(one, there) === 'file') === own),
  );
  for (const one of files ?? []) {
    const roots = exportRoots(inner, one, name, new Set([...seen, path])).filter(({ kind }) => kind !== 'open');
    if (roots.length > 0) return roots;
  }
  const [only, second] = packages ?? [];
  return only === undefined || second !== undefined ? [] : [fromPackage(there, only, name)];
}
