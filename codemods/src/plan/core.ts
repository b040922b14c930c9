/** plan/core: `--core` moves the manager to shardlift's own ClusterManager, where nothing of it is lost. */
import type { MemberUse } from '../managers/companions.ts';
import { coreManager } from '../managers/core-manager.ts';
import { coreNames } from '../managers/core-names.ts';
import { isClusterManager } from '../managers/manager-library.ts';
import type { Mention } from '../managers/mentions.ts';
import { managerClassOf } from '../modules/bindings.ts';
import { usesHybrid } from '../project/package-info.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { PackageSites, Site } from '../sites/sites.ts';
import type { Splice } from '../syntax/edits.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { shownPlace } from '../syntax/source-place.ts';
import { descendants } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { extendedBy } from '../values/class-owner.ts';
import type { Decision } from './decision.ts';
import { rangesOf, shardUse } from './shard-use.ts';

/** What becomes of the managers of a package: the edits of each file, or the note that says why they stay. */
export interface CoreMove {
  readonly splices: ReadonlyMap<ParsedFile, readonly Splice[]>;
  readonly note: Finding | null;
  readonly moved: boolean;
}

/** Nothing moves, and nobody asked. */
export const noMove: CoreMove = { splices: new Map(), note: null, moved: false };

/** Nothing moves, as the check does not take the result. */
export const refusedMove = (why: string): CoreMove => ({
  ...noMove,
  note: finding('DC-M6', { what: `a use of it that does not type-check as one (${why})` }),
});

/** Calls that are left need a ShardingManager or a ShardClientUtil. */
const isOpen = ({ site, rewritten }: Decision): boolean =>
  !rewritten && (site.method === 'broadcastEval' || site.method === 'fetchClientValues');

/** The class as discord.js has it, also where nothing is built: it is not the class of a ClusterManager. */
const isUnmoved = ({ site, rewritten, findings: [why] }: Decision): boolean =>
  !rewritten && site.method === 'ShardingManager' && (why?.code === 'DC-M3' || why?.code === 'DC-F1');

const isPlainImport = (mention: Mention): boolean =>
  (mention.kind === 'import' || mention.kind === 'member') && mention.method === 'ShardingManager';

function subclassIn(file: ParsedFile): ts.Node | undefined {
  return descendants(file.tree).find((node) => {
    const parent = ts.isClassLike(node) ? extendedBy(node) : undefined;
    return parent !== undefined && managerClassOf(file.checker, parent) !== null;
  });
}

/** Whether a file extends the class of a manager. */
export const hasSubclass = (file: ParsedFile): boolean => subclassIn(file) !== undefined;

/** Names that come with a manager and have no counterpart, or that are taken in a form that is not moved. */
function otherNames(decisions: readonly Decision[], place: (site: Site) => string): string | null {
  const places = new Map<string, readonly string[]>();
  for (const { site } of decisions) {
    const mention = site.verdict.kind === 'swap' ? site.verdict.mention : null;
    if (mention === null || isPlainImport(mention)) continue;
    const form = 'node' in mention ? `${mention.node.getText()}, which is not imported by its name` : mention.method;
    places.set(form, [...(places.get(form) ?? []), place(site)]);
  }
  const named = [...places].map(([name, at]) => `${name} (${[...new Set(at)].join(', ')})`);
  return named.length === 0 ? null : named.join('; ');
}

/** What of a package keeps its managers from being ClusterManagers, before they are looked at one by one. */
function obstacle(group: PackageSites, decisions: readonly Decision[]): string | null {
  const place = ({ file, at }: Site): string => placeIn(group, file, at);
  const others = otherNames(decisions, place);
  if (others !== null) return others;
  for (const file of group.files) {
    const subclass = subclassIn(file);
    if (subclass !== undefined)
      return `a class of your own that extends it, at ${placeIn(group, file, subclass.getStart())}`;
  }
  const untaken = decisions.find(isUnmoved);
  if (untaken !== undefined) return `${untaken.site.method} in a form that is left, at ${place(untaken.site)}`;
  const open = decisions.find(isOpen);
  if (open !== undefined) return `${open.site.method}, in a call that is left, at ${place(open.site)}`;
  return shardUse(group, decisions);
}

const placeIn = ({ info }: PackageSites, { source, tree }: ParsedFile, at: number): string =>
  shownPlace({ path: source.path, tree, at }, info.root);

/** The files whose import of the class moves, with the places that take it of a whole module. */
function movedFiles(decisions: readonly Decision[]): ReadonlyMap<ParsedFile, readonly MemberUse['node'][]> {
  const files = new Map<ParsedFile, readonly MemberUse['node'][]>();
  for (const { site } of decisions) {
    if (site.verdict.kind !== 'swap') continue;
    const { mention } = site.verdict;
    files.set(site.file, [...(files.get(site.file) ?? []), ...(mention.kind === 'member' ? [mention.node] : [])]);
  }
  return files;
}

/** Looks whether every manager of a package can be a ClusterManager. */
export function coreMove(group: PackageSites, decisions: readonly Decision[]): CoreMove {
  const stay = (what: string): CoreMove => ({ ...noMove, note: finding('DC-M6', { what }) });
  const managers = group.managers.filter((one) => usesHybrid(group.info) || !isClusterManager(one));
  if (managers.length === 0) return noMove;
  if (usesHybrid(group.info)) return { ...noMove, note: finding('DC-M10') };
  const why = obstacle(group, decisions);
  if (why !== null) return stay(why);
  const asked = rangesOf(decisions, ({ callEnd }, start) => [{ start, end: callEnd }]);
  const splices = new Map<ParsedFile, readonly Splice[]>();
  let perCluster = false;
  for (const [file, members] of movedFiles(decisions)) {
    const names = coreNames(file, members);
    if ('what' in names) return stay(`${names.what}, at ${placeIn(group, file, names.node.getStart())}`);
    splices.set(file, names);
  }
  const stays: string[] = [];
  for (const manager of managers) {
    const { file } = manager;
    const asks = (call: ts.Node): boolean =>
      asked.get(file.source.path)?.some(({ start, end }) => start === call.getStart() && end === call.end) === true;
    const core = coreManager(manager, asks);
    if (core.why !== null) {
      stays.push(`${core.why.what}, at ${placeIn(group, file, core.why.node.getStart())}`);
      continue;
    }
    splices.set(file, [...(splices.get(file) ?? []), ...core.splices]);
    perCluster ||= core.perCluster;
  }
  const [first, ...more] = stays;
  if (first !== undefined) return stay(more.length === 0 ? first : [first, ...more].join('; nor '));
  return { splices, note: perCluster ? finding('DC-M7') : null, moved: true };
}
