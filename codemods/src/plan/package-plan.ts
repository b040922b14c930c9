/** plan/package-plan: all edits of one package, and the decision on each of its sites. Touches no file. */
import type { ManagerSite } from '../analyze/managers.ts';
import type { Mention } from '../analyze/mentions.ts';
import { parses } from '../analyze/program.ts';
import type { Splice } from '../analyze/receiver.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { PackageSites, Site } from '../sites.ts';
import { readSource, type SourceText, styleOf } from '../source.ts';
import { verifyPlan } from '../verify/verify.ts';
import { type Allocation, allocate } from './allocate.ts';
import { callSplices } from './callsite.ts';
import { applySplices } from './edits.ts';
import { handlersOption } from './entry.ts';
import { appendHandlers, createHandlers } from './handlers-file.ts';
import { importSplices } from './imports.ts';
import { manifestSplice } from './manifest.ts';
import { type Place, type PlaceOverrides, packageStyle, placeOf } from './place.ts';
import { unusedImports } from './unused.ts';
import { wireManager } from './wiring.ts';

/** One file as it will be. `before` is `null` for a file that does not exist yet. */
export interface PlannedFile {
  readonly path: string;
  readonly before: SourceText | null;
  readonly after: string;
  /** The edits that lead from one to the other, for positions; none for a new file. */
  readonly splices: readonly Splice[];
}

/** What is decided about one site. */
export interface Decision {
  readonly site: Site;
  readonly rewritten: boolean;
  /** Why it was left, or the notes beside it. */
  readonly findings: readonly Finding[];
  readonly handler: string | null;
}

/** The plan of one package. */
export interface PackagePlan {
  readonly files: readonly PlannedFile[];
  readonly decisions: readonly Decision[];
  /** Whether every changed file was checked and has no error it did not have before. */
  readonly verified: boolean;
}

/** What planning needs beside the package. */
export interface PlanSettings extends PlaceOverrides {
  /** Finds managers of the package in files that were not named. */
  readonly outsideManagers: (group: PackageSites) => readonly ManagerSite[];
}

const left = (site: Site, why: Finding): Decision => ({ site, rewritten: false, findings: [why], handler: null });

interface Wiring {
  readonly splices: ReadonlyMap<string, readonly Splice[]>;
  readonly failed: Finding | null;
}

function wire(place: Place, excluded: ReadonlySet<string>): Wiring {
  const splices = new Map<string, readonly Splice[]>();
  const path = handlersOption(place.entry, place.path);
  const fail = (what: string): Finding => finding('DC-H2', { what, path: `'${path}'` });
  let failed = place.managers.length === 0 ? fail('no ShardingManager among the given paths names this bot') : null;
  for (const { manager, entry } of place.managers) {
    const { source } = manager.file;
    const written = wireManager(manager, handlersOption(entry, place.path), styleOf(source.text));
    if (typeof written === 'string') failed = fail(written);
    else if (excluded.has(source.path)) failed = fail('the file of the manager could not be rewritten');
    else splices.set(source.path, [...(splices.get(source.path) ?? []), ...written]);
  }
  return { splices, failed };
}

/** The calls of a package that stay possible once it is known where handlers go. */
function placed(place: Place | null, dropped: Dropped): (site: Site) => Finding | null {
  return (site) => {
    if (site.verdict.kind === 'left') return site.verdict.finding;
    const refused = dropped.sites.get(site);
    if (refused !== undefined) return refused;
    if (dropped.files.has(site.file.source.path)) return finding('DC-V2');
    if (site.verdict.kind === 'swap') return null;
    if (place === null) return finding('DC-H1');
    return place.existing === 'unreadable' ? finding('DC-H3', { path: place.path }) : null;
  };
}

function starters(group: PackageSites, place: Place): ReadonlySet<string> {
  const managers = group.managers.map(({ file }) => file.source.path);
  return new Set([place.entry.path, ...managers]);
}

function decide(
  group: PackageSites,
  blocked: (site: Site) => Finding | null,
  named: Allocation | null,
  unwired: Finding | null,
): readonly Decision[] {
  // One handlers file, one note: it stands at the first call that needs the file.
  let unsaid = unwired;
  return group.sites.map((site) => {
    const why = blocked(site) ?? named?.left.get(site) ?? null;
    if (why !== null) return left(site, why);
    if (site.verdict.kind !== 'call') return { site, rewritten: true, findings: [], handler: null };
    const { notes } = site.verdict.plan;
    const findings = unsaid === null ? notes : [...notes, unsaid];
    unsaid = null;
    return { site, rewritten: true, findings, handler: named?.names.get(site) ?? null };
  });
}

function handlersFile(place: Place, named: Allocation): readonly PlannedFile[] {
  const { path, kind, style, source, existing } = place;
  if (named.entries.length === 0 || existing === 'unreadable') return [];
  const after =
    source !== null && existing !== null
      ? appendHandlers(source, existing, named, kind, style)
      : createHandlers(named.entries, named.imports, kind, style);
  return [{ path, before: source, after, splices: [] }];
}

