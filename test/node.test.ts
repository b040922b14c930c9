/** test/node: peers and routers snapped together, one and two hops apart. */
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { createNode, droppedBy, type Node } from '../src/node.ts';
import type { CallContext } from '../src/rpc/served.ts';
import { memoryPair } from '../src/transport/memory.ts';
import { type Address, clusterAddress, localHost } from '../src/wire/address.ts';
import { defaultMaxFrameBytes } from '../src/wire/codec.ts';
import { tally, work } from './conformance/work.ts';

/** A manager with clusters around it, in memory. */
class Star {
  readonly manager = createNode({ self: localHost, incarnation: 1 });

  /** Adds a cluster, or the next incarnation of one. */
  cluster(id: number, incarnation = 1): { readonly node: Node; readonly die: (reason: string) => void } {
    const [toCluster, toManager] = memoryPair(localHost, clusterAddress(id));
    const node = createNode({ self: clusterAddress(id), incarnation: incarnation });
    this.manager.router.attach(clusterAddress(id), toCluster);
    node.router.attachUplink(localHost, toManager);
    return { node, die: (reason) => toManager.close(reason) };
  }
}

/** Work whose end the test decides. */
function serve(node: Node) {
  let begun: (context: CallContext) => void = () => undefined;
  const started = new Promise<CallContext>((resolve) => {
    begun = resolve;
  });
  const finish: ((value: string) => void)[] = [];
  node.peer.serve(work, {
    run(_, context) {
      begun(context);
      return new Promise((resolve) => finish.push(resolve));
    },
    stay: () => undefined,
  });
  return { started, finish };
}

const ask = (node: Node, to: Address, signal?: AbortSignal): Promise<string> =>
  node.peer.at(work, to, signal === undefined ? {} : { signal }).run('input');

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('two hops apart', () => {
  test('a call reaches another cluster through the manager, and the answer comes back', async () => {
    const star = new Star();
    const [caller, callee] = [star.cluster(0), star.cluster(1)];
    const { started, finish } = serve(callee.node);
    const promise = ask(caller.node, 'cluster:1');
    expect(await started).toMatchObject({ from: 'cluster:0', budgetMs: 30_000 });
    finish[0]?.('done');
    await expect(promise).resolves.toBe('done');
  });

  test('a dead callee rejects the call with the reason of its death', async () => {
    const star = new Star();
    const [caller, callee] = [star.cluster(0), star.cluster(1)];
    const { started } = serve(callee.node);
    const promise = ask(caller.node, 'cluster:1');
    await started;
    callee.die('exit code 1');
    const error = { code: 'LINK_CLOSED', details: { peer: 'cluster:1', reason: 'exit code 1' } };
    await expect(promise).rejects.toMatchObject(error);
    expect(caller.node.peer.inFlight).toBe(0);
  });

  test('a cluster that is not there is NO_ROUTE at once', async () => {
    const caller = new Star().cluster(0);
    await expect(ask(caller.node, 'cluster:9')).rejects.toMatchObject({
      code: 'NO_ROUTE',
      details: { to: 'cluster:9' },
    });
  });

  test('a dead manager rejects every call', async () => {
    const star = new Star();
    const [caller, callee] = [star.cluster(0), star.cluster(1)];
    const { started } = serve(callee.node);
    const promise = ask(caller.node, 'cluster:1');
    await started;
    star.manager.router.close('the manager stops');
    await expect(promise).rejects.toMatchObject({ code: 'LINK_CLOSED', details: { reason: 'the manager stops' } });
    await expect(ask(caller.node, 'cluster:1')).rejects.toMatchObject({ code: 'NO_ROUTE' });
  });

  test('a dead caller has its handler’s signal fired', async () => {
    const star = new Star();
    const [caller, callee] = [star.cluster(0), star.cluster(1)];
    const { started } = serve(callee.node);
    const promise = ask(caller.node, 'cluster:1').catch((error: unknown) => error);
    const { signal } = await started;
    const fired = once(signal, 'abort');
    caller.die('signal SIGKILL');
    await fired;
    expect(await promise).toMatchObject({ code: 'LINK_CLOSED' });
  });

  test('a dead manager has the signals of all handlers fired', async () => {
    const star = new Star();
    const [caller, callee] = [star.cluster(0), star.cluster(1)];
    const { started } = serve(callee.node);
    const promise = ask(caller.node, 'cluster:1').catch((error: unknown) => error);
    const { signal } = await started;
    const fired = once(signal, 'abort');
    star.manager.router.close('the manager stops');
    await fired;
    await promise;
  });

  test('an abort fires the handler’s signal, and a late answer changes nothing', async () => {
    const star = new Star();
    const [caller, callee] = [star.cluster(0), star.cluster(1)];
    const { started, finish } = serve(callee.node);
    const control = new AbortController();
    const promise = ask(caller.node, 'cluster:1', control.signal);
    const { signal } = await started;
    const fired = once(signal, 'abort');
    control.abort();
    await expect(promise).rejects.toMatchObject({ code: 'CALL_ABORTED' });
    await fired;
    finish[0]?.('too late');
    await turn();
    expect(caller.node.peer.inFlight).toBe(0);
  });

  test('an answer over the cap is a failure with its size, and the lines live', async () => {
    const star = new Star();
    const [caller, callee] = [star.cluster(0), star.cluster(1)];
    const { started, finish } = serve(callee.node);
    const promise = ask(caller.node, 'cluster:1');
    await started;
    finish[0]?.('x'.repeat(defaultMaxFrameBytes + 1));
    const cause = { code: 'FRAME_TOO_LARGE', details: { maxBytes: defaultMaxFrameBytes } };
    await expect(promise).rejects.toMatchObject({ code: 'HANDLER_FAILED', cause });
    await expect(caller.node.peer.at(work, 'cluster:1').stay()).resolves.toBeUndefined();
  });
});

