/** testing/session: what Discord remembers of a logged-in shard, connected or not. */

import { randomBytes } from 'node:crypto';
import type { Connection } from './connection.ts';

/** Events kept for a RESUME; a session further behind must identify anew. */
const REPLAY_EVENTS = 5_000;

/** How long a session outlives its connection, ms (Discord does not say; a few minutes by observation). */
const TIME_TO_LIVE_MS = 180_000;

interface Sent {
  readonly seq: number;
  readonly event: string;
  readonly data: string;
}

/** What a session was opened with. */
export interface Identity {
  readonly shard: number;
  readonly totalShards: number;
  readonly intents: number;
  readonly largeThreshold: number;
}

/** One gateway session: counts events, keeps them for a while, sends them while somebody is connected. */
export class Session {
  readonly id = randomBytes(16).toString('hex');
  readonly identity: Identity;
  readonly openedAt = Date.now();
  /** All GUILD_CREATEs are out. */
  guildsSent = false;
  seq = 0;
  connection: Connection | undefined;
  lostAt = 0;
  #sent: Sent[] = [];

  constructor(identity: Identity, connection: Connection) {
    this.identity = identity;
    this.connection = connection;
  }

  /** True while a connection carries this session. */
  get live(): boolean {
    return this.connection !== undefined;
  }

  /** Sends an event, its data as JSON text, and keeps it for a RESUME. */
  dispatch(event: string, data: string): void {
    this.seq += 1;
    const sent = { seq: this.seq, event, data };
    this.#sent.push(sent);
    // Trimmed rarely, so that a long run does not move the whole list for each event.
    if (this.#sent.length > REPLAY_EVENTS * 2) this.#sent = this.#sent.slice(-REPLAY_EVENTS);
    this.#write(sent);
  }

  /** Sends again what came after `seq`; false when that is no longer known. */
  replay(seq: number): number | undefined {
    const first = this.#sent[0]?.seq ?? this.seq + 1;
    if (seq + 1 < first) return undefined;
    const missed = this.#sent.filter((sent) => sent.seq > seq);
    for (const sent of missed) this.#write(sent);
    return missed.length;
  }

  #write({ seq, event, data }: Sent): void {
    this.connection?.event(`{"t":"${event}","s":${seq},"op":0,"d":${data}}`);
  }
}

/** All sessions, by id. */
export class SessionBook {
  readonly #sessions = new Map<string, Session>();

  /** Remembers a session. */
  add(session: Session): void {
    this.#sessions.set(session.id, session);
  }

  /** Forgets a session: it can no longer be resumed. */
  remove(session: Session): void {
    this.#sessions.delete(session.id);
  }

  /** Forgets a session; its socket stays open, as after op 9, and may identify again. */
  end(session: Session): void {
    this.remove(session);
    this.detach(session);
  }

  /** Parts a session from its socket, which stays open. */
  detach(session: Session): void {
    if (session.connection !== undefined) session.connection.session = undefined;
    session.connection = undefined;
    session.lostAt = Date.now();
  }

  /** The session with this id. */
  find(id: string): Session | undefined {
    return this.#sessions.get(id);
  }

  /** True while the session is remembered. */
  has(session: Session): boolean {
    return this.#sessions.get(session.id) === session;
  }

  /** Every session, or those of one shard. */
  list(shard?: number): Session[] {
    return [...this.#sessions.values()].filter((session) => shard === undefined || session.identity.shard === shard);
  }

  /** Forgets sessions nobody came back for. */
  expire(now: number): void {
    for (const session of this.#sessions.values())
      if (!session.live && now - session.lostAt > TIME_TO_LIVE_MS) this.remove(session);
  }
}
