/** plan/wiring-advice: what somebody has to do whose managers would not load the handlers file. */
import { handlersOption } from '../files/entry.ts';
import { handlersGiven } from '../handlers/given-handlers.ts';
import type { LocatedManager, Place } from '../handlers/place.ts';
import { isCore } from '../managers/manager-library.ts';
import type { ManagerSite } from '../managers/managers.ts';
import { type PackageInfo, usesHybrid } from '../project/package-info.ts';
import { quoted } from '../syntax/edits.ts';
import { shownPlace } from '../syntax/source-place.ts';
import { listed } from '../wording/listed.ts';
import { shown } from '../wording/shown-path.ts';

/** The place of a manager, as reports of its package say it. */
export const placeIn = ({ root }: PackageInfo, { file: { source, tree }, node }: ManagerSite): string =>
  shownPlace({ path: source.path, tree, at: node.getStart() }, root);

/** What of a manager has to be written, in which options, and which file it starts. */
interface Written {
  readonly each: string;
  readonly manager: string;
  readonly add: string;
  readonly entry: string;
}

/** What is to be written in a package that several bots load: for the manager of each. */
function writtenInEach(path: string, managers: readonly LocatedManager[], info: PackageInfo): Omit<Written, 'manager'> {
  const files = [...new Map(managers.map(({ entry }) => [shown(entry.path, info.root), handlersOption(entry, path)]))];
  const same = files.every(([, option]) => option === files[0]?.[1]);
  const options = files.map(([file, option]) => `hybrid: { handlers: '${option}' }${same ? '' : ` for ${file}`}`);
  return {
    each: `the manager of each (${listed(managers.map(({ manager }) => placeIn(info, manager)))})`,
    add: `add ${listed([...new Set(options)])} to its options`,
    entry: files.map(([file]) => file).join(' or '),
  };
}

/** The same of a package with managers of its own. */
function writtenOnce({ entry, path, managers, unlocated, outside }: Place, { info, core }: Asking): Written {
  const all = [...managers.map(({ manager }) => manager), ...unlocated, ...outside];
  // Those among the given paths are what this run makes of them.
  const own = all.length > 0 && all.every((one) => isCore(one) || (core && !outside.includes(one)));
  const file = quoted(handlersOption(entry, path), "'");
  const option = (value: string): string => (own ? `handlers: ${value}` : `hybrid: { handlers: ${value} }`);
  const has = all.map((one) => handlersGiven(one)).some(({ files, unread }) => files.length > 0 || unread !== null);
  return {
    each: 'the manager',
    manager: own
      ? 'ClusterManager of shardlift'
      : usesHybrid(info)
        ? 'ClusterManager of shardlift/compat/hybrid'
        : 'ShardingManager of shardlift/compat',
    add: has
      ? `add ${file} to the handlers it has, if any, in its options (${option(`[..., ${file}]`)})`
      : `add ${option(file)} to its options`,
    entry: shown(entry.path, info.root),
  };
}

/** Whose managers they are. */
interface Asking {
  readonly info: PackageInfo;
  /** Whether managers become ClusterManagers. */
  readonly core: boolean;
  /** Files that may not change. */
  readonly excluded: ReadonlySet<string>;
  /** Whether a run that is told the file that is started could wire them. */
  readonly lacksEntry: boolean;
}

/** Whether all managers are among the given paths, so that this run makes them what they have to be. */
function areMade({ managers, unlocated, outside }: Place, { excluded }: Asking): boolean {
  const own = [...managers.map(({ manager }) => manager), ...unlocated];
  return own.length > 0 && outside.length === 0 && own.every(({ file }) => !excluded.has(file.source.path));
}

/**
 * What somebody has to write who wires the handlers file by hand.
 *
 * @param ofBots - the managers of each bot that loads the package, where several do
 */
export function byHand(place: Place, asking: Asking, ofBots: readonly LocatedManager[]): string {
  const { info } = asking;
  const own = writtenOnce(place, asking);
  const { each, manager, add, entry } =
    ofBots.length === 0 ? own : { ...own, ...writtenInEach(place.path, ofBots, info) };
  const counted = `the path counts from the folder of the file that the manager starts, which is taken to be ${entry}`;
  if (ofBots.length > 0 || !areMade(place, asking)) return `Build ${each} with ${manager} and ${add}; ${counted}`;
  const first = asking.lacksEntry ? 'Name that file with --entry path/to/bot and run dc-migrate again, or' : 'By hand,';
  return `${first} ${add}; ${counted}`;
}

/** Says that files have to be given to a run as well. */
export function runWith(files: readonly string[], again: (files: readonly string[]) => string): string {
  const own = [...new Set(files)];
  return `Run dc-migrate again with ${own.length === 1 ? 'its file' : 'their files'}, too (${again(own)})`;
}
