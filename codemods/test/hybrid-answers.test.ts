/** What the answer of one cluster becomes where package.json leaves open which discord-hybrid-sharding gives it. */
import { beforeAll, expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { project, read, tsBot } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const from = "'discord-hybrid-sharding'";
const dependencies = { 'discord.js': '^14.28.1', 'discord-hybrid-sharding': '^1.5.2' };

const bot = {
  'bot/package.json': `${JSON.stringify({ name: 'bot', type: 'module', dependencies })}\n`,
  'bot/node_modules/discord-hybrid-sharding/package.json': '{}',
  'bot/tsconfig.json': tsBot['tsconfig.json'] ?? '',
  'bot/src/index.ts': `import { Manager } from ${from};\n\nexport const manager = new Manager('dist/bot.js');\nawait manager.spawn();\n`,
  'bot/src/bot.ts': `import { Client as Fleet } from ${from};\nimport { Client } from 'discord.js';\n\nexport const client = new Client({ intents: [] });\nexport const bot = { cluster: new Fleet(client) };\nawait client.login();\n`,
  'bot/src/show.ts':
    'export const show = (it: unknown): void => console.log(it);\nexport const add = (n: number): number => n + 1;\nexport const first = (all: string[]): string | undefined => all[0];\nexport const same = <T>(it: T): T => it;\n',
} satisfies Record<string, string>;

const noted = { list: 'a list, DC-W12', value: 'the value, DC-W12' } as const;
const value = 'the value';
const list = 'a list';

/** `NUMBER`, `NAMES`, `STATS` and `OPEN` are calls. */
const typed: readonly (readonly [title: string, body: string, becomes: string])[] = [
  // What takes a list says so behind an `any`.
  ['an any of then', 'await NUMBER.then((r: any) => r[0]);', noted.list],
  ['an any that is set', 'let r: any;\n  r = await NUMBER;\n  console.log(r[0]);', noted.list],
  ['an index', 'console.log(((await NUMBER) as any)[0]);', noted.list],
  ['a loop', 'for (const n of (await NUMBER) as any) add(n);', noted.list],
  ['a list asked for', 'const r: any = await NUMBER;\n  add(...(r as [number]));', noted.list],
  // What may take both.
  ['isArray', 'if (Array.isArray(await NUMBER)) same(1);', noted.value],
  ['handed over', 'show(await NUMBER);', noted.value],
  ['handed to what takes anything', 'same(await NUMBER);', noted.value],
  ['a text', `console.log(\`\${await NUMBER}\`);`, noted.value],
  ['a test', 'if (await NUMBER) same(1);', noted.value],
  ['an any alone', 'const r: any = await NUMBER;\n  show(r);', noted.value],
  ['a member of an any', '(globalThis as any).x = await NUMBER;', noted.value],
  ['a function of an any', 'await NUMBER.then(show);', noted.value],
  ['given on', 'return await NUMBER;', noted.value],
  ['several', 'const [a] = await Promise.all([NUMBER]);\n  show(a);', noted.value],
  ['compared with nothing', 'if ((await NUMBER) === null) same(1);', noted.value],
  ['its length', 'const { length } = (await NUMBER) as any;\n  show(length);', noted.value],
  ['a text beside it', "show('ping ' + (await NUMBER));", noted.value],
  [
    'a method that gives it',
    'class A {\n    async get() {\n      return NUMBER;\n    }\n  }\n  const r: any = await new A().get();\n  show(r[0]);',
    noted.value,
  ],
  ['a callback of an any', 'const cb = (r: any) => r[0];\n  await NUMBER.then(cb);', noted.value],
  ['a name of a name', 'const r = await NUMBER;\n  const s = r;\n  show((s as any)[0]);', noted.list],
  ['a function of the file', 'const f = async () => NUMBER;\n  const r: any = await f();\n  show(r[0]);', noted.list],
  ['a map', "const m = new Map();\n  m.set('a', await NUMBER);", noted.value],
  // A list itself.
  ['an index into a list', 'console.log((await NAMES)?.[0]);', noted.value],
  ['a pattern of a list', 'const [one] = await NAMES;\n  show(one);', noted.value],
  ['a member of a list', 'show((await NAMES).length);', noted.value],
  ['an any with a list', 'await NAMES.then((r: any) => r[0]);', noted.value],
  ['a list where one is asked for', 'first(await NAMES);', value],
  ['a list that is declared', 'const all: string[] = await NAMES;\n  show(all[0]);', value],
  // A declared list that takes both proves neither.
  ['a pattern of a cast to a list of anything', 'const [names] = (await NAMES) as any[];\n  show(names);', noted.value],
  ['a list of anything', 'const all: any[] = await NAMES;\n  show(all[0][0]);', noted.value],
  ['a cast to an Array of anything', 'show((await NAMES) as Array<any>);', noted.value],
  ['a cast to a list of what is unknown', 'show((await NAMES) as ReadonlyArray<unknown>);', noted.value],
  [
    'a parameter that is a list of anything',
    'const take = (a: any[]) => a[0];\n  show(take(await NAMES));',
    noted.value,
  ],
  ['a cast to a list of lists', 'const all = (await NAMES) as unknown as string[][];\n  show(all);', noted.list],
  // An index is of a list, whatever else is read.
  ['an index beside a member', 'const r: any = await OPEN;\n  if (!r || r.error) return;\n  show(r[0]);', noted.value],
  [
    'an index into the value beside a member',
    'const r: any = await NAMES;\n  if (r.error) return;\n  show(r[0][0]);',
    noted.value,
  ],
  ['a declared value with an index', 'const s: string = await OPEN;\n  show(s[0]);', value],
  ['a member in quotes', "const r: any = await STATS;\n  show(r['guilds']);", value],
  ['a key that is a text', 'const r: any = await STATS;\n  for (const k of Object.keys(r)) show(r[k]);', noted.value],
  // What proves the value.
  ['a type', 'const n: number = await NUMBER;\n  show(n);', value],
  ['a parameter', 'add(await NUMBER);', value],
  ['a parameter of then', 'await NUMBER.then((n: number) => show(n));', value],
  ['a member', 'show((await STATS).guilds);', value],
  ['a pattern', 'const { guilds } = await STATS;\n  show(guilds);', value],
  ['a sum', 'show((await NUMBER) * 2);', value],
  ['a name', 'const s = await STATS;\n  if (s) show(s.guilds);', value],
  ['several with a type', 'const [s] = await Promise.all([STATS]);\n  show(s.guilds);', value],
  ['a field of an object', 'const o: { n: number } = { n: await NUMBER };\n  show(o);', value],
  ['a map with types', "const m = new Map<string, number>();\n  m.set('a', await NUMBER);", value],
  ['a field with a type', 'const x: { n?: number } = {};\n  x.n = await NUMBER;\n  show(x);', value],
  // Nobody looks.
  ['dropped', 'await NUMBER;', value],
  ['dropped in the dark', 'void NUMBER.catch(show);', value],
  ['dropped with others', 'await Promise.all([NUMBER, NAMES]);', value],
  ['kept in vain', 'const kept = await NUMBER;', value],
  ['then without it', 'await NUMBER.then(() => show(1));', value],
];

/** `CALL` is the call. */
const plain: readonly (readonly [title: string, body: string, becomes: string])[] = [
  ['isArray', 'if (Array.isArray(await CALL)) go();', noted.list],
  ['a test', 'if (await CALL) go();', noted.list],
  ['given on', 'return CALL;', noted.list],
  ['an index', 'go((await CALL)[0]);', noted.list],
  ['handed over', 'go(await CALL);', noted.list],
  ['a member', 'go((await CALL).guilds);', value],
  ['a sum', 'go((await CALL) + 1);', value],
  // An index, a loop or a method of lists is of a list, whatever else is read.
  ['an index into a name that becomes it', 'let res = await CALL;\n  res = res[0];\n  go(res.guilds);', noted.list],
  ['one of those there', 'let data = await CALL;\n  if (data.length) data = data[0];\n  go(data.guilds);', noted.list],
  ['an index behind a test', 'const r = await CALL;\n  if (!r || r.error) return;\n  go(r[0].guilds);', noted.list],
  ['an index in a test', 'const res = await CALL;\n  if (res.error || !res[0]) return;\n  go(res[0]);', noted.list],
  ['an index behind a comparison', 'CALL.then((res) => { if (res === false) return; go(res[0]); });', noted.list],
  [
    'an index before another value',
    'let data;\n  data = await CALL;\n  go(data[0]);\n  data = await other();\n  go(data.name);',
    noted.list,
  ],
  [
    'an index into what a function gives',
    'const fn = async () => CALL;\n  const r = await fn();\n  go(r[0].guilds);\n  if (r.stale) go(1);',
    noted.list,
  ],
  [
    'a loop beside a member',
    'const r = await CALL;\n  if (r.error) return;\n  for (const one of r) go(one);',
    noted.list,
  ],
  ['a spread beside a member', 'const r = await CALL;\n  if (r.error) return;\n  go(...r);', noted.list],
  ['a method of lists', 'const r = await CALL;\n  if (r.error) return;\n  r.forEach(go);', noted.list],
  [
    'its length beside a member',
    'const r = await CALL;\n  if (r.error || r.length === 0) return;\n  go(r);',
    noted.list,
  ],
  // What is only written, or read of another value, proves nothing.
  ['a member that is set', 'const r = await CALL;\n  r.done = true;\n  go(r[0]);', noted.list],
  ['a member that is set alone', 'const r = await CALL;\n  r.done = true;\n  go(r);', noted.list],
  ['a member that is deleted', 'const r = await CALL;\n  delete r.secret;\n  go(r);', noted.list],
  ['another value', 'let data = await CALL;\n  go(data);\n  data = await other();\n  go(data.name);', noted.list],
  ['a value made of it', 'let data = await CALL;\n  data = first(data);\n  go(data.name);', noted.list],
  ['a pattern of the rest', 'const { ...copy } = await CALL;\n  go(copy);', noted.list],
  ['a pattern of an index', 'const { 0: first, ...more } = await CALL;\n  go(first, more);', noted.list],
  ['a pattern of an index and a member', 'const { 0: first, error } = await CALL;\n  go(first, error);', noted.list],
  // What is read of the answer alone does.
  ['a member in quotes', "go((await CALL)['guilds']);", value],
  ['a member that counts', 'const r = await CALL;\n  r.guilds += 1;\n  go(r);', value],
  [
    'a member of what may be missing',
    'let r = null;\n  try {\n    r = await CALL;\n  } catch {}\n  go(r.guilds);',
    value,
  ],
  ['a member of what is else empty', 'let r = await CALL;\n  r = r || {};\n  go(r.guilds);', value],
  ['a sum that is kept', 'let n = await CALL;\n  n += 1;\n  go(n);', value],
  ['a member that becomes it', 'let r = await CALL;\n  r = r.guilds;\n  go(r.size);', value],
  ['dropped', 'await CALL;', value],
];

const ask = (fn: string): string => `bot.cluster.broadcastEval(${fn}, { cluster: 0 })`;
const calls: Readonly<Record<string, string>> = {
  NUMBER: ask('(c: Client) => c.ws.ping'),
  NAMES: ask('(c: Client) => c.guilds.cache.map((g) => g.name)'),
  OPEN: ask('(c: any) => c.x'),
  STATS: ask('(c: Client) => ({ guilds: c.guilds.cache.size })'),
};

const head =
  "import type { Client as Fleet } from 'discord-hybrid-sharding';\nimport type { Client } from 'discord.js';\nimport { add, first, same, show } from './show.js';\n\nexport const all = [add, first, same, show];\n";

function typedFile(body: string): string {
  const text = body.replace(/\b(?:NUMBER|NAMES|STATS|OPEN)\b/g, (name) => calls[name] ?? name);
  return `${head}export async function run(bot: { cluster: Fleet }) {\n  ${text}\n}\n`;
}

let becomes: (file: string) => string;
beforeAll(async () => {
  const files = {
    ...bot,
    ...Object.fromEntries(typed.map(([, body], i) => [`bot/src/t${i}x.ts`, typedFile(body)])),
    // What is given on is asked for there.
    'bot/src/users.ts': [...typed.map((_row, i) => `t${i}x`), ...plain.map((_row, i) => `p${i}x`)]
      .map((name) => `export { run as ${name} } from './${name}.js';\n`)
      .join(''),
    ...Object.fromEntries(
      plain.map(([, body], i) => [
        `bot/src/p${i}x.js`,
        `export async function run(bot) {\n  ${body.replace('CALL', ask('(c) => c.ws.ping'))}\n}\n`,
      ]),
    ),
  };
  const root = project(files);
  const { sites } = await migrate({ paths: ['bot'], cwd: root });
  const texts = read(root);
  becomes = (file) => {
    const codes = sites.filter((one) => one.file === file && one.method === 'broadcastEval').map(({ code }) => code);
    const notes = [...new Set(codes)].filter((code) => code !== null);
    const written = texts[file]?.includes('.then((value) => [value])') ? list : value;
    return [written, ...notes].join(', ');
  };
});

test.each(typed.map(([title, , what], i) => [title, what, i] as const))('typed, %s: %s', (_title, what, i) => {
  expect(becomes(`bot/src/t${i}x.ts`)).toBe(what);
});

test.each(plain.map(([title, , what], i) => [title, what, i] as const))('JavaScript, %s: %s', (_title, what, i) => {
  expect(becomes(`bot/src/p${i}x.js`)).toBe(what);
});

test('the note says which of them is written', async () => {
  const of = (body: string): string =>
    `export async function run(bot) {\n  ${body.replace('CALL', ask('(c) => 1'))}\n}\n`;
  const root = project({
    ...bot,
    'bot/src/a.js': of('go(await CALL);'),
    'bot/src/b.ts': typedFile('show(await NUMBER);'),
  });
  const { sites } = await migrate({ paths: ['bot'], cwd: root });
  const words = sites.filter(({ code }) => code === 'DC-W12').map(({ message }) => message);
  expect(words.map((one) => /\. ([^.]* is written here\.)/.exec(one)?.[1])).toEqual([
    'A list is written here.',
    'The value is written here.',
  ]);
});
