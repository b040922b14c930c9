/** JavaScript call sites: before and after, what is left and why. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, esmBot, project, read } from './project.ts';

async function rewrite(line: string, more: Record<string, string> = {}) {
  const root = project({ ...cjsBot, 'x.js': `${line}\n`, ...more });
  const report = await migrate({ paths: ['.'], cwd: root });
  const after = read(root);
  const sites = report.sites.filter((site) => site.file === 'x.js');
  return { after: after['x.js'] ?? '', handlers: after['cluster-handlers.js'] ?? '', sites, report };
}

const ipc = 'client.cluster.ipc';

const rewritten: readonly (readonly [title: string, before: string, after: string, handler: string])[] = [
  [
    'an expression body',
    'const a = await client.shard.broadcastEval((c) => c.guilds.cache.size);',
    `const a = await ${ipc}.requestAll('guildsCacheSize').valuesOrThrow();`,
    'guildsCacheSize: (c) => c.guilds.cache.size,',
  ],
  [
    'a path',
    "f(await client.shard.fetchClientValues('guilds.cache.size'));",
    `f(await ${ipc}.requestAllShards('guildsCacheSize').valuesOrThrow());`,
    'guildsCacheSize: (client) => client.guilds.cache.size,',
  ],
  [
    'a path of one shard',
    "f(client.shard.fetchClientValues('guilds.cache.size', 2));",
    `f(${ipc}.requestToShard(2, 'guildsCacheSize'));`,
    'guildsCacheSize: (client) => client.guilds.cache.size,',
  ],
  [
    'the arguments of a function inside',
    'f(client.shard.broadcastEval((c) => [c.ws.ping].map(function () { return arguments.length; })));',
    `f(${ipc}.requestAllShards('x').valuesOrThrow());`,
    'x: (c) => [c.ws.ping].map(function () { return arguments.length; }),',
  ],
  [
    'a context literal',
    'f(client.shard.broadcastEval((c, { id }) => c.users.cache.get(id)?.tag, { context: { id: user.id } }));',
    `f(${ipc}.requestAllShards('userTag', { id: user.id }).valuesOrThrow());`,
    'userTag: (c, { id }) => c.users.cache.get(id)?.tag ?? null,',
  ],
  [
    'a context variable',
    'f(client.shard.broadcastEval((c, x) => c.users.cache.has(x), { context: id }));',
    `f(${ipc}.requestAllShards('hasUser', id).valuesOrThrow());`,
    'hasUser: (c, x) => c.users.cache.has(x),',
  ],
  [
    'a context shorthand',
    'f(client.shard.broadcastEval((c, x) => c.users.cache.has(x), { context }));',
    `f(${ipc}.requestAllShards('hasUser', context).valuesOrThrow());`,
    'hasUser: (c, x) => c.users.cache.has(x),',
  ],
  [
    'a context that nobody reads',
    'f(client.shard.broadcastEval((c) => c.ws.ping, { context: { id: user.id, list: [1, ...ids] } }));',
    `f(${ipc}.requestAllShards('wsPing').valuesOrThrow());`,
    'wsPing: (c) => c.ws.ping,',
  ],
  [
    'a context that nobody reads and that does something',
    "f(client.shard.broadcastEval((c) => c.ws.ping, { context: { call: ++n, t: client.emit('asked') } }));",
    `f(${ipc}.requestAllShards('wsPing', { call: ++n, t: client.emit('asked') }).valuesOrThrow());`,
    'wsPing: (c) => c.ws.ping,',
  ],
  [
    'a context that is read with everything else',
    'f(client.shard.broadcastEval((...all) => all, { context: { id: 1 } }));',
    `f(${ipc}.requestAllShards('x', { id: 1 }).valuesOrThrow());`,
    'x: (...all) => all,',
  ],
  [
    'comments on the way to the call',
    'client.shard\n  // every shard, slow\n  . /* ask */ broadcastEval((c) => c.ws.ping).then(f);',
    `client.cluster\n  // every shard, slow\n  .ipc.requestAllShards(/* ask */ 'wsPing').valuesOrThrow().then(f);`,
    'wsPing: (c) => c.ws.ping,',
  ],
  [
    'one shard',
    'f(client.shard.broadcastEval((c) => c.ws.ping, { shard: Number(i) }));',
    `f(${ipc}.requestToShard(Number(i), 'wsPing'));`,
    'wsPing: (c) => c.ws.ping,',
  ],
  [
    'one shard with context',
    'f(client.shard.broadcastEval((c, x) => c.guilds.cache.has(x), { context: 1, shard: 0 }));',
    `f(${ipc}.requestToShard(0, 'hasGuild', 1));`,
    'hasGuild: (c, x) => c.guilds.cache.has(x),',
  ],
  [
    'optional chaining',
    'f(this.client.shard?.broadcastEval((c) => c.ws.ping));',
    "f(this.client.cluster?.ipc.requestAllShards('wsPing').valuesOrThrow());",
    'wsPing: (c) => c.ws.ping,',
  ],
  [
    'a chain over lines',
    'f(\n  client.shard\n    .broadcastEval((c) => c.ws.ping)\n    .then((r) => r[0]),\n);',
    "f(\n  client.cluster\n    .ipc.requestAllShards('wsPing').valuesOrThrow()\n    .then((r) => r[0]),\n);",
    'wsPing: (c) => c.ws.ping,',
  ],
  [
    'an element access',
    "f(client.shard['broadcastEval']((c) => c.ws.ping));",
    `f(${ipc}.requestAllShards('wsPing').valuesOrThrow());`,
    'wsPing: (c) => c.ws.ping,',
  ],
  [
    'a function expression',
    'f(client.shard.broadcastEval(async function ping(c) { return c.ws.ping; }));',
    `f(${ipc}.requestAllShards('ping').valuesOrThrow());`,
    'ping: async function ping(c) { return c.ws.ping; },',
  ],
  [
    'comments between arguments',
    'f(client.shard.broadcastEval(/* a */ (c) => c.ws.ping /* b */, { shard: 1 /* c */ }));',
    `f(${ipc}.requestToShard(/* a */ /* b */ /* c */ 1, 'wsPing'));`,
    'wsPing: (c) => c.ws.ping,',
  ],
  [
    'a shadowed name',
    "const id = 1; f(client.shard.broadcastEval((c) => { const id = 'x'; return c.users.cache.has(id); }));",
    `const id = 1; f(${ipc}.requestAllShards('hasUser').valuesOrThrow());`,
    "hasUser: (c) => { const id = 'x'; return c.users.cache.has(id); },",
  ],
];

