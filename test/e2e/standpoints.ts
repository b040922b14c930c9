/** test/e2e/standpoints: a fleet held at one moment of the owner's life, and somebody in it who calls. */
import type { ChildProcess } from 'node:child_process';
import type { Worker } from 'node:worker_threads';
import type { Mode } from '../../src/index.ts';
import type { GuildFacts } from '../../src/testing/truth.ts';
import { createFleet, type Fleet, until } from './fleet.ts';

/**
 * From where cluster 1 is used: from itself, from another cluster, from another while it is down before its next start,
 * while its successor is not ready yet, and after it died for good.
 */
export const standpoints = ['owner', 'other', 'waiting', 'starting', 'dead'] as const;
export type Standpoint = (typeof standpoints)[number];

/** Guilds of the bot: half of them cluster 1's, and one of those for each case. */
export const guildCount = 240;

/** How a call ended: its value, or what its error says. */
export type Outcome = { readonly value: unknown } | { readonly code: string | number };

/** What one case works with, untouched by the cases before it. */
export interface Thing {
  readonly guild: GuildFacts;
  /** A text channel of the guild. */
  readonly channel: string;
  /** A member that the owner has cached. */
  readonly user: string;
  /** A message of the bot in the channel, once it was prepared. */
  message: string;
}

/** A call as it is made: what, with what, and which method of the promise is waited for. */
export interface Call {
  readonly path: string;
  readonly args: readonly unknown[];
  readonly then?: string;
}

/** Makes a call from its path and arguments. */
export const call = (path: string, ...args: readonly unknown[]): Call => ({ path, args });

/** Cluster 1 has not answered yet, or never will. */
export const isGone = (at: Standpoint): boolean => at === 'waiting' || at === 'dead';
/** The caches of cluster 1 can be looked into. */
export const isCached = (at: Standpoint): boolean => at === 'owner' || at === 'other';

/** A fleet of two clusters at one standpoint. */
export class Stage {
  readonly fleet: Fleet;
  readonly at: Standpoint;
  /** The cluster that calls. */
  readonly caller: number;
  readonly #guilds: string[];

  constructor(fleet: Fleet, at: Standpoint) {
    this.fleet = fleet;
    this.at = at;
    this.caller = at === 'owner' ? 1 : 0;
    this.#guilds = [2, 3].flatMap((shard) => fleet.discord.truth.guildIds({ shard, totalShards: 4 }));
  }

  /** A guild of cluster 1 that no case has used yet. */
  thing(): Thing {
    const guild = this.fleet.discord.truth.guild(this.#guilds.shift() as string);
    return { guild, channel: guild.textChannelId, user: guild.memberId(3), message: '' };
  }

  /** Calls a method of the caller's cluster. */
  attempt(asked: Call): Promise<Outcome> {
    return this.fleet.manager.ipc.requestTo<Outcome>(this.caller, 'attempt', asked);
  }

  /** What Discord was asked since, without ids: `POST /channels/:id/messages`. */
  requestsSince(before: number): string[] {
    const routes = this.fleet.discord.timeline('rest').slice(before);
    return routes.map(({ detail }) => String(detail.route).replaceAll(/\d{5,}/g, ':id'));
  }

  /** How many requests Discord saw so far. */
  get requests(): number {
    return this.fleet.discord.timeline('rest').length;
  }
}

/** Ends cluster 1 as a crash would. */
export function crash(fleet: Fleet): void {
  const child = fleet.manager.clusters.get(1)?.child as ChildProcess | Worker;
  if ('threadId' in child) void child.terminate();
  else child.kill('SIGKILL');
}

/** Waits until cluster 0 knows how it stands with cluster 1. */
async function untilPing(stage: Stage, fits: (outcome: Outcome) => boolean): Promise<void> {
  let fitting = false;
  while (!fitting) fitting = fits(await stage.attempt(call('ping', 1)));
}

const isAnswered = (outcome: Outcome): boolean => 'value' in outcome;
const isRefused = (outcome: Outcome): boolean => 'code' in outcome && outcome.code === 'NO_ROUTE';

const pauses = { waiting: 60_000, starting: 10, dead: 0 };

async function bringTo(stage: Stage, at: 'waiting' | 'starting' | 'dead'): Promise<void> {
  const { fleet } = stage;
  // The direct line between the two is there before it breaks.
  await untilPing(stage, isAnswered);
  const hangs = at === 'starting' ? [2, 3] : [];
  const held = hangs.map((shard) => fleet.discord.faults.add({ on: 'identify', shard, times: Infinity, do: 'hang' }));
  crash(fleet);
  const owner = fleet.manager.clusters.get(1);
  const wanted = at === 'dead' ? 'stopped' : at;
  await until(() => owner?.state === wanted, { what: `cluster 1 to be ${wanted}` });
  // Its own requests to Discord are behind it then.
  await fleet.discord.until(() => held.every(({ hits }) => hits > 0), { what: 'both shards to identify' });
  await untilPing(stage, at === 'starting' ? isAnswered : isRefused);
}

/** Starts a fleet and brings it to a standpoint. */
export async function openStage(mode: Mode, at: Standpoint): Promise<Stage> {
  const pause = at === 'owner' || at === 'other' ? 60_000 : pauses[at];
  const fleet = await createFleet({
    bot: 'stands.cjs',
    discord: {
      guilds: { count: guildCount, members: 8, membersInCreate: 6, channels: 6, roles: 10, emojis: 0 },
      rest: { globalPerSecond: Number.POSITIVE_INFINITY },
    },
    options: { mode, respawn: at !== 'dead', restarts: { firstMs: pause, maxMs: pause } },
  });
  await fleet.manager.spawn();
  const stage = new Stage(fleet, at);
  if (at !== 'owner' && at !== 'other') await bringTo(stage, at);
  return stage;
}
