/** Errors have another name, message and code after the migration: code that looks at them is told. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Migrated, migrateAll } from './batch.ts';

const ping = 'client.shard.broadcastEval((c) => c.ws.ping)';

describe('a catch around a call', () => {
  const around = (body: string, call = `return await ${ping};`): string =>
    `module.exports = async () => {\n  try {\n    ${call}\n  } catch (error) {\n    ${body}\n  }\n};`;

  const compared: readonly (readonly [title: string, member: string, line: string])[] = [
    ['a code', 'code', around("if (error.code === 'ShardingInProcess') return [];\n    throw error;")],
    ['a name in a switch', 'name', around("switch (error.name) { case 'TypeError': return []; }")],
    ['part of a message', 'message', around("return error.message.includes('no guild') ? [] : null;")],
    ['what is taken out of it', 'code', around('const { code } = error;\n    if (code !== 5) throw error;')],
    ['a code in a list', 'code', around('if (![1, 2].includes(error?.code)) throw error;')],
    ['a code, further out', 'code', around('if (error.code === 1) return [];', `f(await Promise.all([${ping}]));`)],
    ['a message in .catch', 'message', `f(${ping}.catch((e) => { if (e.message === 'x') return []; throw e; }));`],
    ['a name in .catch behind .then', 'name', `f(${ping}.then(g).catch(({ name }) => name === 'TypeError'));`],
    [
      'a message in a function it hands the error to',
      'message',
      `function who(e) { return e.message.match(/x/) ? [] : null; }\nf(${ping}.catch((e) => who(e)));`,
    ],
    [
      'a code in one that gets it second',
      'code',
      `const who = (r, { code }) => code === 5 && r;\n${around('return who([], error);')}`,
    ],
    ['a code in a function of this file', 'code', `const quiet = (e) => e.code === 1;\nf(${ping}.catch(quiet));`],
  ];

  const plain: readonly (readonly [title: string, line: string])[] = [
    ['prints it', around('console.error(error.message, error.code);')],
    ['hands on something else', `function who(e) { return e.code === 1; }\n${around('return who(other);')}`],
    ['hands it to one that prints it', `function who(e) { log(e.code); }\n${around('return who(error);')}`],
    ['compares that of another', around('if (other.code === 1) return [];')],
    ['does not cover it, since nobody waits', around("if (error.code === 'x') return [];", `return ${ping};`)],
    ['is in its own function', `${around("if (error.code === 'x') return [];", 'return await g();')}\nf(${ping});`],
  ];

  let all: readonly Migrated[] = [];
  beforeAll(async () => {
    all = await migrateAll([...compared.map(([, , line]) => line), ...plain.map(([, line]) => line)]);
  });

  test.each(compared.map(([title, member], i) => [title, member, i] as const))(
    'that compares %s has a note about the %s',
    (_title, member, i) => {
      expect(all[i]?.sites).toMatchObject([{ outcome: 'rewritten-with-note', code: 'DC-E1' }]);
      expect(all[i]?.sites[0]?.message).toContain(`compares their ${member}.`);
    },
  );

  test.each(plain.map(([title], i) => [title, compared.length + i] as const))('that %s has none', (_title, i) => {
    expect(all[i]?.sites.map(({ outcome, code }) => code ?? outcome)).toEqual(['rewritten']);
  });
});

describe('a catch that shows an error', () => {
  const fails = `client.shard.broadcastEval((c, { n }) => { if (!c.x.has(n)) throw new Error('Unknown command ' + n); c.load(n); }, { context: { n } })`;
  const around = (body: string, call = fails): string =>
    `module.exports = async (client, n, reply) => {\n  try {\n    await ${call};\n  } catch (e) {\n    ${body}\n  }\n};`;
  const said = (what: string): string => `\`Error: \${${what}}\``;
  const check = "const { check } = require('./check');\n";
  const asks = (fn: string): string => `client.shard.broadcastEval(${fn}, { context: { n } })`;

  const settled = (use: string, more = ''): string =>
    `module.exports = async (client, n, reply) => { const all = await Promise.allSettled([${fails}, 1]); all.forEach((r) => { ${use}; }); ${more} };`;

  const shown: (readonly [title: string, what: string, line: string])[] = [
    ['its message in a reply', 'message', around(`reply(${said('e.message')});`)],
    ['its stack', 'stack', around("reply({ content: 'x' + (e.stack || 1) });")],
    ['itself as a text', 'text', around(`reply(${said('e')});`)],
    ['itself behind +', 'text', around("reply('Error: ' + e);")],
    ['itself by String', 'text', around('reply(String(e));')],
    ['its message by a name', 'message', around('const text = e instanceof Error ? e.message : n; reply(text);')],
    ['its message taken out', 'message', around('const { message } = e; reply(message);')],
    ['its message in .catch', 'message', `f(${fails}.catch((e) => reply(e.message)));`],
    ['its message in .then', 'message', `f(${fails}.then(g, ({ message }) => reply(message)));`],
    ['its message in a log and a reply', 'message', around('console.error(e.message); reply(e.message);')],
    ['that of one shard', 'message', around('reply(e.message);', fails.replace('{ context', '{ shard: 7, context'))],
    ['that of a rejection', 'message', around('reply(e.message);', asks("(c) => Promise.reject(new Error('x'))"))],
    [
      'that of a function it calls',
      'message',
      check + around('reply(e.message);', asks('(c, { n }) => { check(n); }')),
    ],
  ];

  shown.push(
    ['that of a member of the bot', 'message', around('reply(e.message);', asks('(c, { n }) => c.x.load(n)'))],
    ['that of a function on the client', 'message', around('reply(e.message);', asks('(c, { n }) => c.reload(n)'))],
    [
      'what Discord says',
      'message',
      around('reply(e.message);', asks('async (c, { n }) => { await c.x.get(n).send(n); }')),
    ],
    ['what the engine says', 'message', around('reply(e.message);', asks('(c, { n }) => JSON.parse(n).size'))],
    ['the reasons of several', 'message', settled('reply(r.reason.message)')],
    [
      'reasons that it takes out',
      'message',
      settled('reply(r.value)', 'const [{ reason }] = all; reply(reason.message);'),
    ],
  );

  const quiet: readonly (readonly [title: string, line: string])[] = [
    ['prints it', around(`console.error(e.message, ${said('e')});`)],
    ['logs it', around(`client.logger.error(${said('e.stack')});`)],
    ['logs it by a name', around('const text = e.message; console.error(text);')],
    ['hands it to a log', around('console.error(e); reply(1);')],
    ['gets none of the function', around('reply(e.message);', asks('(c, { n }) => c.x.get(n).size'))],
    [
      'gets none of what a promise catches',
      around('reply(e.message);', asks('(c, { n }) => c.x.send(n).catch(() => 1)')),
    ],
    ['gets none of what nobody waits for', around('reply(e.message);', asks('(c, { n }) => { c.x.get(n).send(n); }'))],
    ['logs the reasons of several', settled('console.error(reply, r.reason.message)')],
    [
      'gets none that the function catches',
      around('reply(e.message);', asks("(c) => { try { throw new Error('x'); } catch { return 1; } }")),
    ],
    ['shows another', around('reply(n.message);')],
  ];

  let all: readonly Migrated[] = [];
  beforeAll(async () => {
    const files = { 'check.js': "exports.check = (n) => { if (!n) throw new Error('No ' + n); };\n" };
    all = await migrateAll([...shown.map(([, , line]) => line), ...quiet.map(([, line]) => line)], files);
  });

  test.each(shown.map(([title, what], i) => [title, what, i] as const))(
    'that shows %s has a note about the %s',
    (_title, what, i) => {
      expect(all[i]?.sites.map(({ outcome }) => outcome)).toEqual(['rewritten-with-note']);
      expect(all[i]?.sites[0]?.message).toContain(`errors of this call shows their ${what}. `);
      expect(all[i]?.sites[0]?.message).toContain('Show that one: `while (error.cause) error = error.cause`.');
    },
  );

  test.each(quiet.map(([title], i) => [title, shown.length + i] as const))('that %s has none', (_title, i) => {
    expect(all[i]?.sites).toHaveLength(1);
    expect(all[i]?.sites[0]?.message).not.toContain('The code that catches');
  });
});