test.each(rewritten)('%s is rewritten and its function moves', async (_title, before, after, handler) => {
  const result = await rewrite(before);
  expect(result.after).toBe(`${after}\n`);
  expect(result.handlers).toContain(`  ${handler}\n`);
  expect(result.sites.map((site) => site.outcome)).toEqual(['rewritten']);
});

test.each([
  ['() => process.memoryUsage()', 'requestAll('],
  ['(c) => ({ n: c.guilds.cache.size, ping: c.ws.ping })', 'requestAllShards('],
  ['(c) => ({ heapUsed: c.guilds.cache.size })', 'requestAllShards('],
])('a sum of a member of %s', async (fn, asks) => {
  const use = 'reduce((a, b) => a + b.heapUsed, 0)';
  const { after } = await rewrite(`f((await client.shard.broadcastEval(${fn})).${use});`);
  expect(after).toContain(asks);
});

const noted: readonly (readonly [code: string, line: string])[] = [
  ['DC-P1', 'f(await client.shard.broadcastEval(() => process.memoryUsage().rss));'],
  ['DC-P1', 'f(await client.shard.broadcastEval((c) => [c.uptime, process.memoryUsage().rss]));'],
  [
    'DC-P1',
    '(await client.shard.broadcastEval((c) => { const { uptime } = c; return uptime; })).reduce((a, b) => a + b, 0);',
  ],
  ['DC-P1', 'f(await client.shard.broadcastEval(() => { const { pid } = process; return pid; }));'],
  ['DC-P4', 'f(await client.shard.broadcastEval((c) => { const a = c; a.emit(1); return a.ws.ping; }));'],
  ['DC-P4', 'f(await client.shard.broadcastEval((c) => { const g = global; g.mode = 1; return c.ws.ping; }));'],
  ['DC-P2', '(await client.shard.broadcastEval((c) => c.commandsRun)).reduce((a, b) => a + b, 0);'],
  ['DC-P2', 'f(await client.shard.broadcastEval((c) => c.commandsRun));'],
  ['DC-P2', '(await client.shard.broadcastEval((c) => c.commandsRun + c.ws.ping)).reduce((a, b) => a + b, 0);'],
  ['DC-I1', "const { inspect } = require('util'); f(client.shard.broadcastEval((c) => inspect(c.ws)));"],
  ['DC-I2', 'f(client.shard.broadcastEval((c) => c.listenerCount(Events.MessageCreate)));'],
  ['DC-W1', 'f(client.shard.broadcastEval((c, { at }) => c.readyAt > at, { context: { at: new Date() } }));'],
];

