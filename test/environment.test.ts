/** test/environment: what the environment may say, and what it may never say. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  identifyWindowMs,
  inheritedEnvironment,
  readBotFolder,
  readDefaults,
  readIdentifyWindowMs,
} from '../src/environment.ts';

describe('defaults', () => {
  test('are read by their four names', () => {
    const env = { DISCORD_TOKEN: 't', SHARD_COUNT: '12', SHARDS_PER_CLUSTER: '4', CLUSTER_COUNT: '3' };
    expect(readDefaults(env)).toEqual({ token: 't', totalShards: 12, shardsPerCluster: 4, totalClusters: 3 });
  });

  test.each(['', '0', '-1', '1.5', 'auto', 'NaN', 'Infinity', '3 shards'])(
    'that say nothing usable are left out: %o',
    (text) => {
      const env = { DISCORD_TOKEN: '', SHARD_COUNT: text, SHARDS_PER_CLUSTER: text, CLUSTER_COUNT: text };
      expect(readDefaults(env)).toEqual({});
    },
  );

  test('are none in an empty environment', () => {
    expect(readDefaults({})).toEqual({});
  });
});

describe('the identify window', () => {
  test('is that of Discord, whatever a live environment says', () => {
    expect(readIdentifyWindowMs({ SHARDLIFT_IDENTIFY_WINDOW_MS: '1' })).toBe(identifyWindowMs);
    expect(identifyWindowMs).toBe(5_000);
  });

  test('is scaled against the loopback Discord', () => {
    const DISCORD_SIM = 'http://127.0.0.1:1';
    expect(readIdentifyWindowMs({ DISCORD_SIM, SHARDLIFT_IDENTIFY_WINDOW_MS: '50' })).toBe(50);
    expect(readIdentifyWindowMs({ DISCORD_SIM, SHARDLIFT_IDENTIFY_WINDOW_MS: 'soon' })).toBe(identifyWindowMs);
    expect(readIdentifyWindowMs({ DISCORD_SIM })).toBe(identifyWindowMs);
  });
});

test("children get a copy: changing it leaves the manager's own environment alone", () => {
  const copy = inheritedEnvironment();
  copy.SHARDLIFT_TEST_ONLY = 'x';
  expect(process.env.SHARDLIFT_TEST_ONLY).toBeUndefined();
  expect(copy.PATH).toBe(process.env.PATH);
});

describe("the bot file's folder", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'shardlift-environment-'));
    writeFileSync(join(folder, 'index.js'), '');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is that of the file Node was started with, with or without its ending', () => {
    expect(readBotFolder(join(folder, 'index.js'))).toBe(folder);
    expect(readBotFolder(join(folder, 'index'))).toBe(folder);
    expect(readBotFolder()).not.toBe(folder);
  });

  test('is that of the file in it when Node was started with a folder', () => {
    expect(readBotFolder(folder)).toBe(folder);
  });
});
