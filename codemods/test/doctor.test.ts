/** `dc-migrate doctor`: the calls that throw today, as far as that is known of each. */
import { describe, expect, test } from 'vitest';
import { run } from './command.ts';
import { cjsBot, type Files, project, read } from './project.ts';

async function listed(call: string, files: Files = {}) {
  const root = project({ ...cjsBot, 'x.js': `f(client.shard.${call});\n`, ...files });
  const { stdout } = await run(root, 'doctor', '.');
  return /^x\.js\S+ {2}(\S+)/m.exec(stdout)?.[1] ?? null;
}

const version = (range: string): Files => ({
  'package.json': `{ "name": "bot", "dependencies": { "discord.js": "${range}" } }\n`,
});

test.each([
  ['broadcastEval(`this.guilds.cache.size`)', 'DC-D3'],
  ["broadcastEval('this.users.cache.get(\"' + id + '\")')", 'DC-D3'],
  ['broadcastEval(function () { return this.uptime; })', 'DC-T1'],
  ['broadcastEval()', 'DC-D10'],
  ['broadcastEval(Math.max)', 'DC-D2'],
  ['broadcastEval(parseInt)', 'DC-D2'],
  ['broadcastEval((c) => c.users.cache.get(message.author.id))', null],
  ['broadcastEval(this.run.bind(this))', 'DC-D2'],
  ['broadcastEval((c, { n }) => c.a > n, { context: { n: 10n } })', 'DC-W1'],
  ['broadcastEval((c, { n }) => c.a > n.b[0], { context: { n: { b: [BigInt(id)] } } })', 'DC-W1'],
])('%s: %s', async (call, code) => {
  expect(await listed(call)).toBe(code);
});

test.each([
  ['foo(x)', 'DC-C4'],
  ['[x, y]', 'DC-C4'],
  ['eval(x)', 'DC-D4'],
  ['process.exit(x)', 'DC-E2'],
])('(c) => %s with a variable from outside', async (body, code) => {
  const text = `module.exports = (client, x) => client.shard.broadcastEval((c) => ${body});\n`;
  expect(await listed('f()', { 'x.js': text })).toBe(code);
});

test('a bot that says what the JSON of a bigint is', async () => {
  const says = { 'json.js': 'BigInt.prototype.toJSON = function () { return String(this); };\n' };
  expect(await listed('broadcastEval((c, { n }) => c.a > n, { context: { n: 10n } })', says)).toBeNull();
});

test.each([
  'broadcastEval((c, { n }) => c.a > n, { context: { n: x ? 10n : 1 } })',
  'broadcastEval((c) => foo(c))',
  'broadcastEval(fns.pop())',
  'broadcastEval(fns.max)',
  'broadcastEval(this.max)',
  'broadcastEval(function () { return typeof this; })',
  'broadcastEval(function () { return this?.uptime; })',
  'broadcastEval(() => this.client.uptime)',
])('%s may work today', async (call) => {
  expect(await listed(call)).toBeNull();
});

test.each(['^12.5.3', '~11.6', '12'])('texts work with discord.js %s', async (range) => {
  expect(await listed('broadcastEval("this.uptime")', version(range))).toBeNull();
});

test.each(['^12.5.3', '~11.6', '12'])('a call without a function waits for ever with discord.js %s', async (range) => {
  const { stdout } = await run(
    project({ ...cjsBot, ...version(range), 'x.js': 'f(client.shard.broadcastEval());\n' }),
    '-n',
    '.',
  );
  expect(await listed('broadcastEval()', version(range))).toBeNull();
  expect(stdout).toContain('there is nothing to run, and it waits for ever. Give it one');
});

test('and throws with discord-hybrid-sharding, whatever discord.js is beside it', async () => {
  const both = { 'discord.js': '^12.5.3', 'discord-hybrid-sharding': '^2.2.0' };
  const files = {
    'package.json': JSON.stringify({ name: 'bot', dependencies: both }),
    'x.js': 'f(client.cluster.broadcastEval());\n',
  };
  expect(await listed('f()', files)).toBe('DC-D10');
});

test.each(['^13.1.0', 'latest', '>=12', '14'])('and not with %s', async (range) => {
  expect(await listed('broadcastEval("this.uptime")', version(range))).toBe('DC-D3');
});

