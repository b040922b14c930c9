/** Objects of the data whose members may be `undefined` and not missing, where a method of the bot merges them. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { migrateAll } from './batch.ts';
import { project, tsBot } from './project.ts';

const files = {
  'settings.js':
    'exports.Settings = class { patch(id, patch) { this.all[id] = { ...this.all[id], ...patch }; } put(id, patch) { this.all[id] = patch; } list(x) { return Object.keys(x); } };\n',
};

test('what a method of the bot merges or lists of the data is noted', async () => {
  const rows: readonly (readonly [use: string, noted: boolean])[] = [
    ['c.settings.patch(id, patch)', true],
    ['c.settings.list(patch)', true],
    ['c.settings.put(id, patch)', false],
    ['c.settings.patch(patch, id)', false],
    ['c.channels.cache.get(id).edit(patch)', false],
  ];
  const all = await migrateAll(
    rows.map(
      ([use]) =>
        `module.exports = (client, id, patch) => client.shard.broadcastEval((c, { id, patch }) => { ${use}; }, { context: { id, patch } });`,
    ),
    files,
  );
  expect(rows.map(([use], i) => [use, /of the data may be/.test(all[i]?.sites[0]?.message ?? '')])).toEqual(rows);
});

test('a type with members that may be undefined is noted where the object is handed to a method of the bot', async () => {
  const rows: readonly (readonly [type: string, noted: boolean])[] = [
    ['Partial<Settings>', true],
    ['{ language: string | undefined }', true],
    ['Settings', false],
    ['string', false],
  ];
  const calls = rows.map(
    ([type], i) =>
      `export const f${i} = (client: Client<true>, id: string, patch: ${type}) => client.shard!.broadcastEval((c, { id, patch }) => { (c as Bot).settings.merge(id, patch); }, { context: { id, patch } });\n`,
  );
  const text = `import type { Client } from 'discord.js';\nexport interface Settings { language: string; prefix: string }\nexport type Bot = Client & { settings: { merge(id: string, patch: unknown): void } };\n${calls.join('')}`;
  const root = project({ ...tsBot, 'src/x.ts': text });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  const said = sites.filter(({ file }) => file === 'src/x.ts').map(({ message }) => /of the data may be/.test(message));
  expect(rows.map(([type], i) => [type, said[i]])).toEqual(rows);
});

test('all members that may be missing are named', async () => {
  const [one] = await migrateAll([
    'module.exports = (client, args) => client.shard.broadcastEval((c, { patch }) => { c.all = { ...c.all, ...patch }; }, { context: { patch: { prefix: args.prefix, language: args.language } } });',
  ]);
  expect(one?.sites[0]?.message).toContain('`data.patch.prefix`, `data.patch.language` of the data may be undefined');
  expect(one?.sites[0]?.message).toContain('language: args.language');
});
