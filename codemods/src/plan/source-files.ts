/** plan/source-files: the files of a package with every edit in them. Touches no file. */
import type { CallPlan } from '../calls/call.ts';
import { askedText, callSplices, wrapperSplices } from '../calls/callsite.ts';
import type { Closure, WrapperPlan } from '../calls/understood.ts';
import { packageStyle } from '../handlers/place.ts';
import { companionsOf, type MemberUse } from '../managers/companions.ts';
import type { Mention } from '../managers/mentions.ts';
import { readSource, type StyledText, styleOf } from '../project/source.ts';
import type { PackageSites, Site } from '../sites/sites.ts';
import type { Splice } from '../syntax/edits.ts';
import { applySplices } from '../syntax/edits.ts';
import type { CoreMove } from './core.ts';
import { deadAliases } from './dead-aliases.ts';
import type { Decision, PlannedFile } from './decision.ts';
import { importSplices, movesFrom } from './imports.ts';
import { noneUnused, unusedImports } from './unused.ts';
import type { Wiring } from './wiring.ts';

/** What the edits of a file depend on beside the decisions. */
export interface Around {
  readonly wiring: Wiring | null;
  readonly core: CoreMove;
  /** The name of each handler, by its key. */
  readonly names: ReadonlyMap<string, string>;
  /** The file that the handlers go to, where they go to one. */
  readonly home: string | null;
}

/** The edits of the calls of one file; those inside another call are part of its handler. */
function callsOf(
  decisions: readonly Decision[],
  names: ReadonlyMap<string, string>,
  styled: StyledText,
): readonly Splice[] {
  const inner = new Set(plansOf(decisions).flatMap(({ nested }) => nested));
  return decisions.flatMap(({ site, handler, direct }) => {
    if (direct !== undefined) return direct.splices;
    if (site.verdict.kind !== 'call' || handler === null || inner.has(site.verdict.plan)) return [];
    const { plan } = site.verdict;
    const asked = askedText(plan, { name: handler, names }, styled);
    return callSplices(plan, asked, styled);
  });
}

/** Writes the files of a package as they will be; those that stay are left out. */
export function sourceFiles(
  group: PackageSites,
  decisions: readonly Decision[],
  { wiring, core, names, home }: Around,
): readonly PlannedFile[] {
  const house = packageStyle(group);
  const changed = group.files.flatMap((file): readonly PlannedFile[] => {
    const { source } = file;
    const style = styleOf(source.text, house);
    const mine = decisions.filter((d) => d.rewritten && d.site.file === file);
    const swaps: Mention[] = mine.flatMap(({ site }) => (site.verdict.kind === 'swap' ? [site.verdict.mention] : []));
    const members = swaps.filter((one) => one.kind === 'member');
    const companions = companionsOf(file, swaps, movesFrom(core.moved));
    const calls = callsOf(mine, names, { text: source.text, style });
    const wrappers = wrappersOf(decisions);
    const told = wrappers.flatMap((one) => wrapperSplices(one, names, { path: source.path, style }));
    const closures = closuresOf(mine, wrappers).filter(({ path }) => path === source.path);
    const replaced = [...members, ...companions.members].map(replacedBy);
    const gone = [...plansOf(mine), ...closures, ...retyped(wrappers, source.path), ...replaced];
    // What a handler that stands here uses is still used.
    const unused = source.path === home ? noneUnused : unusedImports(file, gone);
    const receivers = plansOf(mine).flatMap(({ receiverSplices }) => receiverSplices);
    const splices = [
      ...deadAliases(file, receivers),
      ...orphans(mine, closures),
      ...besides(decisions, source.path),
      ...importSplices(file, { swaps, companions, unused, core: core.moved }, style),
      ...(core.splices.get(file) ?? []),
      ...calls,
      ...told,
      ...(wiring?.splices.get(source.path) ?? []),
    ];
    const once = unique(splices);
    const after = applySplices(source.text, once);
    return after === source.text ? [] : [{ path: source.path, before: source, after, splices: once }];
  });
  return [...changed, ...otherFiles(group, decisions)];
}

