/** testing/connection: one WebSocket of a bot, with the limits Discord puts on it. */

import { GatewayOpcodes } from 'discord-api-types/v10';
import { WebSocket } from 'ws';
import type { Json } from './json.ts';
import type { Session } from './session.ts';

/** Sends allowed per connection. @see https://discord.com/developers/docs/events/gateway#rate-limiting */
const MAX_SENDS = 120;
const SEND_WINDOW_MS = 60_000;

/** What is used of a `WebSocket`. Not the type itself: `ws` brings no declarations, and users may have none. */
export interface GatewaySocket {
  readonly readyState: number;
  readonly bufferedAmount: number;
  send(text: string): void;
  close(code: number, reason: string): void;
  terminate(): void;
}

/** One connected socket; it may or may not carry a session. */
export class Connection {
  readonly socket: GatewaySocket;
  session: Session | undefined;
  /** An IDENTIFY is being answered; a second one is refused. */
  identifying = false;
  /** HELLO was sent; from then on heartbeats are due. */
  greeted = false;
  /** Looks alive and says nothing: no acknowledgements, no events. */
  zombie = false;
  lastBeatAt = Date.now();
  /** The code this side closed with, if it did. */
  closedWith: number | undefined;
  #sends: number[] = [];

  constructor(socket: GatewaySocket) {
    this.socket = socket;
  }

  /** The shard that identified here, if one did. */
  get shard(): number | undefined {
    return this.session?.identity.shard;
  }

  /** True while frames can be written. */
  get open(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  /** Sends a frame that is not an event. */
  send(op: GatewayOpcodes, data: Json): void {
    if (this.open) this.socket.send(JSON.stringify({ t: null, s: null, op, d: data }));
  }

  /** Sends a ready-made event frame; a zombie swallows it. */
  event(text: string): void {
    if (this.open && !this.zombie) this.socket.send(text);
  }

  /** Acknowledges a heartbeat; a zombie does not. */
  acknowledge(): void {
    if (!this.zombie) this.send(GatewayOpcodes.HeartbeatAck, null);
  }

  /** Closes with a gateway close code. */
  close(code: number, reason: string): void {
    this.closedWith ??= code;
    this.socket.close(code, reason);
  }

  /** Resets the TCP connection: the bot sees 1006 and no close frame. */
  reset(): void {
    this.closedWith ??= 1006;
    this.socket.terminate();
  }

  /** Counts a frame the bot sent; false when it is one too many. */
  countSend(now: number): boolean {
    this.#sends = this.#sends.filter((at) => now - at < SEND_WINDOW_MS);
    this.#sends.push(now);
    return this.#sends.length <= MAX_SENDS;
  }
}