describe('a restart', () => {
  test('of the caller never gives it its predecessor’s answers', async () => {
    const star = new Star();
    const [old, callee] = [star.cluster(0), star.cluster(1)];
    const { started, finish } = serve(callee.node);
    const lost = ask(old.node, 'cluster:1').catch((error: unknown) => error);
    await started;
    old.die('exit code 1');
    expect(await lost).toMatchObject({ code: 'LINK_CLOSED' });
    const restarted = star.cluster(0, 2);
    const promise = ask(restarted.node, 'cluster:1');
    await expect.poll(() => finish).toHaveLength(2);
    finish[0]?.('meant for the predecessor');
    await turn();
    expect(restarted.node.peer.inFlight).toBe(1);
    finish[1]?.('meant for me');
    await expect(promise).resolves.toBe('meant for me');
  });

  test('of the callee takes new calls while the old line is still closing', async () => {
    const star = new Star();
    const [caller, old] = [star.cluster(0), star.cluster(1)];
    const { started } = serve(old.node);
    const lost = ask(caller.node, 'cluster:1');
    await started;
    const restarted = star.cluster(1, 2);
    const next = serve(restarted.node);
    const promise = ask(caller.node, 'cluster:1');
    await next.started;
    old.die('signal SIGTERM');
    await expect(lost).rejects.toMatchObject({ code: 'LINK_CLOSED' });
    next.finish[0]?.('still here');
    await expect(promise).resolves.toBe('still here');
  });
});

test('a node counts the messages that found no way, and the answers that came too late', async () => {
  const star = new Star();
  const [caller, callee] = [star.cluster(0), star.cluster(1)];
  expect(droppedBy(caller.node)).toStrictEqual({ messages: 0, answers: 0 });
  star.manager.peer.at(tally, 'cluster:7').block();
  const { started, finish } = serve(callee.node);
  const control = new AbortController();
  const call = caller.node.peer.at(work, 'cluster:1', { signal: control.signal }).run('a');
  const { signal } = await started;
  control.abort();
  await expect(call).rejects.toMatchObject({ code: 'CALL_ABORTED' });
  await expect.poll(() => signal.aborted).toBe(true);
  finish[0]?.('too late');
  await expect.poll(() => droppedBy(callee.node)).toStrictEqual({ messages: 0, answers: 1 });
  expect(droppedBy(star.manager)).toStrictEqual({ messages: 1, answers: 0 });
});
