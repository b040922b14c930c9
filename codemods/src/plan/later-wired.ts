/** plan/later-wired: a handlers file of an earlier run that calls ask and managers do not load, as they were not given then. */
import { basename, dirname, extname } from 'node:path';
import { handlersGiven } from '../handlers/given-handlers.ts';
import { handlerSources, isForTests } from '../handlers/handler-names.ts';
import { readHandlers } from '../handlers/handlers-file.ts';
import { type Place, placeOf } from '../handlers/place.ts';
import { loads } from '../handlers/wired.ts';
import { isMoved } from '../managers/manager-library.ts';
import type { ManagerSite } from '../managers/managers.ts';
import { filesMatching } from '../project/discover.ts';
import { foldersOf, type PackageInfo, readPackage } from '../project/package-info.ts';
import { readSource } from '../project/source.ts';
import type { PackageSites } from '../sites/sites.ts';
import { escaped } from '../wording/escaped.ts';
import { shown } from '../wording/shown-path.ts';
import type { PlanSettings } from './decision.ts';
import { type WireOptions, type Wiring, wire } from './wiring.ts';

/** Whether other code has one of these names as a text: how a call comes to it is written in many ways. */
function areAsked(names: readonly string[], path: string, folders: readonly string[]): boolean {
  const asks = new RegExp(`(['"\`])(?:${names.map(escaped).join('|')})\\1`);
  return names.length > 0 && folders.some((folder) => filesMatching(folder, asks).some((file) => file !== path));
}

const ofTypes = /\bimport\s+type\b[^;'"]*['"][^'"]+['"]|\btypeof\s+import\s*\([^)]*\)/g;
const ofOptions = /\bhandlers\s*:\s*(?:\[[^\]]*\]|(['"`])[^'"`]*\1)/g;

/** What other code does with the file: a manager's options name it, or a file may load it in a way of its own. */
function namedBy(
  path: string,
  folders: readonly string[],
): { readonly options: boolean; readonly code: string | null } {
  const named = new RegExp(`['"\`/]${escaped(basename(path, extname(path)))}(?:\\.\\w+)?['"\`]`);
  const texts = folders
    .flatMap((folder) => filesMatching(folder, named))
    .filter((one) => one !== path && !isForTests(one, folders))
    .map((one) => ({ one, text: (readSource(one)?.text ?? '').replace(ofTypes, '') }))
    .filter(({ text }) => named.test(text));
  const code = texts.find(({ text }) => named.test(text.replace(ofOptions, '')));
  return { options: texts.length > 0, code: code?.one ?? null };
}

/** The names of a handlers file that is there and can be added to. */
const namesOf = ({ existing }: Place): readonly string[] =>
  existing === null || existing === 'unreadable' ? [] : [...existing.handlers.keys()];

/** The one file of some folders that exports handlers of shardlift; `null` where there is none, or several. */
function onlyHandlers(folders: readonly string[]): string | null {
  const files = folders.flatMap(handlerSources).filter((path) => {
    const source = isForTests(path, folders) ? null : readSource(path, /\bdefineHandlers\b/);
    return source !== null && readHandlers(source, false) !== null;
  });
  const [only = null] = files;
  return files.length === 1 ? only : null;
}

/** The place of the handlers file that is there: beside the bot file, or wherever the one of the package is. */
function placeOfExisting(group: PackageSites, settings: PlanSettings): Place | null {
  const place = placeOf(group, settings, []);
  if (place === null || place.existing !== null || settings.handlers !== null) return place;
  const handlers = onlyHandlers(foldersAround(group.info, place));
  return handlers === null ? place : placeOf(group, { ...settings, handlers }, []);
}

/** The folders of the managers' packages and of their bot's. */
function foldersAround(info: PackageInfo, { entry }: Pick<Place, 'entry'>): readonly string[] {
  const own = foldersOf(info);
  return [...new Set([...own, readPackage(dirname(entry.path), info.root).root])];
}

/** Whether a manager that is shardlift's may have no handlers: of one that names some, or some that cannot be read, nobody knows. */
function hasNone(manager: ManagerSite): boolean {
  const { files, unread } = handlersGiven(manager);
  return files.length === 0 && unread === null;
}

/**
 * Wires a handlers file that is there already into each manager that moves now; and into those of its bot that have
 * moved, where none loads it.
 */
export function wiredLater(group: PackageSites, settings: PlanSettings, options: WireOptions): Wiring | null {
  const isAsked = group.managers.length > 0 && settings.inline !== true;
  const place = isAsked ? placeOfExisting(group, settings) : null;
  if (place === null) return null;
  const folders = foldersAround(group.info, place);
  if (!areAsked(namesOf(place), place.path, folders)) return null;
  const by = namedBy(place.path, folders);
  const moving = (manager: ManagerSite): boolean => !isMoved(manager);
  if (by.code !== null) {
    const unlocated = group.managers.filter(moving);
    const other = `${shown(by.code, settings.cwd)} loads it in a way of its own`;
    return unlocated.length === 0 ? null : wire({ ...place, managers: [], unlocated }, { ...options, other });
  }
  const isLoaded = by.options || place.managers.some((one) => loads(one, place.path));
  const managers = place.managers.filter(
    ({ manager, entry }) => moving(manager) || (!isLoaded && entry.path === place.entry.path),
  );
  const unlocated = place.unlocated.filter((one) => moving(one) || (!isLoaded && hasNone(one)));
  return managers.length + unlocated.length === 0 ? null : wire({ ...place, managers, unlocated }, options);
}
