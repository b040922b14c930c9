/** test/compat/fleet: a Discord, managers and their bots for one test file, and their end. */
import { fileURLToPath } from 'node:url';
import { ShardingManager as StockManager } from 'discord.js';
import { vi } from 'vitest';
import { ShardingManager, type ShardingManagerOptions } from '../../compat/index.ts';
import { createDiscord, type LoopbackDiscord } from '../../src/testing/index.ts';

export const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

/** Guilds on Discord: three for each of four shards. */
const guilds = { count: 12, channels: 2, roles: 2, emojis: 1, membersInCreate: 2 };

/** Everything a test file starts, so that nothing outlives it. */
export class Fleet {
  readonly discord: LoopbackDiscord;
  readonly #token: string;
  readonly #ends: (() => unknown)[] = [];

  constructor(discord: LoopbackDiscord) {
    this.discord = discord;
    this.#token = discord.token;
  }

  /** @param strict - false where several managers run the same shards, which Discord's rules forbid */
  static async start({ strict = true } = {}): Promise<Fleet> {
    const gateway = { shards: 4, maxConcurrency: 16 };
    const discord = await createDiscord({ guilds, gateway, strict, time: { identifyWindow: 1 } });
    const { DISCORD_SIM, SHARDLIFT_IDENTIFY_WINDOW_MS } = discord.env;
    Object.assign(process.env, { TEST_API: discord.rest.url, DISCORD_SIM, SHARDLIFT_IDENTIFY_WINDOW_MS });
    const fleet = new Fleet(discord);
    // Each start asks how many identifies are left.
    fleet.#redirectFetch();
    return fleet;
  }

  /** Shards in the order they identified. */
  get identified(): number[] {
    return this.discord.timeline('identify').flatMap((event) => event.shard ?? []);
  }

  /** A guild of one of four shards. */
  guildOf(shard: number): string {
    return this.discord.truth.guildIds({ shard, totalShards: 4 })[0] as string;
  }

  /** Keeps a shard from ever becoming ready. */
  mute(shard: number): void {
    this.discord.faults.add({ on: 'ready', shard, do: 'hang', times: Number.POSITIVE_INFINITY });
  }

  /** Discord refuses the token that the managers here are given. */
  refuseToken(): void {
    this.discord.resetToken();
  }

  /** Lets the manager's own request reach Discord, which it expects at its real address. */
  #redirectFetch(): void {
    const real = globalThis.fetch;
    vi.spyOn(globalThis, 'fetch').mockImplementation((url, init) =>
      real(String(url).replace('https://discord.com/api', this.discord.rest.url), init),
    );
  }

  /** A manager of four shards, not started. */
  manager(options: ShardingManagerOptions = {}, file = 'bot.cjs'): ShardingManager {
    const manager = new ShardingManager(fixture(file), { token: this.#token, totalShards: 4, ...options });
    this.#ends.push(() => manager.hybrid.stop());
    return manager;
  }

  /** discord.js's own manager. */
  stock(options: ShardingManagerOptions = {}, file = 'bot.cjs'): StockManager {
    const manager = new StockManager(fixture(file), { token: this.#token, totalShards: 4, ...options });
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
    vi.restoreAllMocks();
    await this.discord.stop();
  }
}

/** Resolves with what an event carries. */
export const heard = (emitter: NodeJS.EventEmitter, event: string): Promise<unknown[]> =>
  new Promise((resolve) => emitter.once(event, (...args: unknown[]) => resolve(args)));
