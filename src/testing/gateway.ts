/** testing/gateway: gateway v10: hello, heartbeats, identify, resume, and the close codes. */

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayCloseCodes as Codes, GatewayOpcodes as Ops } from 'discord-api-types/v10';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { Connection } from './connection.ts';
import { Handshake, resetToken } from './handshake.ts';
import { blankContent, isWanted } from './intents.ts';
import { integerOf, isObject, type JsonObject, objectOr, textsOf } from './json.ts';
import { memberChunks } from './members-request.ts';
import { owns } from './ownership.ts';
import { requestUrl } from './request-url.ts';
import { type Session, SessionBook } from './session.ts';
import { struck } from './strike.ts';
import type { EventTarget, World } from './world.ts';

/** Largest frame a bot may send, bytes. @see https://discord.com/developers/docs/events/gateway#sending-events */
const MAX_FRAME_BYTES = 4_096;

/** Close codes after which a session cannot be resumed. */
const ENDING: ReadonlySet<number> = new Set([
  1000,
  1001,
  Codes.AuthenticationFailed,
  Codes.InvalidSeq,
  Codes.SessionTimedOut,
  Codes.InvalidShard,
  Codes.ShardingRequired,
  Codes.InvalidAPIVersion,
  Codes.InvalidIntents,
  Codes.DisallowedIntents,
]);

/** Heartbeats may be this much later than asked, plus half a second, before the session times out. */
const HEARTBEAT_SLACK = 1.5;

/** Below this interval (ms), scaled down for tests, heartbeats would eat the 120 sends a minute and are not counted. */
const COUNTED_INTERVAL_MS = 10_000;

type Handler = (connection: Connection, data: unknown) => void | Promise<void>;

