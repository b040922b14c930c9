/** differential/differences: declares what is not as it is with discord.js, in few words. */
import type { Difference } from './scenario.ts';

/** How notes show `undefined`. */
export const nothing = { $: 'undefined' };
/** How notes show a call that never settles. */
export const never = { $: 'never settles' };
/** How notes show the value of a call. */
export const gives = (value: unknown): object => ({ value });
/** How notes show the error of a call. */
export const fails = (facts: {
  readonly name?: unknown;
  readonly message?: string;
  readonly code?: unknown;
}): object => ({
  error: facts,
});

type Where = Partial<Pick<Difference, 'note' | 'layouts' | 'mode' | 'before'>>;

/** One difference of the note `answer`, or of another. */
export const differs = (because: string, stock: unknown, ours: unknown, where: Where = {}): Difference => ({
  note: 'answer',
  because,
  stock,
  ours,
  ...where,
});

/** Facts of a process that several shards share, by layout. Both modes have them. */
export const shared = (
  because: string,
  ours: Readonly<Partial<Record<2 | 4, unknown>>>,
  where: Where = {},
): readonly Difference[] =>
  ([2, 4] as const).flatMap((layout) =>
    layout in ours ? { note: 'answer', because, ours: ours[layout], layouts: [layout], ...where } : [],
  );
