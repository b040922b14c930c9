/** Names of handlers: from what the function does, or what its author calls it; never from values. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project } from './project.ts';

const rows: readonly (readonly [name: string, body: string])[] = [
  ['guildsCacheSize', 'f(await client.shard.broadcastEval((c) => c.guilds.cache.size));'],
  ['emitUpdateCache', "client.shard.broadcastEval((c, id) => c.emit('updateCache', id), { context: 1 });"],
  ['emit', 'client.shard.broadcastEval((c, { name }) => c.emit(name), { context: { name } });'],
  ['oldest', 'const oldest = (c) => c.guilds.cache.first().name;\nf(await client.shard.broadcastEval(oldest));'],
  ['memory', 'f({ memory: await client.shard.broadcastEval(() => process.memoryUsage().rss) });'],
  ['report', 'f({ content: await client.shard.broadcastEval(() => process.memoryUsage().rss) });'],
  ['report', 'class A { register() { return client.shard.broadcastEval(() => process.memoryUsage().rss); } }'],
  ['allWsPing', 'f(await client.shard.broadcastEval((c) => c.shard.broadcastEval((d) => d.ws.ping)));'],
  [
    'allGuildsCacheSize',
    "f(await client.shard.broadcastEval(async (c) => await c.shard.fetchClientValues('guilds.cache.size')));",
  ],
];

test.each(rows)('a handler is called %s', async (name, body) => {
  const root = project({ ...cjsBot, 'report.js': `${body}\n` });
  const { sites } = await migrate({ paths: ['.'], cwd: root, dryRun: true });
  expect(sites.find((one) => one.file === 'report.js')?.handler).toBe(name);
});
