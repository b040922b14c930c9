import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createDiscord } from '../../src/testing/index.ts';
import { preloadFile, requireOption } from '../../src/testing/preload-file.ts';
import { run } from './program.ts';

const rerouted = [
  "the agent of discord.js 15's REST client",
  "Node's fetch",
  "undici's fetch",
  "undici's request",
  'a dispatcher set later',
  "Node's fetch after that",
  'a dispatcher assigned later',
];
const blocked = ['an agent of its own', 'https', 'tls', 'the file server'];

/** Runs the fixture that tries every way out and gives back what each one met. */
async function reachOut(env: Readonly<Record<string, string>>, where = 'process'): Promise<Record<string, string>> {
  await using program = run('reach-out.cjs', env, where);
  const { output } = await program.ended;
  expect(output).toMatch(/^\{.*\}\n$/);
  return JSON.parse(output);
}

describe.each(['process', 'worker'])('with the preload, from a %s', (where) => {
  test('requests to Discord arrive on loopback, and what cannot be rerouted is refused', async () => {
    await using discord = await createDiscord({ strict: true });
    const met = await reachOut(discord.env, where);
    for (const way of rerouted) expect([way, met[way]]).toEqual([way, '200']);
    for (const way of blocked)
      expect([way, met[way]]).toEqual([way, expect.stringMatching(/refused because DISCORD_SIM is set/)]);
    expect(discord.timeline('rest').filter((event) => event.detail.route === 'GET /gateway')).toHaveLength(
      rerouted.length,
    );
  });
});

describe('fails closed: nothing reaches Discord', () => {
  const load = { NODE_OPTIONS: requireOption(preloadFile()) };
  const wrong = [
    '',
    'nonsense',
    'https://127.0.0.1:1',
    'http://discord.com',
    'http://example.org:80',
    'http://127.0.0.1.example.org',
  ];

  test.each(wrong)("when DISCORD_SIM is '%s'", async (DISCORD_SIM) => {
    const met = await reachOut({ ...load, DISCORD_SIM });
    for (const way of [...rerouted, ...blocked])
      expect([way, met[way]]).toEqual([
        way,
        expect.stringContaining(`DISCORD_SIM is '${DISCORD_SIM}', not the address`),
      ]);
  });

  test('when the loopback Discord is gone', async () => {
    const discord = await createDiscord();
    const { env } = discord;
    await discord.stop();
    const met = await reachOut(env);
    for (const way of rerouted)
      expect([way, met[way]]).toEqual([way, expect.stringMatching(/no loopback Discord answers/)]);
    for (const way of blocked)
      expect([way, met[way]]).toEqual([way, expect.stringMatching(/refused because DISCORD_SIM is set/)]);
  });
});

describe('a preload in a folder with spaces and quotes in its name', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'shardlift preload '));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(['with spaces', `with "quotes"`, String.raw`with \ backslash`])('%s is loaded', async (name) => {
    const file = path.join(folder, name, 'testing-preload.cjs');
    mkdirSync(path.dirname(file));
    copyFileSync(preloadFile(), file);
    await using discord = await createDiscord({ strict: true });
    const met = await reachOut({ ...discord.env, NODE_OPTIONS: requireOption(file) });
    expect(met["Node's fetch"]).toBe('200');
  });
});

test('NODE_OPTIONS that are there already are kept, and the preload is added once', () => {
  const once = requireOption('/a b/c.cjs', '--max-old-space-size=100');
  expect(once).toBe('--max-old-space-size=100 --require "/a b/c.cjs"');
  expect(requireOption('/a b/c.cjs', once)).toBe(once);
});
