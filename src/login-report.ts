/** login-report: tells the manager how the logins of a bot go. */
import type { Client } from 'discord.js';
import { lifeContract } from './features/system.ts';
import type { Peer } from './rpc/peer.ts';
import { withoutSecret } from './transport/secret.ts';
import { localHost } from './wire/address.ts';

/** How long a bot whose token was refused has to log in with another, in ms. */
export const otherTokenMs = 5_000;

/** What a manager is told of the logins of one client. */
export class LoginReport {
  readonly #client: Client;
  readonly #peer: Peer;
  #giveUp: NodeJS.Timeout | undefined;

  constructor(client: Client, peer: Peer) {
    this.#client = client;
    this.#peer = peer;
  }

  /** The bot logs in; a refusal before this one is no longer its last word. */
  begins(): void {
    if (this.#giveUp === undefined) return;
    clearTimeout(this.#giveUp);
    this.#giveUp = undefined;
    this.#life.loginAgain();
  }

  /** A login failed. With a refused token the bot is given up when it tries no other within {@link otherTokenMs}. */
  failed(error: unknown): void {
    const { code, message } = error as { code?: unknown; message?: unknown };
    const told = withoutSecret(String(message), this.#client.token ?? undefined);
    const isRefused = code === 'TokenInvalid';
    this.#life.failure({ kind: isRefused ? 'refused' : 'login', message: told });
    if (!isRefused) return;
    clearTimeout(this.#giveUp);
    const end = () => this.#life.failure({ kind: 'token', message: told });
    // A bot with nothing left to do may end before that: it says the same.
    this.#giveUp = setTimeout(end, otherTokenMs).unref();
  }

  get #life() {
    return this.#peer.at(lifeContract, localHost);
  }
}
