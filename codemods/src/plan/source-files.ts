/** plan/source-files: the files of a package with every edit in them. Touches no file. */
import type { CallPlan } from '../analyze/call.ts';
import type { Mention } from '../analyze/mentions.ts';
import type { Splice } from '../analyze/receiver.ts';
import type { Closure, WrapperPlan } from '../analyze/understood.ts';
import type { PackageSites, Site } from '../sites.ts';
import { type StyledText, styleOf } from '../source.ts';
import { askedText, callSplices, wrapperSplices } from './callsite.ts';
import type { CoreMove } from './core.ts';
import { deadAliases } from './dead-aliases.ts';
import { applySplices } from './edits.ts';
import { importSplices } from './imports.ts';
import type { Decision, PlannedFile } from './package-plan.ts';
import { packageStyle } from './place.ts';
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
  return group.files.flatMap((file) => {
    const { source } = file;
    const style = styleOf(source.text, house);
    const mine = decisions.filter((d) => d.rewritten && d.site.file === file);
    const swaps: Mention[] = mine.flatMap(({ site }) => (site.verdict.kind === 'swap' ? [site.verdict.mention] : []));
    const calls = callsOf(mine, names, { text: source.text, style });
    const wrappers = wrappersOf(decisions);
    const told = wrappers.flatMap((one) => wrapperSplices(one, names, { path: source.path, style }));
    const choices = plansOf(mine).flatMap(({ choice }) => choice?.closures ?? []);
    const closures = [...wrappers.flatMap((one) => one.closures), ...choices].filter(
      ({ path }) => path === source.path,
    );
    // What a handler that stands here uses is still used.
    const unused =
      source.path === home
        ? noneUnused
        : unusedImports(file, [...plansOf(mine), ...closures, ...swaps.flatMap(replacedBy)]);
    const receivers = plansOf(mine).flatMap(({ receiverSplices }) => receiverSplices);
    const splices = [
      ...deadAliases(file, receivers),
      ...orphans(mine, closures),
      ...importSplices(file, { swaps, unused, core: core.moved }, style),
      ...(core.splices.get(file) ?? []),
      ...calls,
      ...told,
      ...(wiring?.splices.get(source.path) ?? []),
    ];
    const once = unique(splices);
    const after = applySplices(source.text, once);
    return after === source.text ? [] : [{ path: source.path, before: source, after, splices: once }];
  });
}

/** `Discord.ShardingManager` becomes `ShardingManager`: that name is used there no more. */
const replacedBy = (mention: Mention) =>
  mention.kind === 'member' ? [{ movedFrom: { start: mention.node.pos, end: mention.node.end } }] : [];

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

/** The files that change when a site is rewritten: its own, and those of a wrapper's callers. */
export function touchedBy({ file, verdict }: Site): readonly string[] {
  const wrapper = verdict.kind === 'call' ? verdict.plan.wrapper : null;
  const others = wrapper === null ? [] : [...wrapper.closures, ...wrapper.types].map(({ path }) => path);
  return [file.source.path, ...others];
}
