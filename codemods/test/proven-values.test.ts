/** Code that compares what a function gives with nothing: what is not proven to be there is filled, or carries a note. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate, type Report } from '../src/index.ts';
import { cjsBot, project, read, tsBot } from './project.ts';

const tops = 'r.filter((x) => x !== null).length';
const inside = 'r.flat().filter((x) => x !== null).length';
const user = "(c) => c.users.cache.get('1')?.tag";
const row = "(c) => [c.ws.ping, c.users.cache.get('1')?.tag]";

/** `same`: the bot gets what it got; `noted`: it does not, and DC-W6 says so; `sure`: the same, and nothing is added or said. */
type Outcome = 'same' | 'noted' | 'sure';

/** What a value goes through, and what the code behind the call makes of the results `r`. */
const seen: readonly (readonly [fn: string, use: string, outcome: Outcome])[] = [
  // What comes by a way that is not followed.
  ["async (c) => { const [a] = await Promise.allSettled([c.users.cache.get('1')]); return a.value; }", tops, 'same'],
  ['async (c) => (await Promise.allSettled([c.user])).map((x) => x.reason)', inside, 'same'],
  ["async (c) => await new Promise((ok) => ok(c.users.cache.get('1')))", tops, 'same'],
  ["(c) => new Promise((ok) => ok(c.users.cache.get('1')))", tops, 'noted'],
  ["(c) => { function* all() { yield c.users.cache.get('1'); } return all().next().value; }", tops, 'same'],
  ["(c) => { function* all() { yield c.users.cache.get('1'); } return [...all()]; }", inside, 'noted'],
  ["(c) => { function* all() { yield c.users.cache.get('1'); } return Array.from(all()); }", inside, 'noted'],
  ["(c) => Object.entries({ a: c.users.cache.get('1') })", 'r.flat().filter(([, v]) => v !== null).length', 'noted'],
  ["(c) => Object.values({ a: c.users.cache.get('1') })", inside, 'noted'],
  ["(c) => { const a = []; const b = a; b.push(c.users.cache.get('1')); return a; }", inside, 'noted'],
  ['(c) => { const a = []; const put = (x) => a.push(x); put(c.user.nope); return a; }', inside, 'noted'],
  ['(c) => { const o = {}; for (const g of c.guilds.cache.values()) o[g.id] = g.name; return o.seven; }', tops, 'same'],
  ["() => /(?<x>a)|b/.exec('b').groups.x", tops, 'same'],
  ["() => [...'b'.match(/(a)|b/)]", inside, 'noted'],
  ['(c) => c.user.nope', tops, 'same'],
  ['(c) => c.user.name', tops, 'same'],
  ['(c) => ((x) => undefined)`a`', tops, 'same'],
  ['(c) => c.guilds.cache.map((g) => g.vanityURLCode)', inside, 'same'],
  ['(c) => [c.user.id, c.user.nope]', 'r.filter(([, b]) => b !== null).length', 'same'],
  ['(c) => [[c.user.nope]]', 'r.filter((x) => x[0][0] !== null).length', 'same'],
  ['(c) => ({ l: [c.user.nope] })', 'r.filter((x) => x.l[0] !== null).length', 'same'],
  ['(c) => { const o = { l: [] }; o.l.push(c.user.nope); return o; }', 'r.map((x) => x.l.includes(null))', 'noted'],
  ['(c) => { const a = []; for (const g of c.guilds.cache.values()) a.push(g.nope); return a; }', inside, 'noted'],
  ['(c) => [1].reduce((a) => [...a, c.user.nope], [])', inside, 'noted'],
  ['(c) => [1].concat(c.user.nope)', inside, 'noted'],
  ['(c) => [...new Set([c.user.nope])]', inside, 'noted'],
  ['(c) => { const m = new Map(); m.set(1, c.user.nope); return [...m.values()]; }', inside, 'noted'],
  ['() => Array.from({ length: 2 })', inside, 'noted'],
  ['() => new Array(2).fill()', inside, 'noted'],
  ['async (c) => Promise.all([1].map(async () => { if (c.nope) return 1; }))', inside, 'same'],
  // What tells `undefined` from `null`.
  [user, 'r.filter((x) => x === none).length', 'same'],
  ['(c) => c.user.nope', 'r.filter((x) => Object.is(x, null)).length', 'same'],
  ['(c) => c.user.nope', 'new Set(r).has(null)', 'same'],
  ['(c) => c.user.nope', 'r.filter((x) => [null, 1].includes(x)).length', 'same'],
  ['(c) => c.user.nope', 'r.filter((x) => nones.has(x)).length', 'same'],
  ['(c) => c.user.nope', 'r.filter(isPresent).length', 'same'],
  ['(c) => c.user.nope', 'r.filter((x) => other.isPresent(x)).length', 'same'],
  ['(c) => c.user.nope', 'ofOwn(r[0])', 'same'],
  ['(c) => c.user.nope', 'r.map((x) => withDefault(x))', 'same'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: text of a bot
  ['(c) => c.user.nope', 'r.map((x) => `${x}`)', 'same'],
  ['(c) => c.user.nope', 'r.map(String)', 'same'],
  ['(c) => c.user.nope', "r.map((x) => 'a' + x)", 'same'],
  ['(c) => c.user.nope', '[...r].sort().filter((x) => x === null).length', 'same'],
  ['(c) => c.user.nope', 'r.at(0) === null', 'same'],
  ['(c) => c.user.nope', '[...r.entries()].length', 'same'],
  [row, 'r.map(([, t = 4]) => t)', 'same'],
  [row, 'r.filter((x) => isPresent(x[1])).length', 'same'],
  ["(c) => ({ l: [c.users.cache.get('1')] })", 'r.map(({ l: [a = 4] }) => a)', 'same'],
  // What a method of the list gives, and what happens to be nothing.
  ['(c) => c.user.nope', 'r.find((x) => x !== 5) === null', 'same'],
  ['(c) => c.user.nope', "r.filter((x) => x !== 'a').map((x) => x === null)", 'same'],
  ['(c) => c.user.nope', 'r.filter((x) => !x).includes(null)', 'same'],
  ['(c) => c.user.nope', 'r.filter((x) => x)[0] === null', 'sure'],
  ['(c) => c.user.nope', 'r.find((x) => x?.id === 4) === null', 'sure'],
  ['(c) => c.user.nope', "r.find((x) => typeof x === 'string') === null", 'sure'],
  ['(c) => c.user.nope', 'r.map((x) => x).indexOf(null)', 'same'],
  ['(c) => c.user.nope', 'r.slice(1).at(0) === null', 'same'],
  ['(c) => c.user.nope', '((...all) => all[0] === null)(r[0])', 'same'],
  ['(c) => c.user.nope', '(function () { return arguments[0] === null; })(r[0])', 'same'],
  ['(c) => c.user.nope', 'r.some((x) => x === nothing)', 'same'],
  ['(c) => c.user.nope', 'r.includes(nothing)', 'same'],
  ['(c) => c.user.nope', 'r.some((x) => x === client.user.id)', 'sure'],
  ['(c) => c.user.nope', "r.includes('a')", 'sure'],
  ['(c) => c.user.nope', 'JSON.stringify(r)', 'sure'],
  ['(c) => c.user.nope', 'r.reduce((all, x) => [...all, x], []).map(String)', 'same'],
  ['(c) => c.user.nope', 'r.reduce((sum, x) => sum + (x || 0), 0)', 'sure'],
  ['(c) => c.user.nope', '!r || r.length', 'sure'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: text of a bot
  ['(c) => [c.user.nope]', 'r.flat().map((x) => `${x}`)', 'same'],
  // What is proven to be there.
  ['(c) => { let n = 0; for (const g of c.guilds.cache.values()) n += g.id.length; return n; }', tops, 'sure'],
  ['(c) => { let n = 0; for (const g of c.guilds.cache.values()) n += g.memberCount; return n; }', tops, 'same'],
  ['(c) => { const add = (x) => x.size + 1; return add(c.guilds.cache); }', tops, 'sure'],
  ['(c) => c.user && 4', tops, 'sure'],
  ['() => new Array(2).fill(0)', inside, 'sure'],
  ['(c) => c.guilds.cache.map((g) => g.nope).filter((x) => x !== undefined)', inside, 'sure'],
  ['(c) => c.guilds.cache.map((g) => g.id)', inside, 'sure'],
  ['(c) => [...c.guilds.cache.keys()]', inside, 'sure'],
  ['(c) => [c.ws.ping, c.uptime / 1000, c.guilds.cache.size]', 'r.filter(([a, b]) => b !== null).length', 'sure'],
  ['(c) => { const a = []; c.guilds.cache.forEach((g) => a.push({ id: g.id })); return a; }', inside, 'sure'],
  ['(c) => { let a = []; c.guilds.cache.forEach((g) => { a = [...a, g.id]; }); return a; }', inside, 'sure'],
  [
    '(c) => { const s = new Set(); for (const g of c.guilds.cache.values()) s.add(g.id); return [...s]; }',
    inside,
    'sure',
  ],
  ["(c) => { const g = c.guilds.cache.get('1'); if (!g) return []; return [g.id, g.name]; }", inside, 'sure'],
  ['(c) => { const a = c.guilds.cache.map((g) => g.name).sort(); return a.slice(0, 1); }', inside, 'sure'],
  ["(c) => 'a b'.split(' ').map((x) => x.trim())", inside, 'sure'],
  ["(c) => c.users.fetch('1')", tops, 'sure'],
  ["async (c) => { const one = await c.users.fetch('1'); return one; }", tops, 'sure'],
];

/** The same where nobody sees what is done with the results. */
const unseen = seen.flatMap(([fn, use, outcome]) =>
  use === tops || use === inside ? [[fn, 'hidden(r)', outcome] as const] : [],
);

const rows = [...seen, ...unseen];

const folder = mkdtempSync(join(tmpdir(), 'dc-migrate-proven-'));
const require = createRequire(join(folder, 'x.cjs'));
afterAll(() => rmSync(folder, { recursive: true }));

const head =
  "const { isPresent } = require('./other.js');\nconst other = require('./other.js');\nconst none = null;\nconst nones = new Set([null]);\nconst ofOwn = (x) => x === null;\nconst hidden = new Function('r', 'const say = (x) => (Array.isArray(x) ? x.map(say) : String(x)); return say(r)');\nfunction withDefault(x = 3) { return x; }\nexports.used = [isPresent, other, none, nones, ofOwn, hidden, withDefault];\n";
const textOf = (fn: string, use: string): string =>
  `${head}exports.f = async (client, nothing = null) => {\n  const r = await client.shard.broadcastEval(${fn});\n  return ${use};\n};\n`;
const otherFile = 'exports.isPresent = (x) => x !== null;\n';

/** A client with two guilds, which lacks what real ones lack. */
function clientOf() {
  const guilds = ['1', '2'].map((id) => [id, { id, name: `g${id}`, memberCount: 3 }] as const);
  const cache = Object.assign(new Map(guilds), {
    map: (make: (guild: unknown) => unknown) => guilds.map(([, guild]) => make(guild)),
  });
  const users = { cache: new Map(), fetch: async (id: string) => ({ id }) };
  return { user: { id: '9' }, uptime: 4, ws: { ping: 3 }, guilds: { cache }, users };
}

type Command = (client: unknown) => Promise<unknown>;
type Ask = (client: unknown) => unknown;

const commandOf = (copy: string, i: number): Command =>
  (require(join(folder, copy, `c${i}.js`)) as { readonly f: Command }).f;

const twice = async (ask: () => unknown): Promise<readonly unknown[]> => [await ask(), await ask()];

/** What the bot of before gets: JSON. */
async function before(i: number): Promise<unknown> {
  const client = clientOf();
  const broadcastEval = (fn: Ask) =>
    twice(async () => JSON.parse(JSON.stringify((await fn(client)) ?? null)) as unknown);
  return commandOf('before', i)({ ...client, shard: { broadcastEval } });
}

/** What the bot of today gets: a clone. */
async function after(i: number): Promise<unknown> {
  const client = clientOf();
  const { handlers } = require(join(folder, 'after', 'cluster-handlers.js')) as {
    readonly handlers: Readonly<Record<string, Ask>>;
  };
  const ask = (name: string) => ({
    valuesOrThrow: () => twice(async () => structuredClone(await handlers[name]?.(client))),
  });
  return commandOf('after', i)({ ...client, cluster: { ipc: { requestAll: ask, requestAllShards: ask } } });
}

describe('in JavaScript', () => {
  let report: Report;
  beforeAll(async () => {
    const repository = join(import.meta.dirname, '..', '..');
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(repository, join(folder, 'node_modules', 'shardlift'), 'dir');
    symlinkSync(join(repository, 'node_modules/discord.js'), join(folder, 'node_modules', 'discord.js'), 'dir');
    const calls = rows.map(([fn, use], i) => [`c${i}.js`, textOf(fn, use)] as const);
    for (const copy of ['before', 'after']) {
      mkdirSync(join(folder, copy));
      for (const [name, text] of Object.entries({ ...cjsBot, 'other.js': otherFile, ...Object.fromEntries(calls) }))
        writeFileSync(join(folder, copy, name), text ?? '');
    }
    report = await migrate({ paths: ['.'], cwd: join(folder, 'after') });
  });

  test.each(rows.map(([fn, use, outcome], i) => [fn, use, outcome, i] as const))(
    '%s: %s',
    async (fn, _use, outcome, i) => {
      const site = report.sites.find(({ file, method }) => file === `c${i}.js` && method === 'broadcastEval');
      const isSame = JSON.stringify({ got: await before(i) }) === JSON.stringify({ got: await after(i) });
      expect({ isSame, isNoted: site?.code === 'DC-W6' }).toEqual({
        isSame: outcome !== 'noted',
        isNoted: outcome === 'noted',
      });
      expect(site?.outcome).not.toBe('left');
      const { handlers } = require(join(folder, 'after', 'cluster-handlers.js')) as {
        readonly handlers: Readonly<Record<string, Ask>>;
      };
      if (outcome !== 'same') expect(String(handlers[site?.handler ?? ''])).toBe(fn);
    },
  );
});

describe('in TypeScript', () => {
  const any = '(c) => (c as any).bank';
  const tag = "(c) => c.users.cache.get('1')?.tag";
  const cells = "(c) => [c.ws.ping, c.users.cache.get('1')?.tag]";
  const sizes = '(c) => c.guilds.cache.size';
  /** The end of the handler; with `noted` where DC-W6 says it instead. */
  const typed: readonly (readonly [fn: string, use: string, end: string])[] = [
    [tag, 'r.filter((x) => Object.is(x, null))', 'tag ?? null'],
    [tag, 'new Set<unknown>(r).has(null)', 'tag ?? null'],
    [tag, 'r.filter((x) => nones.has(x))', 'tag ?? null'],
    [tag, 'r.filter(isPresent)', 'tag ?? null'],
    [tag, 'r.filter((x) => other.isPresent(x))', 'tag ?? null'],
    [tag, 'nothings(r)', 'tag ?? null'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: text of a bot
    [tag, 'r.map((x) => `${x}`)', 'tag ?? null'],
    [tag, 'r.filter(isThere)', '?.tag'],
    [any, 'r.filter(isPresent)', 'bank ?? null'],
    [cells, 'r.filter((x) => isPresent(x[1]))', 'tag ?? null]'],
    [sizes, 'r.filter(isPresent)', 'cache.size'],
    ['(c) => c.shard?.ids[0]', 'r.filter((x) => Object.is(x, null))', 'ids[0]'],
    ['(c) => [c.shard?.ids[0], c.ws.ping] as const', 'r.filter((x) => Object.is(x[0], null))', 'as const'],
    ['(c) => c.shard?.ids[1]', 'r.filter((x) => Object.is(x, null))', 'ids[1] ?? null'],
    ['(c) => c.guilds.cache.map((g) => g.name)', 'r.flat().filter((x) => x !== null)', 'g.name)'],
    ['(c) => Object.values((c as any).players)', 'r.flat().filter((x) => x !== null)', 'noted'],
  ];
  let report: Report;
  let handlers = '';
  beforeAll(async () => {
    const files = typed.map(
      ([fn, use], i) =>
        [
          `src/x${i}.ts`,
          `import type { Client } from 'discord.js';\nimport * as other from './other.js';\nimport { isPresent, isThere, nothings } from './other.js';\nconst nones = new Set<unknown>([null]);\nexport const used = [isPresent, isThere, nothings, nones, other];\nexport async function f${i}(client: Client<true>) {\n  const r = await client.shard!.broadcastEval(${fn});\n  return ${use};\n}\n`,
        ] as const,
    );
    const helpers =
      'export const isPresent = <T>(x: T): x is NonNullable<T> => x !== null;\nexport function isThere(x: unknown): boolean {\n  return !!x;\n}\nexport const nothings = (all: readonly unknown[]) => all.filter((x) => x === null).length;\n';
    const root = project({ ...tsBot, 'src/other.ts': helpers, ...Object.fromEntries(files) });
    report = await migrate({ paths: ['src'], cwd: root });
    handlers = read(root)['src/cluster-handlers.ts'] ?? '';
  });

  test.each(typed.map(([fn, use, end], i) => [fn, use, end, i] as const))('%s: %s', (_fn, _use, end, i) => {
    const site = report.sites.find(({ file }) => file === `src/x${i}.ts`);
    expect(site?.outcome).not.toBe('left');
    expect(site?.code === 'DC-W6').toBe(end === 'noted');
    const line = handlers.split('\n').find((one) => one.startsWith(`  ${site?.handler}: `));
    if (end !== 'noted') expect(line?.endsWith(`${end},`)).toBe(true);
  });
});
