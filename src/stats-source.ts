/** stats-source: where a cluster reads the board from: shared memory, its manager, or itself alone. */
import type { Client } from 'discord.js';
import { Board } from './board/board.ts';
import { unpackReadings } from './board/packed-readings.ts';
import { guildsEnd } from './board/record.ts';
import type { Reading } from './board/slot.ts';
import type { ClusterFacts } from './environment.ts';
import { type BoardEntry, boardContract, type GuildTally, tallyGuilds } from './features/stats.ts';
import { notReadyYet } from './features/unknown-cluster.ts';
import { droppedBy, type Node } from './node.ts';
import { StatsReporter } from './stats-reporter.ts';
import { localHost } from './wire/address.ts';

/** Reads the board as it is for one cluster. */
export interface StatsSource {
  readonly read: () => Promise<readonly BoardEntry[]>;
  readonly countGuilds: () => Promise<GuildTally>;
  /** Watches from now on, where that was not begun: there is a source for each look at an attached client, too. */
  readonly watch?: () => void;
}

/** What a source is for. */
export interface SourceSetup {
  readonly client: Client;
  readonly node: Node;
  readonly facts: ClusterFacts;
}

/** For a bot that no manager started: its own numbers, measured when they are asked for. */
export function aloneSource({ client, facts, node }: SourceSetup): StatsSource {
  const [dropped, report] = [() => droppedBy(node), () => undefined];
  const setup = { client, incarnation: facts.incarnation, report, usersPaceMs: 0, dropped };
  const reporter = new StatsReporter({
    ...setup,
    get shards() {
      return facts.shards;
    },
  });
  return {
    // When a shard was ready is known only to who heard of it.
    watch: () => reporter.watch(),
    async read() {
      const reading = { ok: true, ready: client.isReady(), numbers: reporter.numbers() } as const;
      return [{ shards: facts.shards, reading }];
    },
    // What an unready client has so far would be taken for all it has.
    countGuilds: async () =>
      client.isReady()
        ? { guilds: client.guilds.cache.size, unknown: [] }
        : { guilds: 0, unknown: [{ id: facts.id, reason: notReadyYet }] },
  };
}

/** For a cluster of a manager: reports its numbers from now on, and reads those of all. */
export function managedSource(setup: SourceSetup): StatsSource {
  return setup.facts.board === undefined ? askingSource(setup) : sharedSource(setup, setup.facts.board);
}

const entriesOf = (plan: readonly (readonly number[])[], readings: readonly Reading[]): BoardEntry[] =>
  readings.map((reading, id) => ({ shards: plan[id] ?? [], reading }));

/** Worker mode: the memory of the board is here. */
function sharedSource({ client, facts, node }: SourceSetup, memory: readonly SharedArrayBuffer[]): StatsSource {
  const { id, shards, incarnation, plan } = facts;
  const board = new Board(memory);
  const report = (numbers: readonly number[]): void => board.report(id, numbers);
  const dropped = () => droppedBy(node);
  const reporter = new StatsReporter({ client, shards, incarnation, report, usersPaceMs: 0, dropped });
  reporter.watch();
  return {
    async read() {
      reporter.flush();
      return entriesOf(plan, await board.read());
    },
    async countGuilds() {
      reporter.flush();
      return tallyGuilds(await board.read(guildsEnd));
    },
  };
}

/** Process mode: the manager keeps the board. What is reported before it is asked gets there before the question. */
function askingSource({ client, node, facts }: SourceSetup): StatsSource {
  const manager = node.peer.at(boardContract, localHost);
  const { shards, incarnation, plan } = facts;
  const report = (numbers: readonly number[]): void => manager.report(numbers);
  const dropped = () => droppedBy(node);
  const reporter = new StatsReporter({ client, shards, incarnation, report, usersPaceMs: 100, dropped });
  reporter.watch();
  return {
    async read() {
      reporter.flush();
      return entriesOf(plan, unpackReadings(await manager.read()));
    },
    countGuilds() {
      reporter.flush();
      return manager.countGuilds();
    },
  };
}
