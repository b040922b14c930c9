/** plan/wiring: adds the handlers file to the options of each manager. */
import { handlersOption } from '../files/entry.ts';
import { exportedHandlers } from '../handlers/exported-handlers.ts';
import { handlersGiven } from '../handlers/given-handlers.ts';
import { isForTests } from '../handlers/handler-names.ts';
import { type LocatedManager, locateAll, type Place } from '../handlers/place.ts';
import { loads, wiredFiles } from '../handlers/wired.ts';
import type { ManagerSite } from '../managers/managers.ts';
import { foldersOf, type PackageInfo } from '../project/package-info.ts';
import { styleOf } from '../project/source.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { PackageSites } from '../sites/sites.ts';
import type { Splice } from '../syntax/edits.ts';
import { quoted } from '../syntax/edits.ts';
import { shownPlace } from '../syntax/source-place.ts';
import { listed } from '../wording/listed.ts';
import { shown } from '../wording/shown-path.ts';
import { byHand, placeIn, runWith } from './wiring-advice.ts';

/** The edits of the managers' files, and what is to be said about managers that may not have the handlers file. */
export interface Wiring {
  readonly splices: ReadonlyMap<string, readonly Splice[]>;
  readonly notes: readonly Finding[];
}

/** What cannot be told of the files that a manager starts. */
function startsOthers({ manager, entry, others }: LocatedManager, place: Place): readonly Finding[] {
  const path = handlersOption(entry, place.path);
  if (others.every((one) => one !== null && handlersOption(one, place.path) === path)) return [];
  return [finding('DC-H5', { what: manager.node.arguments?.[0]?.getText() ?? '', path: `'${path}'` })];
}

/** What wiring depends on beside the place. */
export interface WireOptions {
  /** Files that may not change. */
  readonly excluded: ReadonlySet<string>;
  /** Whether managers become ClusterManagers. */
  readonly core: boolean;
  readonly info: PackageInfo;
  /** The bots that load the package, where several do. */
  readonly bots: readonly PackageSites[];
  /** The command that runs again with more files. */
  readonly again: (files: readonly string[]) => string;
  /** What else has to do with the handlers file, so that no manager is given it. */
  readonly other?: string;
}

/** Why managers would not have their handlers. */
interface Unwired {
  readonly why: readonly string[];
  /** The files that a run would have to be given as well, where nothing else stands in the way. */
  readonly missing: readonly string[];
  /** Whether all that is not known is the file that managers of this run start, so that --entry would name it. */
  readonly lacksEntry?: boolean;
}

/** Managers of the bot that a run was not given, by whether they load the handlers file; those among its paths come first. */
function notGiven({ outside, elsewhere, entry, path }: Place) {
  const ofBot = elsewhere.filter((one) => one.entry.path === entry.path);
  const done = ofBot.filter((one) => loads(one, path)).map(({ manager }) => manager);
  // Where one of them is the bot's, those of other bots are not asked.
  const asked = done.length === 0 ? outside : ofBot.map(({ manager }) => manager);
  return { done, others: asked.filter((one) => !done.includes(one)) };
}

/** Whether a manager could be wired if the file that it starts were known, which its argument does not tell. */
const lacksFile = (manager: ManagerSite, core: boolean): boolean =>
  manager.started === null && typeof handlersGiven(manager, core).add !== 'string';

/** What would not have its handlers: managers whose bot file is not known, beside those that are. */
function unknownManagers(place: Place, { info, core }: Pick<WireOptions, 'info' | 'core'>): Unwired {
  const { managers, unlocated, foreign } = place;
  // What a test starts is no bot that waits for an answer.
  const isTested = ({ file }: ManagerSite): boolean => isForTests(file.source.path, foldersOf(info));
  const asking = managers.length > 0 ? unlocated.filter((one) => !isTested(one)) : unlocated;
  const unknown = asking.map((one) => `the file that the manager at ${placeIn(info, one)} starts is not known`);
  if (managers.length > 0 || unknown.length > 0)
    return {
      why: unknown,
      missing: [],
      lacksEntry: managers.length === 0 && asking.every((one) => lacksFile(one, core)),
    };
  const { done, others } = notGiven(place);
  if (others.length > 0) {
    const why = others.map((one) => `the manager at ${placeIn(info, one)} is not among the given paths`);
    return { why, missing: others.map(({ file }) => file.source.path) };
  }
  if (done.length > 0) return { why: [], missing: [] };
  if (foreign.length === 0) return { why: ['no manager among the given paths names this bot'], missing: [] };
  const owned = foreign.map((one) => `the manager at ${shownPlace(one, info.root)} is the one of ${one.owner}`);
  return { why: owned, missing: [] };
}

