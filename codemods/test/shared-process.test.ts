/** What a function says of its process and does to it, in whichever way it is written. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { migrateAll } from './batch.ts';
import { cjsBot, project } from './project.ts';

const around = (call: string, taken = 'f(r);'): string =>
  `module.exports = async (client, f, x) => { const r = await client.shard.${call}; ${taken} };`;

/** The messages of one call each. */
async function said(rows: readonly string[]): Promise<readonly string[]> {
  const all = await migrateAll(rows);
  return all.map(({ sites }) => sites.map(({ message }) => message).join(' '));
}

test('modules of the process that a function loads itself', async () => {
  const rows: readonly (readonly [string, string | null])[] = [
    ["() => { const os = require('os'); return os.freemem(); }", 'os.freemem'],
    ["() => require('os').loadavg()", 'os.loadavg'],
    ["() => require('node:os').loadavg()", 'os.loadavg'],
    ["() => { const { freemem } = require('os'); return freemem(); }", 'os.freemem'],
    ["() => { const system = require('os'); return system.freemem(); }", 'os'],
    ['() => { const os = { a: 1 }; return os.a; }', null],
    ["() => require('path').sep", null],
  ];
  const all = await said(rows.map(([fn]) => around(`broadcastEval(${fn})`)));
  for (const [i, [fn, what]] of rows.entries())
    if (what === null) expect([fn, all[i]]).not.toContainEqual(expect.stringContaining('belongs to'));
    else expect([fn, all[i]]).toContainEqual(expect.stringMatching(new RegExp(`${what.replace('.', '\\.')}\\b`)));
});

test('what is done once for each shard', async () => {
  const rows: readonly (readonly [string, string | null])[] = [
    ["setTimeout(() => c.channels.cache.get('1')?.send('x'), 1000);", '(setTimeout)'],
    ['await new Promise((r) => setTimeout(r, 5));', null],
    ['await new Promise((r) => setTimeout(() => r(1), 5));', null],
    ['setInterval(() => 1, 1000);', '(setInterval)'],
    ["process.on('SIGUSR2', () => 1);", '(process.on)'],
    ["c.ws.on('READY', () => 1);", '(c.ws.on)'],
    ["c.rest.on('rateLimited', () => 1);", '(c.rest.on)'],
    ['Object.assign(c, { mode: 1 });', 'Object.assign(c, ...)'],
    ['Object.assign({}, c);', null],
    ['delete c.mode;', 'c.mode'],
    ["c.guilds.cache.get('1')?.emit('x');", null],
  ];
  const all = await said(rows.map(([body]) => around(`broadcastEval(async (c) => { ${body} return c.shard.ids; })`)));
  for (const [i, [body, what]] of rows.entries()) {
    // Of a member of the bot one note says both.
    const says = /does something to its client or its process|sets, changes or calls/.test(all[i] ?? '');
    expect([body, says]).toEqual([body, what !== null]);
    if (what !== null) expect(all[i]).toContain(what);
    expect(all[i]).not.toContain('reads a fact of the process');
  }
});

test('what a process has once, where one shard is asked', async () => {
  const rows: readonly (readonly [string, string | null])[] = [
    ['broadcastEval((c) => c.commandsRun, { shard: 0 })', 'The results hold client.commandsRun'],
    ['broadcastEval((c) => c.commandsRun, { shard: x.guild.shardId })', 'The results hold client.commandsRun'],
    ["fetchClientValues('commandsRun', 0)", 'The results hold client.commandsRun'],
    ['broadcastEval(() => global.jobs.size, { shard: 0 })', 'The results hold global.jobs'],
    ['broadcastEval((c) => c.reload(), { shard: 0 })', 'The function sets, changes or calls client.reload'],
    [
      'broadcastEval((c) => { c.players.forEach((p) => p.stop()); }, { shard: 0 })',
      'The function gives nothing, and uses client.players',
    ],
    ['broadcastEval((c) => c.guilds.cache.size, { shard: 0 })', null],
    ['broadcastEval((c) => { if (c.mode) console.log(1); }, { shard: 0 })', null],
  ];
  const all = await said([...rows.map(([call]) => around(call)), 'global.jobs = new Map();']);
  for (const [i, [call, what]] of rows.entries())
    if (what === null) expect([call, all[i]]).not.toContainEqual(expect.stringContaining('lives once per process'));
    else expect([call, all[i]]).toContainEqual(expect.stringContaining(`${what}, which lives once per process`));
  const [ignored] = await said([
    'module.exports = (client) => { client.shard.broadcastEval((c) => c.mode, { shard: 0 }); };',
  ]);
  expect(ignored).not.toContain('lives once per process');
});

