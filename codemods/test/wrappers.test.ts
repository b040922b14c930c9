/** Functions of the bot's own around broadcastEval: their callers name handlers. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project, read, tsBot } from './project.ts';

async function rewrite(body: string) {
  const root = project({ ...cjsBot, 'x.js': `${body}\n` });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  const after = read(root);
  return {
    sites: sites.filter((one) => one.file === 'x.js'),
    text: after['x.js'],
    handlers: after['cluster-handlers.js'],
  };
}

const request = 'client.cluster.ipc.requestAllShards(fn, context).valuesOrThrow()';

const followed: readonly (readonly [title: string, before: string, after: string])[] = [
  [
    'a function',
    'function ask(fn, context) { return client.shard.broadcastEval(fn, { context }); }\nf(ask((c) => c.ws.ping));\nf(ask((c, id) => c.users.cache.has(id), user.id));',
    `function ask(fn, context) { return ${request}; }\nf(ask('wsPing'));\nf(ask('hasUser', user.id));`,
  ],
  [
    'an arrow function',
    'const ask = async (fn, context) => (await client.shard.broadcastEval(fn, { context })).find(Boolean);\nf(await ask((c) => c.ws.ping, 1));',
    `const ask = async (fn, context) => (await ${request}).find(Boolean);\nf(await ask('wsPing', 1));`,
  ],
  [
    'a private method',
    'class A { #ask(fn, context) { return client.shard.broadcastEval(fn, { context }); }\n f() { return this.#ask((c) => c.ws.ping); } }',
    `class A { #ask(fn, context) { return ${request}; }\n f() { return this.#ask('wsPing'); } }`,
  ],
];

describe('a wrapper', () => {
  test.each(followed)('that is %s is told names instead of functions', async (_title, before, after) => {
    const { sites, text, handlers } = await rewrite(before);
    expect(sites).toMatchObject([{ outcome: 'rewritten' }]);
    expect(text).toBe(`${after}\n`);
    expect(handlers).toContain('wsPing: (c) => c.ws.ping,');
  });

  const ask = 'function ask(fn, context) { return client.shard.broadcastEval(fn, { context }); }';

  test.each([
    ['nobody calls it', ask, 'DC-D8'],
    ['one caller hands over a variable', `${ask}\nask((c) => 1); ask(other);`, 'DC-D8'],
    ['it is handed on itself', `${ask}\nask((c) => 1); f(ask);`, 'DC-D8'],
    [
      'it is a method that anything may call',
      'class A { ask(fn) { return client.shard.broadcastEval(fn); } }',
      'DC-D8',
    ],
    [
      'it calls itself',
      'function ask(fn) { ask(fn); }\nconst g = (fn) => client.shard.broadcastEval(fn);\ng((c) => 1); g(fn);',
      'DC-D8',
    ],
    [
      'it uses the function otherwise',
      'function ask(fn) { log(fn); return client.shard.broadcastEval(fn); }\nask((c) => 1);',
      'DC-D8',
    ],
    ['one function captures', `${ask}\nask((c) => 1); const id = 1; ask((c) => c.users.cache.get(id));`, 'DC-C1'],
    ['one function ends the process', `${ask}\nask((c) => 1); ask(() => process.exit());`, 'DC-E2'],
    [
      'its options cannot be read',
      'function ask(fn, o) { return client.shard.broadcastEval(fn, o); }\nask((c) => 1, {});',
      'DC-R3',
    ],
  ])('stays as it is when %s', async (_title, body, code) => {
    const { sites, text, handlers } = await rewrite(body);
    expect(sites).toMatchObject([{ outcome: 'left', code }]);
    expect(text).toBe(`${body}\n`);
    expect(handlers).toBeUndefined();
  });

  test.each([
    ['a statement', 'if (!client.shard) return [await fn(client)];\n', 2],
    ['a choice', 'const one = client.shard ? null : await fn(client);\n', 2],
  ])('says what to do about its answer without shards: %s', async (_title, before, line) => {
    const { sites } = await rewrite(
      `async function ask(fn) {\n${before}return client.shard.broadcastEval(fn); }\nask((c) => c.ws.ping);`,
    );
    expect(sites).toMatchObject([{ outcome: 'left', code: 'DC-D8' }]);
    expect(sites[0]?.message).toContain(`x.js:${line}: the function is also called there. Where a manager always`);
  });

  test('says where it calls the function for another reason', async () => {
    const { sites } = await rewrite(
      'function ask(fn) {\nlog(fn(client));\nreturn client.shard.broadcastEval(fn); }\nask((c) => c.ws.ping);',
    );
    expect(sites[0]?.message).toContain('x.js:2: the function is also called there. Let every caller');
  });
});

test('a wrapper inside the function of a broadcast stays, with that broadcast', async () => {
  const body =
    'f(client.shard.broadcastEval((c) => { const ask = (fn) => c.shard.broadcastEval(fn); return ask((d) => d.ws.ping); }));';
  const { sites, text } = await rewrite(body);
  expect(sites.map((one) => one.outcome)).toEqual(['left', 'left']);
  expect(text).toBe(`${body}\n`);
});

test('a method of the cluster never stands for what several callers ask', async () => {
  const body =
    'const sum = async (fn) => (await client.shard.broadcastEval(fn)).reduce((a, b) => a + b, 0);\nf(sum((c) => c.guilds.cache.size), sum((c) => c.channels.cache.size));';
  const root = project({ ...cjsBot, 'x.js': `${body}\n` });
  await migrate({ paths: ['.'], cwd: root, idioms: true });
  expect(read(root)['x.js']).toContain("f(sum('guildsCacheSize'), sum('channelsCacheSize'));");
});

const typed = (result: string): string =>
  `import type { Client } from 'discord.js';\nexport const f = (client: Client) => {\n  const ask = (fn: (c: Client) => number): Promise<${result}[]> => client.shard!.broadcastEval(fn);\n  return Promise.all([ask((c) => c.ws.ping), ask((c) => c.guilds.cache.size)]);\n};\n`;

test('in TypeScript the parameter is one of the names', async () => {
  const root = project({ ...tsBot, 'src/x.ts': typed('number') });
  const report = await migrate({ paths: ['src'], cwd: root });
  expect(report.sites.find((one) => one.file === 'src/x.ts')).toMatchObject({ outcome: 'rewritten' });
  expect(read(root)['src/x.ts']).toContain("const ask = (fn: 'wsPing' | 'guildsCacheSize'): Promise<number[]> =>");
  expect(report.summary.verified).toBe(true);
});
