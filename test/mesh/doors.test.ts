/** test/mesh/doors: how a cluster is visited, and by whom it is not. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ClusterDoors } from '../../src/mesh/doors.ts';
import { connectTo } from '../../src/transport/door.ts';
import type { Link } from '../../src/transport/link.ts';
import { clusterAddress } from '../../src/wire/address.ts';
import { encodeFrame } from '../../src/wire/codec.ts';
import { type Frame, protocolVersion } from '../../src/wire/frame.ts';
import { decodeValue, encodeValue } from '../../src/wire/value.ts';

const never = new Promise<string>(() => undefined);
const helloOf = (id: number): Frame => {
  return { kind: 'hello', from: clusterAddress(id), protocol: protocolVersion };
};
const castOf = (id: number, number: number): Frame => {
  return { kind: 'cast', from: clusterAddress(id), to: clusterAddress(1), method: 'm', body: encodeValue(number) };
};

let folder: string;
let path: string;
let host: ClusterDoors;
let guest: ClusterDoors;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shardlift-doors-'));
  path = join(folder, 'door');
  [host, guest] = [new ClusterDoors(), new ClusterDoors()];
  await host.open(path);
});
afterEach(() => {
  host.close();
  rmSync(folder, { recursive: true });
});

/** What comes in on a link from now on: words, and the numbers that were told. */
function heardOn(link: Link): unknown[] {
  const heard: unknown[] = [];
  link.receive((frame) => heard.push(frame.kind === 'cast' ? decodeValue(frame.body) : frame.kind));
  return heard;
}

/** Visits a door. @returns the line to it */
const visit = async (...to: Parameters<ClusterDoors['visit']>): Promise<Link> => (await guest.visit(...to)).link;

/** The link that came about. */
function linkOf(link: Link | undefined): Link {
  if (link === undefined) throw new Error('nobody came in');
  return link;
}

/** Somebody at the door, who says something. */
async function atTheDoor(words: Buffer): Promise<Socket> {
  const socket = await connectTo(path, 1_000);
  socket.resume().write(words);
  return socket;
}

describe('an expected visitor', () => {
  test('comes in, and both hear all that is said, in order', async () => {
    const coming = host.expect(0, never);
    const there = await visit(1, path, never);
    there.send(helloOf(0));
    for (const number of [1, 2, 3]) there.send(castOf(0, number));
    const here = linkOf(await coming);
    const [heard, answers] = [heardOn(here), heardOn(there)];
    await expect.poll(() => heard).toHaveLength(4);
    expect(heard).toStrictEqual(['hello', 1, 2, 3]);
    here.send(castOf(1, 4));
    await expect.poll(() => answers).toStrictEqual([4]);
    there.close('done');
  });

  test('that comes before it is announced waits, and nothing it said is lost', async () => {
    const there = await visit(1, path, never);
    there.send(helloOf(0));
    there.send(castOf(0, 1));
    // One that was announced comes later, and in first: by then the other stands at the door.
    const second = host.expect(2, never);
    const other = await visit(1, path, never);
    other.send(helloOf(2));
    await second;
    const heard = heardOn(linkOf(await host.expect(0, never)));
    await expect.poll(() => heard).toStrictEqual(['hello', 1]);
    for (const link of [there, other]) link.close('done');
  });

  test('may say its name in pieces', async () => {
    const coming = host.expect(0, never);
    const words = Buffer.concat([encodeFrame(helloOf(0)), encodeFrame(castOf(0, 1))]);
    const socket = await atTheDoor(words.subarray(0, 3));
    socket.setNoDelay();
    await new Promise((resolve) => setImmediate(resolve));
    socket.write(words.subarray(3));
    const heard = heardOn(linkOf(await coming));
    await expect.poll(() => heard).toStrictEqual(['hello', 1]);
    socket.destroy();
  });

  test('that ends is missed with the reason the manager gives', async () => {
    let end: (reason: string) => void = () => undefined;
    const ended = new Promise<string>((resolve) => {
      end = resolve;
    });
    const coming = host.expect(0, ended);
    const there = await visit(1, path, never);
    there.send(helloOf(0));
    const here = linkOf(await coming);
    heardOn(here);
    end('its process ended with signal SIGKILL');
    there.close('the socket goes first');
    await expect(here.closed).resolves.toBe('its process ended with signal SIGKILL');
  });
});

