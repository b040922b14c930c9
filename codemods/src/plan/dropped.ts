/** plan/dropped: what earlier rounds of planning took out of a plan, and why more of it has to go. */
import type { DirectPlan } from '../calls/idioms/direct.ts';
import { generatedAmong } from '../project/generated.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { PackageSites, Site } from '../sites/sites.ts';
import { shownPlace } from '../syntax/source-place.ts';
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

/** Calls that are rewritten although what they stand in, or what stands in them, is left. */
function tornApart(decisions: readonly Decision[]): readonly Site[] {
  const rewritten = new Map(
    decisions.flatMap(({ site, rewritten }) =>
      site.verdict.kind === 'call' ? [[site.verdict.plan, { site, rewritten }] as const] : [],
    ),
  );
  return [...rewritten].flatMap(([{ nested }, outer]) =>
    nested.flatMap((plan) => {
      const inner = rewritten.get(plan);
      if (inner === undefined || inner.rewritten === outer.rewritten) return [];
      return [inner.rewritten ? inner.site : outer.site];
    }),
  );
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

/** Takes calls out that are torn from what they stand in. @returns whether there were any */
export function dropTorn(decisions: readonly Decision[], dropped: Dropped): boolean {
  const torn = tornApart(decisions);
  for (const site of torn) dropped.sites.set(site, finding('DC-W4'));
  return torn.length > 0;
}

/** Nothing yet but the files that are generated. */
export function nothingDropped(group: PackageSites): Dropped {
  return { files: new Set(generatedAmong(group.files)), sites: new Map(), direct: insideOthers(group), core: null };
}
