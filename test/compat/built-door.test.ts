import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Fleet, fixture } from './fleet.ts';

let fleet: Fleet;
beforeAll(async () => {
  fleet = await Fleet.start();
});
afterAll(() => fleet.close());

test.each(['manager.cjs', 'manager.mjs'])(
  '%s runs on the built package, and ends by itself once stopped',
  async (file) => {
    const { stdout } = await promisify(execFile)(process.execPath, [fixture(file)], {
      timeout: 20_000,
      env: { ...process.env, ...fleet.discord.env },
    });
    expect(JSON.parse(stdout)).toEqual({ sizes: [4, 4, 4], isStock: true, clusters: 2 });
  },
);