test('what one shard is asked to do is done to its process, also where nobody looks at the result', async () => {
  const ignored = (fn: string, options = '{ shard: 2 }'): string =>
    `module.exports = async (client, n) => { await client.shard.broadcastEval(${fn}, ${options}); };`;
  const members = 'sets, changes or calls client.';
  const client = 'is asked to do is done to all shards of its process';
  const rows: readonly (readonly [string, string | null])[] = [
    [ignored("(c) => { c.config.prefix = '?'; }"), `${members}config`],
    [ignored('(c) => { c.afk.clear(); }'), `${members}afk`],
    [ignored('(c) => { c.afk.clear(); }', '{ shard: n }'), `${members}afk`],
    [ignored('(c) => { global.mode = 1; }'), 'sets, changes or calls global.mode'],
    [ignored('(c) => c.destroy()'), `(c.destroy). Several shards share one now, and what one of them ${client}`],
    [ignored("(c) => { c.removeAllListeners('debug'); }"), client],
    [around('broadcastEval((c) => { c.token = 1; return 1; }, { shard: 0 })'), client],
    [ignored('(c) => { console.log(c.config.prefix); }'), null],
    [ignored("(c) => { c.emit('voted', 1); }"), null],
    [ignored('(c) => { setTimeout(() => c.user.setAFK(true), 5); }'), null],
  ];
  const all = await said(rows.map(([text]) => text));
  for (const [i, [text, what]] of rows.entries())
    if (what === null) expect([text, all[i]]).not.toContainEqual(expect.stringMatching(/lives? once|share one now/));
    else expect([text, all[i]]).toContainEqual(expect.stringContaining(what));
});

test('what chooses by its shard is not to be asked once', async () => {
  const [chosen, plain] = await said([
    around("broadcastEval((c) => { if (c.shard.ids.includes(0)) c.on('x', () => 1); return c.ws.ping; })"),
    around("broadcastEval((c) => { c.on('x', () => 1); return c.ws.ping; })"),
  ]);
  expect(chosen).toContain('does something to its client or its process (c.on)');
  expect(chosen).not.toContain('ask with requestAll');
  expect(plain).toContain('Where it should be done once, ask with requestAll.');
});

test('what is done for each shard of a process is said, whatever becomes of the results', async () => {
  const log = 'c.logger.info(c.shard.ids[0]);';
  const ignored = (fn: string): string =>
    `module.exports = async (client) => { await client.shard.broadcastEval(${fn}); };`;
  const all = await said([
    ignored(`async (c) => { await c.economy.pay(1); ${log} }`),
    ignored(`(c) => { c.tracks.push(1); ${log} return 1; }`),
    around('broadcastEval((c) => { c.players.skip(); return { shard: c.shard.ids[0] }; })', 'f(r.find(Boolean));'),
    around('broadcastEval((c) => (c.players.has(1) ? { shard: c.shard.ids[0] } : null))', 'f(r.find(Boolean).shard);'),
    ignored("(c) => { c.user.setActivity('on ' + c.shard.ids[0]); }"),
    ignored('async (c) => { await c.economy.pay(1); }'),
    ignored('async (c) => { if (c.shard.ids.includes(0)) await c.economy.pay(1); }'),
  ]);
  expect(all.slice(0, 4)).toEqual(all.slice(0, 4).map(() => expect.stringMatching(/which lives? once per process/)));
  expect(all[0]).toContain('for each shard');
  for (const one of all.slice(4)) expect(one).not.toMatch(/lives? once per process/);
});