/** The gateway: sockets, sessions and what bots say on them. */
export class Gateway {
  readonly sessions = new SessionBook();
  readonly connections = new Set<Connection>();
  readonly #world: World;
  readonly #handshake: Handshake;
  readonly #server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 1024 * 1024 });
  /** Upgrades that hang. The HTTP server has let go of their sockets, and would wait for them when it closes. */
  readonly #unanswered = new Set<Duplex>();
  readonly #sweeper: NodeJS.Timeout;
  readonly #handlers: Readonly<Partial<Record<number, Handler>>> = {
    [Ops.Heartbeat]: (connection, data) => this.#heartbeat(connection, data),
    [Ops.Identify]: (connection, data) => this.#handshake.identify(connection, objectOr(data)),
    [Ops.Resume]: (connection, data) => this.#handshake.resume(connection, objectOr(data)),
    [Ops.RequestGuildMembers]: (connection, data) => this.#requestMembers(connection, objectOr(data)),
    [Ops.PresenceUpdate]: (connection, data) => this.#note('presence', connection, objectOr(data)),
    [Ops.VoiceStateUpdate]: (connection, data) => this.#note('voiceState', connection, objectOr(data)),
    [Ops.RequestSoundboardSounds]: (connection) => this.#note('presence', connection, {}),
  };

  constructor(world: World) {
    this.#world = world;
    this.#handshake = new Handshake(world, this.sessions);
    const interval = world.options.gateway.heartbeatIntervalMs;
    this.#sweeper = setInterval(() => this.#sweep(Date.now()), Math.min(500, Math.ceil(interval / 4)));
    this.#sweeper.unref();
  }

  /** Takes over an HTTP upgrade. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const fault = this.#world.faults.take('upgrade');
    if (fault === 'drop') return void socket.destroy();
    if (fault === 'hang') return void this.#leaveUnanswered(socket);
    if (typeof fault === 'object' && 'status' in fault)
      return void socket.end(`HTTP/1.1 ${fault.status} Fault\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    this.#server.handleUpgrade(request, socket, head, (ws) => this.#accept(ws, request.url ?? '/'));
  }

  #leaveUnanswered(socket: Duplex): void {
    this.#unanswered.add(socket);
    // A reset nobody listens to would be thrown in the test.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#unanswered.delete(socket));
  }

  /** Sends an event to every session that owns the target and wants it; the number of live ones reached. */
  publish(event: string, data: JsonObject, target: EventTarget): number {
    let reached = 0;
    for (const session of this.sessions.list()) {
      if (!isAimedAt(session, target)) continue;
      const { intents } = session.identity;
      const inGuild = data.guild_id !== undefined || event.startsWith('GUILD_');
      if (!isWanted(event, intents, inGuild)) continue;
      session.dispatch(
        event,
        JSON.stringify(blankContent(event, data, { intents, botId: this.#world.options.bot.id })),
      );
      if (session.live) reached += 1;
    }
    return reached;
  }

  /** Makes the token invalid: every session is closed with 4004 and forgotten. */
  resetToken(): void {
    resetToken(this.#world, this.sessions);
  }

  /** Tells a session it is invalid (op 9); the bot may resume or identify on the same connection. */
  invalidate(session: Session, resumable: boolean): void {
    const { connection } = session;
    this.#world.timeline.record('invalidSession', { resumable, on: 'command' }, session.identity.shard);
    if (resumable) this.sessions.detach(session);
    else this.sessions.end(session);
    connection?.send(Ops.InvalidSession, resumable);
  }

  /** Closes the connection of a session; codes that end sessions end it now, not when the socket is gone. */
  disconnect(session: Session, code: number): void {
    const { connection } = session;
    if (ENDING.has(code)) {
      this.sessions.remove(session);
      session.connection = undefined;
    }
    connection?.close(code, 'Closed by the loopback Discord.');
  }

  /** Closes every socket and stops looking after heartbeats. */
  stop(): void {
    clearInterval(this.#sweeper);
    for (const connection of this.connections) connection.reset();
    for (const socket of this.#unanswered) socket.destroy();
    this.#server.close();
  }

  #accept(socket: WebSocket, url: string): void {
    const connection = new Connection(socket);
    this.connections.add(connection);
    socket.on('close', (code) => this.#closed(connection, code));
    // An unreadable frame (too long, not UTF-8) is reported here; ws closes the socket itself with the right code.
    socket.on('error', (error) => this.#world.timeline.record('close', { error: error.message }, connection.shard));
    socket.on('message', (frame) => void this.#receive(connection, frame));
    const query = requestUrl(url).searchParams;
    this.#world.timeline.record('connect', { url });
    if (!['9', '10'].includes(query.get('v') ?? '10'))
      connection.close(Codes.InvalidAPIVersion, 'Invalid API version.');
    else if ((query.get('encoding') ?? 'json') !== 'json' || query.has('compress'))
      connection.close(Codes.DecodeError, 'The loopback Discord speaks uncompressed JSON only.');
    else void this.#hello(connection);
  }

  async #hello(connection: Connection): Promise<void> {
    if (await struck(this.#world, 'hello', connection, undefined)) return;
    const interval = this.#world.options.gateway.heartbeatIntervalMs;
    connection.lastBeatAt = Date.now();
    connection.greeted = true;
    connection.send(Ops.Hello, { heartbeat_interval: interval, _trace: ['["loopback"]'] });
  }

  #closed(connection: Connection, code: number): void {
    this.connections.delete(connection);
    const { session, closedWith } = connection;
    const by = closedWith === undefined ? 'bot' : 'discord';
    this.#world.timeline.record('close', { code: closedWith ?? code, by }, connection.shard);
    if (session === undefined || session.connection !== connection) return;
    session.connection = undefined;
    session.lostAt = Date.now();
    if (ENDING.has(closedWith ?? code)) this.sessions.remove(session);
  }

  #receive(connection: Connection, frame: RawData): void | Promise<void> {
    const text = String(frame);
    if (Buffer.byteLength(text) > MAX_FRAME_BYTES) return connection.close(Codes.DecodeError, 'Payload too large.');
    let payload: unknown;
    try {
      payload = JSON.parse(text);
    } catch {
      // What is not JSON is the bot's mistake; the close code tells it so.
      return connection.close(Codes.DecodeError, 'Decode error.');
    }
    const op = isObject(payload) ? integerOf(payload.op) : undefined;
    const handler = op === undefined ? undefined : this.#handlers[op];
    if (op === undefined || handler === undefined) return connection.close(Codes.UnknownOpcode, 'Unknown opcode.');
    const counted = op !== Ops.Heartbeat || this.#world.options.gateway.heartbeatIntervalMs >= COUNTED_INTERVAL_MS;
    if (counted && !connection.countSend(Date.now())) {
      this.#world.timeline.record('sendLimit', { op }, connection.shard);
      return connection.close(Codes.RateLimited, 'Rate limited.');
    }
    return handler(connection, objectOr(payload).d);
  }

  async #heartbeat(connection: Connection, seq: unknown): Promise<void> {
    connection.lastBeatAt = Date.now();
    this.#world.timeline.record('heartbeat', { seq }, connection.shard);
    if (await struck(this.#world, 'heartbeat', connection, connection.shard)) return;
    connection.acknowledge();
  }

  #note(kind: 'presence' | 'voiceState', connection: Connection, data: JsonObject): void {
    if (connection.session === undefined) connection.close(Codes.NotAuthenticated, 'Not authenticated.');
    else this.#world.timeline.record(kind, data, connection.shard);
  }

  #requestMembers(connection: Connection, request: JsonObject): void {
    const { session } = connection;
    if (session === undefined) {
      connection.close(Codes.NotAuthenticated, 'Not authenticated.');
      return;
    }
    const guild = this.#world.guilds.find(textsOf(request.guild_id)[0] ?? '');
    const chunks =
      guild !== undefined && owns(session, guild.id) ? memberChunks(guild, request, session.identity.intents) : [];
    this.#world.timeline.record('membersRequested', { guild: guild?.id, chunks: chunks.length }, connection.shard);
    for (const chunk of chunks) session.dispatch('GUILD_MEMBERS_CHUNK', JSON.stringify(chunk));
  }

  #sweep(now: number): void {
    this.sessions.expire(now);
    const interval = this.#world.options.gateway.heartbeatIntervalMs;
    for (const connection of this.connections) {
      const late = now - connection.lastBeatAt - (interval * HEARTBEAT_SLACK + 500);
      if (late <= 0 || !connection.greeted || connection.closedWith !== undefined) continue;
      this.#world.timeline.record('heartbeatTimeout', { lateMs: late }, connection.shard);
      const who = connection.shard === undefined ? 'a socket without a session' : `shard ${connection.shard}`;
      this.#world.violations.add(
        'heartbeatOnTime',
        `${who} sent no heartbeat for ${now - connection.lastBeatAt} ms`,
        connection.shard,
      );
      connection.close(Codes.SessionTimedOut, 'Session timed out.');
    }
  }
}

function isAimedAt(session: Session, target: EventTarget): boolean {
  if (target === 'all') return true;
  return 'shard' in target ? session.identity.shard === target.shard : owns(session, target.guild);
}
