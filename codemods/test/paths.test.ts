/** The path of fetchClientValues where it does not stand in the call. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { migrateAll } from './batch.ts';
import { project, read, tsBot } from './project.ts';

describe('in JavaScript', () => {
  const rows: readonly (readonly [title: string, text: string, after: string])[] = [
    [
      'a const',
      "const P = 'guilds.cache.size';\nexports.a = (client) => client.shard.fetchClientValues(P);",
      "exports.a = (client) => client.cluster.ipc.requestAllShards('guildsCacheSize').valuesOrThrow();\n",
    ],
    [
      'a const that others use',
      "const P = 'users.cache.size';\nexports.a = (client) => [client.shard.fetchClientValues(P), P];",
      "const P = 'users.cache.size';\nexports.a = (client) => [client.cluster.ipc.requestAllShards('usersCacheSize').valuesOrThrow(), P];\n",
    ],
    [
      'a const of a function',
      "exports.a = (client) => {\n  const path = 'ws.ping';\n  return client.shard.fetchClientValues(path);\n};",
      "exports.a = (client) => {\n  return client.cluster.ipc.requestAllShards('wsPing').valuesOrThrow();\n};\n",
    ],
    [
      'a condition',
      "exports.a = (client, full) => client.shard.fetchClientValues(full ? 'guilds.cache.size' : 'ws.status');",
      "exports.a = (client, full) => client.cluster.ipc.requestAllShards(full ? 'guildsCacheSize' : 'wsStatus').valuesOrThrow();\n",
    ],
    [
      'a condition with consts',
      "const P = 'guilds.cache.size';\nexports.a = (client, n) => client.shard.fetchClientValues(n > 1 ? P : n ? 'ws.status' : P);",
      "exports.a = (client, n) => client.cluster.ipc.requestAllShards(n > 1 ? 'guildsCacheSize' : n ? 'wsStatus' : 'guildsCacheSize').valuesOrThrow();\n",
    ],
  ];

  test('is read where it is written', async () => {
    const all = await migrateAll(rows.map(([, text]) => text));
    expect(all.map(({ text }) => text)).toEqual(rows.map(([, , after]) => after));
    expect(all.flatMap(({ sites }) => sites.map(({ outcome }) => outcome))).not.toContain('left');
  });

  test('stays where it is not known, or is no path', async () => {
    const all = await migrateAll([
      "let P = 'guilds.cache.size'; exports.a = (client) => client.shard.fetchClientValues(P);",
      "const P = 'guilds.cache.get(1)'; exports.a = (client) => client.shard.fetchClientValues(P);",
      "exports.a = (client, p) => client.shard.fetchClientValues(p ? 'ws.ping' : p);",
      "exports.a = (client, p) => client.shard.fetchClientValues(p || 'ws.ping');",
    ]);
    expect(all.flatMap(({ sites }) => sites.map(({ code }) => code))).toEqual(['DC-D5', 'DC-D5', 'DC-D5', 'DC-D5']);
  });
});

describe('in TypeScript', () => {
  const head = "import type { Client } from 'discord.js';\n";
  const rows: readonly (readonly [title: string, text: string, after: string])[] = [
    [
      'one of several by its type',
      "export const a = (c: Client, p: 'guilds.cache.size' | 'users.cache.size') => c.shard!.fetchClientValues(p);\n",
      "requestAllShards(({ 'guilds.cache.size': 'guildsCacheSize', 'users.cache.size': 'usersCacheSize' } as const)[p]).valuesOrThrow()",
    ],
    [
      'one of a list',
      "const paths = ['guilds.cache.size', 'ws.ping'] as const;\nexport const a = (c: Client) => Promise.all(paths.map((p) => c.shard!.fetchClientValues(p)));\n",
      "requestAllShards(({ 'guilds.cache.size': 'guildsCacheSize', 'ws.ping': 'wsPing' } as const)[p]).valuesOrThrow()",
    ],
    [
      'a condition',
      "export const a = (c: Client, full: boolean) => c.shard!.fetchClientValues(full ? 'guilds.cache.size' : 'ws.ping');\n",
      "requestAllShards(full ? 'guildsCacheSize' : 'wsPing').valuesOrThrow()",
    ],
    [
      'a const',
      "const P = 'guilds.cache.size';\nexport const a = (c: Client) => c.shard!.fetchClientValues(P) as Promise<number[]>;\n",
      "requestAllShards('guildsCacheSize').valuesOrThrow()",
    ],
    [
      'an imported const, whose import goes',
      "import { P } from './paths.js';\nexport const a = (c: Client) => c.shard!.fetchClientValues(P);\n",
      "import type { Client } from 'discord.js';\nexport const a = (c: Client) => c.cluster.ipc.requestAllShards('wsPing').valuesOrThrow()",
    ],
  ];

  test.each(rows)('%s', async (_title, text, after) => {
    const root = project({ ...tsBot, 'src/x.ts': head + text, 'src/paths.ts': "export const P = 'ws.ping';\n" });
    const { sites, summary } = await migrate({ paths: ['src'], cwd: root });
    expect(sites.find(({ file }) => file === 'src/x.ts')?.outcome).not.toBe('left');
    expect(summary.verified).toBe(true);
    expect(read(root)['src/x.ts']).toContain(after);
  });

  test('any text stays', async () => {
    const text = `${head}export const a = (c: Client, p: string) => c.shard!.fetchClientValues(p);\n`;
    const root = project({ ...tsBot, 'src/x.ts': text });
    const { sites } = await migrate({ paths: ['src'], cwd: root });
    expect(sites.find(({ file }) => file === 'src/x.ts')?.code).toBe('DC-D5');
  });
});