test('only what is done where one shard is chosen needs no note', async () => {
  const ignored = (fn: string): string =>
    `module.exports = async (client, n) => { await client.shard.broadcastEval(${fn}, { context: n }); };`;
  const noted = [
    '(c) => { c.votes.push(1); console.log(c.shard ? c.shard.ids[0] : 0); }',
    '(c) => { if (!c.shard) return; c.votes.push(1); console.log(c.shard.ids[0]); }',
    "(c) => { c.votes.push(1); if (c.ws.shards.every((s) => s.status === 0)) console.log('up'); }",
    '(c, n) => { const p = c.players.get(n); if (p && c.shard.ids.length) p.skip(); }',
    '(c, n) => { if (c.shard.ids.includes(n)) return; c.votes.push(1); }',
    '(c, n) => { if (c.shard.ids[0] !== n) c.votes.push(1); }',
    '(c, n) => { c.shard.ids[0] !== n && c.votes.push(1); }',
    '(c, n) => { if (n !== undefined && !c.shard.ids.includes(n)) return; c.votes.push(1); }',
    '(c) => { if (c.shard.ids[0] % 2) c.votes.push(1); }',
  ];
  const quiet = [
    '(c, n) => { if (c.shard.ids.includes(n)) c.votes.push(1); }',
    '(c, n) => { if (!c.shard.ids.includes(n)) return; c.votes.push(1); }',
    '(c, n) => { if (c.shard.ids[0] !== n) return; c.votes.push(1); }',
    '(c, n) => { c.shard.ids[0] === n && c.votes.push(1); }',
    '(c) => (c.shard.ids.includes(0) ? c.votes.push(1) : null)',
  ];
  const all = await said([...noted, ...quiet].map(ignored));
  for (const [i, fn] of noted.entries())
    expect([fn, all[i]]).toContainEqual(expect.stringContaining('lives once per process'));
  for (const [i, fn] of quiet.entries())
    expect([fn, all[noted.length + i]]).not.toContainEqual(expect.stringContaining('lives once per process'));
});

test('what is set where one shard is chosen is set for all shards of its process, unless by an id', async () => {
  const chosen = (fn: string): string =>
    `module.exports = async (client, x) => { await client.shard.broadcastEval(${fn}, { context: { x } }); };`;
  const only = (act: string): string => chosen(`(c, { x }) => { if (c.shard.ids.includes(1)) c.${act}; }`);
  const noted = ['setMode(x)', 'queue.setVolume(x)', 'resetMode(x)', "modules.disable('music')", 'mode.toggle(x)'];
  const quiet = ['setMode(x.guildId)', 'economy.settle(x)', 'economy.pay(5)'];
  const all = await said([...noted, ...quiet].map(only));
  for (const [i, act] of noted.entries())
    expect([act, all[i]]).toContainEqual(expect.stringContaining('lives once per process'));
  for (const [i, act] of quiet.entries())
    expect([act, all[noted.length + i]]).not.toContainEqual(expect.stringContaining('lives once per process'));
});

test('what one shard is asked to do to its process is done to all shards of it', async () => {
  const asked = (fn: string, options = '{ shard: 0 }'): string =>
    `module.exports = async (client) => { await client.shard.broadcastEval(${fn}, ${options}); };`;
  const all = await said([
    asked("() => { process.env.DEBUG = '1'; }"),
    asked("() => { process.chdir('/srv'); }"),
    asked("() => { process.env.DEBUG = '1'; }", '{}'),
    asked('() => { const own = { DEBUG: 1 }; own.DEBUG = 2; }'),
  ]);
  for (const one of all.slice(0, 2)) expect(one).toContain('done to all shards of its process');
  for (const one of all.slice(2)) expect(one).not.toContain('its process');
});

