import { EventEmitter } from 'node:events';
import { ShardClientUtil } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isOfMetUtil, meetUtils } from '../../compat/own-utils.ts';
import type { StockUtil, StockUtilClass } from '../../compat/stock.ts';

const reported = ['shardReady', 'shardDisconnect', 'shardReconnecting', 'shardResume'];
let theirs: readonly NodeJS.MessageListener[];
beforeEach(() => {
  theirs = process.listeners('message');
});
afterEach(() => {
  for (const listener of process.listeners('message')) if (!theirs.includes(listener)) process.off('message', listener);
});

/** A class of its own for each test, whose constructor is discord.js's. */
function makeClass() {
  const met: StockUtil[] = [];
  const Stock = class extends (ShardClientUtil as unknown as StockUtilClass) {} as StockUtilClass;
  meetUtils(Stock, (util) => void met.push(util));
  return { Stock, met };
}

/** A client that its bot listens to right after it has made a util. */
async function listensAfter(make: (client: EventEmitter) => unknown): Promise<readonly number[]> {
  const client = new EventEmitter();
  make(client);
  for (const event of reported) client.on(event, () => undefined);
  await Promise.resolve();
  expect(client.listenerCount('newListener')).toBe(0);
  return reported.map((event) => client.listenerCount(event));
}

describe('what a util reports is taken off its client, and nothing else', () => {
  test.each(['process', 'cluster', undefined])('with the mode %s', async (mode) => {
    const { Stock } = makeClass();
    expect(await listensAfter((client) => new Stock(client as never, mode as never))).toEqual([1, 1, 1, 1]);
  });

  test('also where it is given its mode later, or without its constructor', async () => {
    const { Stock } = makeClass();
    const late = (client: EventEmitter) => Object.assign(new Stock(client as never, undefined), { mode: 'process' });
    expect(await listensAfter(late)).toEqual([1, 1, 1, 1]);
    const bare = (client: EventEmitter) => Object.assign(Object.create(Stock.prototype), { client, mode: 'process' });
    expect(await listensAfter(bare)).toEqual([1, 1, 1, 1]);
  });

  test('also where its client cannot be asked for its listeners', async () => {
    const { Stock, met } = makeClass();
    const added: unknown[] = [];
    const util = new Stock({ options: {}, on: (event: string) => added.push(event) } as never, 'process');
    await Promise.resolve();
    expect([met, added]).toEqual([[util], reported]);
  });
});

test('a util that is made without its constructor is met when it has its client', () => {
  const { Stock, met } = makeClass();
  const client = new EventEmitter();
  const early = Object.assign(Object.create(Stock.prototype), { mode: 'process', client });
  expect([met, early.mode]).toEqual([[], 'process']);
  const util = Object.assign(Object.create(Stock.prototype), { client, mode: 'process' });
  expect(met).toEqual([util]);
});

test('the listener of a util that was met is told from those of others that come later', async () => {
  const { Stock } = makeClass();
  const client = new EventEmitter() as never;
  new Stock(client, 'process');
  expect([isOfMetUtil(), isOfMetUtil()]).toEqual([true, false]);
  new Stock(client, 'cluster' as never);
  expect(isOfMetUtil()).toBe(false);
  Object.assign(Object.create(Stock.prototype), { client, mode: 'process' });
  await Promise.resolve();
  expect(isOfMetUtil()).toBe(false);
});
