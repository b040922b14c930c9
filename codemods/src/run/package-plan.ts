/** run/package-plan: all edits of one package, and the decision on each of its sites. Touches no file. */
import { dirname } from 'node:path';
import { type Allocation, allocate } from '../handlers/allocate.ts';
import type { Place } from '../handlers/place.ts';
import { absentNotes } from '../plan/absent-note.ts';
import { answerNotes } from '../plan/answer-note.ts';
import { clusterNotes } from '../plan/cluster-note.ts';
import { coreMove, noMove, refusedMove } from '../plan/core.ts';
import type { Decision, PackagePlan, PlannedFile, PlanSettings } from '../plan/decision.ts';
import {
  type Dropped,
  directOf,
  dropBlamed,
  dropBroken,
  dropCore,
  dropTorn,
  nothingDropped,
  withOthersReasons,
} from '../plan/dropped.ts';
import { type HalfAlone, halfAlone, saidOfHalf } from '../plan/half-alone.ts';
import { handlersFiles, homeOf, wiringOf } from '../plan/home.ts';
import { asksHalves, isOfDiscord, outsideHalf, tornHalves } from '../plan/hybrid-halves.ts';
import { wiredLater } from '../plan/later-wired.ts';
import { saidAtManager, withCore } from '../plan/manager-notes.ts';
import { asksOutside, outsideOwner, stayingUser } from '../plan/manager-users.ts';
import { manifestSplices } from '../plan/manifest.ts';
import { placed, type Staying } from '../plan/placed.ts';
import { sourceFiles } from '../plan/source-files.ts';
import { stayingManager, stayingOutside } from '../plan/staying.ts';
import { unknownHome } from '../plan/wiring.ts';
import { readPackage } from '../project/package-info.ts';
import { readSource, styleOf } from '../project/source.ts';
import { assumption } from '../rules/assumption.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import { nothingOutside, type Outside } from '../sites/outside.ts';
import type { PackageSites, Site } from '../sites/sites.ts';
import { applySplices } from '../syntax/edits.ts';
import { withoutDirectives } from '../verify/directives.ts';
import { resultOf } from '../verify/result.ts';
import { type Verdict, verifyPlan } from '../verify/verify.ts';

const left = (site: Site, why: Finding): Decision => ({
  site,
  rewritten: false,
  findings: [why],
  assumptions: [],
  handler: null,
});

function starters(group: PackageSites, place: Place): ReadonlySet<string> {
  const managers = group.managers.map(({ file }) => file.source.path);
  return new Set([place.entry.path, ...managers]);
}

interface Asked {
  /** Why a site has to stay, as far as that is known before handlers have names. */
  readonly blocked: (site: Site) => Finding | null;
  readonly named: Allocation | null;
  readonly dropped: Dropped;
}

/** What discord-hybrid-sharding says instead of discord.js. */
const hybridTakes = { library: 'discord-hybrid-sharding up to 1.3', part: 'cluster' };

/** The comments that go with an import that moves, and what it does not know the arguments of. */
function ofImport({ verdict }: Site): readonly Finding[] {
  const { unused = [], unnamed = [], mention = null } = verdict.kind === 'swap' ? verdict : {};
  const library = mention?.kind === 'module' ? hybridTakes : {};
  return [
    ...(unused.length === 0 ? [] : [finding('DC-V3', { where: unused.join(', ') })]),
    ...(unnamed.length === 0 ? [] : [finding('DC-M19', { where: unnamed.join(', '), ...library })]),
  ];
}

/** What is taken for granted of calls of which nothing tells whether they start shards. */
function assumedAt({ verdict }: Site): readonly Finding[] {
  const { unknown = [], mention = null } = verdict.kind === 'swap' ? verdict : {};
  const library = mention?.kind === 'module' ? hybridTakes : {};
  return unknown.length === 0 ? [] : [assumption('DC-A9', unknown, library)];
}

function decide(group: PackageSites, { blocked, named, dropped }: Asked): readonly Decision[] {
  return group.sites.map((site) => {
    const why = blocked(site) ?? named?.left.get(site) ?? null;
    if (why !== null) return left(site, why);
    if (site.verdict.kind !== 'call')
      return { site, rewritten: true, findings: ofImport(site), assumptions: assumedAt(site), handler: null };
    const direct = directOf(site, dropped);
    if (direct !== null)
      return { site, rewritten: true, findings: direct.notes, assumptions: [], handler: null, direct };
    const { notes: findings, assumptions } = site.verdict.plan;
    return { site, rewritten: true, findings, assumptions, handler: named?.names.get(site) ?? null };
  });
}

