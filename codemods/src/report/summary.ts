/** report/summary: the sums of a report as rows, for every page that shows them. */
import { inGeneral } from '../rules/examples.ts';
import { type ReasonCode, titleOf } from '../rules/reasons.ts';
import type { Assumption, Outcome, SiteReport, Summary } from './types.ts';

/** How many mentions of one name there are; the first number is always the sum of the others. */
export interface NameRow {
  readonly name: string;
  readonly found: number;
  readonly rewritten: number;
  readonly withNote: number;
  readonly left: number;
}

/** How often a code was given. */
export interface CodeRow {
  readonly code: string;
  readonly title: string;
  readonly withNote: number;
  readonly left: number;
}

/** How many places rest on something that nothing proves. */
export interface AssumptionRow {
  readonly code: ReasonCode;
  readonly title: string;
  /** What it says of any place. */
  readonly sentence: string;
  /** How many calls, and managers. */
  readonly places: number;
  /** What of the bot it is about: each once, as it is written there. */
  readonly what: readonly string[];
}

/** The words for outcomes, as people read them. */
export const outcomeWords: Readonly<Record<Outcome, string>> = {
  rewritten: 'rewritten',
  'rewritten-with-note': 'with a note',
  left: 'left',
};

function rowOf(name: string, sites: readonly SiteReport[]): NameRow {
  const count = (outcome: Outcome): number => sites.filter((site) => site.outcome === outcome).length;
  const [rewritten, withNote, left] = [count('rewritten'), count('rewritten-with-note'), count('left')];
  return { name, found: rewritten + withNote + left, rewritten, withNote, left };
}

/** A row for each name that was found, most frequent first, and one for all of them. */
export function rowsByName(sites: readonly SiteReport[]): readonly NameRow[] {
  const names = [...new Set(sites.map(({ method }) => method))].sort();
  const rows = names.map((name) =>
    rowOf(
      name,
      sites.filter(({ method }) => method === name),
    ),
  );
  return [...rows.sort((a, b) => b.found - a.found), rowOf('all', sites)];
}

/** A row for each code that was given, in order of the codes. */
export function rowsByCode(sites: readonly SiteReport[]): readonly CodeRow[] {
  const codes = [...new Set(sites.flatMap(({ code }) => (code === null ? [] : [code])))].sort();
  return codes.map((code) => {
    const { withNote, left } = rowOf(
      code,
      sites.filter((site) => site.code === code),
    );
    return { code, title: titleOf(code as ReasonCode), withNote, left };
  });
}

/** `DC-A2` stands before `DC-A10`. */
const byNumber = (one: string, other: string): number => one.localeCompare(other, 'en', { numeric: true });

/** A row for each code of what is taken for granted, in order of the codes. */
export function rowsByAssumption(sites: readonly SiteReport[]): readonly AssumptionRow[] {
  const all = sites.map(({ assumptions = [] }) => assumptions);
  const codes = [...new Set(all.flat().map(({ code }) => code))];
  return codes.sort(byNumber).map((code) => {
    const those = all.map((some) => some.filter((one) => one.code === code)).filter(({ length }) => length > 0);
    const what = [...new Set(those.flat().flatMap((one) => one.what))];
    return { code, title: titleOf(code), sentence: inGeneral(code), places: those.length, what };
  });
}

/** What a call rests on that pages tell place by place. Nearly every call of JavaScript has a client by its name. */
export const toldByPlace = ({ assumptions = [] }: SiteReport): readonly Assumption[] =>
  assumptions.filter(({ code }) => code !== 'DC-A1');

/** What of the bot a code without places of its own is about. */
export const namedOnce = ({ code, what, places }: AssumptionRow): string =>
  code === 'DC-A1' ? ` It is so at ${places} places: ${what.map((one) => `\`${one}\``).join(', ')}.` : '';

/** What stands above those rows. */
export const assumptionsSentence =
  'Taken for granted, since nothing proves it. Where it is true, there is nothing to do.';

/** The sums as one sentence. */
export function sumsOf({ found, rewritten, rewrittenWithNote, left }: Summary): string {
  return `${found} found = ${rewritten} rewritten + ${rewrittenWithNote} rewritten with a note + ${left} left`;
}

/** Said where a report is read beside files that the run has changed. */
export const placesSentence = 'Lines and columns are those of the files as they were before the run.';
