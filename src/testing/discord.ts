/** testing/discord: puts the loopback Discord together and drives it. */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { APIMessage } from 'discord-api-types/v10';
import { GatewayOpcodes } from 'discord-api-types/v10';
import { ShardliftError } from '../errors.ts';
import { ApplicationBook } from './application-book.ts';
import { type CommandInput, giveCommand } from './command.ts';
import { Faults } from './faults.ts';
import { Gateway } from './gateway.ts';
import { GuildBook } from './guild-book.ts';
import { GuildControl } from './guild-control.ts';
import { IdentifyLedger } from './identify-ledger.ts';
import { InteractionDesk, type InteractionReply } from './interaction-desk.ts';
import { type Invariant, type Violation, ViolationLog } from './invariants.ts';
import type { JsonObject } from './json.ts';
import { MessageBook } from './message-book.ts';
import { type DiscordOptions, type ResolvedOptions, resolveOptions } from './options.ts';
import { preloadFile, requireOption } from './preload-file.ts';
import { Rest } from './rest.ts';
import { recommendedShards } from './routes/gateway.ts';
import { routes } from './routes/table.ts';
import { ShardControl } from './shard-control.ts';
import { Timeline, type TimelineEvent, type TimelineKind } from './timeline.ts';
import { recordOf, Truth } from './truth.ts';
import type { EventTarget, World } from './world.ts';

/** A session as it stands. */
export interface SessionFacts {
  readonly id: string;
  readonly shard: number;
  readonly totalShards: number;
  readonly intents: number;
  /** True while a connection carries it. */
  readonly live: boolean;
  /** True when all its guilds were sent. */
  readonly ready: boolean;
  /** Sequence number of the last event. */
  readonly seq: number;
}

/** What {@link LoopbackDiscord.waitFor} can narrow down. */
export interface WaitOptions {
  /** For `ready`: how many different shards are ready at the same time. For others: how many different ones did it. */
  readonly shards?: number;
  /** Only this shard. */
  readonly shard?: number;
  /** How many events; default 1. */
  readonly count?: number;
  /** Milliseconds, default 30 000. */
  readonly timeoutMs?: number;
}

/** How long sockets of bots that have just ended may take to close, ms. */
const LEAVING_MS = 500;

/** Discord on loopback: REST v10 and gateway v10 on 127.0.0.1, made by `createDiscord`. */
export class LoopbackDiscord implements AsyncDisposable {
  /** Faults to come: `faults.add({ on: 'identify', do: { close: 4014 } })`. */
  readonly faults: Faults;
  /** What is so, to compare a bot's answers with. */
  readonly truth: Truth;
  readonly #options: ResolvedOptions;
  readonly #world: World;
  readonly #gateway: Gateway;
  readonly #server: Server;
  #stopped: Promise<void> | undefined;

