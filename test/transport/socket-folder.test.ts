/** test/transport/socket-folder: private folders, and what killed managers leave. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connectTo, openDoor } from '../../src/transport/door.ts';
import { launchProcess } from '../../src/transport/process.ts';
import {
  doorPath,
  openSocketFolder,
  removeStaleFolders,
  type SocketFolder,
} from '../../src/transport/socket-folder.ts';
import { buildPrograms } from '../conformance/programs.ts';

const programs = buildPrograms();
afterAll(() => programs.remove());

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'folders-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(base, { recursive: true });
});

const opened = (): SocketFolder => {
  const folder = openSocketFolder(base);
  if (folder === undefined) throw new Error('this machine allows no sockets');
  return folder;
};

/** A folder with a name of ours, and sockets that nobody listens at. */
async function leaveFolder(name: string, sockets: readonly string[]): Promise<string> {
  const path = join(base, name);
  mkdirSync(path, { mode: 0o700 });
  for (const socket of sockets) {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(path, 'live'), resolve));
    renameSync(join(path, 'live'), join(path, socket));
    await new Promise((resolve) => server.close(resolve));
  }
  return path;
}

const age = (path: string, hours: number): void => {
  const at = Date.now() / 1_000 - hours * 3_600;
  utimesSync(path, at, at);
};

describe('a folder for sockets', () => {
  test('is in the temporary folder, and its owner’s alone, whatever the umask', () => {
    const before = process.umask(0o777);
    try {
      const folder = opened();
      expect(join(base, basename(folder.path))).toBe(folder.path);
      expect(basename(folder.path)).toMatch(/^shardlift-\w{6}$/);
      expect(statSync(folder.path).mode & 0o777).toBe(0o700);
      folder.remove();
    } finally {
      process.umask(before);
    }
  });

  test('holds doors', async () => {
    const folder = opened();
    const door = await openDoor(doorPath(folder.path, { id: 3, incarnation: 2 }), (socket) => socket.destroy());
    expect(door.path).toBe(join(folder.path, '3-2'));
    (await connectTo(door.path, 1_000)).destroy();
    door.close();
    folder.remove();
  });

  test('goes with all that is in it, follows no link, and goes once', () => {
    const folder = opened();
    writeFileSync(join(base, 'precious'), '');
    mkdirSync(join(folder.path, 'a'));
    symlinkSync(base, join(folder.path, 'a', 'link'));
    folder.remove();
    expect(readdirSync(base)).toStrictEqual(['precious']);
    mkdirSync(folder.path);
    folder.remove();
    expect(existsSync(folder.path)).toBe(true);
  });

  test.each([
    ['is not there', () => join(base, 'none')],
    ['makes the path of a socket too long', () => join(base, 'x'.repeat(80))],
    ['is a file', () => join(base, 'file')],
  ])('is not made where the temporary folder %s', (_why, place) => {
    mkdirSync(join(base, 'x'.repeat(80)));
    writeFileSync(join(base, 'file'), '');
    const where = place();
    expect(openSocketFolder(where)).toBeUndefined();
    if (statSync(where, { throwIfNoEntry: false })?.isDirectory()) expect(readdirSync(where)).toStrictEqual([]);
  });

  test('leaves room for the longest name of a door', async () => {
    const longest = { id: 65_535, incarnation: Number.MAX_SAFE_INTEGER };
    // The longest base that is taken.
    let place = base;
    let folder: SocketFolder | undefined;
    for (let length = 60; folder === undefined && length > 0; length--) {
      place = join(base, 'x'.repeat(length));
      mkdirSync(place);
      folder = openSocketFolder(place);
    }
    const door = await openDoor(doorPath(folder?.path ?? '', longest), () => undefined);
    door.close();
    folder?.remove();
    expect(readdirSync(place)).toStrictEqual([]);
  });

  test('is a named pipe on Windows, and so are its doors', () => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue('win32');
    const folder = opened();
    expect(folder.path).toMatch(/^\\\\\.\\pipe\\shardlift-[0-9a-f]{32}$/);
    expect(doorPath(folder.path, { id: 3, incarnation: 1 })).toBe(`${folder.path}-3-1`);
    folder.remove();
  });
});

