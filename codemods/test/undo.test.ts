/** Undo: a run is taken back byte for byte, without any version control. */
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { migrate, undo } from '../src/index.ts';
import { hashOf } from '../src/project/source.ts';
import { run } from './command.ts';
import { fixture, project, read } from './project.ts';

const sources = (root: string) =>
  Object.fromEntries(Object.entries(read(root)).filter(([file]) => !file.startsWith('.dc-migrate')));

test('every file is as it was, and created files are gone', async () => {
  const root = fixture('cjs-bot');
  const before = sources(root);
  const { files } = await migrate({ paths: ['.'], cwd: root });
  expect(sources(root)).not.toEqual(before);
  const undone = undo(root);
  expect(sources(root)).toEqual(before);
  expect(undone.files.map(({ file }) => file).sort()).toEqual(files.map(({ file }) => file).sort());
  expect(undone.files).toContainEqual({ file: 'cluster-handlers.js', change: 'removed' });
});

test('a byte order mark, CRLF and the file mode come back', async () => {
  const text = "\uFEFFconst { ShardingManager } = require('discord.js');\r\nnew ShardingManager('./bot.js');";
  const root = project({ 'index.js': text });
  const path = join(root, 'index.js');
  chmodSync(path, 0o755);
  await migrate({ paths: ['.'], cwd: root });
  expect(readFileSync(path, 'utf8')).toContain('shardlift/compat');
  undo(root);
  expect(readFileSync(path, 'utf8')).toBe(text);
  expect(statSync(path).mode & 0o777).toBe(0o755);
});

describe('a link', () => {
  const linked = (): string => {
    const root = project({
      'cfg/package.json': '{ "name": "x", "dependencies": { "discord.js": "14" } }\n',
      'index.js': "const { ShardingManager } = require('discord.js');\nnew ShardingManager('./bot.js').spawn();\n",
      'shared/real.js':
        "const { Client } = require('discord.js');\nconst client = new Client({ intents: [] });\nclient.on('ready', async () => {\n  const r = await client.shard.broadcastEval((c) => c.ws.ping);\n  console.log(r[0]);\n});\nclient.login();\n",
    });
    symlinkSync('cfg/package.json', join(root, 'package.json'));
    symlinkSync('shared/real.js', join(root, 'bot.js'));
    return root;
  };
  const links = (root: string): readonly boolean[] =>
    ['package.json', 'bot.js'].map((name) => lstatSync(join(root, name)).isSymbolicLink());

  test('stays one when the file that it leads to changes, and when that is taken back', async () => {
    const root = linked();
    const before = sources(root);
    await migrate({ paths: ['index.js', 'bot.js'], cwd: root });
    expect(links(root)).toEqual([true, true]);
    const after = sources(root);
    expect(after['cfg/package.json']).toContain('shardlift');
    expect(after['shared/real.js']).toContain('requestAllShards');
    expect(after['index.js']).toContain("handlers: './cluster-handlers.js'");
    undo(root);
    expect(sources(root)).toEqual(before);
    expect(links(root)).toEqual([true, true]);
  });

  test('to the folder of a run takes it back as well', async () => {
    const root = linked();
    const before = sources(root);
    const link = `${root}-link`;
    symlinkSync(root, link);
    await migrate({ paths: ['.'], cwd: link });
    undo(link);
    rmSync(link);
    expect(sources(root)).toEqual(before);
  });
});

test('folders that were made for a handlers file are gone', async () => {
  const root = fixture('cjs-bot');
  const before = readdirSync(root, { recursive: true }).length;
  await migrate({ paths: ['.'], cwd: root, handlers: 'made/for/handlers.js' });
  expect(existsSync(join(root, 'made/for/handlers.js'))).toBe(true);
  undo(root);
  expect(readdirSync(root, { recursive: true })).toHaveLength(before);
  expect(existsSync(join(root, 'made'))).toBe(false);
});

test('of many runs within a second the last is taken back first', () => {
  const root = project({});
  const ids = ['20260101-000000', '20260101-000000-2', '20260101-000000-10'];
  for (const id of ids) {
    mkdirSync(join(root, '.dc-migrate', id, 'before'), { recursive: true });
    const manifest = { version: 1, id, pid: 1, createdAt: '2026-01-01T00:00:00.000Z', files: [] };
    writeFileSync(join(root, '.dc-migrate', id, 'manifest.json'), JSON.stringify(manifest));
  }
  expect(ids.map(() => undo(root).id)).toEqual([...ids].reverse());
});

test('a file somebody changed since stays, and so do all others, unless forced', async () => {
  const root = fixture('cjs-bot');
  const before = sources(root);
  await migrate({ paths: ['.'], cwd: root });
  const path = join(root, 'index.js');
  writeFileSync(path, `${readFileSync(path, 'utf8')}// mine\n`);
  const after = sources(root);
  expect(() => undo(root)).toThrow(/Changed since run [\d-]+: index\.js/);
  expect(sources(root)).toEqual(after);
  undo(root, undefined, true);
  expect(sources(root)).toEqual(before);
});

