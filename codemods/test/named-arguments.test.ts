/** Managers of discord.js 11 and 12 take their arguments in an order; those that they become take them by name. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { project, read, tsBot } from './project.ts';

const asks = (range: string): string => JSON.stringify({ name: 'bot', dependencies: { 'discord.js': range } });

/** The file of a manager after a run, without its first line. */
async function managed(lines: string, range = '^12.5.3', said = 'rewritten') {
  const index = `const { ShardingManager } = require('discord.js');\n${lines}\n`;
  const root = project({ 'package.json': asks(range), 'index.js': index });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  expect(sites.map(({ outcome, code }) => code ?? outcome)).toEqual([said]);
  const files = read(root);
  expect((await migrate({ paths: ['.'], cwd: root })).files).toEqual([]);
  return { index: files['index.js']?.split('\n').slice(1, -1).join('\n'), files };
}

const made = "const manager = new ShardingManager('./bot.js');";

describe('the arguments of a call get their names', () => {
  test.each([
    ['manager.spawn(4);', 'manager.spawn({ amount: 4 });'],
    ["manager.spawn('auto', 5000);", "manager.spawn({ amount: 'auto', delay: 5000 });"],
    ['manager.spawn(n, delay, -1);', 'manager.spawn({ amount: n, delay, timeout: -1 });'],
    ['manager.spawn(4, 5000, false);', 'manager.spawn({ amount: 4, delay: 5000, timeout: -1 });'],
    ['manager.spawn(4, 5000, true);', 'manager.spawn({ amount: 4, delay: 5000, timeout: undefined });'],
    ["manager['spawn'](4, /* ms */ 5000,);", "manager['spawn']({ amount: 4, /* ms */ delay: 5000 },);"],
    ['manager.spawn(undefined, 5000);', 'manager.spawn({ amount: undefined, delay: 5000 });'],
    ['manager.spawn(process.argv[2] || 2);', 'manager.spawn({ amount: process.argv[2] || 2 });'],
    ['manager.respawnAll(1, 2, 3);', 'manager.respawnAll({ shardDelay: 1, respawnDelay: 2, timeout: 3 });'],
    ['manager.spawn(4, 5000, (false));', 'manager.spawn({ amount: 4, delay: 5000, timeout: -1 });'],
    ["manager.on('shardCreate', f).spawn(2);", "manager.on('shardCreate', f).spawn({ amount: 2 });"],
    ['const start = () => manager.spawn(2, 1);', 'const start = () => manager.spawn({ amount: 2, delay: 1 });'],
  ])('%s', async (before, after) => {
    expect((await managed(`${made}\n${before}`)).index).toBe(`${made}\n${after}`);
  });

  test('of a manager that is made on the spot', async () => {
    const { index } = await managed("new ShardingManager('./bot.js').spawn(2, 5000);");
    expect(index).toBe("new ShardingManager('./bot.js').spawn({ amount: 2, delay: 5000 });");
  });

  test('of the method that a class of the bot has from the library, and of no other', async () => {
    const lines = [
      'class Fleet extends ShardingManager {',
      '  async spawn(amount, delay) { return super.spawn(amount, delay); }',
      '  again() { return this.spawn(4, 100); }',
      '  all() { return this.respawnAll(1, 2); }',
      '}',
      "new Fleet('./bot.js').spawn(2, 10);",
    ];
    const { index } = await managed(lines.join('\n'));
    expect(index?.split('\n')).toEqual([
      lines[0],
      '  async spawn(amount, delay) { return super.spawn({ amount, delay }); }',
      lines[2],
      '  all() { return this.respawnAll({ shardDelay: 1, respawnDelay: 2 }); }',
      lines[4],
      lines[5],
    ]);
  });

  test('of a bot that has all shards started anew', async () => {
    const bot =
      "exports.all = (client) => client.shard.respawnAll(5000, 500, 30000);\nexports.up = (client) => client.shard.fetchClientValues('uptime');\n";
    const root = project({
      'package.json': asks('^12.5.3'),
      'index.js': `const { ShardingManager } = require('discord.js');\n${made}\n`,
      'bot.js': bot,
    });
    await migrate({ paths: ['.'], cwd: root });
    expect(read(root)['bot.js']).toContain(
      'client.shard.respawnAll({ shardDelay: 5000, respawnDelay: 500, timeout: 30000 });',
    );
  });

  test('of a file that has nothing else of sharding in it', async () => {
    const root = project({
      'package.json': asks('^12.5.3'),
      'index.js': `const { ShardingManager } = require('discord.js');\n${made}\n`,
      'again.js': 'exports.again = (client) => client.shard.respawnAll(60000, 500);\n',
    });
    await migrate({ paths: ['.'], cwd: root });
    expect(read(root)['again.js']).toContain('respawnAll({ shardDelay: 60000, respawnDelay: 500 })');
  });

  test('of a manager that another file made', async () => {
    const start =
      "const { manager } = require('./index.js');\nmanager.spawn(3, 15000);\nexports.ask = () => manager.fetchClientValues('uptime');\n";
    const index = `const { ShardingManager } = require('discord.js');\n${made}\nexports.manager = manager;\n`;
    const root = project({ 'package.json': asks('11'), 'index.js': index, 'start.js': start });
    await migrate({ paths: ['.'], cwd: root });
    const files = read(root);
    expect(files['index.js']).toContain("require('shardlift/compat')");
    expect(files['start.js']).toContain('manager.spawn({ amount: 3, delay: 15000 });');
  });
});

