/** test/transport/channel: a link that shares Node's own channel with the user's messages. */
import { type ChildProcess, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createNode } from '../../src/node.ts';
import { channelLink, quietChannelLink } from '../../src/transport/channel.ts';
import { linkFd } from '../../src/transport/handover.ts';
import type { Launched } from '../../src/transport/launcher.ts';
import { launchProcess } from '../../src/transport/process.ts';
import { localHost } from '../../src/wire/address.ts';
import type { Frame } from '../../src/wire/frame.ts';
import { encodeValue } from '../../src/wire/value.ts';
import { castOf } from '../conformance/far-end.ts';
import { buildPrograms, type Launcher } from '../conformance/programs.ts';
import { work } from '../conformance/work.ts';
import { FakeChannel, fakeChannels } from './fake-channel.ts';

const programs = buildPrograms();
afterAll(() => programs.remove());

const overChannel: Launcher = (spec) => launchProcess({ ...spec, line: 'channel' });

const next = (launched: Launched): Promise<Frame> => new Promise((resolve) => launched.link.receive(resolve));
const nextMessage = (launched: Launched): Promise<unknown> => new Promise((resolve) => launched.onMessage(resolve));

/** An envelope as it is on the channel. */
const envelope = (mail: object): object => ({ shardlift: ['shardlift:line', mail] });

describe('the messages of the user', () => {
  test('are heard by the user, and the envelopes are not, on both sides', async () => {
    const launched = programs.launch(overChannel, 'listens-late');
    const here: unknown[] = [];
    const { child } = launched;
    (child as ChildProcess).on('message', (message) => here.push(message));
    launched.link.send(castOf('listen'));
    launched.link.send(castOf('echo'));
    expect(await next(launched)).toMatchObject({ method: 'echoed' });
    await launched.post('for the user');
    await expect.poll(() => here).toStrictEqual([{ heard: 'for the user' }]);
  });

  test('wait until the user listens, as they do without us', async () => {
    const launched = programs.launch(overChannel, 'listens-late');
    const here: unknown[] = [];
    launched.onMessage((message) => here.push(message));
    for (const n of [1, 2]) await launched.post(n);
    // Read by now, with nobody to hear them.
    launched.link.send(castOf('echo'));
    await next(launched);
    launched.link.send(castOf('listen'));
    await expect.poll(() => here).toStrictEqual([{ heard: 1 }, { heard: 2 }]);
  });

  test.each([
    { shardlift: 1 },
    { shardlift: ['open'] },
    { shardlift: null },
    { ...envelope({ kind: 'open' }), more: 1 },
    null,
    'shardlift',
  ])('are the user’s, also when they look like ours: %j', async (message) => {
    const [near, far] = fakeChannels();
    const { link } = channelLink(far, 'far');
    const heard: unknown[] = [];
    far.on('message', (one) => heard.push(one));
    near.send(message as object, () => undefined);
    await expect.poll(() => heard).toStrictEqual([message]);
    link.close('done');
  });
});

describe('a link over the channel', () => {
  test('still works, in the open, where somebody has put `emit` back', async () => {
    const [near, far] = fakeChannels();
    const sender = channelLink(near, 'far').link;
    const receiver = channelLink(far, 'near').link;
    const frames: Frame[] = [];
    receiver.receive((frame) => frames.push(frame));
    far.emit = FakeChannel.prototype.emit;
    const seen: unknown[] = [];
    far.on('message', (message) => seen.push(message));
    sender.send(castOf('one'));
    await expect.poll(() => frames.length).toBe(1);
    expect(seen).toHaveLength(1);
  });

  test('that failed to send goes down once, and no error event comes of it', async () => {
    const [near] = fakeChannels();
    const { link } = channelLink(near, 'far');
    near.failure = new Error('ERR_IPC_CHANNEL_CLOSED');
    for (const method of ['a', 'b']) link.send(castOf(method));
    await expect(link.closed).resolves.toBe("Node's channel closed");
    expect(() => link.send(castOf('c'))).toThrow(expect.objectContaining({ code: 'LINK_CLOSED' }));
  });

  test('says how its far end ended when that is known a moment after the channel closed', async () => {
    const [near] = fakeChannels();
    const reason = new Promise<string>((resolve) => near.once('ended', resolve));
    const { link } = channelLink(near, 'far', reason);
    near.emit('disconnect');
    near.emit('ended', 'its process ended with exit code 3');
    await expect(link.closed).resolves.toBe('its process ended with exit code 3');
  });

  test('where there is no channel at all is closed by the first frame', async () => {
    const near = new FakeChannel();
    const { link } = channelLink(Object.assign(near, { send: undefined }), 'far');
    link.send(castOf('a'));
    await expect(link.closed).resolves.toBe("Node's channel closed");
  });

  test('leaves no listener behind when it is closed', async () => {
    const [near, far] = fakeChannels();
    const links = [channelLink(near, 'far').link, channelLink(far, 'near').link];
    links[0]?.close('done');
    await Promise.all(links.map((link) => link.closed));
    for (const side of [near, far]) {
      expect([side.listenerCount('message'), side.listenerCount('disconnect')]).toStrictEqual([0, 0]);
    }
  });

  test('that is quiet listens to nothing', () => {
    const [near] = fakeChannels();
    const end = quietChannelLink(near, 'far');
    expect(near.listenerCount('message') + near.listenerCount('disconnect')).toBe(0);
    near.emit('disconnect');
    return expect(end.link.closed).resolves.toBe("Node's channel closed");
  });

  test.each([
    ['a frame over the cap', [0x7f, 0xff, 0xff, 0xff], /carries 2147483651 bytes, more than the 8388608 allowed/],
    ['no frame at all', [], /hold no whole frame/],
    ['a length alone', [0, 0, 0, 1], /hold no whole frame/],
    ['a frame without a head', [0, 0, 0, 1, 0x10], /outside buffer bounds/],
    ['a frame of no known kind', [0, 0, 0, 1, 0xf0], /no kind of frame has the number 15/],
  ])('that is given %s goes down with the reason and throws nothing', async (_what, bytes, reason) => {
    const [near, far] = fakeChannels();
    const { link } = channelLink(far, 'near');
    const frames: Frame[] = [];
    link.receive((frame) => frames.push(frame));
    near.send(envelope({ kind: 'frame', content: Buffer.from(bytes).toString('base64') }), () => undefined);
    await expect(link.closed).resolves.toMatch(reason);
    expect(frames).toStrictEqual([]);
  });
});

