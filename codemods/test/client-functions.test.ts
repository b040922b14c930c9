/** Members of a client that hold functions: JSON dropped these, and a handler that gives them is refused. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { migrateAll } from './batch.ts';
import { project, tsBot } from './project.ts';

const rows: readonly (readonly [fn: string, noted: boolean])[] = [
  ['(c) => c.options', true],
  ['({ options }) => options', true],
  ['(c) => ({ o: c.options })', true],
  ['(c) => ({ ...c.options })', true],
  ['(c) => c.ws', true],
  ['(c) => c.rest', true],
  ["(c) => c.commands.get('x')", true],
  ['(c) => [...c.commands.values()]', true],
  ['(c) => Array.from(c.commands.values())', true],
  ['(c) => c.commands.map((x) => ({ ...x }))', true],
  ['(c) => c.commands.map((x) => x)', true],
  ['(c) => c.commands.filter((x) => x.hidden)', true],
  ['(c) => c.commands', true],
  ["(c) => { const cmd = c.commands.get('x'); return cmd; }", true],
  ['(c) => c.slashCommands.first()', true],
  ['(c) => c.options.shards', false],
  ['(c) => c.options.intents', false],
  ['(c) => c.ws.ping', false],
  ["(c) => c.commands.get('x').name", false],
  ['(c) => c.commands.map((x) => x.name)', false],
  ['(c) => c.commands.map((x) => ({ name: x.name }))', false],
  ['(c) => c.commands.size', false],
  ["(c) => c.commands.has('x')", false],
  ["(c) => { const cmd = c.commands.get('x'); return cmd.name; }", false],
  ['(c) => c.commands.reduce((all, x) => [...all, x], [])', true],
  ['(c) => c.commands.reduce((all, x) => [...all, x.name], [])', false],
  ['(c) => c.ws.shards.map(({ id, ping }) => ({ id, ping }))', false],
  ["(c) => c.settings.get('x')", false],
  ['(c) => c.totalCommands', false],
  ['(c) => c.lastCommand', false],
  ['(c) => ({ events: c.totalEvents, menus: c.openMenus })', false],
  ['(c) => [...c.commands.values()].map((x) => x.name)', false],
  ['(c) => [...c.commands.values()].filter((x) => x.on).map((x) => ({ name: x.name }))', false],
  ['(c) => [...c.commands.values()].filter((x) => x.on)', true],
  ['(c) => [...c.commands].map(([name]) => name)', false],
  ['(c) => Object.fromEntries([...c.commands.values()].map((x) => [x.name, x.uses]))', false],
  ['(c) => { const names = []; for (const x of [...c.commands.values()]) names.push(x.name); return names; }', false],
  ['(c) => { if (c.user) { return [...c.commands.values()]; } return []; }', true],
  ['(c) => c.guilds.cache.map((g) => g.name)', false],
  ['(c) => Array.from(c.commands.entries())', true],
  ['(c) => [...c.commands.entries()]', true],
  ['(c) => [...c.commands].map(([k, v]) => v)', true],
  ['(c) => [...c.commands.entries()].map(([k, v]) => [k, v])', true],
  ['(c) => Object.values(c.commands)', true],
  ['(c) => Object.entries(c.commands).map(([name, one]) => ({ name, one }))', true],
  ['(c) => Object.fromEntries(c.commands)', true],
  ['(c) => new Map(c.commands)', true],
  ['(c) => c.commands.partition((x) => x.on)', true],
  ['(c) => c.commands.sorted()', true],
  ['(c) => c.commands.mapValues((x) => x)', true],
  ['(c) => Object.keys(c.commands)', false],
  ['(c) => [...c.commands.keys()]', false],
  ['(c) => [...c.commands].map(([k, v]) => v.name)', false],
  ['(c) => [...c.commands].map(([k, v]) => ({ k, name: v.name }))', false],
  ['(c) => Object.entries(c.commands).map(([name]) => name)', false],
  ['(c) => Object.values(c.commands).length', false],
  ['(c) => c.commands.mapValues((x) => x.name)', false],
  ['(c) => JSON.parse(JSON.stringify(c.commands))', false],
  ['(c) => c.commands.firstKey()', false],
  ['(c) => c.modules.count()', false],
];
const paths: readonly (readonly [path: string, noted: boolean])[] = [
  ['options', true],
  ['options.makeCache', true],
  ['ws', true],
  ['commands', true],
  ['options.shards', false],
  ['ws.ping', false],
  ['guilds.cache.size', false],
  ['commands.size', false],
];
const all = [
  ...rows.map(([fn, noted]) => [`broadcastEval(${fn})`, noted] as const),
  ...paths.map(([path, noted]) => [`fetchClientValues('${path}')`, noted] as const),
];

test('in JavaScript they are known by their names', async () => {
  const done = await migrateAll(
    all.map(([call]) => `module.exports = async (client, f) => f(await client.shard.${call});`),
  );
  const noted = done.map(({ sites }) => sites[0]?.message.includes('JSON dropped it; from now on'));
  expect(all.map(([call], i) => [call, noted[i]])).toEqual(all);
});

test('in TypeScript a path is one, too', async () => {
  const text = paths
    .map(([path], i) => `export const f${i} = (client: Client<true>) => client.shard!.fetchClientValues('${path}');\n`)
    .join('');
  const root = project({ ...tsBot, 'src/x.ts': `import type { Client } from 'discord.js';\n${text}` });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  const mine = sites.filter(({ file }) => file === 'src/x.ts');
  expect(paths.map(([path], i) => [path, mine[i]?.message.includes('JSON dropped it; from now on')])).toEqual(paths);
});

test('in TypeScript the type of a member says what it holds', async () => {
  const own =
    "import { Client } from 'discord.js';\nexport class Bot extends Client { modules: string[] = []; plugins: any; }\n";
  const x = `import type { Bot } from './own.js';
export const f0 = (bot: Bot) => bot.shard!.broadcastEval((c) => (c as Bot).modules);
export const f1 = (bot: Bot) => bot.shard!.broadcastEval((c) => (c as Bot).plugins);
`;
  const root = project({ ...tsBot, 'src/own.ts': own, 'src/x.ts': x });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  const mine = sites.filter(({ file }) => file === 'src/x.ts');
  expect(mine.map(({ message }) => message.includes('JSON dropped it; from now on'))).toEqual([false, true]);
});
