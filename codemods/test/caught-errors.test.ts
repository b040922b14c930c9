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
