/** stats-reporter: keeps the numbers of a discord.js client, and hands them on in the tick in which they change. */
import type { Client } from 'discord.js';
import { type ClusterRow, packRecord, type ShardRow } from './board/record.ts';
import { onPacket, onShardStep, type Packet, shardHealth } from './gateway-shards.ts';
import { LoopLag } from './loop-lag.ts';
import type { Dropped } from './node.ts';

/** How often memory, lag, ping and members are measured, in ms. */
export const gaugeEveryMs = 5_000;
/** discord.js's `Status.Idle`: not connected yet. */
const idle = 3;

/** What a reporter watches, and where its numbers go. */
export interface ReporterSetup {
  readonly client: Client;
  /** Shards of the cluster, in the order of its plan; another list once a client has learnt at its login which it has. */
  readonly shards: readonly number[];
  readonly incarnation: number;
  /** Takes the numbers, see `board/record`. */
  readonly report: (numbers: readonly number[]) => void;
  /** Least time between two reports of which only the number of users is new, in ms: nearly every message brings one. */
  readonly usersPaceMs: number;
  /** What the cluster's node has lost. */
  readonly dropped: () => Dropped;
}

/** Watches one client. */
export class StatsReporter {
  readonly #setup: ReporterSetup;
  readonly #row: ClusterRow;
  #ids: readonly number[] = [];
  #rows: readonly ShardRow[] = [];
  readonly #lag = new LoopLag();
  /** Guilds came or went: those of each shard have to be counted anew. */
  #recount = true;
  #changed = true;
  #reportedAt = 0;
  #scheduled = false;
  #later: NodeJS.Timeout | undefined;

  constructor(setup: ReporterSetup) {
    this.#setup = setup;
    const none = { guilds: 0, users: 0, channels: 0, members: 0 };
    const gauges = { rss: 0, heapUsed: 0, lagMs: 0, maxLagMs: 0, gaugedAt: 0, droppedMessages: 0, droppedAnswers: 0 };
    this.#row = { incarnation: setup.incarnation, pid: process.pid, readyAt: 0, ...none, ...gauges };
  }

  /** A row for each shard, in their order. */
  get #shards(): readonly ShardRow[] {
    const { shards } = this.#setup;
    if (shards !== this.#ids) {
      const unknown = { status: idle, ping: -1, readyAt: 0 };
      this.#ids = shards;
      this.#rows = shards.map(() => ({ ...unknown, guilds: 0, channels: 0, members: 0 }));
      this.#recount = true;
    }
    return this.#rows;
  }

  /** Reports from now on. Costs a look at some sizes per tick with gateway traffic, and a pass over the guilds every 5 s. */
  watch(): void {
    const { client } = this.#setup;
    // Every packet: what it changes is looked at when all of the tick are handled.
    onPacket(client, (packet) => this.#sawPacket(packet));
    client.on('guildCreate', () => this.#guildsMoved());
    client.on('guildDelete', () => this.#guildsMoved());
    // At once: the manager hears of the shard's step right after this, and then the numbers have to be there.
    onShardStep(client, ({ shard, step }) => {
      this.#shardMoved(shard, step === 'ready' || step === 'resume' ? Date.now() : 0);
    });
    setInterval(() => this.#reportGauges(), gaugeEveryMs).unref();
    this.#gauge();
    this.#soon();
  }

  /** Reports what changed and was not reported yet. To be called before the board is asked. */
  flush(): void {
    const usersOnly = !this.#look() && !this.#changed;
    const { users } = this.#setup.client;
    if (usersOnly && this.#row.users === users.cache.size) return;
    const waitMs = usersOnly ? this.#reportedAt + this.#setup.usersPaceMs - performance.now() : 0;
    if (waitMs <= 0) this.#report();
    else this.#later ??= setTimeout(() => this.#flushLater(), waitMs).unref();
  }

  /** A timer may fire a little early: then there is another. https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
  #flushLater(): void {
    this.#later = undefined;
    this.flush();
  }

  /** The numbers as they are now, measured now. */
  numbers(): number[] {
    this.#gauge();
    this.#look();
    this.#row.users = this.#setup.client.users.cache.size;
    return packRecord({ ...this.#row, shards: this.#shards });
  }

  #sawPacket({ t, d }: Packet): void {
    if (t === 'GUILD_DELETE' || t === 'READY') this.#recount = true;
    // After a READY most of them are known already: nothing has to be counted for those.
    else if (t === 'GUILD_CREATE' && !this.#setup.client.guilds.cache.has(d?.id ?? '')) this.#recount = true;
    this.#soon();
  }

  #guildsMoved(): void {
    this.#recount = true;
    this.#soon();
  }

  #shardMoved(shard: number, readyAt: number): void {
    const row = this.#shards[this.#setup.shards.indexOf(shard)];
    if (row !== undefined) row.readyAt = readyAt;
    this.#recount = true;
    this.#changed = true;
    this.flush();
    // What discord.js does after this event, such as becoming ready as a whole.
    this.#soon();
  }

  /** Looks again when everything of this tick was handled. */
  #soon(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.flush();
    });
  }

  /** Brings the counts up to date. @returns whether one has changed */
  #look(): boolean {
    const { client } = this.#setup;
    const rows = this.#shards;
    const row = this.#row;
    const before = [row.guilds, row.channels, row.readyAt];
    if (this.#recount || row.guilds !== client.guilds.cache.size) this.#countGuilds();
    row.channels = client.channels.cache.size;
    row.readyAt = client.readyTimestamp ?? 0;
    let moved = before[0] !== row.guilds || before[1] !== row.channels || before[2] !== row.readyAt;
    for (const [index, shard] of rows.entries()) {
      const id = this.#ids[index] as number;
      const { status, ping } = shardHealth(client, id);
      moved ||= status !== shard.status;
      shard.status = status;
      shard.ping = ping;
    }
    return moved;
  }

  /** One pass over the guilds. */
  #countGuilds(): void {
    const { client, shards } = this.#setup;
    for (const shard of this.#shards) Object.assign(shard, { guilds: 0, channels: 0, members: 0 });
    const byId = new Map(shards.map((id, index) => [id, this.#shards[index] as ShardRow]));
    const row = this.#row;
    row.guilds = client.guilds.cache.size;
    row.members = 0;
    for (const guild of client.guilds.cache.values()) {
      // Before its first GUILD_CREATE a guild has no number of members.
      const members = guild.memberCount ?? 0;
      row.members += members;
      const shard = byId.get(guild.shardId);
      if (shard === undefined) continue;
      shard.guilds += 1;
      shard.members += members;
      shard.channels += guild.channels.cache.size;
    }
    this.#recount = false;
    this.#changed = true;
  }

  #report(): void {
    clearTimeout(this.#later);
    this.#later = undefined;
    this.#changed = false;
    this.#reportedAt = performance.now();
    this.#row.users = this.#setup.client.users.cache.size;
    this.#setup.report(packRecord({ ...this.#row, shards: this.#shards }));
  }

  #reportGauges(): void {
    this.#gauge();
    this.#look();
    this.#report();
  }

  #gauge(): void {
    const row = this.#row;
    const { rss, heapUsed } = process.memoryUsage();
    const { messages: droppedMessages, answers: droppedAnswers } = this.#setup.dropped();
    const counted = { rss, heapUsed, droppedMessages, droppedAnswers, gaugedAt: Date.now() };
    Object.assign(row, counted, this.#lag.take());
    this.#recount = true;
  }
}