/** The package.json of each package that gets files. */
function manifestFiles({ info }: PackageSites, files: readonly PlannedFile[]): readonly PlannedFile[] {
  const written = files.map(({ path }) => readPackage(dirname(path), info.root));
  const own =
    info.parts.length === 0 ? [info] : info.parts.filter(({ root }) => written.some((one) => one.root === root));
  const changed = [...own, ...written].map(({ manifest }) => manifest);
  return files.length === 0 ? [] : [...new Set(changed)].flatMap(manifestFile);
}

function manifestFile(path: string | null): readonly PlannedFile[] {
  const source = path === null ? null : readSource(path);
  if (source === null) return [];
  const splices = manifestSplices(source.path, source.text, styleOf(source.text));
  if (splices.length === 0) return [];
  return [{ path: source.path, before: source, after: applySplices(source.text, splices), splices }];
}

type Draft = Omit<PackagePlan, 'verified'> & { readonly core: boolean };

/** What a round of planning knows beside the package. */
interface Known {
  readonly dropped: Dropped;
  readonly outside: Outside;
  readonly alone: HalfAlone | null;
}

/** What has to stay, and why. */
function stayingOf(group: PackageSites, { dropped, outside, alone }: Known, cwd: string): Staying {
  const torn = outsideHalf(group, outside, cwd) ?? tornHalves(group, { dropped, cwd });
  const halves = torn ?? alone?.stays ?? null;
  const user = stayingUser(group, outside, { dropped, cwd });
  return {
    manager: stayingManager(group, { dropped, cwd }) ?? stayingOutside(outside, cwd),
    all: outsideOwner(group, outside, cwd),
    halves,
    one: (site) => (isOfDiscord(site) ? null : halves) ?? user(site),
  };
}

function planOnce(group: PackageSites, settings: PlanSettings, known: Known): Draft {
  const { dropped, outside, alone } = known;
  const bots = group.bots?.length ? group.bots : outside.bots;
  const asking = (site: Site): boolean => site.verdict.kind === 'call' && directOf(site, dropped) === null;
  const hasCalls = group.sites.some((site) => asking(site) && !dropped.sites.has(site));
  const home = hasCalls ? homeOf(group, settings, outside.managers) : null;
  const staying = stayingOf(group, known, settings.cwd);
  const blocked = placed(home, { dropped, cwd: settings.cwd, noHome: unknownHome(bots, settings.cwd) }, staying);
  const possible = group.sites.filter((site) => asking(site) && blocked(site) === null);
  const named = home === null ? null : allocate(possible, home.place, starters(group, home.place));
  const asks = named !== null && named.names.size > 0;
  const decided = withOthersReasons(decide(group, { blocked, named, dropped }));
  const core =
    settings.core !== true ? noMove : dropped.core !== null ? refusedMove(dropped.core) : coreMove(group, decided);
  const wires = { excluded: dropped.files, core: core.moved, info: group.info, bots, again: settings.again };
  const moves = staying.manager === null && staying.all === null && staying.halves === null;
  const later = asks || !moves ? null : wiredLater(group, settings, wires);
  const wiring = home !== null && asks ? wiringOf(home, named, wires) : later;
  const noted = withCore(group, decided, core);
  const changes = [...answerNotes(group, noted), ...absentNotes(group, noted)];
  const notes = [...(wiring?.notes ?? []), ...clusterNotes(group, noted), ...changes];
  const decisions = saidOfHalf(saidAtManager(group, noted, notes), alone);
  const handlers = home !== null && named !== null ? handlersFiles(home, named, { group, wiring }) : [];
  const files = [
    ...sourceFiles(group, decisions, {
      ...{ wiring, core, names: named?.byKey ?? new Map() },
      home: asks ? (home?.place.path ?? null) : null,
    }),
    ...handlers,
  ];
  const unsaid = later?.notes.filter((one) => !decisions.some(({ findings }) => findings.includes(one))) ?? [];
  return { files: [...files, ...manifestFiles(group, files)], decisions, unsaid, core: core.moved };
}

/** Errors that come one after the other get this many rounds; then everything that could have brought them is left. */
const maxRounds = 8;

