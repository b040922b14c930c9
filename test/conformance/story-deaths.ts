/** test/conformance/story-deaths: every frame of the story, and what is right when the far end dies at it. */
import type { launchers } from './programs.ts';
import { type Role, type Step, steps } from './story-steps.ts';

/** A frame: its kind, and the step it belongs to. */
type Row = `${string}: ${Step | 'start'}`;

/** What the far end does with a frame. */
export type Way = 'sent' | 'received';

const heardByAll = [
  ...['hello: start', 'call: one', 'call: via', 'call: many', 'call: given up', 'cancel: given up', 'call: large'],
  ...['cast: tell', 'call: tell', 'call: ask', 'reply: ask', 'call: leave'],
] as readonly Row[];

/** All frames of the story as the far end sends and receives them. */
export const script: Readonly<Record<Role, Readonly<Record<Way, readonly Row[]>>>> = {
  cluster: {
    received: heardByAll,
    sent: [
      ...(['hello: start', 'reply: one', 'reply: via', 'reply: many', 'cast: given up', 'reply: large'] as const),
      ...(['reply: tell', 'call: ask', 'cast: ask', 'reply: ask', 'bye: leave'] as const),
    ],
  },
  manager: {
    received: [...heardByAll, 'bye: leave'],
    sent: [
      ...(['hello: start', 'reply: one', 'reply: via', 'reply: many', 'cast: given up'] as const),
      // Two answers that do not fit into one frame.
      ...(['reply: large', 'reply: large'] as const),
      ...(['reply: tell', 'call: ask', 'cast: ask', 'reply: ask'] as const),
    ],
  },
};

/** One death: after the far end has sent, or received and not read, its nth frame. */
export interface Death {
  readonly role: Role;
  readonly mode: keyof typeof launchers;
  readonly way: Way;
  readonly nth: number;
  readonly row: Row;
}

/** A death at each frame. */
export const deathsOf = (role: Role, mode: Death['mode']): readonly Death[] =>
  (['received', 'sent'] as const).flatMap((way) =>
    script[role][way].map((row, index) => ({ role, mode, way, nth: index + 1, row })),
  );

/** Frames after which nobody waits for anything more of the step, though the far end says no word of it. */
const lastWords: readonly Row[] = ['cancel: given up', 'cast: given up', 'bye: leave'];

/** How many steps may end as if nobody had died. */
export function stepsDone(death: Death): readonly number[] {
  const { role, mode, way, nth, row } = death;
  const before = steps.indexOf(row.split(': ')[1] as Step);
  if (before < 0) return [0];
  if (lastWords.includes(row)) return [before + 1];
  // The near cluster closes its own line in the last step, dead manager or not.
  if (role === 'manager' && row === 'call: leave') return [before + 1];
  if (way === 'received' || !row.startsWith('reply')) return [before];
  if (role === 'manager' && row === 'reply: ask') return [before + 1, before + 2];
  if (row !== 'reply: large') return [before + 1];
  const first = script[role].sent[nth] === row;
  if (first) return [before];
  // A port takes all of five megabytes at once, a socket its first part, and the rest is lost.
  return mode === 'thread' ? [before + 1] : [before, before + 1];
}

/** Whether somebody had its answer at the death, and the next one may ask before it has heard of that or after. */
export const answered = ({ way, row }: Death): boolean =>
  lastWords.includes(row) || (way === 'sent' && row.startsWith('reply'));
