/** test/equivalence/processes: one process per shard, as discord.js starts them, and what all of them have done. */
import type { Client } from 'discord.js';
import { type FilledBot, filledBot, type Kept, shards } from './filled-bot.ts';

interface Evaluating {
  _eval(script: string): unknown;
}

interface Asking {
  readonly context?: unknown;
  readonly shard?: number;
}

/** As it comes out of a child process. */
const throughJson = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

/** The bot of the process of one shard. */
function ofOneShard(shard: number): FilledBot {
  const bot = filledBot([shard]);
  // Only all processes together have seen each user once; here that is so for the bot itself, too.
  if (shard > 0) bot.client.users.cache.delete('42');
  Object.assign(bot.client, { shard: { ids: [shard], count: shards.length } });
  return bot;
}

/** A process of one shard each. */
export interface Processes {
  /** The client of a command, which asks all of them. */
  readonly client: Client;
  readonly bots: readonly FilledBot[];
  readonly asked: Asked;
}

/** What was asked for and may still go on when a command has ended by the error of somebody else. */
export class Asked {
  readonly #all: Promise<unknown>[] = [];

  note<T>(work: () => Promise<T>): Promise<T> {
    const done = work();
    this.#all.push(done);
    return done;
  }

  /** Waits until all of it is done, or has failed. @returns what failed with */
  async ended(): Promise<readonly unknown[]> {
    const ends = await Promise.allSettled(this.#all);
    return ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
  }
}

/**
 * Starts a process for each shard; texts are evaluated in each by `Client#_eval`, context and results go as JSON.
 *
 * @see https://github.com/discordjs/discord.js/blob/14.28.1/packages/discord.js/src/sharding/Shard.js
 */
export function processes(): Processes {
  const bots = shards.map(ofOneShard);
  const asked = new Asked();
  const ask = ({ client }: FilledBot, script: string): Promise<unknown> =>
    asked.note(async () => throughJson(await (client as unknown as Evaluating)._eval(script)));
  const broadcastEval = async (fn: unknown, { context, shard }: Asking = {}): Promise<unknown> => {
    const script = `(${fn})(this, ${JSON.stringify(context)})`;
    const chosen = bots.filter((_, index) => shard === undefined || index === shard);
    const results = await Promise.all(chosen.map((bot) => ask(bot, script)));
    return shard === undefined ? throughJson(results) : results[0];
  };
  const fetchClientValues = (path: string, one?: number): Promise<unknown> =>
    broadcastEval(`(c) => c.${path}`, one === undefined ? {} : { shard: one });
  const shard = { ids: [0], count: shards.length, broadcastEval, fetchClientValues };
  return { client: { shard } as unknown as Client, bots, asked };
}

/** How often each text is there. */
function times(all: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const one of all) found.set(one, (found.get(one) ?? 0) + 1);
  return found;
}

/** What one process keeps after a call that several processes kept before: each of them did it once, and so does it. */
function together(all: readonly Kept[]) {
  const heard = new Map<string, number>();
  for (const kept of all) for (const [text, n] of times(kept.heard)) heard.set(text, Math.max(n, heard.get(text) ?? 0));
  const settings = new Map(all.flatMap((kept) => kept.settings));
  const counted = Math.max(...all.map((kept) => kept.counted));
  return { heard: [...heard].sort(), settings: [...settings].sort(), counted };
}

/** What is asked of Discord is a matter of what a process has cached, and so is the channel of a direct message. */
const isAsked = (request: string): boolean => /^GET |^POST \/users\/@me\/channels/.test(request);

/** What was done by all processes, so that it can be compared with what one has done. */
export const doneBy = (bots: readonly FilledBot[]) => ({
  sent: bots
    .flatMap(({ sent }) => sent)
    .filter((one) => !isAsked(one))
    .sort(),
  ...together(bots.map((bot) => bot.kept())),
});