  private constructor(options: ResolvedOptions, server: Server) {
    const timeline = new Timeline();
    const guilds = new GuildBook(options);
    this.#options = options;
    this.#server = server;
    this.faults = new Faults(timeline);
    this.truth = new Truth(guilds);
    this.#world = {
      options,
      timeline,
      guilds,
      violations: new ViolationLog(),
      faults: this.faults,
      ledger: new IdentifyLedger(
        {
          maxConcurrency: options.gateway.maxConcurrency,
          windowMs: options.identifyWindowMs,
          limit: options.gateway.sessionStartLimit,
        },
        Date.now(),
      ),
      messages: new MessageBook(),
      applications: new ApplicationBook(options.bot),
      interactions: new InteractionDesk(),
      publish: (event, data, target) => this.#gateway.publish(event, data, target),
      token: options.token,
      recommendedShards: options.gateway.shards === 'auto' ? recommendedShards(guilds.count) : options.gateway.shards,
      gatewayUrl: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    };
    this.#gateway = new Gateway(this.#world);
    const rest = new Rest(this.#world);
    server.on('request', (request, response) => void rest.answer(request, response));
    server.on('upgrade', (request, socket, head) => this.#gateway.upgrade(request, socket, head));
  }

  /** Starts listening on a free port of 127.0.0.1; `createDiscord` is the way in. */
  static async start(options: DiscordOptions): Promise<LoopbackDiscord> {
    const resolved = resolveOptions(options);
    const server = createServer({ keepAliveTimeout: 30_000 });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', () => resolve());
    });
    return new LoopbackDiscord(resolved, server);
  }

  /** `http://127.0.0.1:<port>`. */
  get url(): string {
    return this.#world.gatewayUrl.replace('ws:', 'http:');
  }

  /** `rest.url` is what `new Client({ rest: { api } })` takes, for bots in the same process. */
  get rest(): { readonly url: string } {
    return { url: `${this.url}/api` };
  }

  /** Where bots connect. */
  get gateway(): { readonly url: string } {
    return { url: this.#world.gatewayUrl };
  }

  /** The token that is accepted now. */
  get token(): string {
    return this.#world.token;
  }

  /** The bot user. */
  get bot(): { readonly id: string; readonly username: string } {
    return this.#options.bot;
  }

  /**
   * What a bot's environment needs to end up here instead of at Discord: spread it over `process.env`.
   *
   * @throws ShardliftError `PRELOAD_MISSING` when the package was never built
   */
  get env(): {
    readonly NODE_OPTIONS: string;
    readonly DISCORD_SIM: string;
    readonly DISCORD_TOKEN: string;
    readonly SHARDLIFT_IDENTIFY_WINDOW_MS: string;
  } {
    return {
      NODE_OPTIONS: requireOption(preloadFile(), process.env.NODE_OPTIONS),
      DISCORD_SIM: this.url,
      DISCORD_TOKEN: this.#world.token,
      SHARDLIFT_IDENTIFY_WINDOW_MS: String(this.#options.identifyWindowMs),
    };
  }

  /** Messages the bot sent, oldest first, edits applied; replies to interactions are among them. */
  get messages(): readonly APIMessage[] {
    return structuredClone(this.#world.messages.sent) as unknown as APIMessage[];
  }

  /** Every REST route that is answered, as `METHOD /path/:parameter`; all others are 404 and recorded. */
  get routes(): readonly string[] {
    return routes.map(({ method, path }) => `${method} ${path}`);
  }

  /** What can be done to a shard. */
  shard(id: number): ShardControl {
    return new ShardControl(id, this.#gateway);
  }

  /** What can be done in a guild, by id or index. */
  guild(which: string | number): GuildControl {
    return new GuildControl(recordOf(this.#world.guilds, which), this.#world);
  }

  /** Sends any event to the owner of a guild, to a shard, or to all; the number of live sessions it reached. */
  dispatch(event: string, data: Readonly<Record<string, unknown>>, target: EventTarget = 'all'): number {
    return this.#world.publish(event, data as JsonObject, target);
  }

  /**
   * Gives the bot a slash command and waits for its reply (the text after a deferral, too).
   *
   * @throws ShardliftError `LOOPBACK_UNREACHABLE` when no live session owns the guild, `LOOPBACK_TIMEOUT` without a reply,
   * `INVALID_OPTION` when the user is no member
   */
  interact(input: CommandInput): Promise<InteractionReply> {
    return giveCommand(this.#world, input);
  }

  /** Asks every shard to reconnect at once (op 7), as when Discord deploys. */
  deploy(): void {
    for (const session of this.#gateway.sessions.list()) session.connection?.send(GatewayOpcodes.Reconnect, null);
  }

  /** Uses up the session starts that are left: the next IDENTIFY resets the token. */
  exhaustSessions(): void {
    this.#world.ledger.exhaust();
  }

  /** Resets the token: sessions are closed with 4004, REST answers 401. */
  resetToken(): void {
    this.#gateway.resetToken();
  }

  /** Changes the `shards` of GET /gateway/bot from now on. */
  recommendShards(shards: number): void {
    this.#world.recommendedShards = shards;
  }

  /**
   * Waits for something to be so.
   *
   * `ready` waits until that many shards are ready at the same time; every other kind waits for events of the timeline,
   * those of the past included.
   *
   * @throws ShardliftError `LOOPBACK_TIMEOUT`
   */
  waitFor(kind: TimelineKind, options: WaitOptions = {}): Promise<void> {
    const { shards, shard, count = 1, timeoutMs = 30_000 } = options;
    const what = `${kind} ${JSON.stringify({ shards, shard, count })}`;
    const matching = () => this.timeline(kind).filter((event) => shard === undefined || event.shard === shard);
    const distinct = () => new Set(matching().map((event) => event.shard)).size;
    const ready = () => {
      const now = this.sessions().filter((session) => session.live && session.ready);
      const wanted = now.filter((session) => shard === undefined || session.shard === shard);
      return new Set(wanted.map((session) => session.shard)).size >= (shards ?? 1);
    };
    const enough = () => (shards === undefined ? matching().length >= count : distinct() >= shards);
    return this.#world.timeline.until(kind === 'ready' ? ready : enough, what, timeoutMs);
  }

  /** Waits until a condition of your own holds; looked at after every event. */
  until(condition: () => boolean, { what = 'a condition', timeoutMs = 30_000 } = {}): Promise<void> {
    return this.#world.timeline.until(condition, what, timeoutMs);
  }

  /** Sessions Discord remembers, live or waiting for a RESUME. */
  sessions(): readonly SessionFacts[] {
    return this.#gateway.sessions.list().map(({ id, identity, live, guildsSent, seq }) => {
      const { shard, totalShards, intents } = identity;
      return { id, shard, totalShards, intents, live, ready: guildsSent, seq };
    });
  }

  /** What happened so far, in order; of one kind when asked. */
  timeline(kind?: TimelineKind): readonly TimelineEvent[] {
    return this.#world.timeline.list(kind);
  }

  /** Broken invariants so far; some of them when asked. */
  violations(...only: readonly Invariant[]): readonly Violation[] {
    return this.#world.violations.list(only.length === 0 ? undefined : only);
  }

  /**
   * Stops: closes what is left and frees the port. Bots should be gone by now, who is not is a violation.
   *
   * @throws ShardliftError `LOOPBACK_VIOLATIONS` with `strict`, when a watched invariant was broken
   */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  /** Stops at the end of an `await using` block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #stop(): Promise<void> {
    const deadline = Date.now() + LEAVING_MS;
    while (this.#gateway.connections.size > 0 && Date.now() < deadline) await sleep(10);
    for (const { shard } of this.#gateway.connections)
      this.#world.violations.add(
        'nothingLeftConnected',
        `${shard === undefined ? 'a socket' : `shard ${shard}`} is still connected`,
        shard,
      );
    this.#gateway.stop();
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
    const { strict } = this.#options;
    const violations = this.#world.violations.list(strict === 'all' ? undefined : strict);
    if (violations.length === 0) return;
    throw new ShardliftError('LOOPBACK_VIOLATIONS', {
      violations: violations.map(({ invariant, message }) => `${invariant}: ${message}`),
    });
  }
}