test('one process that is found among them gives what it has for all its shards', async () => {
  const found = (fn: string, use = 'f(r.find(Boolean));'): string =>
    around(`broadcastEval(${fn}, { context: x })`, use);
  const noted = [
    found('(c, n) => (c.shard.ids.includes(n) ? { players: c.manager.players.size } : null)'),
    found(
      '(c, n) => { if (!c.shard.ids.includes(n)) return null; return { ping: c.ws.ping, players: c.players.size }; }',
    ),
    found('(c, n) => { if (c.shard.ids[0] === n) return { commands: c.commandsUsed }; return null; }'),
    found('(c, n) => (c.shard.ids.includes(n) ? c.commandsUsed : null)', 'f(r.find((one) => one !== null));'),
    found(
      '(c, id) => { const g = c.guilds.cache.get(id); if (!g) return null; return { name: g.name, players: c.players.size }; }',
    ),
    'module.exports = async (client, n) => { await client.shard.broadcastEval((c, n) => { if (c.shard.ids.includes(n)) for (const p of c.players.values()) p.destroy(); }, { context: n }); };',
    found(
      '(c, id) => (c.queue.has(id) ? { now: c.queue.get(id).song, total: c.queue.size } : null)',
      'f(r.filter(Boolean)[0]);',
    ),
    found(
      '(c, id) => { const p = c.players.get(id); if (!p) return null; return { title: p.title, players: c.players.size }; }',
    ),
    found(
      '(c, id) => { const d = c.xp.get(id); if (!d) return null; return [...c.xp.values()].filter((x) => x > d).length; }',
    ),
    'module.exports = async (client, n) => { await client.shard.broadcastEval((c, n) => { const g = c.guilds.cache.get(n); if (!g) return; c.cooldowns.clear(); c.players.forEach((p) => p.destroy()); }, { context: n }); };',
    'module.exports = async (client, n) => { await client.shard.broadcastEval((c) => { for (const p of c.players.values()) p.destroy(); }, { shard: 1 }); };',
  ];
  const quiet = [
    found('(c, n) => (c.shard.ids.includes(n) ? c.players.get(n) ?? null : null)'),
    found(
      '(c, id) => { const g = c.guilds.cache.get(id); if (!g) return null; return { name: g.name, prefix: c.config.prefix }; }',
    ),
    found(
      '(c, id) => { const g = c.guilds.cache.get(id); if (!g) return null; return { name: g.name, song: c.players.get(id)?.song }; }',
    ),
    "module.exports = async (client, n) => { await client.shard.broadcastEval((c) => c.channels.cache.get('1')?.send(c.config.greeting), { shard: 1 }); };",
    'module.exports = async (client, n) => { await client.shard.broadcastEval(async (c, n) => { const g = c.guilds.cache.get(n); if (!g) return; await g.commands.set(c.commands.map((one) => one.data)); }, { context: n }); };',
  ];
  const all = await said([...noted, ...quiet]);
  for (const [i, row] of noted.entries())
    expect([row, all[i]]).toContainEqual(expect.stringMatching(/lives? once per process/));
  expect(all[0]).toContain('the process of that shard gives what it has for all the shards it has');
  expect(all[4]).toContain('the process that is asked gives what it has for all the shards it has');
  for (const [i, row] of quiet.entries())
    expect([row, all[noted.length + i]]).not.toContainEqual(expect.stringMatching(/lives? once per process/));
});

test('a sum becomes larger only where something is added up', async () => {
  const call = 'broadcastEval((c) => c.commandsRun + c.ws.ping)';
  const [summed, listed] = await said([around(call, 'f(r.reduce((a, b) => a + b, 0));'), around(call)]);
  expect(summed).toContain('so the sum becomes larger');
  expect(listed).toContain('repeats it for each shard');
  expect(listed).not.toContain('larger');
});

