/** Files: bytes outside an edit stay, a second run does nothing, and a run writes all files or none. */
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { migrate, type Report } from '../src/index.ts';
import { hashOf, withBom } from '../src/project/source.ts';
import { writeFiles } from '../src/run/write.ts';
import { cjsBot, fixture, project, read } from './project.ts';

const source = `#!/usr/bin/env node
// header
const { Client, ShardingManager } = require('discord.js');

module.exports = async (client) => {
  const rows = await client.shard.broadcastEval(
    (c, { id }) => {
      const guild = c.guilds.cache.get(id);
      return \`
  \${guild}
\`;
    },
    { context: { id: '1' } },
  );

  return rows;   
};
`;

const expected = source
  .replace('{ Client, ShardingManager }', '{ Client }')
  .replace("require('discord.js');", "require('discord.js');\nconst { ShardingManager } = require('shardlift/compat');")
  .replace(
    /client\.shard\.broadcastEval\([\s\S]*?\n {2}\);/,
    "client.cluster.ipc.requestAllShards('rows', { id: '1' }).valuesOrThrow();",
  );

const variants: readonly (readonly [name: string, change: (text: string) => string])[] = [
  ['as it is', (text) => text],
  ['CRLF', (text) => text.replaceAll('\n', '\r\n')],
  ['tabs', (text) => text.replace(/^( {2})+/gm, (spaces) => '\t'.repeat(spaces.length / 2))],
  ['no final newline', (text) => text.trimEnd()],
  ['CRLF and no final newline', (text) => text.trimEnd().replaceAll('\n', '\r\n')],
  ['double quotes', (text) => text.replaceAll("'", '"')],
];

describe.each(variants)('%s', (_name, change) => {
  test('is kept outside the edits and followed inside them', async () => {
    const root = project({ ...cjsBot, 'x.js': change(source) });
    await migrate({ paths: ['.'], cwd: root });
    expect(read(root)['x.js']).toBe(change(expected));
  });

  test('is kept with a byte order mark', async () => {
    const root = project({ ...cjsBot, 'x.js': withBom({ bom: true }, change(source)) });
    await migrate({ paths: ['.'], cwd: root });
    expect(read(root)['x.js']).toBe(withBom({ bom: true }, change(expected)));
  });

  test('a second run does nothing', async () => {
    const root = project({ ...cjsBot, 'x.js': change(source) });
    await migrate({ paths: ['.'], cwd: root });
    const once = read(root);
    const again = await migrate({ paths: ['.'], cwd: root });
    expect(read(root)).toEqual(once);
    expect(again.files).toEqual([]);
    expect(again.summary.found).toBe(0);
  });
});

test('a template literal keeps its own indent on its way to the handlers file', async () => {
  const root = project({ ...cjsBot, 'x.js': source });
  await migrate({ paths: ['.'], cwd: root });
  expect(read(root)['cluster-handlers.js']).toContain(`    return \`\n  \${guild}\n\`;\n  },\n`);
});

test('the handlers file follows the line ends, quotes and indent of the bot', async () => {
  const bot =
    'const { Client } = require("discord.js");\r\n\r\nfunction start() {\r\n\tnew Client({ intents: [] }).login();\r\n}\r\n';
  const root = project({ ...cjsBot, 'bot.js': bot, 'x.js': 'f(client.shard.broadcastEval((c) => c.ws.ping));\n' });
  await migrate({ paths: ['.'], cwd: root });
  expect(read(root)['cluster-handlers.js']).toBe(
    '"use strict";\r\n\r\nconst { defineHandlers } = require("shardlift");\r\n\r\nexports.handlers = defineHandlers({\r\n\twsPing: (c) => c.ws.ping,\r\n});\r\n',
  );
});