describe('arguments stay', () => {
  test.each([
    ['an object', 'manager.spawn({ amount: 4 });'],
    ['none', 'manager.spawn();'],
    ['a list', 'manager.spawn(...given);', 'DC-M19'],
    ['more than there are', 'manager.spawn(1, 2, 3, 4);', 'DC-M19'],
    ['of something else', "require('child_process').spawn('ls', ['-l']);"],
    ['of another method', 'manager.createShard(4);'],
  ])('%s', async (_title, line, said = 'rewritten') => {
    expect((await managed(`${made}\n${line}`, '^12.5.3', said)).index).toBe(`${made}\n${line}`);
  });

  test.each(['^13.0.0', '^14.14.1', '>=12'])('where the bot asks for discord.js %s', async (range) => {
    expect((await managed(`${made}\nmanager.spawn(4, 5000);`, range)).index).toContain('manager.spawn(4, 5000);');
  });

  test('where the manager stays', async () => {
    const lines =
      "const { ShardingManager } = require('discord.js');\nclass M extends ShardingManager {}\nexports.M = M;\n";
    const broken = "const { ShardingManager } = require('discord.js'\n";
    const root = project({
      'package.json': asks('^12.5.3'),
      'index.js': `${lines}new M('./bot.js').spawn(4, 5000);\n`,
      'x.js': broken,
    });
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    const moved = sites.some(({ file, outcome }) => file === 'index.js' && outcome !== 'left');
    expect(read(root)['index.js']?.includes('spawn({')).toBe(moved);
  });
});

describe('arguments that cannot be named are said', () => {
  test.each([
    ['manager.spawn(...config.args);', true],
    ['const start = manager.spawn.bind(manager);', true],
    ['manager.shards.forEach((s) => s.respawn(500, 30000));', true],
    ["manager.on('shardCreate', (it) => it.respawn(500));", true],
    ['manager.shards.get(0).respawn(500, 30000);', true],
    ['manager.shards.forEach((s) => s.respawn());', false],
    ['manager.shards.forEach((s) => s.respawn({ delay: 500 }));', false],
    ['service.spawn(...config.args);', false],
    ['service.respawn(500);', false],
  ])('%s: %s', async (line, said) => {
    const index = `const { ShardingManager } = require('discord.js');\n${made}\n${line}\n`;
    const root = project({ 'package.json': asks('^12.5.3'), 'index.js': index });
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    expect(sites.map(({ code }) => code)).toEqual([said ? 'DC-M19' : null]);
    expect(sites[0]?.message.includes('index.js:3')).toBe(said);
  });
});

const madeElsewhere = (kept: string): string =>
  `const { ShardingManager } = require('discord.js');\n${made}\n${kept}\n`;

