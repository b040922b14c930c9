/** test/remote/remote-end: calls of remote objects leave nothing behind, and nothing ends them early. */
import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { releaseProxy as comlinkReleaseProxy } from 'comlink';
import { beforeEach, describe, expect, test } from 'vitest';
import { proxy, releaseProxy } from '../../src/remote/proxy.ts';
import type { Proxied } from '../../src/remote/remote-type.ts';
import type { Remotes, RemoteTarget } from '../../src/remote/remotes.ts';
import { clusterAddress } from '../../src/wire/address.ts';
import { clusterAt, createFleet, type TestFleet } from '../features/nodes.ts';
import { remotesOf } from './remotes-of.ts';

interface Api {
  echo(...values: unknown[]): unknown;
  lend(): unknown;
  hang(): unknown;
}

let fleet: TestFleet;
let asker: Remotes;
let answers: (value: unknown) => void;

beforeEach(() => {
  fleet = createFleet();
  asker = remotesOf(clusterAt(fleet, 0).node);
  remotesOf(clusterAt(fleet, 1).node).expose({
    echo: (value: unknown) => value,
    lend: () =>
      new Promise((resolve) => {
        answers = resolve;
      }),
    hang: () => new Promise(() => undefined),
  });
});

const api = (target: RemoteTarget = { cluster: 1 }) => asker.remote<Api>(target);
const openPorts = (): number => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;

describe('a call with a proxied callback leaves no port open', () => {
  test.each([
    ['when its target is not there', () => api({ cluster: 7 }).echo(proxy(() => 1)), 'UNKNOWN_TARGET'],
    [
      'when an argument before it is refused',
      () =>
        api().echo(
          () => 1,
          proxy(() => 1),
        ),
      'UNSERIALISABLE',
    ],
    [
      'when a port before it is refused',
      () =>
        api().echo(
          new MessageChannel().port1,
          proxy(() => 1),
        ),
      'UNSERIALISABLE',
    ],
  ])('%s', async (_when, call, code) => {
    const before = openPorts();
    await expect(call()).rejects.toMatchObject({ code });
    await expect.poll(openPorts).toBe(before);
  });

  test('when it answers a caller that waits no more', async () => {
    const before = openPorts();
    await expect(asker.remote<Api>({ cluster: 1 }, { timeoutMs: 10 }).lend()).rejects.toMatchObject({
      code: 'CALL_TIMEOUT',
    });
    answers(proxy(() => 1));
    // Behind the answer.
    await api().echo(1);
    await expect.poll(openPorts).toBe(before);
  });
});

test('a signal that limits many calls keeps nothing of those that ended', async () => {
  const { signal } = new AbortController();
  const remote = asker.remote<Api>({ cluster: 1 }, { signal });
  for (let n = 0; n < 20; n++) expect(await remote.echo(n)).toBe(n);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  // Node's own note of signals made by AbortSignal.any(); absent where there never was one.
  const note = Object.getOwnPropertySymbols(signal).find(({ description }) => description === 'kDependantSignals');
  const dependants = note && (signal as unknown as Record<symbol, Set<unknown> | undefined>)[note];
  expect(dependants?.size ?? 0).toBe(0);
});

test('a call of a part of the proxy is not ended by the collector', async () => {
  setFlagsFromString('--expose_gc');
  const collect = runInNewContext('gc') as () => void;
  let root: WeakRef<object> | undefined;
  remotesOf(clusterAt(fleet, 2).node).expose({
    wait: () => proxy({ soon: () => new Promise((resolve) => setTimeout(resolve, 100, 'done')) }),
  });
  type Waits = { wait(): Proxied<{ soon(): Promise<string> }> };
  const part = async () => {
    const waits = await asker.remote<Waits>({ cluster: 2 }).wait();
    root = new WeakRef(waits);
    return { soon: waits.soon };
  };
  const kept: { soon: (() => Promise<string>) | undefined } = await part();
  await expect
    .poll(() => {
      collect();
      // Never the proxy itself: each look at it is a call.
      return root?.deref() === undefined;
    })
    .toBe(true);
  const waiting = kept.soon?.();
  kept.soon = undefined;
  const collecting = setInterval(collect, 5);
  expect(await waiting).toBe('done');
  clearInterval(collecting);
});

test('a call of a part of the proxy that was given back is refused', async () => {
  const remote = api();
  const { echo } = remote;
  remote[releaseProxy]();
  await expect(echo(1)).rejects.toMatchObject({ code: 'CALL_ABORTED', details: { method: 'echo' } });
});

test('a part of the proxy gives all of it back, by either key and more than once', async () => {
  for (const key of [releaseProxy, comlinkReleaseProxy as unknown as typeof releaseProxy]) {
    const remote = api();
    const giveBack = (remote.echo as unknown as Readonly<Record<symbol, () => void>>)[key as unknown as symbol];
    const hanging = remote.hang();
    giveBack?.();
    giveBack?.();
    await expect(hanging).rejects.toMatchObject({ code: 'CALL_ABORTED' });
    expect(clusterAt(fleet, 0).node.peer.inFlight).toBe(0);
  }
});

test('no other process can end an object that is exposed', async () => {
  const { peer } = clusterAt(fleet, 0).node;
  const limits = { timeoutMs: 1_000, signal: undefined, label: undefined, wait: false, vital: false };
  const input = { type: 'RELEASE', path: [] };
  const refused = peer.ask({ to: clusterAddress(1), method: 'remote:api', input }, limits);
  await expect(refused).rejects.toMatchObject({ cause: { code: 'UNKNOWN_DEED' } });
  expect(await api().echo(1)).toBe(1);
});
