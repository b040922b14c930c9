/** Handlers of TypeScript: in a file of JavaScript, and beside names that are types alone. */
import { expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { esmBot, project, read, tsBot, tsBotWith } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

test('a function without types goes into a handlers file of JavaScript', async () => {
  const asks = (name: string, fn: string): string =>
    `export const ${name} = (bot: Client) => bot.shard!.broadcastEval(${fn});\n`;
  const x = [
    "import type { Client } from 'discord.js';\n",
    asks('ping', '(c) => c.ws.ping'),
    asks('typed', '(c) => (c.uptime as number | null) ?? 0'),
    asks('given', '(c) => c.users.fetch<false>("1")'),
    asks('sure', '(c) => c.user!.id.length'),
  ].join('');
  const handlers =
    "import { defineHandlers } from 'shardlift';\n\nexport const handlers = defineHandlers({\n  a: () => 1,\n});\n";
  const root = project({ ...tsBot, 'src/cluster-handlers.js': handlers, 'src/x.ts': x });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  const calls = sites.filter(({ method }) => method === 'broadcastEval');
  expect(calls.map(({ handler, code }) => handler ?? code)).toEqual(['wsPing', 'DC-I3', 'DC-I3', 'DC-I3']);
  expect(read(root)['src/cluster-handlers.js']).toContain('  a: () => 1,\n  wsPing: (c) => c.ws.ping,\n});\n');
});

test('a value of a name that is a type alone is imported as well', async () => {
  const handlers =
    "import type { Client, Collection } from 'discord.js';\nimport { defineHandlers } from 'shardlift';\n\nexport const handlers = defineHandlers({\n  all: (_c: Client<true>, ids: Collection<string, string> | undefined) => ids === undefined,\n});\n";
  const x =
    "import { type Client, Collection } from 'discord.js';\n\nexport const f = (bot: Client) =>\n  bot.shard!.broadcastEval((c) => [c.ws.ping, new Collection<string, string>().size]);\n";
  const root = project({ ...tsBot, 'src/cluster-handlers.ts': handlers, 'src/x.ts': x });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  expect(sites.filter(({ outcome }) => outcome === 'left')).toEqual([]);
  const written = read(root)['src/cluster-handlers.ts'];
  expect(written).toContain("import { Collection as Collection2 } from 'discord.js';\n");
  expect(written).toContain('new Collection2<string, string>().size]');
});

test('a function of JavaScript goes into a handlers file of TypeScript, with the type of its data', async () => {
  const x = [
    "const { Client } = require('discord.js');",
    'exports.f = (client, id) =>',
    "  client.shard.broadcastEval((c, { id, of }) => c.guilds.cache.has(id) && of.length, { context: { id, of: 'x' } });",
    'exports.g = (client, id) => client.shard.broadcastEval((c, given) => given.id + c.uptime, { context: { id } });',
    'exports.is = (x) => x instanceof Client;',
    '',
  ].join('\n');
  const root = project({ ...tsBotWith({ allowJs: true }), 'src/x.cjs': x });
  const { sites, summary } = await migrate({ paths: ['.'], cwd: root });
  expect(sites.filter(({ outcome }) => outcome === 'left')).toEqual([]);
  expect(summary.verified).toBe(true);
  const handlers = read(root)['src/cluster-handlers.ts'];
  expect(handlers).toContain('(c, { id, of }: { id: any; of: string }) =>');
  expect(handlers).toContain('(c, given: { id: any }) => given.id + c.uptime,');
  expect(handlers).not.toContain('@param');
});

test('of a function of JavaScript that TypeScript finds fault with, client and data are any', async () => {
  const x = [
    'exports.f = (client, id, text) =>',
    '  client.shard.broadcastEval(async (c, { id, text }) => void (await c.channels.fetch(id)).send(text), { context: { id, text } });',
    'exports.g = (client) => client.shard.broadcastEval(c => c.commands.size);',
    'exports.h = (client) => client.shard.broadcastEval((c) => c.nothing.map((one) => one.size));',
    '',
  ].join('\n');
  const root = project({ ...tsBotWith({ allowJs: true }), 'src/x.cjs': x });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  const calls = sites.filter(({ method }) => method === 'broadcastEval');
  expect(calls.map(({ outcome, code }) => (outcome === 'left' ? code : 'rewritten'))).toEqual([
    'rewritten',
    'rewritten',
    'DC-V1',
  ]);
  const handlers = read(root)['src/cluster-handlers.ts'];
  expect(handlers).toContain('async (c: any, { id, text }: any) => ((await c.channels.fetch(id)).send(text), null),');
  expect(handlers).toContain('(c: any) => c.commands.size,');
});

/** A bot of JavaScript, with one command of TypeScript. */
const mixed = (allowJs: boolean, command = '') => {
  const options = { target: 'es2022', module: 'nodenext', strict: true, skipLibCheck: true, types: ['node'], allowJs };
  return {
    ...esmBot,
    'tsconfig.json': JSON.stringify({ compilerOptions: { ...options, noEmit: true } }),
    'commands/ping.ts': `import type { Client } from 'discord.js';\n${command}export const f = (c: Client) => c.shard!.broadcastEval((x) => x.ws.ping);\n`,
  };
};

test('a call of TypeScript asks a handlers file of JavaScript, which its compiler reads as well', async () => {
  const root = project(mixed(true));
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  expect(sites.filter(({ outcome }) => outcome === 'left')).toEqual([]);
  expect(read(root)['cluster-handlers.js']).toContain('wsPing: (x) => x.ws.ping,');
});

test('a compiler that does not read it has to be told of shardlift, and DC-V4 says how', async () => {
  const root = project(mixed(false));
  const [left] = (await migrate({ paths: ['.'], cwd: root })).sites.filter(({ outcome }) => outcome === 'left');
  expect(left).toMatchObject({ code: 'DC-V4' });
  expect(left?.message).toContain("import type {} from 'shardlift'");
  const told = project(mixed(false, "import type {} from 'shardlift';\n"));
  const { sites } = await migrate({ paths: ['.'], cwd: told });
  expect(sites.filter(({ outcome }) => outcome === 'left')).toEqual([]);
});
