/** handlers/place: decides for one package where its handlers file lives, in which language, and what is in it already. */
import { existsSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { type Entry, entryFromPath, locate } from '../files/entry.ts';
import type { ManagerSite } from '../managers/managers.ts';
import { foldersOf, type PackageInfo, partsOf } from '../project/package-info.ts';
import { readSource, type SourceText, styleOf, type TextStyle } from '../project/source.ts';
import type { PackageSites } from '../sites/sites.ts';
import type { SourcePlace } from '../syntax/source-place.ts';
import { exportedHandlers } from './exported-handlers.ts';
import { type Registered, registeredBelow } from './handler-names.ts';
import {
  type ExistingHandlers,
  type ExistingNames,
  type HandlersKind,
  isBlank,
  readHandlers,
} from './handlers-file.ts';
import { kindOf, requireAt } from './handlers-kind.ts';
import { pathFor } from './handlers-path.ts';
import { loginFile } from './login-file.ts';
import { withPutElsewhere } from './put-elsewhere.ts';
import { loadedBy, sourcesOf } from './wired.ts';

/** A manager and the entry it starts. */
export interface LocatedManager {
  readonly manager: ManagerSite;
  readonly entry: Entry;
  /** The entries it starts in other cases; `null` for one that is not known. */
  readonly others: readonly (Entry | null)[];
}

/** The place of a package's handlers file. */
export interface Place {
  readonly entry: Entry;
  readonly path: string;
  readonly kind: HandlersKind;
  /** Whether `require` is there by itself, has to be made first, or neither is sure. */
  readonly require: 'there' | 'made' | 'unsure';
  readonly style: TextStyle;
  readonly source: SourceText | null;
  /** `null` when there is no file yet, `'unreadable'` when there is one we cannot add to. */
  readonly existing: ExistingHandlers | 'unreadable' | null;
  /** The names of every handler that a file of the package registers. */
  readonly taken: ReadonlySet<string>;
  /** Whether who asks for one of them may get another handler, or none. */
  readonly isUnsure: Registered['isUnsure'];
  /** Where handlers are registered whose names cannot be read. */
  readonly unread: readonly string[];
  /** Where handlers stand beside the client: the names that the bot file has. */
  readonly beside?: ExistingNames;
  readonly managers: readonly LocatedManager[];
  /** Managers whose bot file is not known. */
  readonly unlocated: readonly ManagerSite[];
  /** Managers in files that were not named; looked for where no other is known. */
  readonly outside: readonly ManagerSite[];
  /** Those of them whose bot file is known. */
  readonly elsewhere: readonly LocatedManager[];
  /** Places that take the manager of another library, with the name of that. */
  readonly foreign: readonly (SourcePlace & { readonly owner: string })[];
}

/** `--entry` and `--handlers`, as absolute paths. */
export interface PlaceOverrides {
  readonly entry: string | null;
  readonly handlers: string | null;
}

/** Managers of a package whose bot file is known. */
export function locateAll(group: PackageSites, managers: readonly ManagerSite[]): readonly LocatedManager[] {
  return managers.flatMap((manager) => {
    const files = [manager.started, ...manager.others];
    const found = files.map((one) => (one === null ? null : locate(one, manager.file.source.path, group.info)));
    const at = found.findIndex((one) => one !== null);
    const entry = found[at] ?? null;
    return entry === null ? [] : [{ manager, entry, others: found.filter((_, i) => i !== at) }];
  });
}

const managerBuilt = /\bnew\s+(?:[\w$]+\s*\.\s*)?(?:Sharding|Cluster)Manager\s*\(/;

/** The file that package.json names. */
const mainOf = (part: PackageInfo): Entry | null =>
  part.main === null ? null : entryFromPath(resolve(part.root, part.main), part);

/** The same, but for one that builds a manager: no manager starts that. */
function botMainOf(part: PackageInfo): Entry | null {
  const entry = mainOf(part);
  return entry === null || managerBuilt.test(readSource(entry.path)?.text ?? '') ? null : entry;
}

/** The entry: as given, as a manager names it, as package.json names it. */
function entryOf(group: PackageSites, located: readonly LocatedManager[], given: string | null): Entry | null {
  const { info } = group;
  const inPart = (find: (part: PackageInfo) => Entry | null): Entry | null =>
    partsOf(info)
      .map(find)
      .find((one) => one !== null) ?? null;
  if (given !== null)
    return located.find(({ entry }) => entry.path === given)?.entry ?? inPart((part) => entryFromPath(given, part));
  const [first] = located;
  if (first !== undefined) return first.entry;
  // With a manager whose file cannot be read, "main" is most likely that manager and not the bot.
  if (group.managers.length > 0) return inPart(loginFile);
  return inPart(botMainOf) ?? inPart(loginFile) ?? inPart(mainOf);
}

const styles = new WeakMap<PackageSites, TextStyle>();

/** How most of a package's files are written. */
export function packageStyle(group: PackageSites): TextStyle {
  const style = styles.get(group) ?? styleOf(group.files.map((file) => file.source.text).join('\n'));
  styles.set(group, style);
  return style;
}

/** Finds the place, or `null` when the entry is unknown. `outside` are managers in files that were not named. */
export function placeOf(group: PackageSites, overrides: PlaceOverrides, outside: readonly ManagerSite[]): Place | null {
  const located = locateAll(group, group.managers);
  const elsewhere = locateAll(group, outside);
  const entry = entryOf(group, [...located, ...elsewhere], overrides.entry);
  if (entry === null) return null;
  const loading = [...located, ...elsewhere.filter((one) => one.entry.path === entry.path)].map(loadedBy);
  const wired = [...new Set(loading.flatMap(sourcesOf))];
  const path = overrides.handlers ?? pathFor(entry, loading.map(sourcesOf), group.info.root);
  const source = existsSync(path) ? readSource(path) : null;
  const entryText = existsSync(entry.path) ? (readSource(entry.path)?.text ?? '') : '';
  const read = source === null || isBlank(source) ? null : (readHandlers(source, wired.includes(path)) ?? 'unreadable');
  // A manager whose file argument cannot be read starts the entry the user named.
  const unread = group.managers.filter((manager) => manager.started === null && overrides.entry !== null);
  const managers = [...located, ...unread.map((manager) => ({ manager, entry, others: [] }))];
  const kind = kindOf(path, entry);
  const hidden = loading.flatMap(({ unread: places }) => places);
  const loaded = withLoaded(registeredIn(group), wired, hidden);
  const registered = withPutElsewhere(loaded, foldersOf(group.info), source === null ? wired : [path, ...wired]);
  return {
    entry,
    path,
    kind,
    require: requireAt(path, kind),
    style: styleOf(source?.text ?? entryText, packageStyle(group)),
    source,
    existing: existsSync(path) && source === null ? 'unreadable' : read,
    taken: registered.names,
    isUnsure: registered.isUnsure,
    unread: placesOf(group.info.root, registered),
    managers,
    unlocated: group.managers.filter((manager) => !managers.some((one) => one.manager === manager)),
    outside,
    elsewhere,
    foreign: foreignIn(group),
  };
}

const foreignIn = ({ sites }: PackageSites): Place['foreign'] =>
  sites.flatMap(({ file: { source, tree }, at, verdict }) => {
    if (verdict.kind !== 'left' || verdict.finding.code !== 'DC-M5') return [];
    return [{ path: source.path, tree, at, owner: String(verdict.finding.details.owner ?? '') }];
  });

const registrations = new WeakMap<PackageSites, Registered>();

function registeredIn(group: PackageSites): Registered {
  const registered = registrations.get(group) ?? registeredBelow(foldersOf(group.info));
  registrations.set(group, registered);
  return registered;
}

/** With the names of handlers files that the manager loads: they need no `defineHandlers`; some may not be known. */
function withLoaded(registered: Registered, files: readonly string[], hidden: Registered['unread']): Registered {
  const loaded = files.map((path) => ({ path, ...exportedHandlers(path, true) }));
  const told = new Set(registered.unread.map(({ path }) => path));
  return {
    ...registered,
    names: new Set([...registered.names, ...loaded.flatMap(({ names }) => names ?? [])]),
    unread: [...hidden, ...registered.unread, ...loaded.filter(({ path, names }) => names === null && !told.has(path))],
  };
}

/** The lines that register handlers whose names cannot be read. */
function placesOf(root: string, { unread }: Registered): readonly string[] {
  return [...new Set(unread.map(({ path, line }) => `${relative(root, path).split(sep).join('/')}:${line}`))];
}