describe.each([
  ['ts-esm-bot', { found: 13, rewritten: 8, rewrittenWithNote: 2, left: 3, verified: true }],
  ['cjs-bot', { found: 8, rewritten: 5, rewrittenWithNote: 2, left: 1, verified: true }],
])('the fixture %s', (name, summary) => {
  const mentionsIn = (root: string): number =>
    (
      Object.values(read(root))
        .join('\n')
        .match(/\b(broadcastEval|fetchClientValues)\b/g) ?? []
    ).length;
  let root = '';
  let mentions = 0;
  let dry: Report;
  let first: Report;

  beforeAll(async () => {
    root = fixture(name);
    const before = read(root);
    mentions = mentionsIn(root);
    dry = await migrate({ paths: ['.'], cwd: root, dryRun: true });
    expect(read(root)).toEqual(before);
    first = await migrate({ paths: ['.'], cwd: root });
  }, 120_000);

  test('has every mention accounted for', () => {
    expect(first.summary).toMatchObject(summary);
    expect(first.sites.filter((site) => site.method !== 'ShardingManager')).toHaveLength(mentions);
    expect(summary.found).toBe(summary.rewritten + summary.rewrittenWithNote + summary.left);
    expect(mentionsIn(root)).toBe(summary.left);
  });

  test('is the same after a second run, which finds only what was left', async () => {
    const once = read(root);
    const second = await migrate({ paths: ['.'], cwd: root });
    expect(read(root)).toEqual(once);
    expect(second.files).toEqual([]);
    expect(second.summary).toMatchObject({ found: summary.left, left: summary.left });
    expect(second.sites.map((site) => site.code)).toEqual(
      first.sites.filter((site) => site.outcome === 'left').map((site) => site.code),
    );
  });

  test('stays as it is in a dry run, which reports the same', () => {
    expect(dry).toEqual(first);
  });
});

