/** test/cluster/handshake: no cluster becomes ready without its handlers, and none has others than the rest in silence. */
import { beforeEach, expect, test } from 'vitest';
import { Handshake } from '../../src/cluster/handshake.ts';

let warned: string[];
let handshake: Handshake;
let clusters: number;
const log = (message: string): void => void warned.push(message);
const logger = { debug: log, info: log, warn: log, error: log };
const cluster = (id: number, incarnation = 1) => ({ id, incarnation });

beforeEach(() => {
  warned = [];
  clusters = 3;
  handshake = new Handshake({ files: ['/bot/a.js', '/bot/b.js'], logger, clusters: () => clusters });
});

test('a cluster that has loaded them may become ready, one that has not may not', () => {
  handshake.loaded(cluster(0), ['count']);
  expect(handshake.failure(cluster(0))).toBeUndefined();
  expect(handshake.failure(cluster(1))).toEqual({ kind: 'handlers', message: '/bot/a.js, /bot/b.js' });
});

test('what a predecessor loaded does not count', () => {
  handshake.loaded(cluster(0, 1), ['count']);
  expect(handshake.failure(cluster(0, 2))).toMatchObject({ kind: 'handlers' });
  handshake.loaded(cluster(0, 2), ['count']);
  expect(handshake.failure(cluster(0, 2))).toBeUndefined();
});

test('nothing is asked of anybody when there are no files', () => {
  expect(new Handshake({ files: [], logger, clusters: () => 1 }).failure(cluster(0))).toBeUndefined();
});

test('other names than those of another cluster are told, once, with what is missing and what is new', () => {
  handshake.loaded(cluster(0), ['count', 'tag']);
  handshake.loaded(cluster(1), ['tag', 'count']);
  expect(warned).toEqual([]);
  handshake.loaded(cluster(2), ['count', 'name']);
  expect(warned).toHaveLength(1);
  expect(warned[0]).toMatch(/Cluster 2 .* cluster 0.*: without tag; with name in addition/);
});

test('a cluster is not compared with its predecessor, nor with one that is gone', () => {
  handshake.loaded(cluster(0, 1), ['count']);
  handshake.loaded(cluster(0, 2), ['count', 'tag']);
  handshake.loaded(cluster(1), ['other']);
  expect(warned).toHaveLength(1);
  handshake.forget(cluster(0, 2));
  handshake.loaded(cluster(2), ['other']);
  expect(warned).toHaveLength(1);
});

test('a round of restarts after an edit is told once, the next edit anew', () => {
  for (const id of [0, 1, 2]) handshake.loaded(cluster(id), ['count']);
  for (const id of [0, 1, 2]) {
    handshake.forget(cluster(id));
    handshake.loaded(cluster(id, 2), ['count', 'tag']);
  }
  expect(warned).toHaveLength(1);
  handshake.loaded(cluster(0, 3), ['tag']);
  expect(warned).toHaveLength(2);
});

test('a client that runs all shards in each of several clusters is warned of, once', () => {
  handshake.attached(cluster(0), [0, 1]);
  expect(warned).toEqual([]);
  for (const id of [1, 2]) handshake.attached(cluster(id), 'auto');
  expect(warned).toEqual([
    expect.stringMatching(/client of cluster 1 has the option shards: 'auto'.*once per cluster/),
  ]);
});

test('a client that runs all shards in the only cluster is right', () => {
  clusters = 1;
  handshake.attached(cluster(0), 'auto');
  expect(warned).toEqual([]);
});
