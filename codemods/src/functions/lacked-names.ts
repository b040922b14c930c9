/** functions/lacked-names: what is said of variables from outside that the text of a function does not bring along. */
import { type Finding, finding, type ReasonDetails, throwing } from '../rules/reasons.ts';
import { isGlobalName } from '../syntax/globals.ts';
import { positionOf } from '../syntax/syntax.ts';
import { listed } from '../wording/listed.ts';
import type { Captures } from './captures.ts';
import { type LackCode, wordsOfLack } from './lack-words.ts';
import { type Lack, worstOf } from './lacks.ts';

/** What a function takes of its file, imports aside. */
export type Captured = Pick<Captures, 'outer' | 'unloaded' | 'lacks'>;

/** Names with the lines where they stand, for a message. */
export const withLines = (names: ReadonlyMap<string, number>, more: ReadonlyMap<string, string> = new Map()): string =>
  listed([...names].map(([name, line]) => `\`${name}\` (line ${line}${more.has(name) ? `; ${more.get(name)}` : ''})`));

/** The names a function captures, with their lines, for a message. */
function capturedNames(outer: Captures['outer'], unloaded: Captures['unloaded'] = new Map()): string {
  const lines = [...outer].map(([name, [first]]) => {
    const line = first === undefined ? 0 : positionOf(first.getSourceFile(), first.getStart()).line;
    return [name, line] as const;
  });
  return withLines(new Map(lines), unloaded);
}

/** Those of the names that the evaluated text does not find: the others mean the globals of these names. */
export const missingOf = (outer: Captures['outer']): Captures['outer'] =>
  new Map([...outer].filter(([name]) => !isGlobalName(name)));

/** What is found of names that a text lacks, by what it does for want of them. */
interface Lacked {
  readonly code: LackCode;
  readonly names: readonly string[];
  readonly details: ReasonDetails;
}

/** A finding about names that a text lacks, which throws where the text does not do without all of them. */
export function lacking({ code, names, details }: Lacked, { lacks }: Pick<Captured, 'lacks'>): Finding {
  const lack = worstOf(names.map((name) => lacks.get(name) ?? 'throws'));
  const why = finding(code, { ...details, ...wordsOfLack(code, lack), where: whereOf[lack] });
  return lack === 'goes on' ? why : throwing(why);
}

const whereOf: Readonly<Record<Lack, string>> = { throws: '', 'may throw': ' where it gets there', 'goes on': '' };

/** Those of some names without which a text throws. */
export const needed = <T>(names: ReadonlyMap<string, T>, { lacks }: Pick<Captured, 'lacks'>): ReadonlyMap<string, T> =>
  new Map([...names].filter(([name]) => lacks.get(name) !== 'goes on'));

function ofCaptured(code: 'DC-C1' | 'DC-C7', captured: Captured, details: ReasonDetails): Finding {
  const { outer, unloaded } = captured;
  const missing = missingOf(outer);
  const thrown = capturedNames(needed(missing, captured), code === 'DC-C1' ? unloaded : undefined);
  return lacking({ code, names: [...missing.keys()], details: { ...details, thrown } }, captured);
}

/**
 * Why a function that captures something is left: it fails, or means the global of that name.
 *
 * @param why - why --fix-captures does not help
 */
export function capturedFinding(captured: Captured, why: string | null): Finding {
  const { outer, unloaded } = captured;
  const missing = missingOf(outer);
  if (missing.size === 0) return finding('DC-C9', { names: capturedNames(outer, unloaded) });
  const names = capturedNames(missing, unloaded);
  return ofCaptured('DC-C1', captured, { names, fix: why === null ? '' : `, but not here: ${why}` });
}

/** That what a function captures is passed to it now. */
export const passedFinding = (captured: Captured): Finding =>
  ofCaptured('DC-C7', captured, { names: capturedNames(captured.outer) });