describe('package.json', () => {
  const call = 'f(client.shard.broadcastEval((c) => c.ws.ping));\n';
  const manifests: readonly (readonly [title: string, before: string, after: string])[] = [
    [
      'sorted, four spaces',
      '{\n    "dependencies": {\n        "discord.js": "^14",\n        "zod": "^4"\n    }\n}\n',
      '{\n    "dependencies": {\n        "discord.js": "^14",\n        "shardlift": "^0.1.0",\n        "zod": "^4"\n    }\n}\n',
    ],
    [
      'not sorted',
      '{ "dependencies": { "zod": "^4", "discord.js": "^14" } }',
      '{ "dependencies": { "zod": "^4", "discord.js": "^14", "shardlift": "^0.1.0" } }',
    ],
    [
      'CRLF',
      '{\r\n\t"dependencies": {\r\n\t\t"discord.js": "^14"\r\n\t}\r\n}',
      '{\r\n\t"dependencies": {\r\n\t\t"discord.js": "^14",\r\n\t\t"shardlift": "^0.1.0"\r\n\t}\r\n}',
    ],
    [
      'no dependencies',
      '{\n  "name": "bot"\n}\n',
      '{\n  "name": "bot",\n  "dependencies": {\n    "shardlift": "^0.1.0"\n  }\n}\n',
    ],
    [
      'without blanks',
      '{"dependencies":{"discord.js":"^14"}}\n',
      '{"dependencies":{"discord.js":"^14","shardlift":"^0.1.0"}}\n',
    ],
    [
      'without blanks, sorted before another',
      '{"name":"bot","dependencies":{"zod":"^4"}}',
      '{"name":"bot","dependencies":{"shardlift":"^0.1.0","zod":"^4"}}',
    ],
    [
      'blanks inside alone',
      '{"dependencies": {"discord.js": "^14"}}',
      '{"dependencies": {"discord.js": "^14", "shardlift": "^0.1.0"}}',
    ],
    [
      'commas that begin the lines, in the middle',
      '{ "name": "bot"\n, "dependencies":\n  { "discord.js": "^14"\n  , "zod": "^4"\n  }\n}\n',
      '{ "name": "bot"\n, "dependencies":\n  { "discord.js": "^14"\n  , "shardlift": "^0.1.0"\n  , "zod": "^4"\n  }\n}\n',
    ],
    [
      'commas that begin the lines, at the end',
      '{ "dependencies":\n  { "axios": "^1"\n  , "discord.js": "^14"\n  }\n}\n',
      '{ "dependencies":\n  { "axios": "^1"\n  , "discord.js": "^14"\n  , "shardlift": "^0.1.0"\n  }\n}\n',
    ],
    [
      'commas that begin the lines, at the beginning',
      '{ "dependencies":\n  { "winston": "^3"\n  , "zod": "^4"\n  }\n}\n',
      '{ "dependencies":\n  { "shardlift": "^0.1.0"\n  , "winston": "^3"\n  , "zod": "^4"\n  }\n}\n',
    ],
    ['an empty list without blanks', '{"dependencies":{}}', '{"dependencies":{"shardlift":"^0.1.0"}}'],
    [
      'an empty list on one line',
      '{ "name": "bot", "dependencies": {} }',
      '{ "name": "bot", "dependencies": { "shardlift": "^0.1.0" } }',
    ],
    [
      'an empty list among lines',
      '{\n  "name": "bot",\n  "dependencies": {}\n}\n',
      '{\n  "name": "bot",\n  "dependencies": {\n    "shardlift": "^0.1.0"\n  }\n}\n',
    ],
    ['no list without blanks', '{"name":"bot"}', '{"name":"bot","dependencies":{"shardlift":"^0.1.0"}}'],
    ['no list on one line', '{ "name": "bot" }', '{ "name": "bot", "dependencies": { "shardlift": "^0.1.0" } }'],
    ['nothing at all', '{}\n', '{\n  "dependencies": {\n    "shardlift": "^0.1.0"\n  }\n}\n'],
    [
      'there already',
      '{ "devDependencies": { "shardlift": "file:../x" } }',
      '{ "devDependencies": { "shardlift": "file:../x" } }',
    ],
    [
      'among the tools of a developer',
      '{\n  "dependencies": {\n    "discord.js": "14"\n  },\n  "devDependencies": {\n    "shardlift": "^0.1.0"\n  }\n}\n',
      '{\n  "dependencies": {\n    "discord.js": "14",\n    "shardlift": "^0.1.0"\n  },\n  "devDependencies": {}\n}\n',
    ],
    [
      'among other tools of a developer, too old',
      '{ "dependencies": { "discord.js": "14" }, "devDependencies": { "eslint": "9", "shardlift": "0.0.3", "vitest": "4" } }',
      '{ "dependencies": { "discord.js": "14", "shardlift": "^0.1.0" }, "devDependencies": { "eslint": "9", "vitest": "4" } }',
    ],
    [
      'there, and too old',
      '{ "optionalDependencies": { "shardlift": "^0.0.1" }, "dependencies": { "discord.js": "14" } }',
      '{ "optionalDependencies": { "shardlift": "^0.1.0" }, "dependencies": { "discord.js": "14" } }',
    ],
    [
      'there, and newer',
      '{ "dependencies": { "discord.js": "14", "shardlift": "^1.0.0" } }',
      '{ "dependencies": { "discord.js": "14", "shardlift": "^1.0.0" } }',
    ],
    [
      'no list under its name',
      '{ "name": "bot", "dependencies": null }',
      '{ "name": "bot", "dependencies": { "shardlift": "^0.1.0" } }',
    ],
  ];

  test.each(manifests)('shardlift is added, formatting kept: %s', async (_title, before, after) => {
    const root = project({ ...cjsBot, 'package.json': before, 'x.js': call });
    await migrate({ paths: ['.'], cwd: root });
    expect(read(root)['package.json']).toBe(after);
  });

  test('is not touched when nothing else changes', async () => {
    const root = project({ ...cjsBot, 'index.js': 'f(client.shard.broadcastEval(fn));\n' });
    await migrate({ paths: ['.'], cwd: root });
    expect(read(root)['package.json']).toBe(cjsBot['package.json']);
  });
});