/** Says that several bots load the package. */
const saidOfBots = (bots: readonly PackageSites[], root: string): string =>
  `several bots load this package, ${listed(bots.map(({ info }) => shown(info.root, root)))}, and it belongs to none of them`;

/** Why handlers have no place: no bot file was found. */
export const unknownHome = (bots: readonly PackageSites[], cwd: string): Finding =>
  finding('DC-H1', { why: bots.length === 0 ? '' : ` (${saidOfBots(bots, cwd)}: name the file of one of them)` });

/** The managers of bots that do not load a handlers file. */
const openOf = (bots: readonly PackageSites[], path: string): readonly LocatedManager[] =>
  bots.flatMap((one) => locateAll(one, one.managers)).filter((one) => !loads(one, path));

/** What would not have its handlers, of one bot or of several that load the package. */
function unwiredManagers(place: Place, given: Pick<WireOptions, 'info' | 'core' | 'bots'>): Unwired {
  const { info, bots } = given;
  if (bots.length === 0) return unknownManagers(place, given);
  const all = bots.flatMap(({ managers }) => managers).length;
  const located = bots.flatMap((one) => locateAll(one, one.managers)).length;
  const isOpen = located < all || openOf(bots, place.path).length > 0;
  return { why: isOpen ? [saidOfBots(bots, info.root)] : [], missing: [] };
}

/** The names that a manager would have twice with the handlers file in it: no cluster starts then. */
function doubleNames(manager: LocatedManager, { existing }: Place): readonly string[] {
  if (existing === null || existing === 'unreadable') return [];
  const others = wiredFiles(manager).flatMap((file) => exportedHandlers(file, true).names ?? []);
  return [...existing.handlers.keys()].filter((name) => others.includes(name));
}

/** The splices that wire the handlers file into a manager; a text says why there are none. */
function wireManager(located: LocatedManager, place: Place, core: boolean): readonly Splice[] | string {
  const { manager, entry } = located;
  if (loads(located, place.path)) return [];
  const double = doubleNames(located, place);
  if (double.length > 0)
    return `another file has handlers of the same names (${double.join(', ')}), which have to be renamed first`;
  const { add } = handlersGiven(manager, core);
  const style = styleOf(manager.file.source.text);
  return typeof add === 'string' ? add : add(quoted(handlersOption(entry, place.path), style.quote), style);
}

/** Whether two edits of one place differ: options that managers of several bots share. */
const disagree = (some: readonly Splice[], others: readonly Splice[]): boolean =>
  some.some((a) => others.some((b) => a.start === b.start && a.text !== b.text));

/** Wires the handlers file into every manager of a package. */
export function wire(place: Place, { excluded, core, info, bots, again, other }: WireOptions): Wiring {
  const splices = new Map<string, readonly Splice[]>();
  const unwiredOnes: Unwired =
    other === undefined ? unwiredManagers(place, { info, core, bots }) : { why: [other], missing: [] };
  const { missing, lacksEntry = false } = unwiredOnes;
  const failed = [...unwiredOnes.why];
  for (const located of place.managers) {
    const { path } = located.manager.file.source;
    const before = splices.get(path) ?? [];
    const written = wireManager(located, place, core);
    if (typeof written === 'string') failed.push(written);
    else if (excluded.has(path)) failed.push('the file of the manager could not be rewritten');
    else if (disagree(written, before)) failed.push('managers of bots in several folders share their options');
    else splices.set(path, [...before, ...written]);
  }
  const advice =
    missing.length > 0
      ? runWith(missing, again)
      : byHand(place, { info, core, excluded, lacksEntry }, openOf(bots, place.path));
  // Into others it went.
  const done = place.managers.filter(({ manager }) => splices.has(manager.file.source.path));
  const where = done.map(({ manager }) => placeIn(info, manager)).join(', ');
  const what = [...failed, ...(where === '' ? [] : [`into the one at ${where} it was`])].join('; ');
  const unwired = failed.length === 0 ? [] : [finding('DC-H2', { what, advice })];
  return { splices, notes: [...unwired, ...place.managers.flatMap((one) => startsOthers(one, place))] };
}