test('a folder in the place of a file is a change like any other', async () => {
  const root = fixture('cjs-bot');
  await migrate({ paths: ['.'], cwd: root });
  rmSync(join(root, 'cluster-handlers.js'));
  mkdirSync(join(root, 'cluster-handlers.js'));
  expect(() => undo(root)).toThrow(expect.objectContaining({ code: 'CHANGED_SINCE' }));
  expect(() => undo(root, undefined, true)).toThrow(expect.objectContaining({ code: 'UNDO_FAILED' }));
  rmSync(join(root, 'cluster-handlers.js'), { recursive: true });
  expect(undo(root, undefined, true).files).not.toEqual([]);
});

test('runs are undone newest first, and a run nobody knows is named', async () => {
  const root = fixture('cjs-bot');
  await migrate({ paths: ['events'], cwd: root });
  const between = sources(root);
  await migrate({ paths: ['.'], cwd: root });
  undo(root);
  expect(sources(root)).toEqual(between);
  expect(() => undo(root, 'never')).toThrow(/no run never to undo: known are/);
  undo(root);
  expect(() => undo(root)).toThrow(/There is nothing to undo/);
});

describe('an older run below a newer one', () => {
  const twice = async () => {
    const root = project({
      'a.js': "const { ShardingManager } = require('discord.js');\nf(ShardingManager);\n",
      'b.js': "const { ShardingManager } = require('discord.js');\nf(ShardingManager);\n",
    });
    await migrate({ paths: ['.'], cwd: root });
    const [older = ''] = readdirSync(join(root, '.dc-migrate')).filter((name) => name !== '.gitignore');
    return { root, older };
  };
  const again = async (root: string, ...files: readonly string[]): Promise<string> => {
    const before = new Set(readdirSync(join(root, '.dc-migrate')));
    for (const file of files)
      writeFileSync(join(root, file), "const { ShardingManager } = require('discord.js');\ng(ShardingManager);\n");
    await migrate({ paths: files, cwd: root });
    return readdirSync(join(root, '.dc-migrate')).find((name) => !before.has(name)) ?? '';
  };

  test('names the newer one that changed its files, to be undone first', async () => {
    const { root, older } = await twice();
    const newer = await again(root, 'b.js');
    const after = sources(root);
    expect(() => undo(root, older)).toThrow(
      `Run ${newer} changed b.js after run ${older}. Changed since run ${older}: b.js. Nothing was undone. Take that one back first: npx dc-migrate undo ${newer}. To undo run ${older} all the same and throw those changes away: npx dc-migrate undo ${older} --force`,
    );
    expect(sources(root)).toEqual(after);
    expect(undo(root, newer).id).toBe(newer);
  });

  test('names all that did, the newest first, and what else changed', async () => {
    const { root, older } = await twice();
    const second = await again(root, 'b.js');
    const third = await again(root, 'b.js');
    writeFileSync(join(root, 'a.js'), '// mine\n');
    expect(() => undo(root, older)).toThrow(
      `Runs ${third}, ${second} changed b.js after run ${older}. Changed since run ${older}: a.js, b.js. Nothing was undone. Take those back first, in this order: npx dc-migrate undo ${third}, npx dc-migrate undo ${second}. To undo run ${older} all the same and throw those changes away: npx dc-migrate undo ${older} --force`,
    );
  });

  /** A run that changed files, each of which it found as the run before left it. */
  function kept(root: string, n: number, files: readonly string[]): string {
    const id = `20260101-00000${n}`;
    const folder = join(root, '.dc-migrate', id);
    mkdirSync(join(folder, 'before'), { recursive: true });
    const entries = files.map((file, i) => {
      const old = readFileSync(join(root, file));
      const text = `// run ${n}\n`;
      writeFileSync(join(folder, 'before', String(i)), old);
      writeFileSync(join(root, file), text);
      return { file, copy: String(i), before: hashOf(old), after: hashOf(Buffer.from(text)) };
    });
    const manifest = { version: 1, id, pid: 1, createdAt: '2026-01-01T00:00:00.000Z', files: entries };
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
    return id;
  }

  test('names what blocks those that block it', () => {
    const root = project({ 'a.js': '', 'b.js': '', 'c.js': '' });
    const before = sources(root);
    const first = kept(root, 1, ['a.js']);
    const second = kept(root, 2, ['a.js', 'b.js']);
    const third = kept(root, 3, ['b.js']);
    kept(root, 4, ['c.js']);
    const message = `Runs ${third}, ${second} changed b.js, a.js after run ${first}. Nothing was undone. Take those back first, in this order: npx dc-migrate undo ${third}, npx dc-migrate undo ${second}. To undo run ${first} all the same and throw those changes away: npx dc-migrate undo ${first} --force`;
    expect(() => undo(root, first)).toThrow(message);
    for (const id of [third, second, first]) expect(undo(root, id).id).toBe(id);
    expect(sources(root)).toEqual({ ...before, 'c.js': '// run 4\n' });
  });

  test('names changes that no run made and that would stop the newer ones', () => {
    const root = project({ 'a.js': '' });
    const [first, second, third] = [1, 2, 3].map((n) => kept(root, n, ['a.js']));
    writeFileSync(join(root, 'a.js'), '// mine\n');
    expect(() => undo(root, first)).toThrow(
      `Runs ${third}, ${second} changed a.js after run ${first}. Changed since run ${third}: a.js. Nothing was undone. First put a.js back as run ${third} left it, then: npx dc-migrate undo ${third}. Next: npx dc-migrate undo ${second}. To undo run ${first} all the same and throw those changes away: npx dc-migrate undo ${first} --force`,
    );
    writeFileSync(join(root, 'a.js'), '// run 3\n');
    for (const id of [third, second, first]) expect(undo(root, id).id).toBe(id);
    expect(sources(root)).toEqual({ 'a.js': '' });
  });

  test('names changes between two runs', () => {
    const root = project({ 'a.js': '' });
    const first = kept(root, 1, ['a.js']);
    writeFileSync(join(root, 'a.js'), '// mine\n');
    const second = kept(root, 2, ['a.js']);
    const third = kept(root, 3, ['a.js']);
    expect(() => undo(root, first)).toThrow(
      `Runs ${third}, ${second} changed a.js after run ${first}. Changed since run ${first}: a.js. Nothing was undone. Take those back first, in this order: npx dc-migrate undo ${third}, npx dc-migrate undo ${second}. To undo run ${first} all the same and throw those changes away: npx dc-migrate undo ${first} --force`,
    );
    for (const id of [third, second]) expect(undo(root, id).id).toBe(id);
    expect(() => undo(root, first)).toThrow(
      `Changed since run ${first}: a.js. Nothing was undone. To undo run ${first} all the same and throw those changes away: npx dc-migrate undo ${first} --force`,
    );
  });

  test('and between two of those that block it', () => {
    const root = project({ 'a.js': '' });
    const [first, second] = [1, 2].map((n) => kept(root, n, ['a.js']));
    writeFileSync(join(root, 'a.js'), '// mine\n');
    const third = kept(root, 3, ['a.js']);
    expect(() => undo(root, first)).toThrow(
      `after run ${first}. Changed since run ${second}: a.js. Nothing was undone. First: npx dc-migrate undo ${third}. Next put a.js back as run ${second} left it, then: npx dc-migrate undo ${second}. To undo run ${first} all the same and throw those changes away: npx dc-migrate undo ${first} --force`,
    );
  });

  test('names changes before and after the newer one by the run that they came after', () => {
    const root = project({ 'a.js': '', 'b.js': '' });
    const first = kept(root, 1, ['a.js']);
    writeFileSync(join(root, 'a.js'), '// mine\n');
    const second = kept(root, 2, ['a.js', 'b.js']);
    writeFileSync(join(root, 'a.js'), '// mine\n// too\n');
    rmSync(join(root, 'b.js'));
    expect(() => undo(root, first)).toThrow(
      `Run ${second} changed a.js after run ${first}. Changed since run ${second}: a.js, b.js. Changed since run ${first}: a.js. Nothing was undone. First put a.js, b.js back as run ${second} left them, then: npx dc-migrate undo ${second}. To undo run ${first} all the same and throw those changes away: npx dc-migrate undo ${first} --force`,
    );
    for (const name of ['a.js', 'b.js']) writeFileSync(join(root, name), '// run 2\n');
    expect(undo(root, second).id).toBe(second);
  });

  describe.each(['{', 'null', '{ "version": 1 }'])('whose manifest is %s', (manifest) => {
    const broken = (root: string, id: string): void =>
      writeFileSync(join(root, '.dc-migrate', id, 'manifest.json'), manifest);

    test('is passed over, and named where it may have made a change', () => {
      const root = project({ 'a.js': '', 'b.js': '' });
      const first = kept(root, 1, ['a.js']);
      const second = kept(root, 2, ['b.js']);
      broken(root, second);
      writeFileSync(join(root, 'a.js'), '// mine\n');
      expect(() => undo(root, first)).toThrow(
        `Changed since run ${first}: a.js. That may be what run ${second} did: .dc-migrate/${second}/manifest.json cannot be read. Nothing was undone.`,
      );
      writeFileSync(join(root, 'a.js'), '// run 1\n');
      expect(undo(root, first).id).toBe(first);
    });

    test('is not named where it came before every change', () => {
      const root = project({ 'a.js': '', 'b.js': '' });
      const first = kept(root, 1, ['a.js']);
      broken(root, kept(root, 2, ['b.js']));
      const third = kept(root, 3, ['a.js']);
      writeFileSync(join(root, 'a.js'), '// mine\n');
      expect(() => undo(root, first)).toThrow(`Changed since run ${third}: a.js. Nothing was undone.`);
    });

    test('is not named where it came after the run that found the change', () => {
      const root = project({ 'a.js': '', 'b.js': '' });
      const first = kept(root, 1, ['a.js']);
      writeFileSync(join(root, 'a.js'), '// mine\n');
      const second = kept(root, 2, ['a.js']);
      broken(root, kept(root, 3, ['b.js']));
      expect(() => undo(root, first)).toThrow(
        `Run ${second} changed a.js after run ${first}. Changed since run ${first}: a.js. Nothing was undone.`,
      );
    });

    test('is not undone: what is broken and what to do instead is said', async () => {
      const root = project({ 'a.js': '' });
      kept(root, 1, ['a.js']);
      const second = kept(root, 2, ['a.js']);
      broken(root, second);
      const { status, stderr } = await run(root, 'undo');
      expect(status).toBe(4);
      expect(stderr).toMatch(
        new RegExp(
          `^dc-migrate: Run ${second} cannot be undone: \\.dc-migrate/${second}/manifest\\.json, which says what it changed, cannot be read \\(.+\\)\\. Nothing was undone\\. Put the files back with git or from a backup; as they were before the run they lie in \\.dc-migrate/${second}/before, named by numbers\\. Then remove \\.dc-migrate/${second}, and older runs can be undone\\.\n$`,
        ),
      );
    });
  });

  test('says nothing of a newer one that changed other files', async () => {
    const { root, older } = await twice();
    await again(root, 'b.js');
    writeFileSync(join(root, 'b.js'), readFileSync(join(root, '.dc-migrate', older, 'before/1')));
    expect(undo(root, older).id).toBe(older);
  });
});