describe('a manager of another file is followed', () => {
  test.each([
    ['module.exports = manager;', "const manager = require('./manager');\nmanager.spawn('auto', 5500, 30000);\n"],
    ['module.exports = manager;', "require('./manager').spawn('auto', 5500, 30000);\n"],
    ['module.exports = { it: manager };', "const { it } = require('./manager');\nit.spawn('auto', 5500, 30000);\n"],
    ['exports.make = () => manager;', "const m = require('./manager').make();\nm.spawn('auto', 5500, 30000);\n"],
    [
      'module.exports = class extends ShardingManager {};',
      "const Fleet = require('./manager');\nnew Fleet('./bot.js').spawn('auto', 5500, 30000);\n",
    ],
  ])('%s', async (kept, text) => {
    const root = project({ 'package.json': asks('^12.5.3'), 'manager.js': madeElsewhere(kept), 'index.js': text });
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    expect(sites.map(({ code }) => code)).toEqual([null]);
    expect(read(root)['index.js']).toContain(".spawn({ amount: 'auto', delay: 5500, timeout: 30000 });");
    expect((await migrate({ paths: ['.'], cwd: root })).files).toEqual([]);
  });
});

describe('what may be a manager and is not followed is said', () => {
  test.each([
    ["exports.start = (manager) => manager.spawn('auto', 5500, 30000);", true],
    ["exports.start = (m) => m.spawn('auto');", true],
    ['exports.start = (it, config) => it.sharder.spawn(config.count);', true],
    ['class Launcher { constructor(m) { this.manager = m; } start() { return this.manager.spawn(4, 5000); } }', true],
    ['module.exports = class { start() { return this.shardManager.spawn(4, 5000, 30000, true); } };', true],
    ['exports.all = (it) => it.shardManager.respawnAll(5000, 500);', true],
    ['exports.start = (manager) => manager.spawn(...given);', true],
    ['exports.start = (manager) => manager.spawn();', false],
    ['exports.all = (it) => it.respawnAll(5000, 500);', true],
    ['exports.both = (manager) => (manager.spawn(2), manager.respawnAll(5000));', true],
    ["exports.f = (manager) => manager.on('shardCreate', (shard) => shard.spawn(30000));", false],
    ['exports.start = (manager) => manager.spawn({ amount: 4 });', false],
    ["exports.start = (processManager) => processManager.spawn('node', ['x.js']);", false],
    ["const manager = require('child_process');\nmanager.spawn(name, 5000);", false],
    ["const manager = require('some-pool').create();\nmanager.spawn(4, 5000);", false],
    ['class EnemyManager { spawn(n) {} }\nconst manager = new EnemyManager();\nmanager.spawn(4, 5000);', false],
    ['exports.wave = (spawner) => spawner.spawn(4, 5000);', true],
    ['exports.start = (it) => it.spawn(4, 5 * 1000, -1);', true],
    ['exports.start = (it) => it.spawn(4, 5000, false);', true],
    ['exports.wave = (spawner) => spawner.spawn(4);', false],
    ['exports.wave = (spawner, n) => spawner.spawn(n, 5000);', false],
    ['exports.wave = (spawner) => spawner.spawn(1, 2, 3, 4);', false],
    ["exports.run = (cp) => cp.spawn('node', 5000);", false],
    ['class Wave { spawn(x, y) {} }\nexports.wave = () => new Wave().spawn(4, 5000);', false],
    ["const { waves } = require('some-game');\nwaves.spawn(4, 5000);", false],
    ['exports.f = (manager) => manager.spawn((x) => x);', false],
  ])('%s: %s', async (text, said) => {
    const files = {
      'package.json': asks('^12.5.3'),
      'index.js': madeElsewhere('manager.spawn();'),
      'x.js': `${text}\n`,
    };
    const root = project(files);
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    expect(sites.map(({ code }) => code)).toEqual([said ? 'DC-M19' : null]);
    expect(sites[0]?.message.match(/x\.js:1/g)?.length ?? 0).toBe(said ? 1 : 0);
    expect(read(root)['x.js']).toBe(files['x.js']);
  });
});

test('a manager of TypeScript is known by its type', async () => {
  const index = `import { ShardingManager } from 'discord.js';
const manager = new ShardingManager('./dist/bot.js');
const start = (it: ShardingManager, amount: number) => it.spawn(amount, 5000, 20_000);
start(manager, 4);
`;
  const root = project({
    ...tsBot,
    'package.json': JSON.stringify({ name: 'bot', type: 'module', dependencies: { 'discord.js': '^12.5.3' } }),
    'src/index.ts': index,
  });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  expect(sites.map(({ outcome }) => outcome)).toEqual(['rewritten']);
  expect(read(root)['src/index.ts']).toContain('it.spawn({ amount, delay: 5000, timeout: 20_000 });');
});
