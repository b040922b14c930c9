/** plan/package-plan: all edits of one package, and the decision on each of its sites. Touches no file. */
import type { ManagerSite } from '../analyze/managers.ts';
import type { Mention } from '../analyze/mentions.ts';
import { parses } from '../analyze/program.ts';
import type { Splice } from '../analyze/receiver.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { PackageSites, Site } from '../sites.ts';
import { readSource, type SourceText, styleOf } from '../source.ts';
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
function placed(place: Place | null, excluded: ReadonlySet<string>): (site: Site) => Finding | null {
  return (site) => {
    if (site.verdict.kind === 'left') return site.verdict.finding;
    if (excluded.has(site.file.source.path)) return finding('DC-V2');
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
  return group.sites.map((site) => {
    const why = blocked(site) ?? named?.left.get(site) ?? null;
    if (why !== null) return left(site, why);
    if (site.verdict.kind !== 'call') return { site, rewritten: true, findings: [], handler: null };
    const notes = unwired === null ? site.verdict.plan.notes : [...site.verdict.plan.notes, unwired];
    return { site, rewritten: true, findings: notes, handler: named?.names.get(site) ?? null };
  });
}

function handlersFile(place: Place, named: Allocation): readonly PlannedFile[] {
  const { path, kind, style, source, existing } = place;
  if (named.entries.length === 0 || existing === 'unreadable') return [];
  const after =
    source !== null && existing !== null
      ? appendHandlers(source, existing, named, kind, style)
      : createHandlers(named.entries, named.imports, kind, style);
  return [{ path, before: source, after }];
}

function manifestFile(group: PackageSites): readonly PlannedFile[] {
  const source = group.info.manifest === null ? null : readSource(group.info.manifest);
  if (source === null) return [];
  const splice = manifestSplice(source.path, source.text, styleOf(source.text));
  return splice === null ? [] : [{ path: source.path, before: source, after: applySplices(source.text, [splice]) }];
}

function sourceFiles(
  group: PackageSites,
  decisions: readonly Decision[],
  wiring: Wiring | null,
): readonly PlannedFile[] {
  return group.files.flatMap((file) => {
    const { source } = file;
    const style = styleOf(source.text, packageStyle(group));
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
      ...importSplices(file, { swaps, unused }, style),
      ...calls,
      ...(wiring?.splices.get(source.path) ?? []),
    ];
    const after = applySplices(source.text, unique(splices));
    return after === source.text ? [] : [{ path: source.path, before: source, after }];
  });
}

/** Two calls that share an alias or an options object plan the same splice once. */
const unique = (splices: readonly Splice[]): readonly Splice[] => [
  ...new Map(splices.map((s) => [`${s.start}:${s.end}:${s.text}`, s])).values(),
];

function planOnce(group: PackageSites, settings: PlanSettings, excluded: ReadonlySet<string>): PackagePlan {
  const hasCalls = group.sites.some((site) => site.verdict.kind === 'call');
  const outside = hasCalls && group.managers.length === 0 ? settings.outsideManagers(group) : [];
  const place = hasCalls ? placeOf(group, settings, outside) : null;
  const blocked = placed(place, excluded);
  const possible = group.sites.filter((site) => site.verdict.kind === 'call' && blocked(site) === null);
  const named = place === null ? null : allocate(possible, place, starters(group, place));
  const asks = named !== null && named.names.size > 0;
  const wiring = place !== null && asks ? wire(place, excluded) : null;
  const decisions = decide(group, blocked, named, wiring?.failed ?? null);
  const handlers = place !== null && named !== null ? handlersFile(place, named) : [];
  const files = [...sourceFiles(group, decisions, wiring), ...handlers];
  return { files: files.length === 0 ? [] : [...files, ...manifestFile(group)], decisions };
}

/** Plans a package; files whose result would not parse are left out and the rest is planned again. */
export function planPackage(group: PackageSites, settings: PlanSettings): PackagePlan {
  const excluded = new Set<string>();
  for (;;) {
    const plan = planOnce(group, settings, excluded);
    const broken = plan.files.filter((file) => !file.path.endsWith('.json') && !parses(file.path, file.after));
    const fresh = broken.filter((file) => !excluded.has(file.path));
    if (fresh.length === 0) return plan;
    for (const file of fresh) excluded.add(file.path);
    // A broken handlers file cannot be blamed on one call: nothing that needs it is rewritten.
    if (fresh.some((file) => !group.files.some((one) => one.source.path === file.path))) {
      for (const file of group.files) excluded.add(file.source.path);
    }
  }
}
