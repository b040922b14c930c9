/** plan/manager-notes: what the new manager brings about is said once, where the manager is built. */
import { relative, sep } from 'node:path';
import { isForTests } from '../handlers/handler-names.ts';
import type { Mention } from '../managers/mentions.ts';
import { foldersOf } from '../project/package-info.ts';
import { toldApart } from '../rules/areas.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { PackageSites, Site } from '../sites/sites.ts';
import { positionOf } from '../syntax/syntax.ts';
import { type CoreMove, hasSubclass } from './core.ts';
import type { Decision } from './decision.ts';
import { countsTaken } from './own-counts.ts';
import { shardIdPlaces } from './shard-ids.ts';

const withNotes = (decision: Decision, notes: readonly Finding[]): Decision => ({
  ...decision,
  findings: [...decision.findings, ...notes],
});

const isCall = ({ site, rewritten }: Decision): boolean => rewritten && site.verdict.kind === 'call';

const isSwap = ({ site, rewritten }: Decision): boolean => rewritten && site.verdict.kind === 'swap';

/** The import of the manager's class, in a file that builds or extends one and that this run moves to shardlift. */
function managerOf(group: PackageSites, decisions: readonly Decision[]): Decision | undefined {
  const building = new Set(group.managers.map(({ file }) => file));
  const swaps = decisions.filter(isSwap);
  const built = swaps.filter(({ site }) => building.has(site.file));
  // What a test starts is not the bot.
  const own = built.find(({ site }) => !isForTests(site.file.source.path, foldersOf(group.info)));
  return own ?? built[0] ?? swaps.find(({ site }) => hasSubclass(site.file));
}

/** The module a mention takes its class from. */
export function moduleOf(mention: Mention): string | null {
  if (mention.kind === 'required') return mention.module.text;
  return mention.kind === 'import' || mention.kind === 'member' ? mention.binding.specifier : null;
}

/** Says at the import of the manager's class what `--core` made of it. */
export function withCore(
  group: PackageSites,
  decisions: readonly Decision[],
  { note, moved }: CoreMove,
): readonly Decision[] {
  const said = managerOf(group, decisions) ?? decisions.find(isSwap);
  return decisions.map((one) => {
    if (!isSwap(one) || one.site.verdict.kind !== 'swap') return one;
    // What comes from shardlift/compat already, and stays, is not rewritten.
    const kept = !moved && moduleOf(one.site.verdict.mention) === 'shardlift/compat';
    const why = note ?? finding('DC-M6', { what: 'a manager that is built elsewhere' });
    if (kept) return { ...one, rewritten: false, findings: [why] };
    const findings = note === null || one !== said ? one.findings : [...one.findings, note];
    return { ...one, findings, core: moved };
  });
}

const countsUsers = ({ code }: Finding): boolean => code === 'DC-P3';

function placesOf(group: PackageSites, sites: readonly Site[]): string {
  const places = sites.map((site) => {
    const path = relative(group.info.root, site.file.source.path).split(sep).join('/');
    return `${path}:${positionOf(site.file.tree, site.at).line}`;
  });
  return places.join(', ');
}

/** Users are cached once per process as soon as the manager is ours, whether a call is rewritten or not. */
function usersSaidOnce(group: PackageSites, decisions: readonly Decision[]): readonly Decision[] {
  const manager = managerOf(group, decisions);
  const counting = decisions.filter((one) => isCall(one) && one.findings.some(countsUsers));
  if (manager === undefined || counting.length === 0) return decisions;
  const places = placesOf(
    group,
    counting.map(({ site }) => site),
  );
  const note = finding('DC-P3', { counts: `the numbers of users in ${places} become` });
  return decisions.map((one) => {
    if (one === manager) return withNotes(one, [note]);
    return isCall(one) ? { ...one, findings: one.findings.filter((it) => !countsUsers(it)) } : one;
  });
}

/** A bot that reads which shard it is, or how much that has, gets all those of its process, once its manager is ours. */
function shardsSaid(group: PackageSites, decisions: readonly Decision[]): readonly Decision[] {
  const manager = managerOf(group, decisions);
  // The clusters of discord-hybrid-sharding had several all along.
  if (manager === undefined || manager.site.method === 'discord-hybrid-sharding') return decisions;
  const places = manager.core === true ? [] : shardIdPlaces(group, decisions);
  const notes = places.length === 0 ? [] : [finding('DC-P5', { places: places.join(', ') })];
  const assumptions = countsTaken(group, decisions);
  return decisions.map((one) => {
    if (one !== manager) return one;
    return { ...withNotes(one, notes), assumptions: [...one.assumptions, ...assumptions] };
  });
}

/**
 * Puts the notes on the manager where the manager is built; where this run does not move one, at the calls.
 *
 * @param notes - what is not certain, or not done, about the handlers file in the managers' options, and the like; said once
 */
export function saidAtManager(
  group: PackageSites,
  decisions: readonly Decision[],
  notes: readonly Finding[],
): readonly Decision[] {
  const settled = shardsSaid(group, usersSaidOnce(group, decisions));
  if (notes.length === 0) return settled;
  const { notes: said, assumptions: assumed } = toldApart(notes);
  const at = managerOf(group, settled) ?? settled.find(isCall) ?? settled.find(isSwap);
  return settled.map((one) => {
    if (one !== at) return one;
    return { ...one, findings: [...said, ...one.findings], assumptions: [...assumed, ...one.assumptions] };
  });
}