describe('the folders of a process', () => {
  const found = (facts: object) => {
    const launched = programs.launch(launchProcess, 'opens-folders', { facts: { base, ...facts } });
    type Told = { folders: string[]; path: string; exitListeners: number };
    const told = new Promise<Told>((resolve) => launched.onMessage((message) => resolve(message as Told)));
    return { launched, told };
  };

  test('keep it no longer alive, go when it exits, and cost one listener', async () => {
    const { launched, told } = found({ stays: false });
    await expect(launched.exited).resolves.toStrictEqual({ code: 0, signal: null });
    expect(readdirSync(base)).toStrictEqual([]);
    // One of the folders, one of the door.
    expect((await told).exitListeners).toBe(2);
  });

  test('stay when it is killed, until somebody clears up', async () => {
    const { launched, told } = found({ stays: true });
    const { folders } = await told;
    await removeStaleFolders(base);
    for (const folder of folders) expect(existsSync(folder)).toBe(true);
    process.kill((launched.child as { pid: number }).pid, 'SIGKILL');
    await launched.exited;
    expect(readdirSync(base)).toHaveLength(3);
    await removeStaleFolders(base);
    expect(readdirSync(base)).toStrictEqual([]);
  });
});

describe('clearing up', () => {
  test('removes a folder whose sockets all refuse', async () => {
    const path = await leaveFolder('shardlift-abc123', ['manager', '0-1', '12-1700000000000']);
    await removeStaleFolders(base);
    expect(existsSync(path)).toBe(false);
  });

  test('leaves a folder of a manager whose clusters are all restarting', async () => {
    const folder = opened();
    const killed = await leaveFolder('killed', ['0-1']);
    renameSync(join(killed, '0-1'), join(folder.path, '0-1'));
    await removeStaleFolders(base);
    expect(readdirSync(folder.path)).toStrictEqual(['0-1', 'manager']);
    folder.remove();
  });

  test('leaves a folder with one cluster that still listens', async () => {
    const path = await leaveFolder('shardlift-abc123', ['manager', '0-1']);
    const door = await openDoor(join(path, '1-1'), () => undefined);
    await removeStaleFolders(base);
    expect(readdirSync(path)).toHaveLength(3);
    door.close();
  });

  test('leaves an empty folder until it is a day old', async () => {
    const [young, old] = [await leaveFolder('shardlift-young0', []), await leaveFolder('shardlift-old000', [])];
    age(young, 23);
    age(old, 25);
    await removeStaleFolders(base);
    expect(readdirSync(base)).toStrictEqual(['shardlift-young0']);
  });

  test.each([
    ['a file', (path: string) => writeFileSync(path, '')],
    ['a folder', (path: string) => mkdirSync(path)],
    ['a link', (path: string) => symlinkSync('manager', path)],
  ])('leaves a folder with %s in it', async (_what, put) => {
    const path = await leaveFolder('shardlift-abc123', ['manager']);
    put(join(path, '0-1'));
    age(path, 48);
    await removeStaleFolders(base);
    expect(readdirSync(path)).toStrictEqual(['0-1', 'manager']);
  });

  test('leaves a folder with a socket that is not one of ours', async () => {
    const path = await leaveFolder('shardlift-abc123', ['manager', 'mysql.sock']);
    await removeStaleFolders(base);
    expect(readdirSync(path)).toHaveLength(2);
  });

  test('leaves what has another name, and links to folders', async () => {
    const other = await leaveFolder('shardlift-backups', ['0-1']);
    symlinkSync('shardlift-backups', join(base, 'shardlift-abc123'));
    await removeStaleFolders(base);
    expect(readdirSync(base)).toStrictEqual(['shardlift-abc123', 'shardlift-backups']);
    expect(readdirSync(other)).toStrictEqual(['0-1']);
  });

  test('leaves the folders of other users', async () => {
    const path = await leaveFolder('shardlift-abc123', ['0-1']);
    const uid = process.getuid?.() ?? 0;
    vi.spyOn(process, 'getuid').mockReturnValue(uid + 1);
    await removeStaleFolders(base);
    expect(existsSync(path)).toBe(true);
  });

  test('of a folder that is not there does nothing', async () => {
    await expect(removeStaleFolders(join(base, 'none'))).resolves.toBeUndefined();
  });
});