test('what a function does to a member of the bot is said once', async () => {
  const rows: readonly (readonly [fn: string, members: boolean, done: string | null])[] = [
    ['(c, m) => { c.mode = m; return c.ws.ping; }', true, null],
    ['(c, m) => { c.mode = m; c.on(m, () => 1); return c.ws.ping; }', true, '(c.on)'],
    ['(c, m) => { c.on(m, () => 1); return c.ws.ping; }', false, '(c.on)'],
    ['(c, m) => { c.token = m; return c.ws.ping; }', false, '(c.token = ...)'],
  ];
  const all = await said(rows.map(([fn]) => around(`broadcastEval(${fn}, { context: 1 })`)));
  for (const [i, [fn, members, done]] of rows.entries()) {
    expect([fn, all[i]?.includes('sets, changes or calls client.mode')]).toEqual([fn, members]);
    expect([fn, all[i]?.includes('does something to its client')]).toEqual([fn, done !== null]);
    if (done !== null) expect(all[i]).toContain(done);
  }
});

test('users that are counted or listed', async () => {
  const rows: readonly (readonly [string, boolean])[] = [
    ['(c) => c.users.cache.filter((u) => !u.bot).size', true],
    ['(c) => c.users.cache.map((u) => u.id)', true],
    ['(c) => [...c.users.cache.keys()]', true],
    ['(c) => { const { users } = c; return users.cache.filter((u) => u.bot).size; }', true],
    ['(c) => c.users.cache.size', true],
    ['(c) => c.users.cache.find((u) => u.bot)?.id', false],
    ['(c) => c.users.cache.filter((u) => u.bot).first()?.id', false],
    ['(c) => c.users.cache.get("1")?.id', false],
    ['(c) => c.users.fetch("1")', false],
    ['async (c) => (await c.users.fetch("1").catch(() => null))?.tag ?? null', false],
    ['(c) => c.users.send("1", "x").then(() => true)', false],
    ['(c) => [...c.users.cache.values()].find((u) => u.bot)?.id', false],
    ['(c) => [...c.users.cache.values()].map((u) => u.id)', true],
    ['(c) => c.guilds.cache.map((g) => g.id)', false],
  ];
  // The manager says it of all, by their places.
  const root = project({
    ...cjsBot,
    ...Object.fromEntries(rows.map(([fn], i) => [`x${i}.js`, around(`broadcastEval(${fn})`)])),
  });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  const places = sites.find(({ file }) => file === 'index.js')?.message ?? '';
  expect(rows.map(([fn], i) => [fn, places.includes(`x${i}.js:1`)])).toEqual(rows);
});

test('users that count once among all results', async () => {
  const ids = 'broadcastEval((c) => c.users.cache.map((u) => u.id))';
  const rows: readonly (readonly [text: string, noted: boolean])[] = [
    [around(ids, 'f(new Set(r.flat()).size);'), false],
    [around('broadcastEval((c) => [...c.users.cache.keys()])', 'const all = r.flat(); f([...new Set(all)]);'), false],
    [around(ids, 'f(new Set(r.flat()).size, r.flat().length);'), true],
    [around(ids, 'f(r.flat().length);'), true],
    [around('broadcastEval((c) => c.users.cache.map((u) => ({ id: u.id })))', 'f(new Set(r.flat()).size);'), true],
    [around('broadcastEval((c) => c.users.cache.size)', 'f(new Set(r).size);'), true],
  ];
  const root = project({ ...cjsBot, ...Object.fromEntries(rows.map(([text], i) => [`x${i}.js`, text])) });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  const places = sites.find(({ file }) => file === 'index.js')?.message ?? '';
  expect(rows.map(([text], i) => [text, places.includes(`x${i}.js:1`)])).toEqual(rows);
});

