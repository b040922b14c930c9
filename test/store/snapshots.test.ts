/** test/store/snapshots: values survive a restart, and no file can keep a manager from starting. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openStore } from '../../src/store/manager-store.ts';
import { defaultCaps, type StoreCaps } from '../../src/store/options.ts';

let folder: string;
let file: string;
let logged: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shardlift snapshot '));
  file = join(folder, 'store.snapshot');
  logged = [];
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

const log = (message: string): void => void logged.push(message);
const logger = { debug: log, info: log, warn: log, error: log };
const open = ({ caps = defaultCaps, everyMs = 60_000 }: { caps?: StoreCaps; everyMs?: number } = {}) =>
  openStore({ ...caps, snapshot: { file, everyMs } }, logger);
const asideOf = (what: string): string[] =>
  readdirSync(folder).filter((name) => name.startsWith(`store.snapshot.${what}-`));

const cycle: { self?: unknown } = {};
cycle.self = cycle;
const values: readonly unknown[] = [
  ...['text\nwith lines', '\ud800', 1, null, undefined, 5n, new Date(3), cycle],
  ...[new Map([['a', new Set([1])]]), Uint8Array.of(0, 10, 255), 'x'.repeat(300_000), { long: '"ü"'.repeat(20_000) }],
];

describe('a store with a snapshot', () => {
  test('has every value after a restart, with its type', async () => {
    const before = open();
    for (const [n, value] of values.entries()) await before.store.namespace('n').set(`k${n}`, value);
    await before.close();
    const { store, close } = open();
    for (const [n, value] of values.entries()) expect(await store.namespace('n').get(`k${n}`)).toStrictEqual(value);
    expect([await store.size(), logged, readdirSync(folder)]).toStrictEqual([0, [], ['store.snapshot']]);
    await close();
  });

  test('lets the time it was down count for the values', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const before = open();
    await before.store.set('short', 1, { ttlMs: 1_000 });
    await before.store.set('long', 2, { ttlMs: 100_000 });
    await before.store.set('lasts', 3);
    await before.close();
    vi.setSystemTime(Date.now() + 40_000);
    const { store, close } = open();
    expect((await store.keys()).sort()).toStrictEqual(['lasts', 'long']);
    const left = (await store.ttl('long')) as number;
    expect(left).toBeGreaterThan(50_000);
    expect(left).toBeLessThanOrEqual(60_000);
    expect(await store.ttl('lasts')).toBe(null);
    await close();
    // A clock that was set back: what was left when the file was written is the most there can be.
    vi.setSystemTime(Date.now() - 3_600_000);
    expect(await open().store.ttl('long')).toBeLessThanOrEqual(100_000);
  });

  test('knows after a restart what was used least recently', async () => {
    const before = open();
    for (const key of ['a', 'b', 'c']) await before.store.set(key, key);
    await before.store.get('a');
    await before.close();
    const { store } = open({ caps: { ...defaultCaps, maxEntries: 3 } });
    await store.set('d', 'd');
    expect((await store.keys()).sort()).toStrictEqual(['a', 'c', 'd']);
  });

  test('keeps what fits when it holds less than before, and says what it leaves out', async () => {
    const before = open();
    await before.store.set('big', 'x'.repeat(5_000));
    await before.store.set('small', 1);
    await before.close();
    const { store } = open({ caps: { ...defaultCaps, maxBytes: 2_000 } });
    expect(await store.keys()).toStrictEqual(['small']);
    expect(logged).toStrictEqual([expect.stringContaining("The value of 'big' takes")]);
  });

  test('starts empty without a word when there is no file yet', async () => {
    expect([await open().store.size(), logged]).toStrictEqual([0, []]);
  });
});

describe('the file', () => {
  test('is for the user of the bot alone', async () => {
    const { store, close } = open();
    await store.set('k', 1);
    await close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('is written at intervals, and only when something changed', async () => {
    const { store, close } = open({ everyMs: 20 });
    await store.set('k', 1);
    const writtenAt = (): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    await expect.poll(() => readdirSync(folder)).toStrictEqual(['store.snapshot']);
    const first = writtenAt();
    await store.get('k');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(writtenAt()).toBe(first);
    await store.set('k', 2);
    await expect.poll(writtenAt).toBeGreaterThan(first);
    await close();
  });

  test('is not written by a store that did not change', async () => {
    const before = open();
    await before.store.set('k', 1);
    await before.close();
    const { mtimeMs } = statSync(file);
    await open().close();
    expect(statSync(file).mtimeMs).toBe(mtimeMs);
  });

  test('is replaced as a whole: what was written in vain leaves the old one', async () => {
    const { store, close } = open();
    await store.set('k', 'old');
    await close();
    const old = readFileSync(file);
    const next = open();
    await next.store.set('k', 'new');
    // Where the new file is to be, there is something that no file can replace.
    mkdirSync(join(folder, 'store.snapshot.tmp'));
    await next.close();
    expect(readFileSync(file)).toStrictEqual(old);
    expect(logged).toStrictEqual([expect.stringContaining('in memory only until it can be written')]);
    rmSync(join(folder, 'store.snapshot.tmp'), { recursive: true });
    await next.close();
    expect(await open().store.get('k')).toBe('new');
  });

  test('is never written through a link that lies where the new one is made', async () => {
    const elsewhere = join(folder, 'elsewhere');
    writeFileSync(elsewhere, 'precious');
    symlinkSync(elsewhere, `${file}.tmp`);
    const { store, close } = open();
    await store.set('k', 1);
    await close();
    expect([readFileSync(elsewhere, 'utf8'), statSync(file).isFile()]).toStrictEqual(['precious', true]);
  });
});

describe('a file that is', () => {
  const written = async (): Promise<Buffer> => {
    const { store, close } = open();
    for (const n of [1, 2, 3]) await store.set(`k${n}`, new Date(n));
    await close();
    return readFileSync(file);
  };
  const changed = (bytes: Buffer, at: number): Buffer =>
    Buffer.concat([bytes.subarray(0, at), Buffer.from('#'), bytes.subarray(at + 1)]);

  test.each<[string, (bytes: Buffer) => Buffer, RegExp]>([
    ['empty', () => Buffer.alloc(0), /line 1/],
    ['something else', () => Buffer.from('token=abc\n'), /line 1/],
    ['a JSON value of another kind', () => Buffer.from('null\n'), /line 1/],
    ['bytes', () => Buffer.from([0, 255, 10, 254, 10]), /line 1/],
    ['cut within a line', (bytes) => bytes.subarray(0, bytes.length - 40), /cut short/],
    ['cut at the end of a line', (bytes) => bytes.subarray(0, bytes.lastIndexOf(10, bytes.length - 2) + 1), /checksum/],
    ['changed in its first line', (bytes) => changed(bytes, 3), /line 1/],
    ['changed in a value', (bytes) => changed(bytes, Math.floor(bytes.length / 2)), /checksum/],
    ['changed in its last line', (bytes) => changed(bytes, bytes.length - 10), /checksum/],
    ['longer than it was', (bytes) => Buffer.concat([bytes, Buffer.from('more\n')]), /checksum/],
  ])('%s is reported and set aside, and the store starts empty', async (_what, damage, reason) => {
    const damaged = damage(await written());
    writeFileSync(file, damaged);
    const { store, close } = open();
    expect(await store.size()).toBe(0);
    expect(logged).toStrictEqual([expect.stringMatching(reason)]);
    const [aside = 'nothing'] = asideOf('corrupt');
    expect(logged[0]).toContain(`It was set aside as ${join(folder, aside)}. The store starts empty.`);
    expect(readFileSync(join(folder, aside))).toStrictEqual(damaged);
    await store.set('k', 'anew');
    await close();
    expect(await open().store.get('k')).toBe('anew');
  });

  test('of a newer version is set aside by that name, unread', async () => {
    const newer = Buffer.from('{"kind":"shardlift store","version":2,"savedAt":0}\nsomething new\n');
    writeFileSync(file, newer);
    const { store } = open();
    expect([await store.size(), asideOf('corrupt')]).toStrictEqual([0, []]);
    expect(logged).toStrictEqual([
      expect.stringContaining('it has format 2, and this version of shardlift reads up to 1'),
    ]);
    expect(readFileSync(join(folder, asideOf('newer')[0] as string))).toStrictEqual(newer);
  });

  test.each<[string, () => void]>([
    ['a folder', () => mkdirSync(file)],
    ['a link that leads to itself', () => symlinkSync(file, file)],
  ])('%s, or else not to be read, stays where it is, and nothing is written over it', async (_what, make) => {
    make();
    const { store, close } = open();
    await store.set('k', 1);
    await close();
    expect(logged).toStrictEqual([expect.stringMatching(/it cannot be read \(.*It stays as it is/)]);
    expect(readdirSync(folder)).toStrictEqual(['store.snapshot']);
  });

  test('damaged and cannot be set aside stays as it is, and nothing is written over it', async () => {
    // With what would be added to it, the name is longer than a file system takes.
    file = join(folder, 'x'.repeat(250));
    writeFileSync(file, 'damaged');
    const { store, close } = open();
    await store.set('k', 1);
    await close();
    expect(logged).toStrictEqual([expect.stringContaining('cannot be set aside either')]);
    expect([readFileSync(file, 'utf8'), readdirSync(folder).length]).toStrictEqual(['damaged', 1]);
  });
});

describe('a store without a snapshot', () => {
  test('writes nothing', async () => {
    const { store, close } = openStore({ ...defaultCaps, snapshot: undefined }, logger);
    await store.set('k', 1);
    await close();
    expect(readdirSync(folder)).toStrictEqual([]);
  });

  test('warns when it is full for the first time', async () => {
    const { store } = openStore({ ...defaultCaps, maxEntries: 1, snapshot: undefined }, logger);
    for (const key of ['a', 'b', 'c']) await store.set(key, 1);
    expect(logged).toStrictEqual([expect.stringMatching(/^The store is full \(1 values, 130 bytes\)/)]);
  });
});
