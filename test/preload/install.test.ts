/** test/preload/install: every client has its cluster, login waits for it and reports. */
import * as discord from 'discord.js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ClusterClient } from '../../src/client.ts';
import { hidePreloadFlag, inCluster, installCluster } from '../../src/preload/install.ts';
import { getCluster } from '../../src/registry.ts';

/** A class of its own for each test: what is patched here must not stay in discord.js itself. */
class Own extends discord.Client {
  readonly calls: unknown[][] = [];
  fail: Error | undefined;
  override login(...args: [token?: string]): Promise<string> {
    this.calls.push(args);
    return this.fail === undefined ? Promise.resolve('in') : Promise.reject(this.fail);
  }
}

let Client: typeof Own;
beforeEach(() => {
  Client = class extends Own {};
  // Own property, so that the patch wraps this class's login and not that of the one above.
  Object.defineProperty(Client.prototype, 'login', { value: Own.prototype.login, configurable: true, writable: true });
  installCluster({ Client, ShardClientUtil: discord.ShardClientUtil });
});

describe('client.cluster', () => {
  test('is there from the first look, and always the same', () => {
    const client = new Client({ intents: [] });
    expect(client.cluster).toBeInstanceOf(ClusterClient);
    expect(client.cluster).toBe(client.cluster);
    expect(client.cluster.client).toBe(client);
    expect(new ClusterClient(client)).toBe(client.cluster);
  });

  test('gives way to what the bot assigns', () => {
    const client = new Client({ intents: [] });
    Object.assign(client, { cluster: 'mine' });
    expect(client.cluster).toBe('mine');
    expect(new Client({ intents: [] }).cluster).toBeInstanceOf(ClusterClient);
  });

  test('does not show when the prototype or the keys of a client are looked at', () => {
    expect(Client.prototype.cluster).toBeUndefined();
    expect(Object.keys(new Client({ intents: [] }))).not.toContain('cluster');
  });
});

describe('login', () => {
  test('waits for the handlers and is called as the bot called it', async () => {
    const client = new Client({ intents: [] });
    let loaded = false;
    vi.spyOn(client.cluster, 'loadHandlers').mockImplementationOnce(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      expect(client.calls).toEqual([]);
      loaded = true;
    });
    expect(await client.login()).toBe('in');
    expect(loaded).toBe(true);
    expect(await client.login('token')).toBe('in');
    expect(client.calls).toEqual([[], ['token']]);
  });

  test('happens once, however often discord.js is patched', async () => {
    const { login } = Client.prototype;
    installCluster({ Client, ShardClientUtil: discord.ShardClientUtil });
    expect(Client.prototype.login).toBe(login);
  });

  test('gives no cluster to a client that nobody asked for it, where there is no manager', async () => {
    const client = new Client({ intents: [] });
    expect(await client.login()).toBe('in');
    expect(getCluster(client)).toBeUndefined();
  });

  test('that fails is reported and still fails', async () => {
    const client = new Client({ intents: [] });
    client.fail = new Error('no');
    const report = vi.spyOn(client.cluster, 'reportFailure');
    await expect(client.login('t')).rejects.toBe(client.fail);
    expect(report.mock.calls).toEqual([[client.fail]]);
  });

  test('never happens when the handlers cannot be loaded', async () => {
    const client = new Client({ intents: [] });
    vi.spyOn(client.cluster, 'loadHandlers').mockRejectedValue(new Error('bad file'));
    await expect(client.login('t')).rejects.toThrow('bad file');
    expect(client.calls).toEqual([]);
  });
});

describe('the preload flag', () => {
  const flags = [...process.execArgv];
  afterEach(() => void process.execArgv.splice(0, process.execArgv.length, ...flags));

  test('is hidden from the bot, and no other flag is', () => {
    process.execArgv.splice(
      0,
      process.execArgv.length,
      '--require',
      '/user.cjs',
      '--inspect',
      '--require',
      '/ours.cjs',
    );
    hidePreloadFlag('/ours.cjs');
    expect(process.execArgv).toEqual(['--require', '/user.cjs', '--inspect']);
    hidePreloadFlag('/ours.cjs');
    hidePreloadFlag('/user.cjs.bak');
    expect(process.execArgv).toEqual(['--require', '/user.cjs', '--inspect']);
  });
});

test('a process that no manager started is in no cluster', () => {
  expect(inCluster()).toBe(false);
});
