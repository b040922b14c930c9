/** features/guilds: any guild of the bot from any cluster, and how many there are. */
import { ShardliftError } from '../errors.ts';
import { call, contract } from '../rpc/contract.ts';
import type { Peer } from '../rpc/peer.ts';
import { clusterAddress } from '../wire/address.ts';

/** A guild as it crosses between clusters. */
export interface GuildSummary {
  readonly id: string;
  readonly name: string;
  /** Hash of the icon, `null` for none. */
  readonly icon: string | null;
  readonly ownerId: string;
  /** Discord's own count when a shard holds the guild, its approximate one when it came by REST. */
  readonly memberCount: number;
  /** The shard that receives its events. */
  readonly shardId: number;
  /** `false` during an outage of the guild. */
  readonly available: boolean;
  readonly features: readonly string[];
  readonly preferredLocale: string;
}

/** Served by every cluster. */
export const guildsContract = contract('guilds', {
  /** The guild from the cache, else by REST; `null` when the bot is not in it. */
  fetch: call<string, GuildSummary | null>(),
  /** `null` while it is not ready: what it has so far would be taken for all it has. */
  count: call<void, number | null>(),
});

/** What the facade needs of its node. */
export interface GuildsAround {
  readonly peer: Peer;
  readonly plan: () => readonly (readonly number[])[];
  readonly clusterOfGuild: (guildId: string) => number;
  /** Looks into the own cache, without asking anybody. */
  readonly cached: (guildId: string) => GuildSummary | undefined;
  /** Looks at the stats board: how many guilds there are, and which clusters it knows nothing certain of. */
  readonly tally: () => Promise<{ readonly guilds: number; readonly unknown: readonly number[] }>;
  /** Asks Discord itself; `undefined` where there is no client to ask with. */
  readonly fetchByRest?: (guildId: string) => Promise<GuildSummary | null>;
}

/** `cluster.guilds` and `manager.guilds`. */
export class Guilds {
  readonly #around: GuildsAround;

  constructor(around: GuildsAround) {
    this.#around = around;
  }

  /**
   * Finds a guild wherever it is: own cache, then one hop to its owner (which may ask Discord), then REST from here.
   *
   * @returns the guild, or `null` when the bot is not in it
   * @throws ShardliftError `UNKNOWN_TARGET` for an id that is no snowflake
   */
  async fetch(guildId: string): Promise<GuildSummary | null> {
    // Before it becomes part of a path at Discord.
    if (!/^\d+$/.test(guildId)) throw new ShardliftError('UNKNOWN_TARGET', { target: `guild '${guildId}'` });
    const { peer, cached, clusterOfGuild, fetchByRest } = this.#around;
    const near = cached(guildId);
    if (near !== undefined) return near;
    const owner = clusterOfGuild(guildId);
    try {
      return await peer.at(guildsContract, clusterAddress(owner)).fetch(guildId);
    } catch (error) {
      // The owner is down or slow. Reading twice does no harm, so Discord is asked from here, or by another cluster.
      return fetchByRest === undefined ? this.#askOthers(guildId, { owner, error }) : fetchByRest(guildId);
    }
  }

  /**
   * How many guilds the bot is in, from the stats board: at most one message old, and no other cluster is asked.
   *
   * @param exact - asks every cluster instead
   * @throws ShardliftError `NO_ROUTE` when a cluster is down or has not reported; with `exact` `NOT_READY` when one answers
   * and is not ready, and what it does not answer with: a sum with a part missing would be a wrong number
   */
  async count({ exact = false }: { readonly exact?: boolean } = {}): Promise<number> {
    const { peer, plan, tally } = this.#around;
    if (!exact) {
      const { guilds, unknown } = await tally();
      if (unknown[0] !== undefined) throw new ShardliftError('NO_ROUTE', { to: clusterAddress(unknown[0]) });
      return guilds;
    }
    const everybody = plan().map((_shards, id) => clusterAddress(id));
    let total = 0;
    for (const [id, count] of (await peer.atAll(guildsContract, everybody).count()).entries()) {
      if (!count.ok) throw count.error;
      if (count.value === null) throw new ShardliftError('NOT_READY', { cluster: id });
      total += count.value;
    }
    return total;
  }

  /** For the manager, which cannot ask Discord itself. */
  async #askOthers(guildId: string, but: { readonly owner: number; readonly error: unknown }) {
    const { peer, plan } = this.#around;
    for (const id of plan().keys()) {
      if (id === but.owner) continue;
      try {
        return await peer.at(guildsContract, clusterAddress(id)).fetch(guildId);
      } catch {
        // Accepted loss: what keeps a stand-in from answering; the owner's failure is the one to tell.
      }
    }
    throw but.error;
  }
}
