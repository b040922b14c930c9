/** Functions without parameters that read the client around them: they get one of their own. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project, read } from './project.ts';

async function rewrite(fn: string) {
  const body = `exports.run = (client, id) => client.shard.broadcastEval(${fn}).then(f);\n`;
  const root = project({ ...cjsBot, 'x.js': body });
  const { sites } = await migrate({ paths: ['.'], cwd: root, fixCaptures: true });
  return { site: sites.find((one) => one.file === 'x.js'), handlers: read(root)['cluster-handlers.js'] ?? '' };
}

test.each([
  ['() => ({ id: client ? client.user.id : -1 })', '(client) => ({ id: client ? client.user.id : -1 })'],
  ['async () => client.users.fetch("1")', 'async (client) => client.users.fetch("1")'],
  ['function () { return client.uptime; }', 'function (client) { return client.uptime; }'],
  ['() => client.users.cache.get(id)', '(client, { id }) => client.users.cache.get(id)'],
])('%s', async (fn, moved) => {
  const { site, handlers } = await rewrite(fn);
  expect(site).toMatchObject({ outcome: 'rewritten-with-note' });
  expect(handlers).toContain(moved);
});

test.each([
  ['DC-T2', 'function () { return [arguments.length, client.uptime]; }'],
  ['DC-C1', '(...all) => [all, client.uptime]'],
  ['DC-C1', '({ ws }) => [ws.ping, client.uptime]'],
])('%s keeps %s', async (code, fn) => {
  expect((await rewrite(fn)).site).toMatchObject({ outcome: 'left', code });
});
