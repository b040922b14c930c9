/** Comments that name the class of a receiver, and what is to be said where nothing does. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project, read } from './project.ts';

async function rewrite(text: string) {
  const root = project({ ...cjsBot, 'x.js': text });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  return { text: read(root)['x.js'], site: sites.find(({ file }) => file === 'x.js') };
}

const ask = 'broadcastEval((c) => c.ws.ping)';
const asked = "requestAllShards('wsPing').valuesOrThrow()";
const of = (name: string): string => `import('discord.js').${name}`;

test.each([
  [`/** @param {${of('ShardingManager')}} it */\nexports.f = (it) => it.X;\n`, 'it.ipc.'],
  [`/** @param {${of('ShardingManager')} | null} it */\nexports.f = (it) => it?.X;\n`, 'it?.ipc.'],
  [`/** @param {${of('ShardClientUtil')}} it */\nexports.f = (it) => it.X;\n`, 'it.client.cluster.ipc.'],
  [`class A {\n  /** @type {${of('ShardingManager')}} */\n  it;\n  f() { return this.it.X; }\n}\n`, 'this.it.ipc.'],
  [`/** @type {NonNullable<${of('ShardClientUtil')}>} */\nconst it = g();\nf(it.X);\n`, 'it.client.cluster.ipc.'],
  [`/** @type {${of('Client')}['shard']} */\nconst it = g();\nf(it.X);\n`, 'it.client.cluster.ipc.'],
])('a comment that imports the class is believed: %s', async (text, start) => {
  const { text: after, site } = await rewrite(text.replace('X', ask));
  expect(site).toMatchObject({ code: null });
  expect(after).toContain(start + asked);
});

test('a comment that imports a class of that name from elsewhere says nothing', async () => {
  const { site } = await rewrite(
    `/** @param {import('./own').ShardingManager} it */\nexports.f = (it) => it.${ask};\n`,
  );
  expect(site).toMatchObject({ outcome: 'left', code: 'DC-S3' });
});

test.each([
  [
    `f(ctx.manager.${ask});\n`,
    "give it the type ShardingManager (in JavaScript by JSDoc, @type {import('discord.js').ShardingManager}).",
  ],
  [
    `f(ctx.rabbit.shard.${ask});\n`,
    "give what holds it the type Client (in JavaScript by JSDoc, @type {import('discord.js').Client}), or write",
  ],
  [
    `f(ctx.util.${ask});\n`,
    "give it the type ShardClientUtil (in JavaScript by JSDoc, @type {import('discord.js').ShardClientUtil}), or write",
  ],
])('what would be proof fits the receiver: %s', async (text, advice) => {
  const { site } = await rewrite(text);
  expect(site?.code).toBe('DC-S3');
  expect(site?.message).toContain(advice);
});
