/** plan/dropped: what earlier rounds of planning took out of a plan, and why more of it has to go. */
import type { DirectPlan } from '../calls/idioms/direct.ts';
import { generatedAmong } from '../project/generated.ts';
import { leftWith } from '../rules/left-together.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { PackageSites, Site } from '../sites/sites.ts';
import { shownPlace } from '../syntax/source-place.ts';
import { positionOf } from '../syntax/syntax.ts';
import type { Decision, PlannedFile } from './decision.ts';

/** What earlier rounds took out of the plan: whole files, and single sites with their reason. */
export interface Dropped {
  readonly files: Set<string>;
  readonly sites: Map<Site, Finding>;
  /** Calls that a method of the cluster cannot do after all: they get a handler. */
  readonly direct: Set<Site>;
  /** Why the managers cannot be ClusterManagers after all. */
  core: string | null;
}

/** The method of the cluster that a call becomes, as long as that holds. */
export function directOf(site: Site, dropped: Dropped): DirectPlan | null {
  const { verdict } = site;
  return verdict.kind !== 'call' || dropped.direct.has(site) ? null : verdict.plan.direct;
}

/** Takes files out whose result would not parse. @returns whether there were any */
export function dropBroken(group: PackageSites, broken: readonly PlannedFile[], dropped: Dropped): boolean {
  const fresh = broken.filter((file) => !dropped.files.has(file.path));
  for (const file of fresh) dropped.files.add(file.path);
  // A broken handlers file cannot be blamed on one call: nothing that needs it is rewritten.
  if (fresh.some((file) => !group.files.some((one) => one.source.path === file.path))) {
    for (const file of group.files) dropped.files.add(file.source.path);
  }
  return fresh.length > 0;
}

/** Calls inside the function of another stay requests of its handler. */
function insideOthers(group: PackageSites): Set<Site> {
  const plans = group.sites.flatMap(({ verdict }) => (verdict.kind === 'call' ? verdict.plan.nested : []));
  return new Set(group.sites.filter(({ verdict }) => verdict.kind === 'call' && plans.includes(verdict.plan)));
}

/** Two decisions about a call and one inside it. */
interface Pair {
  readonly outer: Decision;
  readonly inner: Decision;
}

/** Calls that stand in the function of another. */
function pairsOf(decisions: readonly Decision[]): readonly Pair[] {
  const byPlan = new Map(
    decisions.flatMap((one) => (one.site.verdict.kind === 'call' ? [[one.site.verdict.plan, one] as const] : [])),
  );
  return [...byPlan].flatMap(([{ nested }, outer]) =>
    nested.flatMap((plan) => {
      const inner = byPlan.get(plan);
      return inner === undefined ? [] : [{ outer, inner }];
    }),
  );
}

/** Why one of two is left where the other is. */
function forOther({ site, findings }: Decision): Finding {
  const [why = null] = findings;
  return why?.code === 'DC-W4' ? why : leftWith(positionOf(site.file.tree, site.at).line, why);
}

/** The decisions with what calls are left for that are left for one inside them or around them. */
export function withOthersReasons(decisions: readonly Decision[]): readonly Decision[] {
  const pairs = pairsOf(decisions);
  return decisions.map((one) => {
    const [why] = one.findings;
    if (one.rewritten || why?.code !== 'DC-W4' || why.details.why !== undefined) return one;
    const others = pairs.flatMap(({ outer, inner }) => (outer === one ? [inner] : inner === one ? [outer] : []));
    const other = others.find(({ rewritten, findings }) => !rewritten && findings[0]?.code !== 'DC-W4');
    return other === undefined ? one : { ...one, findings: [forOther(other)] };
  });
}

/** Takes the sites out that brought an error; a call that need not ask a method of the cluster gets its handler first. */
export function dropBlamed(blamed: ReadonlyMap<Site, Finding>, dropped: Dropped): void {
  for (const [site, why] of blamed) {
    if (directOf(site, dropped) !== null) {
      dropped.direct.add(site);
      continue;
    }
    const hidden = site.verdict.kind === 'call' && site.verdict.plan.silenced;
    dropped.sites.set(site, hidden ? finding('DC-G3') : why);
    // Without the import nothing else of the new class can stand in that file.
    if (site.verdict.kind === 'swap') dropped.files.add(site.file.source.path);
  }
}

/**
 * Keeps managers from being ClusterManagers for an error in a file that builds one or names its class.
 *
 * @returns whether there is one
 */
export function dropCore(group: PackageSites, blamed: ReadonlyMap<Site, Finding>, dropped: Dropped): boolean {
  const named = new Set(group.managers.map(({ file }) => file));
  for (const { file, verdict } of group.sites) if (verdict.kind === 'swap') named.add(file);
  const found = [...blamed].find(([{ file }]) => named.has(file));
  if (found === undefined) return false;
  const [{ file, at }, { details }] = found;
  const place = { path: file.source.path, tree: file.tree, at: Number(details.at ?? at) };
  dropped.core = `${String(details.error ?? details.what).replace(/\.$/, '')}, at ${shownPlace(place, group.info.root)}`;
  return true;
}

/**
 * Takes calls out that are rewritten although what they stand in, or what stands in them, is left. The reason of that
 * one is kept: in the next round it would be left for want of the other.
 *
 * @returns whether there were any
 */
export function dropTorn(decisions: readonly Decision[], dropped: Dropped): boolean {
  const torn = pairsOf(decisions).filter(({ outer, inner }) => outer.rewritten !== inner.rewritten);
  for (const { outer, inner } of torn) {
    const [rewritten, left] = outer.rewritten ? [outer, inner] : [inner, outer];
    const [why] = left.findings;
    if (why !== undefined) dropped.sites.set(left.site, why);
    dropped.sites.set(rewritten.site, forOther(left));
  }
  return torn.length > 0;
}

/** Nothing yet but the files that are generated. */
export function nothingDropped(group: PackageSites): Dropped {
  return { files: new Set(generatedAmong(group.files)), sites: new Map(), direct: insideOthers(group), core: null };
}
