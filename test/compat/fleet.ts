/** test/compat/fleet: a Discord, managers and their bots for one test file, and their end. */
import { fileURLToPath } from 'node:url';
import { ShardingManager as StockManager } from 'discord.js';
import { ShardingManager, type ShardingManagerOptions } from '../../compat/index.ts';
import { startTinyDiscord, type TinyDiscord } from './tiny-discord.ts';

export const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

/** Everything a test file starts, so that nothing outlives it. */
export class Fleet {
  readonly discord: TinyDiscord;
  readonly #ends: (() => unknown)[] = [];

  constructor(discord: TinyDiscord) {
    this.discord = discord;
  }

  static async start(): Promise<Fleet> {
    const discord = await startTinyDiscord();
    process.env.TEST_API = discord.api;
    // The core paces identifies as Discord demands, unless it knows that this is none.
    process.env.DISCORD_SIM = discord.api;
    process.env.SHARDLIFT_IDENTIFY_WINDOW_MS = '1';
    return new Fleet(discord);
  }

  /** A manager of four shards, not started. */
  manager(options: ShardingManagerOptions = {}, file = 'bot.cjs'): ShardingManager {
    const manager = new ShardingManager(fixture(file), { token: 'test.token', totalShards: 4, ...options });
    this.#ends.push(() => manager.hybrid.stop());
    return manager;
  }

  /** discord.js's own manager. */
  stock(options: ShardingManagerOptions = {}, file = 'bot.cjs'): StockManager {
    const manager = new StockManager(fixture(file), { token: 'test.token', totalShards: 4, ...options });
    this.#ends.push(() => {
      manager.respawn = false;
      for (const shard of manager.shards.values()) {
        shard.process?.kill('SIGKILL');
        void shard.worker?.terminate();
      }
    });
    return manager;
  }

  async close(): Promise<void> {
    await Promise.all(this.#ends.map((end) => end()));
    await this.discord.close();
  }
}

/** Resolves with what an event carries. */
export const heard = (emitter: NodeJS.EventEmitter, event: string): Promise<unknown[]> =>
  new Promise((resolve) => emitter.once(event, (...args: unknown[]) => resolve(args)));