/** The types that the parameters of wrappers lose in a file, and those that their callers write there. */
const retyped = (wrappers: readonly WrapperPlan[], path: string) =>
  wrappers.flatMap(({ types, told }) => [
    ...types.filter((one) => one.path === path).map(({ start, end }) => ({ movedFrom: { start, end } })),
    ...told
      .filter((one) => one.path === path)
      .map(({ at, text }) => ({ movedFrom: { start: at, end: at }, result: text })),
  ]);

/** The functions that others hand over: callers of wrappers, and conditions. */
function closuresOf(decisions: readonly Decision[], wrappers: readonly WrapperPlan[]): readonly Closure[] {
  const choices = plansOf(decisions).flatMap(({ choice }) => choice?.closures ?? []);
  return [...wrappers.flatMap((one) => one.closures), ...choices];
}

/** Files without a mention that change with an import. */
function otherFiles({ files }: PackageSites, decisions: readonly Decision[]): readonly PlannedFile[] {
  const touched = decisions.flatMap(({ site, rewritten }) => (rewritten ? touchedBy(site) : []));
  const others = [...new Set(touched)].filter((path) => !files.some(({ source }) => source.path === path));
  return others.flatMap((path) => {
    const before = readSource(path);
    const splices = unique(besides(decisions, path));
    if (before === null || splices.length === 0) return [];
    return [{ path, before, after: applySplices(before.text, splices), splices }];
  });
}

/** What imports that move need of a file. */
const besides = (decisions: readonly Decision[], path: string): readonly Splice[] =>
  decisions.flatMap(({ rewritten, site: { verdict } }) => {
    const needed = rewritten && verdict.kind === 'swap' ? (verdict.beside ?? []) : [];
    return needed.flatMap((one) => (one.path === path ? [one.splice] : []));
  });

/** `Discord.ShardingManager` becomes `ShardingManager`: that name is used there no more. */
const replacedBy = ({ node: { pos, end } }: MemberUse) => ({ movedFrom: { start: pos, end } });

/** Functions and texts that were passed by name and that no other line uses: they live in the handlers file now. */
function orphans(decisions: readonly Decision[], closures: readonly Closure[]): readonly Splice[] {
  const plans = plansOf(decisions);
  const gone = [...plans.map(({ accessStart, callEnd }) => ({ start: accessStart, end: callEnd })), ...closures];
  const replaced = (at: number): boolean => gone.some(({ start, end }) => start <= at && at < end);
  const references = [...plans, ...closures].map(({ reference }) => reference);
  return [...references, ...plans.map(({ methodConst }) => methodConst)].flatMap((reference) =>
    reference?.uses.every(replaced) === true ? [reference.removal] : [],
  );
}

/** The wrappers whose callers are told names from now on. */
const wrappersOf = (decisions: readonly Decision[]): readonly WrapperPlan[] =>
  decisions.flatMap(({ site: { verdict }, rewritten }) =>
    rewritten && verdict.kind === 'call' && verdict.plan.wrapper !== null ? [verdict.plan.wrapper] : [],
  );

/** Two calls that share an alias or an options object plan the same splice once. */
const unique = (splices: readonly Splice[]): readonly Splice[] => [
  ...new Map(splices.map((s) => [`${s.start}:${s.end}:${s.text}`, s])).values(),
];

const plansOf = (decisions: readonly Decision[]): readonly CallPlan[] =>
  decisions.flatMap(({ site }) => (site.verdict.kind === 'call' ? [site.verdict.plan] : []));

/** The files that change when a site is rewritten: its own, those of a wrapper's callers, and those an import needs. */
export function touchedBy({ file, verdict }: Site): readonly string[] {
  if (verdict.kind === 'swap') return [file.source.path, ...(verdict.beside ?? []).map(({ path }) => path)];
  const wrapper = verdict.kind === 'call' ? verdict.plan.wrapper : null;
  const others =
    wrapper === null ? [] : [...wrapper.closures, ...wrapper.types, ...wrapper.told].map(({ path }) => path);
  return [file.source.path, ...others];
}
