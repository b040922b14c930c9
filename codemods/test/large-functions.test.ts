/** Functions of hundreds of lines: each place of one is asked once, and there is an end to all questions together. */
import { describe, expect, test } from 'vitest';
import { factsOf } from '../src/clients/facts.ts';
import { migrate } from '../src/index.ts';
import { ts } from '../src/typescript.js';
import { isFollowed, walkedIn } from '../src/values/value-asked.ts';
import { cjsBot, project } from './project.ts';

const lines = 240;
const write = (line: (i: number) => string, count = lines): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');

/** Functions of what people write, by what each of their lines may take. */
const large: readonly (readonly [title: string, body: string, steps: number])[] = [
  [
    'that look things up',
    `${write((i) => `const g${i} = c.guilds.cache.get('${i}'); const n${i} = g${i} ? g${i}.members.cache.filter((m) => m.user.bot).size : 0;`)}
    return ${Array.from({ length: lines }, (_, i) => `n${i}`).join(' + ')};`,
    200,
  ],
  [
    'that fill an object',
    `const o = {}; ${write((i) => `o.k${i} = c.guilds.cache.map((g) => g.k${i}); o.s${i} = o.k${i}.length + (o.s${i - 1} || 0);`)} return o;`,
    200,
  ],
  [
    'that add up',
    `let t = 0; ${write((i) => `for (const g of c.guilds.cache.values()) t += g.m${i};`)} return t;`,
    100,
  ],
];

/** Functions of which each line makes more of what the others say. */
const endless: readonly (readonly [title: string, body: string])[] = [
  [
    'names of names',
    `const a0 = c; ${write((i) => `const a${i + 1} = a${i}.x${i} || a${Math.max(0, i - 1)};`)} return a${lines}.y;`,
  ],
  [
    'names that are set from each other',
    `let a = c, b = process, d = data, e; ${write((i) => `if (a.k${i}) { a = b; b = d.x${i}; d = e || a; e = [a, b, d].find((x) => x.m${i}); }`)} return e.y;`,
  ],
  [
    'a list of itself',
    `let l = []; ${write((i) => `if (c.guilds.cache.size > ${i}) l = [...l, c.users.cache.get('${i}')?.tag].filter((x) => x !== '${i}').concat(l);`)} return l;`,
  ],
  [
    'functions of functions',
    `const f0 = (x) => x.p; ${write((i) => `const f${i + 1} = (x) => (x.q ? f${i}(x.r) : f${Math.max(0, i - 1)}(x));`)} return f${lines}(c);`,
  ],
];

function parsed(body: string): ts.ArrowFunction {
  const tree = ts.createSourceFile('a.js', `f((c, data) => { ${body} });`, ts.ScriptTarget.Latest, true);
  const [statement] = tree.statements;
  if (statement === undefined || !ts.isExpressionStatement(statement)) throw new Error('no statement');
  const call = statement.expression;
  const [fn] = ts.isCallExpression(call) ? call.arguments : [];
  if (fn === undefined || !ts.isArrowFunction(fn)) throw new Error('no function');
  return fn;
}

describe('a function of hundreds of lines', () => {
  test.each(large)('%s is asked a few steps for each of them', (_title, body, steps) => {
    const fn = parsed(body);
    factsOf(fn);
    expect(walkedIn(fn).steps).toBeLessThan(lines * steps);
    expect(isFollowed(fn)).toBe(true);
    const { steps: all } = walkedIn(fn);
    factsOf(fn);
    expect(walkedIn(fn).steps).toBe(all);
  });

  test.each(endless)('with %s: anything may be so', (_title, body) => {
    const fn = parsed(body);
    const { process, perShard, made, effects } = factsOf(fn);
    expect(isFollowed(fn)).toBe(false);
    expect([process.join(), effects.done.join()]).toEqual(Array(2).fill(expect.stringContaining('too large')));
    expect([perShard, made]).toEqual([true, 'shard']);
  });

  test.each(endless)('with %s: every shard is asked, with a note', async (_title, body) => {
    const call = `client.shard.broadcastEval((c, data) => { ${body} }, { context: data })`;
    const a = `exports.f = async (client, data) => (await ${call}).reduce((a, b) => a + b, 0);\n`;
    const bot = project({ ...cjsBot, 'a.js': a });
    const { sites } = await migrate({ paths: ['.'], cwd: bot });
    const found = sites.find(({ method }) => method === 'broadcastEval');
    expect(found?.outcome).toBe('rewritten-with-note');
    expect(found?.message).toContain('requestAllShards, which is written here');
  });
});
