/** testing/shard-control: what Discord can do to a shard. */

import { GatewayOpcodes } from 'discord-api-types/v10';
import { ShardliftError } from '../errors.ts';
import type { Gateway } from './gateway.ts';
import type { Session } from './session.ts';

/** Does to one shard (by id, in whatever session it lives) what Discord does on bad days. */
export class ShardControl {
  readonly id: number;
  readonly #gateway: Gateway;

  constructor(id: number, gateway: Gateway) {
    this.id = id;
    this.#gateway = gateway;
  }

  /** Closes the connection with a gateway close code, default 4000. Fatal codes end the session too. */
  disconnect({ code = 4000 }: { readonly code?: number } = {}): void {
    for (const session of this.#live('disconnect')) this.#gateway.disconnect(session, code);
  }

  /** Resets the TCP connection, no close frame: the bot sees 1006. */
  reset(): void {
    for (const session of this.#live('reset')) session.connection?.reset();
  }

  /** Keeps TCP open and says nothing any more: no acknowledgements, no events. Ends when the bot reconnects. */
  zombie(): void {
    for (const { connection } of this.#live('zombie')) if (connection !== undefined) connection.zombie = true;
  }

  /** Sends op 9; not resumable unless asked, so the bot must identify anew. */
  invalidate({ resumable = false }: { readonly resumable?: boolean } = {}): void {
    for (const session of this.#live('invalidate')) this.#gateway.invalidate(session, resumable);
  }

  /** Asks the bot to reconnect and resume (op 7), as Discord does when it deploys. */
  reconnect(): void {
    for (const session of this.#live('reconnect')) session.connection?.send(GatewayOpcodes.Reconnect, null);
  }

  #live(what: string): readonly Session[] {
    const live = this.#gateway.sessions.list(this.id).filter((session) => session.live);
    const reason = `shard ${this.id} has no live session`;
    if (live.length === 0)
      throw new ShardliftError('LOOPBACK_UNREACHABLE', { what: `shard(${this.id}).${what}()`, reason });
    return live;
  }
}