describe('says what throws today, why, and what mends it', () => {
  const outside =
    /uses `id` \(line 1\) from outside itself\. Only its text gets to the other process, .*: the call throws a ReferenceError\./;
  test.each<[string, string, readonly RegExp[]]>([
    [
      'an import',
      "const os = require('node:os');\nf(client.shard.broadcastEval((c) => os.hostname()));\n",
      [/uses `os`, an import of its file\. .*throws a ReferenceError\. npx dc-migrate mends it: /],
    ],
    [
      'a bigint',
      'f(client.shard.broadcastEval((c, { n }) => c.a > n, { context: { n: 10n } }));\n',
      [/JSON, which has none: the call throws a TypeError\. npx dc-migrate mends it: the handler gets the bigint/],
    ],
    [
      'no function',
      'f(client.shard.broadcastEval());\n',
      [/hands over no function, .* throws a TypeError\. Give it one/],
    ],
    [
      'this',
      'f(client.shard.broadcastEval(function () { return this.uptime; }));\n',
      [
        /something of `this` \(line 1\)\. .* `this` is undefined: the call throws a TypeError\. Use its first parameter/,
      ],
    ],
    [
      'a text',
      "f(client.shard.broadcastEval('this.uptime'));\n",
      [/throws a TypeError\. npx dc-migrate --legacy makes/],
    ],
    ['a built-in', 'f(client.shard.broadcastEval(Math.max));\n', [/^Math\.max .* throws a SyntaxError\./]],
    [
      'a private name',
      'class A { #p = 1; f(client) { return client.shard.broadcastEval((c) => c.a + this.#p); } }\n',
      [/private name #p \(line 1\)\. .* throws a SyntaxError\. Pass it with/],
    ],
    [
      'a path of this',
      "f(client.shard.fetchClientValues('this.uptime'));\n",
      [/begins with `this`, .* throws a TypeError\. Leave `this\.` out/],
    ],
    [
      'a variable from outside',
      'g((id) => f(client.shard.broadcastEval((c) => c.guilds.cache.has(id))));\n',
      [outside, /take it as the second parameter\. npx dc-migrate --fix-captures does that itself\.$/],
    ],
    [
      'one that cannot be passed as data',
      'g((id) => f(client.shard.broadcastEval((c) => { id = c.ws.ping; })));\n',
      [outside, /npx dc-migrate --fix-captures does that itself, but not here: /],
    ],
    [
      'one in a function that is left for another reason',
      'g((id) => f(client.shard.broadcastEval((c) => foo(id))));\n',
      [outside, /second parameter\. And npx dc-migrate leaves the call, since it needs more: The function uses `foo`/],
    ],
  ])('%s', async (_title, text, said) => {
    const { stdout } = await run(project({ ...cjsBot, 'x.js': text }), 'doctor', '.');
    const [, message = ''] = /^x\.js\S+ {2}\S+ {2}(.*)$/m.exec(stdout) ?? [];
    for (const part of said) expect(message).toMatch(part);
    expect(message).not.toMatch(/until now|from now on|works|run dc-migrate again|…/);
  });

  const unfound = async (text: string): Promise<string> => {
    const files = { ...cjsBot, 'index.js': null, 'bot.js': null, 'db.js': 'exports.v = 1;\n', 'x.js': text };
    return (await run(project(files), 'doctor', '.')).stdout;
  };
  const own =
    /Pass what it reads of `db` with \{ context: .* Or let npx dc-migrate move the call .*needs more: .*--entry/m;

  test('a file of the bot is not to be loaded by a path that leads nowhere from there', async () => {
    const said = await unfound("const db = require('./db.js');\nf(client.shard.broadcastEval((c) => db.v));\n");
    expect(said).toMatch(own);
    expect(said).not.toContain('await import');
  });

  test('a package is, by a function that is async, and a file of the bot beside it is not', async () => {
    const loads = "const db = require('./db.js');\nconst os = require('node:os');\n";
    const said = await unfound(`${loads}f(client.shard.broadcastEval((c) => [db.v, os.hostname()]));\n`);
    expect(said).toContain("Make the function async and load `os` by `await import('node:os')` inside it.");
    expect(said).toMatch(own);
  });

  const left = async (fn: string, head = ''): Promise<string> => {
    const files = { 'db.js': 'exports.v = 1;\n', 'i18n.js': 'exports.t = () => 1;\n' };
    const loads = "const db = require('./db');\nconst { t } = require('./i18n');\n";
    const text = `${loads}${head}g((owner) => f(client.shard.broadcastEval(${fn})));\n`;
    return (await run(project({ ...cjsBot, ...files, 'x.js': text }), 'doctor', '.')).stdout;
  };

  test.each([
    "function (c) { return arguments.length + db.get('x') + t('y'); }",
    "function (c) { return arguments.length + db.v + db.get('x') + new t(); }",
    'function (c) { return arguments.length + db.a.b`x` + t?.(); }',
  ])('what a file of the bot gives by a call is computed before: %s', async (fn) => {
    expect(await left(fn)).toContain(
      'Functions cannot be passed, so compute what it gets from `db` and `t` before the call, pass that with { context: { ... } } and take it as the second parameter. Or let npx dc-migrate move the call to a file that imports `db` and `t`, once nothing else stands in its way. And',
    );
    expect(await left(fn)).not.toContain('Pass what it reads');
  });

  test('what it reads is passed, also where a text or a list is asked', async () => {
    const said = await left("function (c) { return arguments.length + db.v.includes('x') + t('y'); }");
    expect(said).toContain('Pass what it reads of `db` with { context:');
    expect(said).toContain('compute what it gets from `t` before the call');
    expect(said).toContain('a file that imports `db` and `t`, once');
  });

  test('packages are loaded by their names', async () => {
    const head =
      "const os = require('node:os');\nconst { Colors: C, EmbedBuilder } = require('discord.js');\nconst fs = require('node:fs');\n";
    expect(await left('function (c) { return [arguments, new EmbedBuilder(C.Red), os, fs]; }', head)).toContain(
      "load `EmbedBuilder` and `C` by `await import('discord.js')`, `os` by `await import('node:os')` and `fs` by `await import('node:fs')` inside it.",
    );
  });

  test('several imports are several, and one is one', async () => {
    const many = await left('(c) => db.v + t.x');
    expect(many).toContain('uses `db` and `t`, imports of its file. Only its text gets');
    expect(many).toContain('which has not imported those: the call');
    expect(many).toContain('the file of the handler imports those, too.');
    const one = await left('(c) => db.v');
    expect(one).toContain('uses `db`, an import of its file. Only its text gets');
    expect(one).toContain('which has not imported that: the call');
  });

  test('several variables are listed as words are', async () => {
    expect(await left('(c) => [owner, a, b]', 'const a = 1;\nconst b = 2;\n')).toContain(
      'uses `owner` (line 5), `a` (line 5) and `b` (line 5) from outside itself.',
    );
  });

  test.each(['(c) => eval(db.code)', '(c) => process.exit(db.v)'])(
    'what is never moved is not to be: %s',
    async (fn) => {
      const said = await left(fn);
      expect(said).toContain('Pass what it reads of `db` with { context:');
      expect(said).not.toContain('Or let npx dc-migrate');
    },
  );

  test.each([
    ['function () { return 1; }.bind(null)', 'Write an arrow function; npx dc-migrate moves that.'],
    ['((c) => db.v).bind(null)', 'Write an arrow function; npx dc-migrate moves that.'],
    ['Math.max', 'Write an arrow function; npx dc-migrate moves that.'],
    [
      'function () { return [owner, a]; }.bind(null)',
      'Write an arrow function that gets `owner` and `a` by { context: { ... } }; npx dc-migrate moves that.',
    ],
    [
      'function () { return this.x + owner; }.bind({ x: 1 })',
      'Write an arrow function that gets what it needs from outside by { context: { ... } }; npx dc-migrate moves that.',
    ],
    [
      'this.count.bind(this)',
      'Write an arrow function that gets what it needs from outside by { context: { ... } }; npx dc-migrate moves that.',
    ],
    ['function () { return eval(owner); }.bind(null)', 'Write an arrow function.'],
  ])('%s is written as an arrow function', async (fn, words) => {
    const said = await left(fn, 'const a = 1;\n');
    expect(said).toMatch(/ {2}DC-D2 {2}/);
    expect(said).toContain(`throws a SyntaxError. ${words}\n`);
  });

  test('also where nothing says what file starts the bot', async () => {
    const text = "const os = require('node:os');\nf(client.shard.broadcastEval((c) => os.hostname()));\n";
    const { stdout } = await run(project({ ...cjsBot, 'index.js': null, 'bot.js': null, 'x.js': text }), 'doctor', '.');
    expect(stdout).toMatch(/^x\.js:2:3 {2}DC-I1 {2}The function uses `os`.*needs more: .*--entry/m);
  });
});

describe('of a name from outside', () => {
  const said = async (fn: string): Promise<string> => {
    const text = `const os = require('node:os');\ng((limit, id) => f(client.shard.broadcastEval(${fn})));\n`;
    return (await run(project({ ...cjsBot, 'x.js': text }), 'doctor', '.')).stdout;
  };

  test.each([
    '(c) => typeof limit',
    '(c) => typeof (limit)',
    '(c) => typeof os',
    '(c) => typeof limit === "number" ? limit : 1',
    '(c) => { if (typeof limit === "undefined") return 1; return limit; }',
    '(c) => { try { return limit; } catch { return 0; } }',
    '(c) => { try { return os.hostname(); } catch { return 0; } }',
    '(c) => { try { try { c.x(limit); } finally { c.y(); } } catch { return 0; } }',
    '(c) => { try { try { c.x(limit); } catch (error) { throw error; } } catch { return 0; } }',
    '(c) => { try { return limit; } catch (error) { try { throw error; } catch { return 0; } } }',
    '(c) => { try { return limit; } catch (error) { return () => { throw error; }; } }',
    '(c) => { try { return c.list.filter((one) => one > limit); } catch { return []; } }',
    '(c) => { try { return Array.from(c.list, (one) => one > limit); } catch { return []; } }',
    '(c) => { try { return c.list.map((one) => one.map((x) => x > limit)); } catch { return []; } }',
    '(c) => { try { return (() => limit)(); } catch { return 0; } }',
    '(c) => { try { const f = () => limit; return c.list.map(f).concat(f()); } catch { return 0; } }',
    'async (c) => { try { return await c.users.fetch(1).then((user) => user.send(limit)); } catch { return 0; } }',
    'async (c) => { try { return await Promise.all(c.list.map(async (one) => one.f(limit))); } catch { return 0; } }',
    '(c) => { try { const f = (n) => n > 0 ? f(n - 1) : limit; return f(2); } catch { return null; } }',
    'async (c) => { try { const f = async () => c.x(limit); return await f(); } catch { return 0; } }',
    'async (c) => { try { await new Promise((done) => c.x(limit, done)); } catch { return 0; } }',
    '(c) => c.users.fetch(1).then((user) => user.send(limit)).catch(() => null)',
    '(c) => c.users.fetch(1).then((user) => user.send(limit)).then((sent) => sent.id, () => null)',
  ])('%s does not throw', async (fn) => {
    expect(await said(fn)).toBe('0 of 1 calls throw today.\n');
  });

  test.each([
    '(c) => c.mode ? limit : 1',
    '(c) => c.mode && limit',
    '(c) => (c.mode ||= limit)',
    '(c) => c.user?.setStatus(limit)',
    '(c) => { if (c.mode) return limit; }',
    '(c) => { if (c.mode) return 1; return limit; }',
    '(c) => { while (c.mode) c.f(limit); }',
    '(c) => { for (const x of c.list) x.f(limit); }',
    '(c) => { switch (c.mode) { case 1: return limit; } }',
    '(c) => { try { return c.f(); } catch { return limit; } }',
    '(c) => c.list.filter((one) => one > limit)',
    '(c, x = limit) => x',
    '(c) => { do { if (c.mode) return 1; } while (limit); }',
    '(c, { x = limit }) => x',
    '(c) => c.mode ? os.hostname() : 1',
    '(c) => { try { return c.users.fetch(1).then((user) => user.send(limit)); } catch { return null; } }',
    '(c) => { try { setTimeout(() => c.x.send(limit), 1000); } catch { return null; } }',
    '(c) => { try { c.once("ready", () => console.log(limit)); } catch { return null; } }',
    '(c) => { try { const f = async () => c.x(limit); return f(); } catch { return null; } }',
    '(c) => { try { const f = () => limit; c.x(f); return f(); } catch { return null; } }',
    '(c) => { try { c.list.forEach(async (one) => one.f(limit)); } catch { return null; } }',
    '(c) => { try { c.f = class { x = limit; }; } catch { return null; } }',
    '(c) => { try { return limit; } catch (error) { if (c.mode) throw error; return null; } }',
    '(c) => c.users.fetch(1).then((user) => user.send(limit)).catch((error) => { throw error; })',
  ])('%s throws where it gets there', async (fn) => {
    expect(await said(fn)).toContain('the call throws a ReferenceError where it gets there.');
  });

  test.each([
    '(c) => limit ? 1 : 2',
    '(c) => limit && c.mode',
    '(c) => c.f(limit)?.x',
    '(c) => { if (limit) return 1; }',
    '(c) => { for (const x of limit) c.f(x); }',
    '(c) => { try { return limit; } finally { c.f(); } }',
    'async (c) => { try { return await c.f(limit); } catch (error) { console.error(error); throw error; } }',
    'async (c) => { try { return await c.f(limit); } catch (error) { return Promise.reject(error); } }',
    '(c) => { if (c.mode) c.f(); return limit; }',
    '(c) => { const f = () => { return 1; }; return limit; }',
    '(c) => typeof limit.x',
    '(c) => [c.mode && limit, os.hostname(), id]',
  ])('%s throws', async (fn) => {
    expect(await said(fn)).toContain('the call throws a ReferenceError.');
  });

  test('those that do not throw are not named', async () => {
    expect(await said('(c) => [typeof limit, id]')).toMatch(/uses `id` \(line 2\) from outside itself/);
  });
});

describe('honours', () => {
  const bot = () =>
    project({
      ...cjsBot,
      'x.js':
        "const os = require('node:os');\nf(client.shard.broadcastEval((c) => os.hostname()));\nf(client.shard.broadcastEval((c) => c.ws.ping));\n",
    });
  const place = { file: 'x.js', line: 2, code: 'DC-I1', outcome: 'left' };

  test('--format json, and --json with the same', async () => {
    const root = bot();
    const { status, stdout } = await run(root, 'doctor', '.', '--format', 'json', '--json', 'd.json');
    expect(status).toBe(1);
    const report = JSON.parse(stdout);
    expect(report.sites).toMatchObject([place]);
    expect(report.sites[0].message).toContain('throws a ReferenceError');
    expect(report).toMatchObject({ files: [], summary: { found: 1, rewritten: 0, left: 1 } });
    expect(JSON.parse(read(root)['d.json'] ?? '')).toEqual(report);
  });

  test('--format github, with the sum as its last line', async () => {
    expect((await run(bot(), 'doctor', '.', '--format', 'github')).stdout).toMatch(
      /^::warning file=x\.js,line=2,col=3,title=DC-I1::The function uses `os`.*\ndc-migrate: 1 of 2 calls throw today\.\n$/,
    );
  });

  test('--format sarif', async () => {
    const [sarif] = JSON.parse((await run(bot(), 'doctor', '.', '--format', 'sarif')).stdout).runs;
    expect(sarif.results).toMatchObject([{ ruleId: 'DC-I1', level: 'warning' }]);
  });

  test('--report, and shows no change', async () => {
    const root = bot();
    await run(root, 'doctor', '.', '--report', 'd.md');
    expect(read(root)['d.md']).toMatch(/x\.js:2.*throws a ReferenceError/);
    expect(read(root)['d.md']).not.toContain('requestAll');
  });
});

test('a folder without code is named, so that a mistyped one is not taken for a bot in order', async () => {
  const { stdout, stderr } = await run(project({ ...cjsBot, 'docs/a.md': '# a\n' }), 'doctor', 'docs');
  expect(stdout).toBe('0 of 0 calls throw today.\n');
  expect(stderr).toBe('dc-migrate: there is no JavaScript or TypeScript in docs.\n');
});
