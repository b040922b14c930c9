/** later-shards: the shards of a discord.js 15 client, which says only when all of them are ready. */
import type { Client } from 'discord.js';
import { fatalCloseCodes, type ShardStep } from './features/system.ts';
import { runningShards } from './views/view.ts';

interface Dispatch {
  readonly t: string | null;
  readonly d: { readonly id?: string; readonly guilds?: readonly { readonly id: string }[] } | null;
}

type Throttler = (manager: never) => Promise<unknown>;

/** `client.ws` of discord.js 15: the manager of `@discordjs/ws` itself. */
export interface LaterGateway {
  readonly options: { buildIdentifyThrottler: Throttler };
  readonly constructor: unknown;
  fetchStatus(): Promise<unknown>;
  on(event: 'dispatch', listener: (packet: Dispatch, shard: number) => void): unknown;
  on(event: 'closed', listener: (code: number, shard: number) => void): unknown;
  on(event: 'resumed', listener: (shard: number) => void): unknown;
}

/** The gateway of a client of discord.js 15; undefined for one of 14. */
export function laterGateway({ ws }: Client): LaterGateway | undefined {
  const gateway = ws as unknown as Partial<LaterGateway> | undefined;
  return typeof gateway?.fetchStatus === 'function' ? (gateway as LaterGateway) : undefined;
}

/** Whether a bot brought its own throttler: discord.js 15 puts the default of `@discordjs/ws` among the client's options. */
export function hasOwnThrottler(gateway: LaterGateway): boolean {
  const Gateway = gateway.constructor as new (options: object) => LaterGateway;
  const plain = new Gateway({ token: '', intents: 0, fetchGatewayInformation: () => undefined });
  return gateway.options.buildIdentifyThrottler !== plain.options.buildIdentifyThrottler;
}

/** discord.js 14's numbers for what a shard does. https://discord.js.org/docs/packages/discord.js/14.28.1/Status:Enum */
const status = { ready: 0, reconnecting: 2, idle: 3, disconnected: 5, waitingForGuilds: 6 } as const;

/**
 * Follows each shard by its packets.
 *
 * A shard is ready when all guilds of its READY have come, as in discord.js 14. The last one is ready with the client, which
 * looks at the same packets, gives up waiting for guilds that are down, and then says `clientReady`.
 */
export class LaterShards {
  readonly #client: Client;
  /** Guilds that a shard waits for, from its READY on until it is ready. */
  readonly #awaited = new Map<number, Set<string>>();
  readonly #status = new Map<number, number>();
  /** Packets since a shard's connection closed. */
  readonly #replayed = new Map<number, number>();
  readonly #listeners: ((step: ShardStep) => void)[] = [];

  constructor(client: Client, gateway: LaterGateway) {
    this.#client = client;
    gateway.on('dispatch', (packet, shard) => this.#took(packet, shard));
    gateway.on('closed', (code, shard) => this.#closed(code, shard));
    gateway.on('resumed', (shard) => {
      this.#status.set(shard, status.ready);
      this.#tell({ shard, step: 'resume', replayed: this.#replayed.get(shard) ?? 0 });
    });
    client.on('clientReady', () => {
      for (const shard of [...this.#awaited.keys()]) this.#ready(shard);
    });
  }

  /** Tells of each step from now on. */
  onStep(listener: (step: ShardStep) => void): void {
    this.#listeners.push(listener);
  }

  /** What a shard does, and its ping in ms; -1 without one. */
  health(shard: number): { readonly status: number; readonly ping: number } {
    const { pings } = this.#client as unknown as { readonly pings?: ReadonlyMap<number, number> };
    return { status: this.#status.get(shard) ?? status.idle, ping: pings?.get(shard) ?? -1 };
  }

  #took({ t, d }: Dispatch, shard: number): void {
    this.#replayed.set(shard, (this.#replayed.get(shard) ?? 0) + 1);
    if (t === 'READY') {
      this.#awaited.set(shard, new Set(d?.guilds?.map(({ id }) => id)));
      this.#status.set(shard, status.waitingForGuilds);
    } else if (t === 'GUILD_CREATE' || t === 'GUILD_DELETE') this.#awaited.get(shard)?.delete(d?.id ?? '');
    else return;
    // When discord.js has put the guild into its cache: it hears of the packet after this.
    queueMicrotask(() => this.#look(shard));
  }

  #look(shard: number): void {
    if (this.#awaited.get(shard)?.size !== 0) return;
    const others = (runningShards(this.#client) ?? []).filter((one) => one !== shard);
    if (others.some((one) => this.#status.get(one) !== status.ready)) this.#ready(shard);
  }

  #ready(shard: number): void {
    this.#awaited.delete(shard);
    this.#status.set(shard, status.ready);
    this.#tell({ shard, step: 'ready' });
  }

  #closed(code: number, shard: number): void {
    const isFatal = fatalCloseCodes.has(code);
    this.#awaited.delete(shard);
    this.#replayed.set(shard, 0);
    this.#status.set(shard, isFatal ? status.disconnected : status.reconnecting);
    this.#tell(isFatal ? { shard, step: 'disconnect', code } : { shard, step: 'reconnecting' });
  }

  #tell(step: ShardStep): void {
    for (const listener of this.#listeners) listener(step);
  }
}