describe('is shown out', () => {
  test.each([
    ['who speaks another language', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['who says something else than hello', encodeFrame(castOf(0, 1))],
    ['who is no cluster', encodeFrame({ ...helloOf(0), from: 'host:local' } as Frame)],
  ])('one %s, and the door stays open', async (_, words) => {
    const socket = await atTheDoor(words);
    await once(socket, 'close');
    const coming = host.expect(0, never);
    const there = await visit(1, path, never);
    there.send(helloOf(0));
    linkOf(await coming).close('done');
  });

  test.each([
    ['is never announced', encodeFrame(helloOf(5))],
    ['does not say its name', Buffer.from([0, 0])],
  ])('after a while, one who %s', async (_, words) => {
    const hasty = new ClusterDoors({ patienceMs: 20 });
    await hasty.open(`${path}2`);
    const socket = (await connectTo(`${path}2`, 1_000)).resume();
    socket.write(words);
    await once(socket, 'close');
    hasty.close();
  });

  test('nobody who came in: the line lives on', async () => {
    const hasty = new ClusterDoors({ patienceMs: 20 });
    await hasty.open(`${path}2`);
    const coming = hasty.expect(0, never);
    const there = await visit(1, `${path}2`, never);
    there.send(helloOf(0));
    const heard = heardOn(linkOf(await coming));
    const stranger = (await connectTo(`${path}2`, 1_000)).resume();
    // Its patience began later and has run out.
    await once(stranger, 'close');
    there.send(castOf(0, 1));
    await expect.poll(() => heard).toStrictEqual(['hello', 1]);
    there.close('done');
    hasty.close();
  });

  test('nobody who left before it was announced: the next of its name comes in', async () => {
    const first = await atTheDoor(encodeFrame(helloOf(0)));
    const second = host.expect(2, never);
    const other = await visit(1, path, never);
    other.send(helloOf(2));
    const here = linkOf(await second);
    first.destroy();
    other.close('done');
    await here.closed;
    const coming = host.expect(0, never);
    const there = await visit(1, path, never);
    there.send(helloOf(0));
    const heard = heardOn(linkOf(await coming));
    await expect.poll(() => heard).toStrictEqual(['hello']);
    there.close('done');
  });

  test('one who was announced by another name: it does not come in', async () => {
    let entered = false;
    void host.expect(0, never).then(() => {
      entered = true;
    });
    const stranger = await atTheDoor(encodeFrame(helloOf(5)));
    const second = host.expect(2, never);
    const other = await visit(1, path, never);
    other.send(helloOf(2));
    linkOf(await second).close('done');
    expect(entered).toBe(false);
    stranger.destroy();
  });
});

test('a visitor knows whether it was let in: it is greeted then', async () => {
  const coming = host.expect(0, never);
  const { link, greeted } = await guest.visit(1, path, never);
  const heard = heardOn(link);
  link.send(helloOf(0));
  const here = linkOf(await coming);
  expect(greeted()).toBe(false);
  here.send(helloOf(1));
  await expect.poll(() => heard).toStrictEqual(['hello']);
  link.close('done');
  await here.closed;
  expect(greeted()).toBe(true);
});

describe('an announced visitor that does not come', () => {
  test('is waited for no longer once its cluster ended, and its successor is not let in for it', async () => {
    const coming = host.expect(0, Promise.resolve('its process ended with exit code 3'));
    await expect(coming).resolves.toBeUndefined();
    const successor = await visit(1, path, never);
    successor.send(helloOf(0));
    const second = host.expect(2, never);
    const other = await visit(1, path, never);
    other.send(helloOf(2));
    await second;
    const heard = heardOn(linkOf(await host.expect(0, never)));
    await expect.poll(() => heard).toStrictEqual(['hello']);
    for (const link of [successor, other]) link.close('done');
  });

  test('is waited for no longer once it is dismissed', async () => {
    const coming = host.expect(0, never);
    host.dismiss(0);
    await expect(coming).resolves.toBeUndefined();
    host.dismiss(0);
  });

  test('is waited for once when it is announced again', async () => {
    const first = host.expect(0, never);
    const second = host.expect(0, never);
    await expect(first).resolves.toBeUndefined();
    const there = await visit(1, path, never);
    there.send(helloOf(0));
    linkOf(await second).close('done');
  });
});

test('a door that cannot be opened harms nobody, and who knocks is told', async () => {
  const closed = new ClusterDoors();
  const nowhere = join(folder, 'none', 'door');
  await closed.open(nowhere);
  await expect(visit(2, nowhere, never)).rejects.toMatchObject({ code: 'NO_DOOR' });
  closed.close();
});
