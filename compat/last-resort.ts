/** compat/last-resort: a bot that nothing of ours has reached is known by its first words, and spoken to as discord.js does. */
import type { Cluster } from '../src/index.ts';
import { type StockFleet, StockLine } from './stock-line.ts';
import { isFirstWord, stockMessage } from './stock-words.ts';

/** What is done with such bots; the same for all clusters of a manager. */
export interface LastResortDesk extends StockFleet {
  /** Files with handlers, which such a bot does not load. */
  readonly handlers: readonly string[];
  readonly warn: (text: string) => void;
}

const reason = 'nothing of shardlift runs in its bot, see the warning in the log';

/** Said once by a manager. */
const warningOf = (cluster: number): string =>
  `The bot of cluster ${cluster} speaks as plain discord.js: what shardlift loads before a bot did not get there. That is so ` +
  'when the bot file starts another process or thread for the bot, in a single executable, and in a runtime that loads ' +
  'nothing ahead. Shards, events, messages, broadcastEval, fetchClientValues and respawns work as with discord.js. ' +
  'Missing are client.cluster and handlers, the stats and guilds of its clusters, the heartbeat, the shared identify gate, ' +
  'interactions before all shards of a process are ready, and the end of the bot with its manager. ' +
  'Give the manager the file that makes the client, and what was done before it as execArgv or at its top.';

/** Watches the bot of one cluster, child after child. */
export class LastResort {
  readonly #cluster: Cluster;
  readonly #desk: LastResortDesk;
  readonly #found: () => void;
  #isOurs = false;
  #line: StockLine | undefined;

  /** @param found - told when the bot turns out to be such a one */
  constructor(cluster: Cluster, desk: LastResortDesk, found: () => void) {
    this.#cluster = cluster;
    this.#desk = desk;
    this.#found = found;
    cluster.on('attached', () => {
      this.#isOurs = true;
    });
  }

  /** The line to the bot, if it is such a one. */
  get line(): StockLine | undefined {
    return this.#line;
  }

  /** A child was started. */
  reset(): void {
    this.end();
    this.#isOurs = false;
    this.#line = undefined;
  }

  /** The child is gone, or is to be taken for gone. */
  end(): void {
    this.#line?.end();
  }

  /** @returns whether a message was discord.js's own: what users send that looks like it is theirs, once the bot is ours */
  take(message: unknown): boolean {
    if (this.#isOurs) return false;
    const stock = stockMessage(message);
    if (stock === undefined) return false;
    if (this.#line === undefined) {
      if (!isFirstWord(stock)) return false;
      const { handlers } = this.#desk;
      if (handlers.length > 0) {
        this.#cluster.failure({ kind: 'handlers', message: handlers.join(', ') });
        return true;
      }
      this.#open();
    }
    this.#line?.take(stock);
    return true;
  }

  #open(): void {
    const cluster = this.#cluster;
    this.#line = new StockLine({
      peer: `cluster ${cluster.id}`,
      mode: cluster.child !== undefined && 'threadId' in cluster.child ? 'worker' : 'process',
      shards: cluster.shards,
      send: (message) => cluster.send(message),
      step: (step) => cluster.step(step),
      fleet: this.#desk,
    });
    this.#desk.warn(warningOf(cluster.id));
    cluster.unreached(reason);
    this.#found();
  }
}