test('one member carries a note only where it makes a difference that a process gives it, and not a shard', async () => {
  const read = 'broadcastEval((c) => c.version)';
  const rows: readonly (readonly [text: string, noted: boolean])[] = [
    [around(read, 'f(r.every((v) => v === 1));'), false],
    [around(read, 'f(r.every((v) => v === r[0]));'), false],
    [around(read, 'f(r[0]);'), false],
    [`module.exports = async (client, f) => { const [v] = await client.shard.${read}; f(v); };`, false],
    [around(read, 'f(Math.max(...r));'), false],
    [around(read, 'f(r.filter((v) => v > 1)[0]);'), false],
    [around(read, 'f(new Set(r).size);'), false],
    [around(read, 'f(r.every((v, i) => v === i));'), true],
    [around(read, 'f(r[1]);'), true],
    [around(read, 'f(r[0], r.length);'), true],
    [around('broadcastEval((c) => [c.version, c.shard.ids[0]])', 'f(r[0]);'), true],
    [around('broadcastEval((c) => c.version + c.mode)', 'f(r[0]);'), true],
    [around('broadcastEval((c) => c.versions.map((v) => v.id).join())', 'f(r[0]);'), true],
    [around('broadcastEval((c) => c.players.size)', 'f(r[0]);'), true],
    [around('broadcastEval((c) => c.queue.size > 1)', 'f(r.some(Boolean));'), true],
    [around('broadcastEval((c) => (c.version += 1))', 'f(r[0]);'), true],
    [around('broadcastEval((c) => c.economy.pay(1))', 'f(r[0]);'), true],
    [
      around(
        'broadcastEval((c) => { const p = c.players.get(1); p.setVolume(p.volume + 1); return p.volume; })',
        'f(Math.max(...r));',
      ),
      true,
    ],
  ];
  const all = await said(rows.map(([text]) => text));
  expect(rows.map(([text], i) => [text, /lives? once per process/.test(all[i] ?? '')])).toEqual(rows);
});

test('errors that are told apart by a name for their code', async () => {
  const rows: readonly (readonly [string, boolean])[] = [
    ['const code = e.code; if (code === 50013) return;', true],
    ["if (e['code'] === 50013) return;", true],
    ["const name = e['name']; if (name === 'X') return;", true],
    ['const code = e.status; if (code === 50013) return;', false],
    ['const code = e.code; f(code);', true],
  ];
  const noted = await migrateAll(
    rows.map(
      ([body]) =>
        `module.exports = async (client, f) => { try { await client.shard.broadcastEval((c) => c.channels.fetch('1')); } catch (e) { ${body} throw e; } };`,
    ),
  );
  expect(rows.map(([body], i) => [body, noted[i]?.sites[0]?.code === 'DC-E1'])).toEqual(rows);
});

test('numbers in lists that are turned round', async () => {
  const all = await said(
    ['toReversed()', 'reverse()', 'with(0, 1)', 'toSpliced(0, 1)'].map((end) =>
      around(`broadcastEval((c) => c.guilds.cache.map((g) => g.memberCount / g.x).${end})`),
    ),
  );
  for (const one of all) expect(one).toContain('g.memberCount / g.x');
});

test('what is missing is left out by a loop', async () => {
  const loop = (body: string): string =>
    around(
      `broadcastEval((c, { ids }) => { const tags = []; for (const id of ids) { const tag = c.users.cache.get(id)?.tag; ${body} tags.push(tag); } return tags; }, { context: { ids: x } })`,
    );
  const [next, end, none] = await said([loop('if (!tag) continue;'), loop('if (!tag) { break; }'), loop('')]);
  expect(next).not.toContain('may be undefined');
  expect(end).not.toContain('may be undefined');
  expect(none).toContain('may be undefined');
});

test('options whose values change what others read stay as they are', async () => {
  const rows: readonly (readonly [string, boolean])[] = [
    ['{ context: { id: queue.shift() }, shard: queue.length }', true],
    ['{ context: { id: list.pop() }, shard: next() }', true],
    ['{ context: { id: n++ }, shard: n }', true],
    ['{ shard: queue.length, context: { id: queue.shift() } }', false],
    ['{ context: { id: queue.shift() }, shard: 0 }', false],
    ['{ context: { id: queue.shift() }, shard: n }', false],
    ['{ context: { ids: [...queue].sort() }, shard: next() }', false],
    ['{ context: { ids: Object.keys(list).sort() }, shard: next(queue) }', false],
  ];
  const all = await migrateAll(
    rows.map(
      ([options]) =>
        `module.exports = async (client, f, queue, list, n, next) => f(await client.shard.broadcastEval((c, d) => c.emit('x', d), ${options}));`,
    ),
  );
  expect(rows.map(([options], i) => [options, all[i]?.sites[0]?.code === 'DC-R3'])).toEqual(rows);
});