describe('discovery', () => {
  const call = 'f(client.shard.broadcastEval((c) => c.ws.ping));\n';

  test('build output, dependencies and declarations that import nothing of it are not looked at', async () => {
    const root = project({
      ...cjsBot,
      'dist/x.js': call,
      'sub/node_modules/y.js': call,
      'z.d.ts': 'declare class ShardingManager {}\n',
    });
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    expect(sites.map((site) => site.file)).toEqual(['index.js']);
  });

  test('a file with a syntax error is left alone and each of its mentions is reported', async () => {
    const broken = `const = 1;\n${call}`;
    const root = project({ ...cjsBot, 'x.js': broken });
    const { sites } = await migrate({ paths: ['.'], cwd: root });
    const site = sites.find(({ file }) => file === 'x.js');
    expect(site).toMatchObject({ outcome: 'left', code: 'DC-F1', line: 2 });
    expect(site?.message).toContain('a syntax error at 1:7 (');
    expect(read(root)['x.js']).toBe(broken);
  });

  test('comments are prose and not counted', async () => {
    const root = project({ ...cjsBot, 'x.js': '// client.shard.broadcastEval(fn)\n/** @see ShardingManager */\n' });
    const { sites } = await migrate({ paths: ['x.js'], cwd: root });
    expect(sites).toEqual([]);
  });

  test('a path that is not there is named', async () => {
    const root = project(cjsBot);
    await expect(migrate({ paths: ['nowhere'], cwd: root })).rejects.toMatchObject({
      code: 'PATH_NOT_FOUND',
      message: expect.stringContaining(join(root, 'nowhere')),
    });
  });
});

describe('writing', () => {
  const planned = (root: string, name: string, text: string, after: string) => ({
    path: join(root, name),
    before: { path: join(root, name), text, bom: false, hash: hashOf(readFileSync(join(root, name))) },
    after,
  });

  test('a file changed since it was read stops everything before the first write', () => {
    const root = project({ 'a.js': 'a', 'b.js': 'b' });
    const files = [planned(root, 'a.js', 'a', 'A'), planned(root, 'b.js', 'b', 'B')];
    writeFileSync(join(root, 'b.js'), 'edited');
    expect(() => writeFiles(files)).toThrow(expect.objectContaining({ code: 'FILE_CHANGED' }));
    expect(read(root)).toEqual({ 'a.js': 'a', 'b.js': 'edited' });
  });

  test('an error half way puts every file back and leaves no temporary file', () => {
    const root = project({ 'a.js': 'a', 'folder/b.js': 'b' });
    const blocked = { path: join(root, 'a.js', 'c.js'), before: null, after: 'c' };
    const files = [planned(root, 'a.js', 'a', 'A'), planned(root, 'folder/b.js', 'b', 'B'), blocked];
    expect(() => writeFiles(files)).toThrow(expect.objectContaining({ code: 'WRITE_FAILED' }));
    expect(read(root)).toEqual({ 'a.js': 'a', 'folder/b.js': 'b' });
  });

  test('a rename that fails puts back the files renamed before it', () => {
    const root = project({ 'a.js': 'a' });
    // Preparing the second makes a folder where the first new file should go.
    const folder = { path: join(root, 'd'), before: null, after: 'd' };
    const inside = { path: join(root, 'd', 'x.js'), before: null, after: 'x' };
    const files = [planned(root, 'a.js', 'a', 'A'), folder, inside];
    expect(() => writeFiles(files)).toThrow(
      expect.objectContaining({ code: 'WRITE_FAILED', details: expect.objectContaining({ restored: true }) }),
    );
    expect(read(root)).toEqual({ 'a.js': 'a' });
  });

  test('the mode of a file is kept', () => {
    const root = project({ 'a.js': 'a' });
    chmodSync(join(root, 'a.js'), 0o755);
    writeFiles([planned(root, 'a.js', 'a', 'A')]);
    expect(readFileSync(join(root, 'a.js'), 'utf8')).toBe('A');
    expect(statSync(join(root, 'a.js')).mode & 0o777).toBe(0o755);
  });
});
