/** What a process has once, where the text does not name it outright, or where one shard of it is asked. */
import { beforeAll, describe, expect, test } from 'vitest';
import { migrate, type SiteReport } from '../src/index.ts';
import { cjsBot, project, read } from './project.ts';

interface Migrated {
  readonly text: string;
  readonly sites: readonly SiteReport[];
}

async function migrateAll(texts: readonly string[]) {
  const root = project({ ...cjsBot, ...Object.fromEntries(texts.map((text, i) => [`x${i}.js`, `${text}\n`])) });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  const after = read(root);
  const files = texts.map((_, i): Migrated => {
    const path = `x${i}.js`;
    return { text: after[path] ?? '', sites: sites.filter(({ file }) => file === path) };
  });
  return { files, sites };
}

const count = '(c, { p }) => c[p].cache.size';
const summed = (fn: string, context: string): string =>
  `(await client.shard.broadcastEval(${fn}, { context: ${context} })).reduce((a, b) => a + b, 0);`;

const users: readonly (readonly [title: string, line: string])[] = [
  ['a literal', `f(${summed(count, "{ p: 'users' }").slice(0, -1)});`],
  ['one of two literals', `const count = async (big) => ${summed(count, "{ p: big ? 'guilds' : 'users' }")}`],
  ['a caller', `const count = async (prop) => ${summed(count, '{ p: prop }')}\ncount('guilds');\ncount('users');`],
  ['what nothing says', `module.exports = async (prop) => ${summed(count, '{ p: prop }')}`],
  ['a name of the data', `module.exports = async (d) => ${summed('(c, d) => c[d.p].cache.size', 'd')}`],
  [
    'a member of it',
    `module.exports = async (p) => ${summed('(c, { p }) => { const all = c[p].cache; return all.size; }', '{ p }')}`,
  ],
  ['a text', summed("(c) => c['users'].cache.size", '{}')],
];

const others: readonly (readonly [title: string, line: string])[] = [
  ['a literal', summed(count, "{ p: 'guilds' }")],
  ['two literals', `const count = async (big) => ${summed(count, "{ p: big ? 'guilds' : 'channels' }")}`],
  ['a key of something else', `const f = async (id) => ${summed('(c, { id }) => c.bank[id].size', '{ id }')}`],
];

const one = (fn: string, shard: string): string =>
  `module.exports = (id) => client.shard.broadcastEval(${fn}, { shard: ${shard} });`;

const aimed: readonly (readonly [title: string, line: string])[] = [
  ['sets a member', one('(c) => { c.mode = 1; }', 'Number(id)')],
  ['calls a member', one('(c) => c.reload()', 'Number(id)')],
  ['sets a global', one('() => { global.lamp.level = 1; }', 'Number(id)')],
  [
    'in a loop',
    'for (let i = 0; i < client.shard.count; i++) await client.shard.broadcastEval((c) => { c.hits++; }, { shard: i });',
  ],
];

/** Its process does it, or has it, for all the shards it has. */
const shared: readonly (readonly [title: string, line: string])[] = [
  ['of a constant', one('(c) => { c.mode = 1; }', '0')],
  ['that only reads', one('(c) => c.bank.size', 'Number(id)')],
];

const still: readonly (readonly [title: string, line: string])[] = [
  ['of discord.js', one('(c) => { c.user.setActivity("x"); }', 'Number(id)')],
];

let all: readonly Migrated[] = [];
/** The places of which the manager says that they count users. */
let counting: readonly string[] = [];
beforeAll(async () => {
  const texts = [...users, ...others, ...aimed, ...shared, ...still].map(([, line]) => line);
  const { files, sites } = await migrateAll([...texts, 'global.lamp = {};']);
  all = files;
  const said = sites.find(({ method }) => method === 'ShardingManager')?.message ?? '';
  counting = /numbers of users in (.*?) become/.exec(said)?.[1]?.split(', ') ?? [];
});

const messages = (i: number): string => all[i]?.sites.map(({ message }) => message).join('\n') ?? '';
const rows = (some: readonly (readonly [string, string])[], from: number) =>
  some.map(([title], i) => [title, from + i] as const);

describe('a cache that data chooses', () => {
  test.each(rows(users, 0))('may be that of users by %s', (_title, i) => {
    expect(counting.filter((place) => place.startsWith(`x${i}.js:`))).toHaveLength(1);
  });

  test.each(rows(others, users.length))('is that of no users by %s', (_title, i) => {
    expect(all[i]?.sites).toHaveLength(1);
    expect(counting.filter((place) => place.startsWith(`x${i}.js:`))).toEqual([]);
  });
});

describe('one shard, asked by its number', () => {
  const first = users.length + others.length;
  test.each(rows(aimed, first))('of a function that %s has a note', (_title, i) => {
    expect(all[i]?.text).toContain('requestToShard(');
    expect(messages(i)).toContain('which live');
    expect(messages(i)).toContain('requestToShard runs it in the process of that shard');
  });

  test.each(rows(shared, first + aimed.length))('of one %s has a note', (_title, i) => {
    expect(all[i]?.text).toContain('requestToShard(');
    expect(messages(i)).toContain('which lives once per process');
  });

  test.each(rows(still, first + aimed.length + shared.length))('of one %s has none', (_title, i) => {
    expect(all[i]?.text).toContain('requestToShard(');
    expect(messages(i)).not.toContain('which live');
  });
});