/** What is said of what is left although nothing tells that it brought an error. */
function ofNone(why: Finding): Finding {
  const details = { ...why.details, of: 'this bot' };
  return why.code === 'DC-V1' ? { ...why, details } : why;
}

/** Whether something is to be rewritten and the manager is not known. */
const lacksManager = ({ managers, sites }: PackageSites): boolean =>
  managers.length === 0 && sites.some(({ verdict }) => verdict.kind !== 'left');

/** What of the files that were not named has to be known: whose the manager is, or the other half of a bot. */
function outsideFor(group: PackageSites, { outside }: PlanSettings): Outside {
  if (lacksManager(group)) return outside(group);
  return asksHalves(group) || asksOutside(group) ? { ...outside(group), managers: [] } : nothingOutside;
}

/**
 * Calls that were tried in a way the check does not take. Without the directive that hid an error that has to be known;
 * `null` for what is missing stays where nothing speaks against it.
 */
function unsilenced(plan: Draft, checked: boolean, blamed: ReadonlyMap<Site, Finding>): ReadonlySet<Site> {
  const tried = plan.decisions.flatMap(({ site, rewritten }) => {
    const { verdict } = site;
    return rewritten && verdict.kind === 'call' && verdict.plan.instead !== null ? [site] : [];
  });
  const silenced = ({ verdict }: Site): boolean => verdict.kind === 'call' && verdict.plan.silenced;
  return new Set(tried.filter((site) => blamed.has(site) || (!checked && silenced(site))));
}

/** The package with what is to be done instead at some of its sites. */
function withInstead(group: PackageSites, sites: ReadonlySet<Site>): PackageSites {
  const other = (site: Site): Site => {
    const instead = sites.has(site) && site.verdict.kind === 'call' ? site.verdict.plan.instead : null;
    if (instead === null) return site;
    const verdict =
      'code' in instead ? ({ kind: 'left', finding: instead } as const) : ({ kind: 'call', plan: instead } as const);
    return { ...site, verdict };
  };
  return { ...group, sites: group.sites.map(other) };
}

/** Reads and checks a draft; `null` when something was taken out of it first, so that the rest is planned again. */
function checkDraft(
  group: PackageSites,
  draft: Draft,
  { settings, dropped, round }: { readonly settings: PlanSettings; readonly dropped: Dropped; readonly round: number },
): Verdict | null {
  const { files } = draft;
  const rerun = round === 0 ? '' : ', again without what brought errors';
  if (files.length > 0) settings.progress?.(`checking the result in ${files.length} files${rerun}`);
  const result = resultOf(group, draft);
  if (dropBroken(group, result.broken, dropped) || dropTorn(draft.decisions, dropped)) return null;
  return verifyPlan(draft, result);
}

/** The package with what can be done in another way, so that nothing has to be left for it yet; `null` where all was tried. */
function otherwise(group: PackageSites, draft: Draft, { checked, blamed, unused }: Verdict): PackageSites | null {
  const again = unsilenced(draft, checked, blamed);
  if (again.size > 0) return withInstead(group, again);
  return blamed.size === 0 && unused.length > 0 ? withoutDirectives(group, unused) : null;
}

/** Plans a package; what would not parse or not type-check is left out and the rest is planned again. */
export function planPackage(given: PackageSites, settings: PlanSettings): PackagePlan {
  let group = given;
  const dropped = nothingDropped(group);
  const outside = outsideFor(group, settings);
  const alone = halfAlone(group, outside, settings.cwd);
  for (let round = 0; ; round += 1) {
    const draft = planOnce(group, settings, { dropped, outside, alone });
    const { core, ...plan } = draft;
    const verdict = checkDraft(group, draft, { settings, dropped, round });
    if (verdict === null) continue;
    const { checked, blamed } = verdict;
    const other = otherwise(group, draft, verdict);
    if (other !== null) {
      group = other;
      continue;
    }
    if (blamed.size === 0) return { ...plan, verified: checked };
    if (core && dropCore(group, blamed, dropped)) continue;
    dropBlamed(blamed, dropped);
    if (round >= maxRounds) {
      const [why = finding('DC-V2')] = blamed.values();
      for (const site of group.sites)
        if (site.verdict.kind !== 'left' && !dropped.sites.has(site)) dropped.sites.set(site, ofNone(why));
    }
  }
}
