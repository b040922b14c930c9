/** test/manager-handlers: what the manager answers to, inline and from files. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ClusterManager } from '../src/manager.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shardlift-manager-handlers-'));
  write('bot.cjs', 'process.exit(7)');
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => void vi.stubEnv('DISCORD_TOKEN', ''));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** A manager with handlers, whose own `requestManager` asks itself. */
const managerWith = (managerHandlers?: string | string[]): ClusterManager =>
  new ClusterManager(join(folder, 'bot.cjs'), { totalShards: 1, managerHandlers });

describe('a manager', () => {
  test('answers inline handlers with data and context', async () => {
    const manager = managerWith();
    manager.ipc.handle('inline', (data: number, context) => [data, context.manager === manager, context.from]);
    expect(await manager.ipc.requestManager('inline', 5)).toEqual([5, true, 'host:local']);
  });

  test('answers the handlers of its files, which take it first', async () => {
    const one = write(
      'one.mjs',
      'export const managerHandlers = { one: (manager, data) => [manager.totalShards, data] };',
    );
    const two = write(
      'two.cjs',
      'module.exports = { two: async (_manager, _data, { manager }) => manager.options.mode };',
    );
    const manager = managerWith([one, two]);
    await manager.loadHandlers();
    await manager.loadHandlers();
    expect(await manager.ipc.requestManager('one', 'x')).toEqual([0, 'x']);
    expect(await manager.ipc.requestManager('two')).toBe('process');
  });

  test('starts nothing when two files hold the same name, and answers to none of them', async () => {
    const body = 'export const managerHandlers = { fine: () => 1, twice: () => 2 };';
    const manager = managerWith([write('a.mjs', body), write('b.mjs', body)]);
    await expect(manager.spawn()).rejects.toMatchObject({ code: 'DUPLICATE_HANDLER', details: { name: 'fine' } });
    expect(manager.clusters.size).toBe(0);
    await expect(manager.ipc.requestManager('fine')).rejects.toMatchObject({ code: 'NO_HANDLER' });
  });

  test('answers to none of a file when one of its names is taken, and to all once it is free', async () => {
    const manager = managerWith(
      write('taken.mjs', 'export const managerHandlers = { free: () => 1, taken: () => 2 };'),
    );
    manager.ipc.handle('taken', () => 0);
    await expect(manager.loadHandlers()).rejects.toMatchObject({ code: 'DUPLICATE_HANDLER' });
    await expect(manager.ipc.requestManager('free')).rejects.toMatchObject({ code: 'NO_HANDLER' });
    expect(await manager.ipc.requestManager('taken')).toBe(0);
    manager.ipc.removeHandler('taken');
    await manager.loadHandlers();
    expect([await manager.ipc.requestManager('free'), await manager.ipc.requestManager('taken')]).toEqual([1, 2]);
  });

  test('starts nothing when a file cannot be used, and the error names it', async () => {
    const wrong = write('wrong.mjs', 'export const handlers = { a: () => 1 };');
    await expect(managerWith(wrong).spawn()).rejects.toMatchObject({
      code: 'HANDLERS_FILE',
      message: expect.stringMatching(/wrong\.mjs cannot be used: it exports no `managerHandlers` object/),
    });
  });
});
