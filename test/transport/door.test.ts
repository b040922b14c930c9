/** test/transport/door: where clusters take one another's lines. */
import { existsSync, mkdtempSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectTo, type Door, isAbandoned, maxSocketPathBytes, openDoor } from '../../src/transport/door.ts';
import { socketLink } from '../../src/transport/socket.ts';
import { encodeValue } from '../../src/wire/value.ts';
import { castOf } from '../conformance/far-end.ts';
import { buildPrograms, launchers } from '../conformance/programs.ts';

const programs = buildPrograms();
afterAll(() => programs.remove());

let folder: string;
let doors: Door[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doors-'));
  doors = [];
});
afterEach(() => {
  for (const door of doors) door.close();
  rmSync(folder, { recursive: true });
});

const open = async (name: string, onVisitor: (socket: Socket) => void = () => undefined): Promise<Door> => {
  const door = await openDoor(join(folder, name), onVisitor);
  doors.push(door);
  return door;
};

/** Leaves a socket file that nobody listens at, as a killed process does. */
async function leaveSocket(path: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(`${path}.live`, resolve));
  renameSync(`${path}.live`, path);
  await new Promise((resolve) => server.close(resolve));
}

const refused = { code: 'NO_DOOR' };

describe('a door', () => {
  test('lets visitors in, both ways', async () => {
    const door = await open('a', (socket) => socket.once('data', (chunk) => socket.end(`heard ${chunk}`)));
    const socket = await connectTo(door.path, 1_000);
    socket.write('hello');
    expect(String(await new Promise((resolve) => socket.once('data', resolve)))).toBe('heard hello');
  });

  test('is for its owner only', async () => {
    const { path } = await open('a');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('is gone when it is closed, and the visitors that are there stay', async () => {
    const visitors: Socket[] = [];
    const door = await open('a', (socket) => visitors.push(socket));
    const socket = await connectTo(door.path, 1_000);
    await expect.poll(() => visitors.length).toBe(1);
    door.close();
    door.close();
    expect(existsSync(door.path)).toBe(false);
    await expect(connectTo(door.path, 1_000)).rejects.toMatchObject({ ...refused, cause: { code: 'ENOENT' } });
    visitors[0]?.write('still here');
    expect(String(await new Promise((resolve) => socket.once('data', resolve)))).toBe('still here');
    socket.destroy();
  });

  test('closed late takes nothing from the one that was opened at its path since', async () => {
    const first = await open('a');
    first.close();
    const second = await open('a');
    first.close();
    (await connectTo(second.path, 1_000)).destroy();
  });

  test('takes the place of a socket that nobody listens at', async () => {
    await leaveSocket(join(folder, 'a'));
    const door = await open('a');
    (await connectTo(door.path, 1_000)).destroy();
  });

  test('does not take the place of one that is open', async () => {
    const visitors: Socket[] = [];
    const first = await open('a', (socket) => visitors.push(socket));
    await expect(open('a')).rejects.toMatchObject(refused);
    (await connectTo(first.path, 1_000)).destroy();
    // The knock and the visitor.
    await expect.poll(() => visitors.length).toBe(2);
  });

  test.each([
    ['a file', (path: string) => writeFileSync(path, 'mine')],
    [
      'a link to a stale socket',
      (path: string) => leaveSocket(`${path}.stale`).then(() => symlinkSync('a.stale', path)),
    ],
  ])('leaves %s at its path alone', async (_what, put) => {
    await put(join(folder, 'a'));
    await expect(open('a')).rejects.toMatchObject({ ...refused, cause: { code: 'EADDRINUSE' } });
    expect(existsSync(join(folder, 'a'))).toBe(true);
  });

  test('cannot be opened in a folder that is not there', async () => {
    await expect(open('none/a')).rejects.toMatchObject({ ...refused, details: { path: join(folder, 'none/a') } });
  });

  test('cannot have a path longer than a socket takes', async () => {
    const name = 'x'.repeat(maxSocketPathBytes - folder.length);
    await expect(open(name)).rejects.toMatchObject(refused);
    await expect(connectTo(join(folder, name), 1_000)).rejects.toMatchObject(refused);
    // One byte less is fine.
    const door = await open(name.slice(1));
    expect(existsSync(door.path)).toBe(true);
  });

  test('outlives a visitor that is reset', async () => {
    const visitors: Socket[] = [];
    const door = await open('a', (socket) => visitors.push(socket));
    (await connectTo(door.path, 1_000)).destroy();
    await expect.poll(() => visitors.length).toBe(1);
    const closed = new Promise((resolve) => visitors[0]?.once('close', resolve));
    visitors[0]?.destroy(new Error('reset'));
    await closed;
    (await connectTo(door.path, 1_000)).destroy();
  });

  test('is unlinked when its process has nothing more to do, and when it exits', async () => {
    const path = join(folder, 'a');
    for (const code of [0, 3]) {
      const launched = programs.launch(launchers.process, 'opens-a-door', { facts: { path } });
      await new Promise((resolve) => launched.onMessage(resolve));
      expect(existsSync(path)).toBe(true);
      if (code === 0) launched.link.close('done');
      else socketLink(await connectTo(path, 1_000), 'far').link.send(castOf('exit', encodeValue(code)));
      await expect(launched.exited).resolves.toMatchObject({ code });
      expect(existsSync(path)).toBe(false);
    }
  });
});

describe('a caller', () => {
  test('is told that nobody listens', async () => {
    await leaveSocket(join(folder, 'a'));
    const failure = { ...refused, cause: { code: 'ECONNREFUSED' } };
    await expect(connectTo(join(folder, 'a'), 1_000)).rejects.toMatchObject(failure);
  });

  test('does not wait longer than it said', async () => {
    const door = await open('a');
    const attempt = new Promise((resolve) => {
      setImmediate(() => {
        resolve(connectTo(door.path, 5));
        // Timers come before connections when the loop goes on.
        const until = performance.now() + 20;
        while (performance.now() < until);
      });
    });
    await expect(attempt).rejects.toMatchObject({ ...refused, details: { reason: 'no answer within 5 ms' } });
  });
});

describe('a socket is abandoned', () => {
  test('when it refuses, and not while somebody listens', async () => {
    await leaveSocket(join(folder, 'stale'));
    const { path } = await open('live');
    await expect(isAbandoned(join(folder, 'stale'))).resolves.toBe(true);
    await expect(isAbandoned(path)).resolves.toBe(false);
  });

  test('never when it is something else, or nothing', async () => {
    await leaveSocket(join(folder, 'stale'));
    writeFileSync(join(folder, 'file'), '');
    symlinkSync('stale', join(folder, 'link'));
    for (const name of ['file', 'link', 'none']) await expect(isAbandoned(join(folder, name))).resolves.toBe(false);
  });
});
