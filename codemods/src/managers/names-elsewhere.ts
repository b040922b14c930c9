/** managers/names-elsewhere: the names that other files take out of a module by way of a file that exports it. */
import { dirname, resolve } from 'node:path';
import type { WrapperGiven } from '../calls/wrapper-elsewhere.ts';
import { leadsTo } from '../calls/wrapper-loads.ts';
import { entryFromPath } from '../files/entry.ts';
import { loadersOf, loadsByMadeNames, neighboursOf } from '../files/wrapper-files.ts';
import { parseApart } from '../modules/global-owner.ts';
import { type Held, longest, type TakenName } from '../modules/held.ts';
import { namesTaken } from '../modules/names-taken.ts';
import { hasOwn } from '../modules/own-exports.ts';
import { readManifest, readPackage } from '../project/package-info.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { shownPlace } from '../syntax/source-place.ts';
import { descendants } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isModuleName } from './mentions.ts';

/** A name, and the first place that takes it. */
export interface NameElsewhere extends Pick<TakenName, 'name' | 'mixed'> {
  readonly where: string;
}

/** A name where a file takes it. */
export interface PlacedName extends TakenName {
  readonly file: ParsedFile;
}

/** What the other files of a project take. */
export interface TakenElsewhere {
  readonly names: readonly NameElsewhere[];
  /** Each place that takes one. */
  readonly places: readonly PlacedName[];
  /** Why others may take more than those, in words that follow "since"; `null` where everybody is known. */
  readonly open: string | null;
  /** Whether something is taken by a name that is made. */
  readonly unread: boolean;
}

const modulesOf = ({ tree }: ParsedFile): readonly ts.StringLiteralLike[] =>
  descendants(tree).filter((node): node is ts.StringLiteralLike => ts.isStringLiteralLike(node) && isModuleName(node));

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Whether other packages get a file by the name of its package. */
function isEntry(path: string): boolean {
  const info = readPackage(dirname(path), dirname(path));
  if (info.manifest === null) return false;
  const manifest = readManifest(info.manifest);
  if (manifest.private === true && neighboursOf(path).length === 0) return false;
  const { main, module, types, typings, exports } = manifest;
  const named = [main, module, types, typings, exports].flatMap(textsIn);
  const entries = named.length === 0 ? ['index.js'] : named.map((one) => one.replace(/\.d(\.[mc]?)ts$/, '$1js'));
  return entries.some((one) => one.includes('*') || entryFromPath(resolve(info.root, one), info)?.path === path);
}

/** Why not everybody who loads a file is known. */
function whyOpen(path: string, { path: names }: Held, isLoaded: boolean): string | null {
  if (isEntry(path)) return 'other packages may load it';
  if (isLoaded) return null;
  if (loadsByMadeNames(path)) return 'it may be among the files that are loaded by a name made at run time';
  // A file that is the module itself is there to be loaded.
  return names.length === 0 ? 'no file here loads it' : null;
}

/** A file on the way from a module to those that take its names, and how its exports hold the module. */
interface Step {
  readonly file: ParsedFile;
  readonly held: Held;
}

/** A place of a file that names another one. */
interface Load {
  readonly loader: ParsedFile;
  readonly module: ts.StringLiteralLike;
  /** Whether it leads there for sure. */
  readonly certain: boolean;
}

/** Whether what a file exports holds the module by way of an export of the same file, round and round. */
const holdsItself = ({ source }: ParsedFile, { path }: Held, before: readonly Step[]): boolean =>
  before.some(({ file, held }) => {
    const rest = path.length - held.path.length;
    return file.source.path === source.path && rest > 0 && held.path.every((name, i) => path[rest + i] === name);
  });

/** Why more names may be taken, where a file hands a module to what is not followed. */
export const handedOn = ({ source, tree }: ParsedFile, node: ts.Node, cwd: string): string =>
  `it is handed on at ${shownPlace({ path: source.path, tree, at: node.getStart() }, cwd)}, to where it is not followed`;

/** Follows the exports of one file, and of those that export them again. */
class Elsewhere {
  readonly names = new Map<string, NameElsewhere>();
  readonly places: PlacedName[] = [];
  readonly #given: WrapperGiven;
  readonly #seen = new Set<string>();
  readonly #loaded = new Map<string, readonly Load[]>();
  open: string | null = null;
  unread = false;

  constructor(given: WrapperGiven) {
    this.#given = given;
  }

  /** @param before - the files on the way, whose own exports hide those names of the module */
  visit(file: ParsedFile, held: Held, before: readonly Step[] = []): void {
    const { path } = file.source;
    const key = [path, held.mixed, ...held.path].join(' ');
    if (this.#seen.has(key) || held.path.length > longest || holdsItself(file, held, before)) return;
    this.#seen.add(key);
    const way = [...before, { file, held }];
    const given = { path: held.path, mixed: held.mixed, again: held.path[0] !== 'default' };
    let isLoaded = false;
    for (const { loader, module, certain } of this.#loads(file)) {
      isLoaded = true;
      const taken = namesTaken(loader, module, { ...given, mixed: held.mixed || !certain });
      for (const one of taken.names) this.#add({ file: loader, ...one }, way);
      this.unread ||= taken.unread;
      if (certain && taken.open !== null) this.open ??= handedOn(loader, taken.open, this.#given.cwd);
      for (const one of taken.exports) this.visit(loader, one, way);
    }
    this.open ??= whyOpen(path, held, isLoaded);
  }

  /** Every place of another file that loads this one, or may. */
  #loads(file: ParsedFile): readonly Load[] {
    const { path } = file.source;
    const known = this.#loaded.get(path) ?? this.#loadsOf(file);
    this.#loaded.set(path, known);
    return known;
  }

  #loadsOf(file: ParsedFile): readonly Load[] {
    const { path } = file.source;
    return loadersOf(path).flatMap((from) => {
      const loader = this.#given.files.find((one) => one.source.path === from) ?? parseApart(from);
      if (loader === null) return [];
      const { options } = (loader.typed ? loader : file).compilation;
      return modulesOf(loader).flatMap((module) => {
        const leads = leadsTo({ from, specifier: module.text, options }, path);
        return leads === false ? [] : [{ loader, module, certain: leads === true }];
      });
    });
  }

  #add(place: PlacedName, way: readonly Step[]): void {
    const { file, name, node, mixed } = place;
    this.places.push(place);
    if (this.names.has(name) || (mixed && way.some((one) => hasOwn(one.file, name)))) return;
    const where = shownPlace({ path: file.source.path, tree: file.tree, at: node.getStart() }, this.#given.cwd);
    this.names.set(name, { name, mixed, where });
  }
}

/** What the other files of a project take out of a module that a file exports, all of it or as a member. */
export function namesElsewhere(file: ParsedFile, exports: readonly Held[], given: WrapperGiven): TakenElsewhere {
  const elsewhere = new Elsewhere(given);
  for (const one of exports) elsewhere.visit(file, one);
  const { names, places, open, unread } = elsewhere;
  return { names: [...names.values()], places, open, unread };
}
