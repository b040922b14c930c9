/** differential/compare: the rule by which a trace of ours is held against discord.js's. */
import { isDeepStrictEqual } from 'node:util';
import { quirks } from '../../../compat/quirks.ts';
import type { Difference, Layout, Mode, Scenario } from './scenario.ts';

/** What a run wrote down, in order. */
export type Trace = readonly (readonly [label: string, value: unknown])[];

/** How two traces of a scenario compare. */
export interface Verdict {
  /** The labels that differ, as declared. */
  readonly declared: readonly string[];
  /** What breaks the rule; empty for a pass. */
  readonly problems: readonly string[];
}

/**
 * Whether a value is as declared: of objects the keys that are declared (texts of Node's own differ from version to
 * version), of all else everything.
 */
export function holds(declared: unknown, value: unknown): boolean {
  if (typeof declared !== 'object' || declared === null || Array.isArray(declared)) {
    return isDeepStrictEqual(declared, value);
  }
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(declared).every(([key, part]) => holds(part, (value as Record<string, unknown>)[key]));
}

const shown = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

/** What was compared: a layout, in a mode, beside a discord.js. */
export interface Comparison {
  readonly layout: Layout;
  readonly mode: Mode;
  /** The version of discord.js, as `14.28.1`. */
  readonly discord: string;
}

const isOlder = (version: string, than: string): boolean => version.localeCompare(than, 'en', { numeric: true }) < 0;

/** Whether a declared difference is about what was compared. */
export function appliesTo(difference: Difference, { layout, mode, discord }: Comparison): boolean {
  const { because, layouts, mode: only, before } = difference;
  if (only !== undefined && only !== mode) return false;
  if (before !== undefined && !isOlder(discord, before)) return false;
  if (layouts !== undefined) return layouts.includes(layout);
  const quirk = quirks.find(({ name }) => name === because);
  return quirk?.here === 'changed' ? layout !== 1 : true;
}

/** Says what is wrong with a declaration itself. */
function wrongReason({ because, note }: Difference, layout: Layout): string | undefined {
  const quirk = quirks.find(({ name }) => name === because);
  if (quirk === undefined) return `${note}: compat/quirks.ts has no line '${because}'`;
  if (quirk.here === 'kept') return `${note}: '${because}' is kept, so nothing may differ by it`;
  if (quirk.here === 'changed' && layout === 1) return `${note}: '${because}' is no excuse for one shard per cluster`;
  return undefined;
}

function declaredProblem(difference: Difference, stock: unknown, ours: unknown): string | undefined {
  const { note } = difference;
  if ('stock' in difference && !holds(difference.stock, stock))
    return `${note}: discord.js was to say ${shown(difference.stock)}, and said ${shown(stock)}`;
  if (!holds(difference.ours, ours))
    return `${note}: we were to say ${shown(difference.ours)}, and said ${shown(ours)}`;
  return isDeepStrictEqual(stock, ours) ? `${note}: declared different, and is the same: ${shown(ours)}` : undefined;
}

/**
 * Compares one layout's trace with discord.js's.
 *
 * Every note must be the same but those declared in `differs`; those must differ, and say exactly what was declared. So a
 * scenario that passes says all there is to say.
 */
export function compare(
  scenario: Scenario,
  at: Comparison,
  traces: { readonly stock: Trace; readonly ours: Trace },
): Verdict {
  const [stock, ours] = [new Map(traces.stock), new Map(traces.ours)];
  const declared: string[] = [];
  const problems: string[] = [];
  for (const label of new Set([...stock.keys(), ...ours.keys()])) {
    const difference = scenario.differs?.find((one) => one.note === label && appliesTo(one, at));
    const [theirs, mine] = [stock.get(label), ours.get(label)];
    if (difference === undefined) {
      if (isDeepStrictEqual(theirs, mine)) continue;
      problems.push(`${label}: discord.js says ${shown(theirs)}, we say ${shown(mine)}`);
      continue;
    }
    const problem = wrongReason(difference, at.layout) ?? declaredProblem(difference, theirs, mine);
    if (problem === undefined) declared.push(label);
    else problems.push(problem);
  }
  if (stock.size + ours.size === 0) problems.push('nothing was written down');
  return { declared, problems };
}