test('a dry run and a run without changes leave no journal', async () => {
  const root = project({ 'index.js': 'run();\n' });
  await migrate({ paths: ['.'], cwd: root });
  expect(Object.keys(read(root))).toEqual(['index.js']);
  const bot = fixture('cjs-bot');
  const before = read(bot);
  await migrate({ paths: ['.'], cwd: bot, dryRun: true });
  expect(read(bot)).toEqual(before);
});

describe('dc-migrate undo', () => {
  test('names a file that cannot be put back, and the command that goes on', async () => {
    const root = fixture('cjs-bot');
    await run(root, '.');
    rmSync(join(root, 'index.js'));
    mkdirSync(join(root, 'index.js'));
    const { status, stderr } = await run(root, 'undo', '--force');
    expect(status).toBe(5);
    expect(stderr).toMatch(
      /Putting back index\.js failed \(.*\)\. Run ([\d-]+) is kept; fix the cause and run it again: npx dc-migrate undo \1\n$/,
    );
  });

  test('without a run says where runs would be', async () => {
    const root = project({});
    const { status, stderr } = await run(root, 'undo');
    expect(status).toBe(4);
    expect(stderr).toContain(`There is nothing to undo: no run is kept in ${join(root, '.dc-migrate')}.`);
  });

  test('of a run nobody knows names those there are: 4', async () => {
    const root = fixture('cjs-bot');
    await run(root, '.');
    const { status, stderr } = await run(root, 'undo', '20200101-000000');
    expect(status).toBe(4);
    expect(stderr).toMatch(/no run 20200101-000000 to undo: known are \d{8}-\d{6}\./);
  });

  test('names every file changed since and touches none of them: 5', async () => {
    const root = fixture('cjs-bot');
    await run(root, '.');
    for (const file of ['index.js', 'commands/info/stats.js']) writeFileSync(join(root, file), '// mine\n');
    const after = read(root);
    const { status, stderr } = await run(root, 'undo');
    expect(status).toBe(5);
    expect(stderr).toMatch(/Changed since run [\d-]+: commands\/info\/stats\.js, index\.js\. Nothing was undone\./);
    expect(read(root)).toEqual(after);
  });

  test('leaves no journal behind, and speaks of package.json only where it was changed', async () => {
    const root = project({ 'index.js': "const { ShardingManager } = require('discord.js');\n" });
    await run(root, '.');
    expect((await run(root, 'undo')).stdout).toMatch(/^ {2}restored {2}index\.js\nTook back run [\d-]+\.\n$/);
    expect(readdirSync(root).sort()).toEqual(['index.js', 'node_modules']);
  });
});