test.each(noted)('%s stands beside a call that means something else now', async (code, line) => {
  const { sites, report } = await rewrite(line);
  expect(sites.map((site) => [site.outcome, site.code])).toEqual([['rewritten-with-note', code]]);
  expect(sites[0]?.message).not.toMatch(/\{\w+\}/);
  expect(report.summary.rewrittenWithNote).toBe(1);
});

test.each([
  '() => { const { env } = process; return env.MODE; }',
  '(c, { process }) => process.rss, { context: { process: { rss: 1 } } }',
  '({ user, ...rest }) => rest.ws.ping',
  '(...args) => args[0].ws.ping',
  '(c) => { const copy = [...c.guilds.cache.values()]; copy.push(1); return copy.length; }',
])('what only looks like a fact of the client or the process is not noted: %s', async (fn) => {
  const { sites } = await rewrite(`f(await client.shard.broadcastEval(${fn}));`);
  expect(sites).toMatchObject([{ outcome: 'rewritten', code: null }]);
});

const left: readonly (readonly [code: string, line: string])[] = [
  ['DC-C1', 'const id = 1; f(client.shard.broadcastEval((c) => c.users.cache.get(id)));'],
  ['DC-C1', 'module.exports = (client) => client.shard.broadcastEval((c) => client.shard.ids);'],
  ['DC-C1', 'const id = 1; f(client.shard.broadcastEval((c) => ({ id })));'],
  ['DC-C4', 'f(client.shard.broadcastEval((c) => blockedPlayers.size));'],
  ['DC-C5', "f(client.shard.broadcastEval((c) => require('./config').name));"],
  ['DC-C5', 'f(client.shard.broadcastEval((c) => __dirname));'],
  ['DC-C5', "f(client.shard.broadcastEval(async (c) => (await import('./config.js')).name));"],
  ['DC-C5', 'module.exports = (client) => client.shard.broadcastEval((c) => module.id);'],
  ['DC-C6', "const bot = require('./bot'); f(client.shard.broadcastEval((c) => bot.name));"],
  ['DC-D1', 'f(client.shard.broadcastEval(functions.pop()));'],
  ['DC-D8', 'const f = (fn) => client.shard.broadcastEval(fn);'],
  ['DC-D2', 'class A { collect(c) { return c; } f() { f(client.shard.broadcastEval(this.collect)); } }'],
  ['DC-D2', 'const fns = { ping(c) { return c.ws.ping; } }; f(client.shard.broadcastEval(fns.ping));'],
  ['DC-D1', 'const fns = { ping: (c) => c.ws.ping }; f(client.shard.broadcastEval(fns.ping));'],
  ['DC-D1', "f(client.shard.broadcastEval(require('./evals').ping));"],
  ['DC-D3', "f(client.shard.broadcastEval('this.guilds.cache.size'));"],
  ['DC-D3', 'f(client.shard.broadcastEval(`this.users.cache.get("$' + '{id}")`));'],
  ['DC-D4', "f(client.shard.broadcastEval(new Function('c', code)));"],
  ['DC-D4', 'f(client.shard.broadcastEval((c, { code }) => eval(code), { context: { code } }));'],
  [
    'DC-D4',
    "f(client.shard.broadcastEval((c, { code }) => require('vm').runInNewContext(code), { context: { code } }));",
  ],
  ['DC-D5', 'f(client.shard.fetchClientValues(path));'],
  ['DC-D5', "f(client.shard.fetchClientValues('guilds.cache.get(1)'));"],
  ['DC-E2', 'client.shard.broadcastEval(() => process.exit());'],
  ['DC-R3', 'f(client.shard.broadcastEval((c) => 1, options));'],
  ['DC-R3', 'f(client.shard.broadcastEval((c) => 1, { ...options }));'],
  ['DC-R3', "let shard; f(client.shard.fetchClientValues('ws.ping', shard));"],
  ['DC-R3', "module.exports = (...x) => client.shard.fetchClientValues('ws.ping', ...x);"],
  ['DC-R3', 'module.exports = (...x) => client.shard.broadcastEval((c) => c.ws.ping, ...x);'],
  ['DC-T1', 'f(client.shard.broadcastEval(() => this.client.guilds.cache.size));'],
  ['DC-T1', 'f(client.shard.broadcastEval(function () { return this.uptime; }));'],
  ['DC-T2', 'f(client.shard.broadcastEval(() => arguments[0]));'],
  ['DC-T2', 'function g() { f(client.shard.broadcastEval((c) => arguments.length)); }'],
  ['DC-T2', 'f(client.shard.broadcastEval(function* (c) { yield c.ws.ping; }));'],
  ['DC-S1', 'function broadcastEval(fn) { return fn(1); } f(broadcastEval((c) => 1));'],
  ['DC-S2', 'const { broadcastEval } = client.shard;'],
  ['DC-S2', "vi.spyOn(client.shard, 'broadcastEval');"],
  ['DC-S2', 'f(client.shard?.broadcastEval && client.shard.broadcastEval);'],
  ['DC-S2', 'f(client.shard.broadcastEval || other);'],
  ['DC-S3', 'f(radio.broadcastEval((c) => 1));'],
  ['DC-S4', "f('client.shard.broadcastEval(c => 1)');"],
  ['DC-S5', 'const radio = { broadcastEval: (fn) => fn(1) };'],
  ['DC-S8', "if (typeof client.shard?.broadcastEval === 'function') f();"],
  ['DC-S8', 'if (!(client.shard?.broadcastEval)) f();'],
  ['DC-S8', 'const any = Boolean(client.shard.fetchClientValues);'],
  ['DC-S8', 'const any = client.shard && client.shard.broadcastEval ? 1 : 2;'],
  ['DC-S8', 'while (client.shard.broadcastEval === undefined) f();'],
  ['DC-S8', "if ('broadcastEval' in client.shard) f();"],
  ['DC-S6', 'f(client.cluster.broadcastEval((c) => 1));'],
];

