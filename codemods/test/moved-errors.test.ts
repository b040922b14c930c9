/** An error that a bot has already is nobody's fault, wherever it goes; one that the run brings is left to nobody. */
import { expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { project, tsBot } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

const client = "import type { Client } from 'discord.js';\n";

/** What becomes of the calls of each file, in the order of their names. */
async function outcomes(files: Readonly<Record<string, string>>, options: object = {}, legacy = false) {
  const config = { module: 'nodenext', target: 'es2022', skipLibCheck: true, strict: true, ...options };
  const root = project({
    ...tsBot,
    'tsconfig.json': JSON.stringify({ compilerOptions: config, include: ['src'] }),
    ...files,
  });
  const { sites } = await migrate({ paths: ['src'], cwd: root, legacy });
  const calls = sites.filter(({ method }) => method === 'broadcastEval');
  return calls.map(
    ({ file, code, outcome }) => `${file.replace('src/', '')} ${outcome === 'left' ? code : 'rewritten'}`,
  );
}

const ofGuild = '(c: Client) => c.guilds.cache.get("1").name';

test.each<[title: string, files: Record<string, string>, becomes: readonly string[]]>([
  [
    'a member that the type of the client does not have',
    { 'src/a.ts': `${client}export const a = (c: Client) => c.shard!.broadcastEval((x) => x.commands.size);\n` },
    ['a.ts rewritten'],
  ],
  [
    'a function that other code uses as well, and which stays',
    {
      'src/a.ts': `${client}function size${ofGuild.replace(' =>', ' {').replace('c.guilds', 'return c.guilds')}; }
export const a = (c: Client) => c.shard!.broadcastEval(size);
export const b = (c: Client<true>) => size(c);\n`,
    },
    ['a.ts rewritten'],
  ],
  [
    'a name that has to change, since two files import another thing by it',
    {
      'src/l1.ts': 'export const config = { max: 1 };\n',
      'src/l2.ts': 'export const config: { max?: { of: number } } = {};\n',
      'src/a.ts': `${client}import { config } from './l1.js';\nexport const a = (c: Client) => c.shard!.broadcastEval((x) => config.max + x.guilds.cache.size);\n`,
      'src/b.ts': `${client}import { config } from './l2.js';\nexport const b = (c: Client) => c.shard!.broadcastEval((x) => config.max.of + x.guilds.cache.size);\n`,
    },
    ['a.ts rewritten', 'b.ts rewritten'],
  ],
  [
    'a function that the call did not take',
    {
      'src/bot-client.ts': "import { Client } from 'discord.js';\nexport class Bot extends Client { stats = 1; }\n",
      'src/a.ts': `${client}import type { Bot } from './bot-client.js';\nexport const a = (c: Client) => c.shard!.broadcastEval((x: Bot) => x.stats);\n`,
    },
    ['a.ts rewritten'],
  ],
  [
    'a package that is not installed',
    {
      'src/row.ts': "import type { Row } from 'some-database';\nexport const row: Row = { id: 1 };\n",
      'src/a.ts': `${client}import type { Row } from 'some-database';\nexport const a = (c: Client) => c.shard!.broadcastEval((x, row: Row) => x.guilds.cache.get(row.id)?.name, { context: { id: '1' } });\n`,
    },
    ['a.ts rewritten'],
  ],
  [
    'a name that its package does not have any more',
    {
      'src/a.ts': `import type { Client, APINever } from 'discord.js';\nexport const a = (c: Client, n: APINever) => c.shard!.broadcastEval((x, n: APINever) => [x.guilds.cache.size, n], { context: n });\n`,
    },
    ['a.ts rewritten'],
  ],
])('%s', async (_title, files, becomes) => {
  expect(await outcomes(files)).toEqual(becomes);
});

test('an error that only shows where nothing else was asked of the function before', async () => {
  const files = {
    'src/a.ts': `${client}export const a = async (c: Client) => {
  await c.shard!.broadcastEval((x, context) => x.guilds.cache.get(context.g)?.members?.unban(context.u).catch(() => null), { context: { g: '1', u: '2' } });
};\n`,
  };
  expect(await outcomes(files, { strictNullChecks: false })).toEqual(['a.ts rewritten']);
});

const dates = `${client}export const a = (c: Client) => c.shard!.broadcastEval((x) => { const s: string = new Date(x.ws.ping); return s.length; });\n`;

test.each<[title: string, files: Record<string, string>, becomes: readonly string[]]>([
  [
    'in another file',
    {
      'src/a.ts': dates,
      'src/b.ts': `${client}export const b = async (c: Client): Promise<string> => await c.shard!.broadcastEval((x) => new Date(x.ws.ping), { shard: 0 });\n`,
    },
    ['a.ts rewritten', 'b.ts DC-V1'],
  ],
  [
    'in the file that it leaves',
    {
      'src/a.ts': `${dates}export const b = async (c: Client) => {
  const r = await c.shard!.broadcastEval((x) => ({ at: new Date(x.ws.ping) }), { shard: 0 });
  const t: Date = r.at as unknown as Date;
  const u: string = await c.shard!.broadcastEval((x) => new Date(x.ws.ping), { shard: 0 });
  return [t, u];
};\n`,
    },
    ['a.ts rewritten', 'a.ts rewritten', 'a.ts DC-V1'],
  ],
])('an old error excuses no new one of the same words %s', async (_title, files, becomes) => {
  expect(await outcomes(files)).toEqual(becomes);
});
