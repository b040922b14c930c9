/** login: lets a client's `login` wait for the handlers files. */
import type { Client } from 'discord.js';
import type { ClusterClient } from './client.ts';

type Login = (this: Client, token?: string) => Promise<string>;

/**
 * Makes `login` load the handlers first, and tell the manager when it fails for good.
 *
 * @param clients - a client, or the prototype of all
 * @param clusterOf - gives none for a client that nobody asked for its cluster
 */
export function loadAtLogin(clients: object, clusterOf: (client: Client) => ClusterClient | undefined): void {
  const { login } = clients as { readonly login: Login };
  const value = async function loginToCluster(this: Client, token?: string): Promise<string> {
    const cluster = clusterOf(this);
    cluster?.loginBegins();
    try {
      await cluster?.loadHandlers();
      // Called as the bot called it: with no argument discord.js takes the token of the client.
      return await (token === undefined ? login.call(this) : login.call(this, token));
    } catch (error) {
      cluster?.reportFailure(error);
      throw error;
    }
  };
  Object.defineProperty(clients, 'login', { value, configurable: true, enumerable: false, writable: true });
}
