/** test/testing/raw-bot: a gateway client by hand, for what discord.js would never send. */

import { once } from 'node:events';
import { GatewayOpcodes } from 'discord-api-types/v10';
import { WebSocket } from 'ws';
import type { LoopbackDiscord } from '../../src/testing/index.ts';

interface Frame {
  readonly op: number;
  readonly t: string | null;
  readonly s: number | null;
  readonly d: Record<string, unknown>;
}

/** A connection that keeps every frame. */
export class RawBot implements AsyncDisposable {
  readonly frames: Frame[] = [];
  readonly socket: WebSocket;
  /** The close code. */
  readonly closed: Promise<number>;
  readonly #discord: LoopbackDiscord;

  constructor(discord: LoopbackDiscord, query = '/?v=10&encoding=json') {
    this.#discord = discord;
    this.socket = new WebSocket(`${discord.gateway.url}${query}`);
    this.socket.on('message', (data) => {
      this.frames.push(JSON.parse(String(data)));
      this.socket.emit('frame');
    });
    this.closed = once(this.socket, 'close').then(([code]) => code as number);
  }

  /** Waits for the first frame that fits. */
  async next(fits: (frame: Frame) => boolean): Promise<Frame> {
    for (;;) {
      const frame = this.frames.find(fits);
      if (frame !== undefined) return frame;
      await once(this.socket, 'frame');
    }
  }

  op(op: number): Promise<Frame> {
    return this.next((frame) => frame.op === op);
  }

  event(name: string): Promise<Frame> {
    return this.next((frame) => frame.t === name);
  }

  send(op: number, d: unknown): void {
    this.socket.send(JSON.stringify({ op, d }));
  }

  /** Waits for HELLO and identifies. */
  async identify(fields: Record<string, unknown> = {}): Promise<void> {
    await this.op(GatewayOpcodes.Hello);
    this.send(GatewayOpcodes.Identify, { token: this.#discord.token, intents: 1, properties: {}, ...fields });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.terminate();
    await this.closed;
  }
}
