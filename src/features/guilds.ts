/** features/guilds: any guild of the bot from any cluster, and how many there are. */
import { assertId } from '../discord/requests.ts';
import { ShardliftError } from '../errors.ts';
import { call, contract } from '../rpc/contract.ts';
import type { Peer } from '../rpc/peer.ts';
import { clusterAddress } from '../wire/address.ts';
import { Deadline, type ErrandLimits, spelledOut } from './deadline.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { type Standpoint, Way } from './owner.ts';
import type { UnknownCluster } from './unknown-cluster.ts';

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
  fetch: call<string, Outcome<GuildSummary | null>>(),
  /** `null` while it is not ready: what it has so far would be taken for all it has. */
  count: call<void, number | null>(),
});

/** What a client knows of guilds, and finds out. */
export interface GuildDesk {
  /** Looks into the own cache, without asking anybody. */
  readonly cached: (guildId: string) => GuildSummary | undefined;
  /** Asks Discord itself; `null` when the bot is not in the guild. */
  readonly fetchByRest: (guildId: string, signal?: AbortSignal) => Promise<GuildSummary | null>;
}

/** What the facade needs of its node; `fetchByRest` is not there where there is no client to ask with. */
export interface GuildsAround extends Standpoint, Pick<GuildDesk, 'cached'>, Partial<Pick<GuildDesk, 'fetchByRest'>> {
  /** Looks at the stats board: how many guilds there are, and which clusters it knows nothing certain of. */
  readonly tally: () => Promise<{ readonly guilds: number; readonly unknown: readonly UnknownCluster[] }>;
}

/** `cluster.guilds` and `manager.guilds`. */
export class Guilds {
  readonly #around: GuildsAround;
  readonly #way: Way;

  constructor(around: GuildsAround) {
    this.#around = around;
    this.#way = new Way(around);
  }

  /**
   * Finds a guild wherever it is: own cache, then one hop to its owner (which may ask Discord), then REST from here.
   *
   * @param limits - a number is `timeoutMs`; an owner that gives no answer is waited for 2 s at most
   * @returns the guild, or `null` when the bot is not in it
   * @throws Discord's own error when it refuses, ShardliftError `UNKNOWN_TARGET` for an id that is no snowflake
   */
  async fetch(guildId: string, limits: number | ErrandLimits = {}): Promise<GuildSummary | null> {
    assertId('guild', guildId);
    const action = `guilds.fetch of ${guildId}`;
    const deadline = new Deadline(action, spelledOut(limits));
    const { peer, cached, clusterOfGuild, fetchByRest } = this.#around;
    const near = cached(guildId);
    if (near !== undefined) return near;
    return this.#way.read({
      action,
      deadline,
      owner: clusterOfGuild(guildId),
      ask: (to, within) => peer.at(guildsContract, to, within).fetch(guildId),
      here: fetchByRest && ((signal) => fetchByRest(guildId, signal)),
    });
  }

  /**
   * How many guilds the bot is in, from the stats board: at most one message old, and no other cluster is asked.
   *
   * @param exact - asks every cluster instead
   * @throws ShardliftError `NOT_SPAWNED`; `GUILDS_UNKNOWN` naming those that are down or not ready; with `exact` `NOT_READY` when one
   * answers and is not ready, and what it does not answer with: a sum with a part missing would be a wrong number
   */
  async count({ exact = false }: { readonly exact?: boolean } = {}): Promise<number> {
    const { peer, plan, tally } = this.#around;
    if (!exact) {
      const { guilds, unknown } = await tally();
      if (unknown.length > 0) throw new ShardliftError('GUILDS_UNKNOWN', { clusters: unknown });
      return guilds;
    }
    const everybody = plan().map((_shards, id) => clusterAddress(id));
    if (everybody.length === 0) throw new ShardliftError('NOT_SPAWNED', { sought: 'The clusters to count guilds in' });
    let total = 0;
    for (const [id, count] of (await peer.atAll(guildsContract, everybody).count()).entries()) {
      if (!count.ok) throw count.error;
      if (count.value === null) throw new ShardliftError('NOT_READY', { cluster: id });
      total += count.value;
    }
    return total;
  }
}

/** Lets others use the cache and the REST client of this cluster. */
export function serveGuilds(peer: Peer, { cached, fetchByRest, count }: GuildDesk & { count(): number | null }): void {
  peer.serve(guildsContract, {
    fetch: (guildId, { signal }) => outcomeOf(() => cached(guildId) ?? fetchByRest(guildId, signal)),
    count,
  });
}
