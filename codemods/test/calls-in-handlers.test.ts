/** A handlers file that has calls, or the manager, of its own: it is one file with all of its edits. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { asksPing, call, define, rewrite } from './handlers-bot.ts';
import { cjsBot, esmBot, project, read, tsBot } from './project.ts';

const total =
  '  total: async (c) => {\n    const all = await c.shard.broadcastEval((d) => d.ws.ping);\n    return all;\n  },\n';
const asked =
  "  total: async (c) => {\n    const all = await c.cluster.ipc.requestAllShards('wsPing').valuesOrThrow();\n    return all;\n  },\n";
const ping = '  wsPing: (d) => d.ws.ping,\n';

test('a call of a handler asks one that is added beside it', async () => {
  const file = `${define}exports.handlers = defineHandlers({\n${total}});\n`;
  const { files, sites } = await rewrite({ 'cluster-handlers.js': file });
  expect(files['cluster-handlers.js']).toBe(`${define}exports.handlers = defineHandlers({\n${asked}${ping}});\n`);
  expect(sites.find(({ method }) => method === 'broadcastEval')?.handler).toBe('wsPing');
});

test('a plan names each file once', async () => {
  const file = `${define}exports.handlers = defineHandlers({\n${total}});\n`;
  const root = project({ ...cjsBot, 'cluster-handlers.js': file, 'x.js': call('(c) => c.uptime') });
  const { files } = await migrate({ paths: ['.'], cwd: root, dryRun: true });
  const paths = files.map(({ file }) => file);
  expect(paths.filter((path) => path.endsWith('cluster-handlers.js'))).toHaveLength(1);
});

test('a call outside of the handlers, its import and what the function needs', async () => {
  const file = `const os = require('node:os');\n${define}exports.handlers = defineHandlers({\n  a: () => 1,\n});\nexports.ask = (client) => ${call('(c) => os.loadavg()')}`;
  const { files } = await rewrite({ 'cluster-handlers.js': file });
  const handlers = 'exports.handlers = defineHandlers({\n  a: () => 1,\n  clusterHandlers: (c) => os.loadavg(),\n});\n';
  expect(files['cluster-handlers.js']).toBe(
    `const os = require('node:os');\n${define}${handlers}exports.ask = (client) => f(client.cluster.ipc.requestAllShards('clusterHandlers').valuesOrThrow());\n`,
  );
});

test('in TypeScript, with types that only the function uses, one of them of this file', async () => {
  const file = `import type { Client, Collection } from 'discord.js';\nimport { defineHandlers } from 'shardlift';\n\nexport interface Kind {\n  id: string;\n}\n\nexport const handlers = defineHandlers({\n  a: () => 1,\n});\n\nexport const ask = (client: Client<true>) =>\n  client.shard!.broadcastEval((c, none: Collection<string, Kind> | null) => (none === null ? c.ws.ping : 0), { context: null });\n`;
  const root = project({ ...tsBot, 'src/cluster-handlers.ts': file });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  expect(sites.find(({ method }) => method === 'broadcastEval')).toMatchObject({ handler: 'ask' });
  const written = read(root)['src/cluster-handlers.ts'];
  expect(written).toContain(
    "import type { Client, Collection } from 'discord.js';\nimport { defineHandlers } from 'shardlift';\n\nexport interface Kind",
  );
  expect(written).toContain('  a: () => 1,\n  ask: (c, none: Collection<string, Kind> | null) =>');
}, 120_000);

test('the caller of a wrapper', async () => {
  const file = `${define}const { ask } = require('./ask');\nexports.handlers = defineHandlers({\n  all: (c) => ask(c, (d) => d.ws.ping),\n});\n`;
  const ask = 'const ask = (client, fn) => client.shard.broadcastEval(fn);\nmodule.exports = { ask };\n';
  const { files } = await rewrite({ 'cluster-handlers.js': file, 'ask.js': ask });
  expect(files['cluster-handlers.js']).toContain("  all: (c) => ask(c, 'wsPing'),\n  wsPing: (d) => d.ws.ping,\n});\n");
});

test('with a method of the cluster instead of a handler', async () => {
  const file = `${define}exports.handlers = defineHandlers({\n  n: async (c) => (await c.shard.fetchClientValues('guilds.cache.size')).reduce((a, b) => a + b, 0),\n});\n`;
  const root = project({ ...cjsBot, 'cluster-handlers.js': file, 'x.js': asksPing });
  await migrate({ paths: ['.'], cwd: root, idioms: true });
  const written = read(root)['cluster-handlers.js'];
  expect(written).toContain('  n: async (c) => (await c.cluster.guilds.count()),\n  wsPing: (c) => c.ws.ping,\n');
});

test('the file of the manager as the handlers file', async () => {
  const index =
    "import { ShardingManager } from 'discord.js';\nimport { defineHandlers } from 'shardlift';\n\nexport const handlers = defineHandlers({\n  a: () => 1,\n});\n\nexport const manager = new ShardingManager('./bot.js');\n";
  const root = project({ ...esmBot, 'index.js': index, 'x.js': `export const g = (client) => ${asksPing}` });
  await migrate({ paths: ['.'], cwd: root, handlers: 'index.js' });
  const written = read(root)['index.js'];
  expect(written).toContain('  a: () => 1,\n  wsPing: (c) => c.ws.ping,\n});\n');
  expect(written).toContain("from 'shardlift/compat';");
  expect(written).toContain("hybrid: { handlers: './index.js' }");
});
