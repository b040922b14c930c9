/** testing/handshake: IDENTIFY and RESUME, from the first check to the first event. */

import { GatewayCloseCodes as Codes, GatewayOpcodes as Ops } from 'discord-api-types/v10';
import type { Connection } from './connection.ts';
import { claimedShard, isToken, readIdentify } from './identify.ts';
import { integerOf, type JsonObject, textOf } from './json.ts';
import { sendGuilds, sendReady } from './login.ts';
import { checkOwnership } from './ownership.ts';
import { Session, type SessionBook } from './session.ts';
import { refuseIdentify, struck } from './strike.ts';
import type { World } from './world.ts';

/** Makes the token invalid: every session is closed with 4004 and forgotten. */
export function resetToken(world: World, sessions: SessionBook): void {
  world.token = `reset.${Date.now()}.${Math.random().toString(36).slice(2)}`;
  world.timeline.record('tokenReset');
  for (const session of sessions.list()) {
    sessions.remove(session);
    session.connection?.close(Codes.AuthenticationFailed, 'Authentication failed.');
  }
}

/** Lets bots log in and come back. */
export class Handshake {
  readonly #world: World;
  readonly #sessions: SessionBook;

  constructor(world: World, sessions: SessionBook) {
    this.#world = world;
    this.#sessions = sessions;
  }

  /** Answers an IDENTIFY: a close code, op 9, or READY and the guilds. */
  async identify(connection: Connection, data: JsonObject): Promise<void> {
    const { options, timeline, violations, guilds } = this.#world;
    if (connection.session !== undefined || connection.identifying)
      return connection.close(Codes.AlreadyAuthenticated, 'Already authenticated.');
    const shard = claimedShard(data);
    timeline.record('identify', { shard: data.shard, intents: data.intents }, shard);
    connection.identifying = true;
    const stopped = await struck(this.#world, 'identify', connection, shard);
    if (stopped || !connection.open) return;
    const identity = readIdentify(data, {
      token: this.#world.token,
      privileged: options.privileged,
      guildCount: guilds.count,
      guildsPerShardMax: options.gateway.guildsPerShardMax,
    });
    if ('code' in identity) {
      timeline.record('identifyRefused', { ...identity }, shard);
      if (identity.code === Codes.InvalidShard)
        violations.add('shardInRange', `IDENTIFY with the shard ${JSON.stringify(data.shard)}`, shard);
      return connection.close(identity.code, identity.reason);
    }
    if (!this.#admit(connection, identity.shard)) return;
    await this.#open(connection, new Session(identity, connection));
  }

  /** Holds an IDENTIFY against pace and budget; Discord answers haste with op 9 and an overdrawn budget with 4004. */
  #admit(connection: Connection, shard: number): boolean {
    const verdict = this.#world.ledger.judge(shard, Date.now());
    if (verdict.kind === 'granted') return true;
    if (verdict.kind === 'early') {
      const { key, sinceLastMs } = verdict;
      const window = this.#world.options.identifyWindowMs;
      const message = `shard ${shard} identified ${sinceLastMs} ms after the last shard of key ${key}; ${window} ms apart is allowed`;
      this.#world.violations.add('identifyPace', message, shard);
      refuseIdentify(this.#world, connection, shard, { code: 9, reason: message });
      return false;
    }
    this.#world.violations.add('sessionBudget', `shard ${shard} identified with no session start left`, shard);
    resetToken(this.#world, this.#sessions);
    this.#world.timeline.record('identifyRefused', { code: Codes.AuthenticationFailed, reason: 'budget' }, shard);
    connection.close(Codes.AuthenticationFailed, 'Authentication failed.');
    return false;
  }

  async #open(connection: Connection, session: Session): Promise<void> {
    if (await struck(this.#world, 'ready', connection, session.identity.shard)) return;
    if (!connection.open) return;
    connection.identifying = false;
    connection.session = session;
    this.#sessions.add(session);
    checkOwnership(session, this.#sessions.list(), this.#world);
    sendReady(session, this.#world);
    await sendGuilds(session, this.#world, this.#sessions);
  }

  /** Answers a RESUME: a close code, op 9, or what was missed and RESUMED. */
  async resume(connection: Connection, data: JsonObject): Promise<void> {
    if (connection.session !== undefined || connection.identifying)
      return connection.close(Codes.AlreadyAuthenticated, 'Already authenticated.');
    const session = this.#sessions.find(textOf(data.session_id) ?? '');
    const shard = session?.identity.shard;
    const seq = integerOf(data.seq) ?? 0;
    this.#world.timeline.record('resume', { session: data.session_id, seq, known: session !== undefined }, shard);
    if (await struck(this.#world, 'resume', connection, shard)) return;
    if (!isToken(data.token, this.#world.token))
      return connection.close(Codes.AuthenticationFailed, 'Authentication failed.');
    if (session === undefined || !this.#sessions.has(session))
      return this.#refuseResume(connection, shard, 'unknown session');
    if (seq > session.seq) {
      this.#sessions.end(session);
      return connection.close(Codes.InvalidSeq, 'Invalid seq.');
    }
    this.#carryOn(connection, session, seq);
  }

  #carryOn(connection: Connection, session: Session, seq: number): void {
    const { shard } = session.identity;
    const before = session.connection;
    session.connection = connection;
    connection.session = session;
    before?.close(Codes.UnknownError, 'The session was resumed elsewhere.');
    const replayed = session.replay(seq);
    if (replayed === undefined) {
      this.#sessions.end(session);
      this.#refuseResume(connection, shard, 'too far behind');
      return;
    }
    session.dispatch('RESUMED', '{"_trace":["[\\"loopback\\"]"]}');
    checkOwnership(session, this.#sessions.list(), this.#world);
    this.#world.timeline.record('resumed', { replayed }, shard);
  }

  #refuseResume(connection: Connection, shard: number | undefined, reason: string): void {
    this.#world.timeline.record('invalidSession', { resumable: false, on: 'resume', reason }, shard);
    connection.send(Ops.InvalidSession, false);
  }
}