describe('a process on the channel', () => {
  test('that is killed closes its link with the reason, and what is sent then throws', async () => {
    const launched = programs.launch(overChannel, 'obeys-casts');
    launched.link.send(castOf('echo'));
    await next(launched);
    // Stopped, it reads nothing: Node still reports each of these as sent.
    (launched.child as ChildProcess).kill('SIGSTOP');
    for (let n = 0; n < 500; n++) launched.link.send(castOf('echo', encodeValue('x'.repeat(10_000))));
    (launched.child as ChildProcess).kill('SIGKILL');
    await expect(launched.link.closed).resolves.toBe('its process ended with signal SIGKILL');
    expect(() => launched.link.send(castOf('echo'))).toThrow(expect.objectContaining({ code: 'LINK_CLOSED' }));
  });

  test.each(['before hello', 'when the call arrives', 'in the handler'])(
    'dying %s settles its caller',
    async (stage) => {
      const facts = { stage, manner: 'signal' };
      const launched = programs.launch(overChannel, 'dies-at-stage', { facts });
      const manager = createNode({ self: localHost, incarnation: 1 });
      manager.router.attach('cluster:1', launched.link);
      await expect(manager.peer.at(work, 'cluster:1').run('input')).rejects.toMatchObject({
        code: 'LINK_CLOSED',
        details: { reason: 'its process ended with signal SIGKILL' },
      });
      expect(manager.peer.inFlight).toBe(0);
    },
  );

  test('answers calls, and ends by itself once its line is closed', async () => {
    const launched = programs.launch(overChannel, 'answers-and-exits');
    const manager = createNode({ self: localHost, incarnation: 1 });
    manager.router.attach('cluster:1', launched.link);
    await expect(manager.peer.at(work, 'cluster:1').run('input')).resolves.toBe('input');
    await expect(launched.exited).resolves.toMatchObject({ code: 0 });
  });

  test('finds its facts, and hands neither them nor its line on to its own children', async () => {
    const launched = programs.launch(overChannel, 'tells-what-it-finds', { facts: { id: 3 } });
    expect(await nextMessage(launched)).toMatchObject({ facts: { id: 3 }, second: true, ofItsChild: 'undefined' });
    await launched.kill(1_000);
  });
});

describe.each([undefined, 'socket', 'channel'] as const)('a process on the line %s', (line) => {
  const launcher: Launcher = (spec) => launchProcess({ ...spec, line });

  test('is not kept alive by a line it only watches', async () => {
    const launched = programs.launch(launcher, 'only-watches');
    await expect(launched.exited).resolves.toStrictEqual({ code: 0, signal: null });
    await expect(launched.link.closed).resolves.toMatch(/\w/);
  });
});

test('a process with neither socket nor channel has a link that says so', async () => {
  const launched = programs.launch(launchProcess, 'loses-every-line');
  await expect(launched.exited).resolves.toMatchObject({ code: 0 });
  await expect.poll(() => launched.stderrTail()).toBe("neither the manager's socket nor Node's channel is there");
});

test('a process that finds a pipe of somebody else where the socket should be leaves it alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fifo-'));
  const fifo = join(folder, 'fifo');
  execFileSync('mkfifo', [fifo]);
  const launched = programs.launch(launchProcess, 'obeys-without-socket', { facts: { fifo } });
  launched.link.send(castOf('echo'));
  expect(await next(launched)).toMatchObject({ method: 'echoed' });
  rmSync(folder, { recursive: true });
});

test('a manager listens to the channel of a process only until that takes the socket', async () => {
  const launched = programs.launch(launchProcess, 'obeys-casts');
  launched.link.send(castOf('echo'));
  await next(launched);
  expect([launched.child.listenerCount('message'), launched.child.listenerCount('disconnect')]).toStrictEqual([0, 0]);
});

test('a manager lets go of the socket that is not used', async () => {
  for (const launched of [
    programs.launch(overChannel, 'obeys-casts'),
    programs.launch(launchProcess, 'obeys-without-socket'),
  ]) {
    launched.link.send(castOf('echo'));
    await next(launched);
    expect((launched.child as ChildProcess).stdio[linkFd]).toMatchObject({ destroyed: true });
  }
});

test('a process that cannot take the socket is known by how it ends', async () => {
  const launched = programs.launch(launchProcess, 'obeys-without-socket');
  launched.link.send(castOf('exit', encodeValue(3)));
  await expect(launched.exited).resolves.toStrictEqual({ code: 3, signal: null });
  await expect(launched.link.closed).resolves.toBe('its process ended with exit code 3');
});