test.each(left)('%s leaves the call byte for byte and says what to do', async (code, line) => {
  const { after, sites, handlers } = await rewrite(line);
  expect(after).toBe(`${line}\n`);
  expect(handlers).toBe('');
  expect(sites.at(-1)).toMatchObject({ outcome: 'left', code, handler: null });
  expect(sites.at(-1)?.message).not.toMatch(/\{\w+\}/);
});

describe('what is loaded from the working folder is the same file everywhere, so it moves', () => {
  const cwd = '$' + '{process.cwd()}';
  const loading = (path: string, more = '') =>
    `f(await client.shard.broadcastEval(async (c) => { ${more}const { Job } = ${path}; return new Job(c).id; }));`;

  test.each([
    [`require(\`${cwd}/classes/job.js\`)`],
    ["require(process.cwd() + '/classes/' + 'job.js')"],
    ["require(path.join(process.cwd(), 'classes/job.js'))", "const path = require('path'); "],
    ["require(require('node:path').resolve(process.cwd(), 'classes', 'job.js'))"],
    [`await import(\`${cwd}/classes/job.js\`)`],
  ] as const)('%s', async (path, more: string = '') => {
    const { sites, handlers } = await rewrite(loading(path, more));
    expect(sites.map(({ outcome }) => outcome)).not.toContain('left');
    // The working folder only builds a path: nothing of the process is in the result.
    expect(sites.map(({ message }) => message).join()).not.toContain('process');
    expect(handlers).toContain(path);
  });

  test.each([
    [`require(\`./${cwd}/job.js\`)`],
    ["require(require('path').join('..', process.cwd()))"],
    [`require(\`$\{c.cwd()}/job.js\`)`],
    [`require(\`${cwd}/$\{__dirname}/job.js\`)`],
    ["require(process.cwd() - '/job.js')"],
    ["require(process.cwd('x'))"],
    ["require(files.find(process.cwd(), 'x'))"],
    ["require.resolve(process.cwd() + '/job.js')"],
    [`require(\`${cwd}/job.js\`)`, "const process = { cwd: () => '..' }; "],
  ] as const)('not %s', async (path, more: string = '') => {
    const { sites } = await rewrite(loading(path, more));
    expect(sites.at(-1)).toMatchObject({ outcome: 'left', code: 'DC-C5' });
  });

  test.each([
    ["const process = require('./other');", 'DC-C5'],
    ["import process from './other.js';", 'DC-C5'],
    ["import { it as process } from 'other';", 'DC-C5'],
    ["import * as process from './other.js';", 'DC-C5'],
    ["import process from 'node:process';", null],
    ["import * as process from 'process';", null],
  ])('of a process that a file names: %s', async (head, code) => {
    const text = `${head}\nexport const g = async (client, f) => ${loading(`await import(process.cwd() + '/job.js')`)}\n`;
    const root = project({ ...esmBot, 'x.js': text });
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    expect(sites.find(({ file }) => file === 'x.js')?.code ?? null).toBe(code);
  });

  test('but what else is read of the working folder is a fact of the process', async () => {
    const rows = [
      'return process.cwd();',
      "return require(process.cwd() + '/a.js')(process.cwd());",
      "return require('fs').readFileSync(process.cwd() + '/a.txt');",
    ];
    for (const body of rows) {
      const { sites } = await rewrite(`f(await client.shard.broadcastEval((c) => { ${body} }));`);
      expect([body, sites.at(-1)?.message]).toEqual([body, expect.stringContaining('(process.cwd)')]);
    }
  });

  test('and finds a require in a handlers file that is an ES module', async () => {
    const text = `export const g = async (client, f) => ${loading(`require(\`${cwd}/job.cjs\`)`)}\n`;
    const root = project({ ...esmBot, 'x.js': text });
    const { summary } = await migrate({ paths: ['.'], cwd: root });
    expect(summary.left).toBe(0);
    expect(read(root)['cluster-handlers.js']).toContain('const require = createRequire(import.meta.url);');
  });
});

describe('captures', () => {
  test('a captured name is reported with its line', async () => {
    const { sites } = await rewrite(
      'const id = 1;\nf(\n  client.shard.broadcastEval((c) =>\n    c.users.cache.get(id)),\n);',
    );
    expect(sites[0]?.message).toContain('`id` (line 4)');
    expect(sites[0]).toMatchObject({ line: 3, column: 3, method: 'broadcastEval', receiver: 'client.shard' });
  });

  test('a relative require is written as seen from the handlers file', async () => {
    const line = "const { fmt } = require('../lib/fmt');\nf(client.shard.broadcastEval((c) => fmt(c.ws.ping)));\n";
    const root = project({ ...cjsBot, 'commands/x.js': line, 'lib/fmt.js': 'exports.fmt = String;\n' });
    await migrate({ paths: ['.'], cwd: root });
    expect(read(root)['cluster-handlers.js']).toContain("const { fmt } = require('./lib/fmt');\n");
  });
});

describe('names', () => {
  test('equal functions share a handler whatever their parameters are called', async () => {
    const { after, handlers } = await rewrite(
      'f(client.shard.broadcastEval((c) => c.guilds.cache.size));\nf(client.shard.broadcastEval(x => /* n */ x.guilds.cache.size));',
    );
    expect(after.match(/'guildsCacheSize'/g)).toHaveLength(2);
    expect(handlers.match(/guildsCacheSize/g)).toHaveLength(1);
  });

  test('different functions of one meaning get different names', async () => {
    const { handlers } = await rewrite(
      'const total = await client.shard.broadcastEval((c) => { const n = c.guilds.cache.size; return n; });\n{\n  const total = await client.shard.broadcastEval((c) => { const n = c.ws.ping; return n; });\n}',
    );
    expect(handlers).toContain('  total: ');
    expect(handlers).toContain('  total2: ');
  });

  test('a reserved word or a member of every object is never a name', async () => {
    const { handlers } = await rewrite(
      'f(client.shard.broadcastEval((c) => c.constructor));\nf(client.shard.broadcastEval((c) => c.delete));',
    );
    expect(handlers).toContain('  constructorValue: ');
    expect(handlers).toContain('  deleteValue: ');
  });
});

describe('other libraries', () => {
  test('nothing is touched in a bot built on Eris', async () => {
    const line = 'f(client.shard.broadcastEval((c) => c.guilds.size));\n';
    const manifest = '{ "name": "bot", "dependencies": { "eris": "^0.17.0" } }\n';
    const root = project({ 'package.json': manifest, 'bot.js': line });
    const report = await migrate({ paths: ['.'], cwd: root });
    expect(report.sites).toMatchObject([{ outcome: 'left', code: 'DC-S1' }]);
    expect(read(root)).toEqual({ 'package.json': manifest, 'bot.js': line });
  });
});

test.each([
  ['(c) => c.commandsRun', 'The results hold client.commandsRun'],
  // What a call of the bot's own gives may be a promise of nothing, which is said first.
  ['(c) => c.commandsRun.get("x")', 'The results hold client.commandsRun', 'DC-W6'],
  ['(c) => c.commands.delete("x") === true', 'The function sets, changes or calls client.commands'],
  ['(c) => c.reload() === 1', 'The function sets, changes or calls client.reload'],
  ['(c) => { c.mode = 1; return 2; }', 'The function sets, changes or calls client.mode'],
  ['(c) => c.music.players.get(1).skip() === 1', 'The function calls client.music'],
  ['(c) => { const p = c.music.players.get(1); p.skip(); return 1; }', 'The function calls client.music'],
  ['(c) => c.music.players.map((p) => p.skip()).length', 'The function calls client.music'],
  ['async (c) => { await c.music.leaveAll(); return c.ws.ping; }', 'The function calls client.music'],
  ['(c) => c.music.players.map((p) => p.queue.size)', 'The results hold client.music'],
  ["(c) => c.commands.has('x')", 'The results hold client.commands'],
  ['(c) => c.music.players.filter((p) => p.isPlaying()).size', 'The results hold client.music'],
  ['(c) => { if (c.mode) console.log(1); }', 'The function gives nothing, and uses client.mode'],
])('DC-P2 says what the function does with a member of the bot: %s', async (fn, text, code = 'DC-P2') => {
  const root = project({ ...cjsBot, 'x.js': `f(await client.shard.broadcastEval(${fn}));\n` });
  const { sites } = await migrate({ paths: ['.'], cwd: root, dryRun: true });
  expect(sites.find(({ file }) => file === 'x.js')).toMatchObject({
    code,
    // Behind it stands what is done to it.
    message: expect.stringMatching(new RegExp(`${text}(?: \\(.+?\\))?, which lives once per process`)),
  });
});

test('a default of the client, which is always handed over, stays behind', async () => {
  const { handlers, sites } = await rewrite(
    'const g = (client) => client.shard.broadcastEval((c = client) => c.ws.ping);',
  );
  expect(sites).toMatchObject([{ outcome: 'rewritten', code: null }]);
  expect(handlers).toContain(': (c) => c.ws.ping,');
});