function manifestFile(group: PackageSites): readonly PlannedFile[] {
  const source = group.info.manifest === null ? null : readSource(group.info.manifest);
  if (source === null) return [];
  const splice = manifestSplice(source.path, source.text, styleOf(source.text));
  return splice === null
    ? []
    : [{ path: source.path, before: source, after: applySplices(source.text, [splice]), splices: [splice] }];
}

function sourceFiles(
  group: PackageSites,
  decisions: readonly Decision[],
  wiring: Wiring | null,
): readonly PlannedFile[] {
  const house = packageStyle(group);
  return group.files.flatMap((file) => {
    const { source } = file;
    const style = styleOf(source.text, house);
    const mine = decisions.filter((d) => d.rewritten && d.site.file === file);
    const swaps: Mention[] = mine.flatMap(({ site }) => (site.verdict.kind === 'swap' ? [site.verdict.mention] : []));
    const calls = mine.flatMap(({ site, handler }) =>
      site.verdict.kind === 'call' && handler !== null
        ? callSplices(site.verdict.plan, handler, source.text, style)
        : [],
    );
    const unused = unusedImports(
      file,
      mine.flatMap(({ site }) => (site.verdict.kind === 'call' ? [site.verdict.plan] : [])),
    );
    const splices = [
      ...orphans(mine),
      ...importSplices(file, { swaps, unused }, style),
      ...calls,
      ...(wiring?.splices.get(source.path) ?? []),
    ];
    const once = unique(splices);
    const after = applySplices(source.text, once);
    return after === source.text ? [] : [{ path: source.path, before: source, after, splices: once }];
  });
}

/** Functions that were passed by name and that no other line uses: they live in the handlers file now. */
function orphans(decisions: readonly Decision[]): readonly Splice[] {
  const plans = decisions.flatMap(({ site }) => (site.verdict.kind === 'call' ? [site.verdict.plan] : []));
  const replaced = (at: number): boolean => plans.some((plan) => plan.accessStart <= at && at < plan.callEnd);
  return plans.flatMap(({ reference }) => (reference?.uses.every(replaced) === true ? [reference.removal] : []));
}

/** Two calls that share an alias or an options object plan the same splice once. */
const unique = (splices: readonly Splice[]): readonly Splice[] => [
  ...new Map(splices.map((s) => [`${s.start}:${s.end}:${s.text}`, s])).values(),
];

type Draft = Omit<PackagePlan, 'verified'>;

/** What earlier rounds took out of the plan: whole files, and single sites with their reason. */
interface Dropped {
  readonly files: Set<string>;
  readonly sites: Map<Site, Finding>;
}

function planOnce(group: PackageSites, settings: PlanSettings, dropped: Dropped): Draft {
  const hasCalls = group.sites.some((site) => site.verdict.kind === 'call' && !dropped.sites.has(site));
  const outside = hasCalls && group.managers.length === 0 ? settings.outsideManagers(group) : [];
  const place = hasCalls ? placeOf(group, settings, outside) : null;
  const blocked = placed(place, dropped);
  const possible = group.sites.filter((site) => site.verdict.kind === 'call' && blocked(site) === null);
  const named = place === null ? null : allocate(possible, place, starters(group, place));
  const asks = named !== null && named.names.size > 0;
  const wiring = place !== null && asks ? wire(place, dropped.files) : null;
  const decisions = decide(group, blocked, named, wiring?.failed ?? null);
  const handlers = place !== null && named !== null ? handlersFile(place, named) : [];
  const files = [...sourceFiles(group, decisions, wiring), ...handlers];
  return { files: files.length === 0 ? [] : [...files, ...manifestFile(group)], decisions };
}

/** Takes files out whose result would not parse. @returns whether there were any */
function dropBroken(group: PackageSites, draft: Draft, dropped: Dropped): boolean {
  const broken = draft.files.filter((file) => !file.path.endsWith('.json') && !parses(file.path, file.after));
  const fresh = broken.filter((file) => !dropped.files.has(file.path));
  for (const file of fresh) dropped.files.add(file.path);
  // A broken handlers file cannot be blamed on one call: nothing that needs it is rewritten.
  if (fresh.some((file) => !group.files.some((one) => one.source.path === file.path))) {
    for (const file of group.files) dropped.files.add(file.source.path);
  }
  return fresh.length > 0;
}

/** Errors that come one after the other get this many rounds; then everything that could have brought them is left. */
const maxRounds = 4;

/** Plans a package; what would not parse or not type-check is left out and the rest is planned again. */
export function planPackage(group: PackageSites, settings: PlanSettings): PackagePlan {
  const dropped: Dropped = { files: new Set(), sites: new Map() };
  for (let round = 0; ; round += 1) {
    const draft = planOnce(group, settings, dropped);
    if (dropBroken(group, draft, dropped)) continue;
    const { checked, blamed } = verifyPlan(group, { ...draft, verified: false });
    if (blamed.size === 0) return { ...draft, verified: checked };
    for (const [site, why] of blamed) {
      dropped.sites.set(site, why);
      // Without the import nothing else of the new class can stand in that file.
      if (site.verdict.kind === 'swap') dropped.files.add(site.file.source.path);
    }
    if (round >= maxRounds) {
      const [why = finding('DC-V2')] = blamed.values();
      for (const site of group.sites) if (site.verdict.kind !== 'left') dropped.sites.set(site, why);
    }
  }
}
