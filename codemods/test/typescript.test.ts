/** TypeScript call sites: receivers proven by type, data types written out, the result checked by the compiler. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { fixture, project, read, tsBot } from './project.ts';

const head = "import { Client, type ChatInputCommandInteraction } from 'discord.js';\n";

async function rewrite(body: string, more: Record<string, string> = {}) {
  const root = project({ ...tsBot, 'src/x.ts': `${head}${body}\n`, ...more });
  const report = await migrate({ paths: ['src'], cwd: root });
  const after = read(root);
  return {
    handlers: after['src/cluster-handlers.ts'] ?? '',
    sites: report.sites.filter((site) => site.file === 'src/x.ts'),
    after,
  };
}

/** One run over many files: the compiler reads discord.js once. */
async function rewriteAll(bodies: readonly string[]) {
  const files = Object.fromEntries(bodies.map((body, i) => [`src/x${i}.ts`, `${head}${body}\n`]));
  const root = project({ ...tsBot, ...files });
  const report = await migrate({ paths: ['src'], cwd: root });
  const after = read(root);
  return bodies.map((_, i) => ({
    // The first line is the import, which loses names that moved.
    text: (after[`src/x${i}.ts`] ?? '').split('\n').slice(1).join('\n'),
    sites: report.sites.filter((site) => site.file === `src/x${i}.ts`),
  }));
}

const proven: readonly (readonly [title: string, before: string, after: string])[] = [
  [
    'a non-null assertion',
    'export const f = (c: Client) => c.shard!.broadcastEval((x) => x.ws.ping);',
    "export const f = (c: Client) => c.cluster.ipc.requestAllShards('wsPing').valuesOrThrow();",
  ],
  [
    'an optional chain',
    "export const f = (c: Client) => c.shard?.fetchClientValues('ws.ping');",
    "export const f = (c: Client) => c.cluster?.ipc.requestAllShards('wsPing').valuesOrThrow();",
  ],
  [
    'a list of caches that is cast',
    "export const f = async (c: Client) => (await c.shard!.fetchClientValues('guilds.cache')) as Map<string, { id: string }>[];",
    "export const f = async (c: Client) => (await c.cluster.ipc.requestAllShards('guildsCache').valuesOrThrow()) as Map<string, { id: string }>[];",
  ],
  [
    'type arguments',
    'export const f = (c: Client) => c.shard!.broadcastEval<number>((x) => x.ws.ping);',
    "export const f = (c: Client) => c.cluster.ipc.requestAllShards('wsPing').valuesOrThrow();",
  ],
  [
    'a chain of fields',
    'export const f = (i: ChatInputCommandInteraction) => i.client.shard!.broadcastEval((x) => x.ws.ping);',
    "export const f = (i: ChatInputCommandInteraction) => i.client.cluster.ipc.requestAllShards('wsPing').valuesOrThrow();",
  ],
  [
    'a subclass',
    'export class Bot extends Client { f() { return this.shard!.broadcastEval((x) => x.ws.ping); } }',
    "export class Bot extends Client { f() { return this.cluster.ipc.requestAllShards('wsPing').valuesOrThrow(); } }",
  ],
  [
    'a cast',
    "import type { ShardClientUtil } from 'discord.js';\nexport const f = (c: Client) => (c.shard as ShardClientUtil).broadcastEval((x) => x.ws.ping);",
    "import type { ShardClientUtil } from 'discord.js';\nexport const f = (c: Client) => c.cluster.ipc.requestAllShards('wsPing').valuesOrThrow();",
  ],
  [
    'a ShardClientUtil without its client',
    'export const f = (shard: NonNullable<Client["shard"]>) => shard.broadcastEval((c) => c.ws.ping);',
    'export const f = (shard: NonNullable<Client["shard"]>) => shard.client.cluster.ipc.requestAllShards(\'wsPing\').valuesOrThrow();',
  ],
  [
    'a manager by type',
    "import type { ShardingManager } from 'discord.js';\nexport const f = (m?: ShardingManager) => m?.broadcastEval((x) => x.ws.ping);",
    "import type { ShardingManager } from 'shardlift/compat';\nexport const f = (m?: ShardingManager) => m?.ipc.requestAllShards('wsPing').valuesOrThrow();",
  ],
  [
    'an untyped client',
    'export const f = (c: any) => c.shard.broadcastEval((x: Client) => x.ws.ping);',
    "export const f = (c: any) => c.cluster.ipc.requestAllShards('wsPing2').valuesOrThrow();",
  ],
];

describe('a receiver is proven through', () => {
  let results: Awaited<ReturnType<typeof rewriteAll>> = [];
  beforeAll(async () => {
    results = await rewriteAll(proven.map(([, before]) => before));
  });

  test.each(proven.map(([title, , after], i) => [title, after, i] as const))('%s', (_title, after, i) => {
    expect(results[i]?.text).toBe(`${after}
`);
  });
});

const left: readonly (readonly [code: string, body: string])[] = [
  [
    'DC-S1',
    'class Radio { broadcastEval(f: (n: number) => number) { return f(1); } }\nexport const n = new Radio().broadcastEval((x) => x);',
  ],
  [
    'DC-S1',
    'export const f = (o: { shard: { broadcastEval(f: () => number): void } }) => o.shard.broadcastEval(() => 1);',
  ],
  [
    'DC-R3',
    'export const f = (c: Client, shard?: number) => c.shard!.fetchClientValues("ws.ping", shard!).then(() => c.shard!.fetchClientValues("ws.ping", shard as number | undefined as never as undefined));',
  ],
  ['DC-G1', 'export function f<T>(c: Client) { return c.shard!.broadcastEval((x) => x.ws.ping as unknown as T); }'],
  [
    'DC-G2',
    'interface Row { n: number }\nexport const f = (c: Client) => c.shard!.broadcastEval((x): Row => ({ n: x.ws.ping }));',
  ],
  [
    'DC-G3',
    'export const f = async (c: Client) => {\n  // @ts-expect-error they are numbers\n  const pings: string = await c.shard!.broadcastEval((x) => x.ws.ping);\n  return pings;\n};',
  ],
  [
    'DC-T3',
    'export class A { #n = 1; f(c: Client) { return c.shard!.broadcastEval((x) => (x as unknown as A).#n); } }',
  ],
];

describe('a call is left with', () => {
  let results: Awaited<ReturnType<typeof rewriteAll>> = [];
  beforeAll(async () => {
    results = await rewriteAll(left.map(([, body]) => body));
  });

  test.each(left.map(([code], i) => [code, i] as const))('%s', (code, i) => {
    expect(results[i]?.sites.at(-1)).toMatchObject({ outcome: 'left', code });
  });
});

const types: readonly (readonly [title: string, context: string, written: string])[] = [
  ['an object', '{ uid: i.user.id, n: 1 }', '{ uid: string; n: number }'],
  ['an optional value', '{ name: i.guild?.name }', '{ name: string | undefined }'],
  ['a list', '[1, 2]', 'number[]'],
];

test.each(types)('the type of the data is written: %s', async (_title, context, written) => {
  const { handlers } = await rewrite(
    `export const f = (i: ChatInputCommandInteraction) => i.client.shard!.broadcastEval((c, data) => [c.ws.ping, data], { context: ${context} });`,
  );
  expect(handlers).toContain(`(c, data: ${written}) => [c.ws.ping, data],`);
});

describe('imports of the function', () => {
  test('types come along as type imports and leave the file that no longer uses them', async () => {
    const { after, handlers, sites } = await rewrite(
      "import { type Row, keep } from './lib/row.js';\nexport const f = (c: Client) => [keep, c.shard!.broadcastEval((x: Client): Row => ({ n: x.ws.ping }))];",
      { 'src/lib/row.ts': 'export interface Row { n: number }\nexport const keep = 1;\n' },
    );
    expect(after['src/x.ts']).toContain("import { keep } from './lib/row.js';\n");
    expect(handlers).toContain("import type { Row } from './lib/row.js';\n");
    expect(handlers).toContain("import type { Client } from 'discord.js';\n");
    expect(sites[0]?.outcome).toBe('rewritten');
  });

  test('an exported type of the file itself is imported from it', async () => {
    const { handlers } = await rewrite(
      'export interface Row { n: number }\nexport const f = (c: Client) => c.shard!.broadcastEval((x): Row => ({ n: x.ws.ping }));',
    );
    expect(handlers).toContain("import type { Row } from './x.js';\n");
  });

  test('a discord.js enum comes along with a note, since the call threw until now', async () => {
    const { handlers, sites } = await rewrite(
      "import { ChannelType } from 'discord.js';\nexport const f = (c: Client) => c.shard!.broadcastEval((x) => x.channels.cache.filter((d) => d.type === ChannelType.DM).size);",
    );
    expect(handlers).toContain("import { ChannelType } from 'discord.js';\n");
    expect(sites[0]).toMatchObject({ outcome: 'rewritten-with-note', code: 'DC-I1' });
  });

  test('a type comes from where it is declared, also where discord.js has another one of its name', async () => {
    const root = project({
      ...tsBot,
      'src/client.ts':
        "import * as Discord from 'discord.js';\nexport default class Client extends Discord.Client { loaded = 1; }\n",
      'src/messages.ts':
        "export interface Message { readonly words: string }\nexport const next = (): Message => ({ words: 'hi' });\n",
      'src/x.ts': [
        "import { TextChannel } from 'discord.js';",
        "import type Client from './client.js';",
        "import { next } from './messages.js';",
        'export class Command {',
        '  declare client: Client;',
        '  is = (channel: unknown) => channel instanceof TextChannel;',
        '  loaded = () => this.client.shard!.broadcastEval((c) => (c as typeof this.client).loaded);',
        '  words = () => this.client.shard!.broadcastEval((c, message) => [c.ws.ping, message.words], { context: next() });',
        '}',
        '',
      ].join('\n'),
    });
    const { sites } = await migrate({ paths: ['src'], cwd: root });
    expect(sites.filter(({ outcome }) => outcome === 'left')).toEqual([]);
    const handlers = read(root)['src/cluster-handlers.ts'];
    expect(handlers).toContain("import type Client from './client.js';");
    expect(handlers).toContain("import type { Message } from './messages.js';");
    expect(handlers).not.toContain("'discord.js'");
  });

  test('two imports of one name come along under two names', async () => {
    const other = (from: string) => `import type { Client } from 'discord.js';
import { fmt } from '${from}';
export const g = (c: Client) => c.shard!.broadcastEval((x) => fmt(x.ws.ping));
`;
    const files = { 'src/a.ts': 'export const fmt = String;\n', 'src/b.ts': 'export const fmt = Number;\n' };
    const root = project({ ...tsBot, ...files, 'src/x.ts': other('./a.js'), 'src/y.ts': other('./b.js') });
    const { sites, summary } = await migrate({ paths: ['src'], cwd: root });
    expect(sites.filter((site) => site.method === 'broadcastEval')).toMatchObject([
      { file: 'src/x.ts', outcome: 'rewritten-with-note', code: 'DC-I1' },
      { file: 'src/y.ts', outcome: 'rewritten-with-note', code: 'DC-I1' },
    ]);
    expect(summary.verified).toBe(true);
    expect(read(root)['src/cluster-handlers.ts']).toContain("import { fmt as fmt2 } from './b.js';\n");
  });
});

test('a Date in the context or the result is noted, a Guild is not', async () => {
  const { sites } = await rewrite(
    [
      'export const a = (c: Client) => c.shard!.broadcastEval((x, d) => [x.ws.ping, d], { context: { at: new Date() } });',
      'export const b = (c: Client) => c.shard!.broadcastEval((x) => x.readyAt);',
      'export const d = (c: Client) => c.shard!.broadcastEval((x) => x.guilds.cache.first());',
    ].join('\n'),
  );
  expect(sites.map((site) => site.code)).toEqual(['DC-W1', 'DC-W3', 'DC-W6']);
});

test('a dist path leads to the source, and the option names the compiled file', async () => {
  const { after } = await rewrite('export const f = (c: Client) => c.shard!.broadcastEval((x) => x.ws.ping);');
  expect(after['src/index.ts']).toContain(
    "new ShardingManager('dist/bot.js', { hybrid: { handlers: './cluster-handlers.js' } })",
  );
});

/** What shardlift declares, as far as rewritten code uses it; stands in for the package in the compiler's eyes. */
const declarations = `
declare module 'shardlift' {
  import type { Client } from 'discord.js';
  type Handler = (client: Client<true>, data: any) => unknown;
  export function defineHandlers<H extends Record<string, Handler>>(handlers: H): H;
  export interface Register {}
  type H = Register extends { handlers: infer T } ? T : Record<string, Handler>;
  type Data<F> = F extends (client: never, data: infer D) => unknown ? (unknown extends D ? [] : [data: D]) : [];
  type Result<F> = F extends (...a: never[]) => infer R ? Awaited<R> : never;
  interface Many<R> extends Promise<unknown> { valuesOrThrow(): Promise<R[]> }
  export interface Ipc {
    requestAll<N extends keyof H>(name: N, ...data: Data<H[N]>): Many<Result<H[N]>>;
    requestAllShards<N extends keyof H>(name: N, ...data: Data<H[N]>): Many<Result<H[N]>>;
    requestToShard<N extends keyof H>(shard: number, name: N, ...data: Data<H[N]>): Promise<Result<H[N]>>;
  }
}
declare module 'shardlift/compat' {
  import type { Ipc } from 'shardlift';
  import * as d from 'discord.js';
  export class ShardingManager extends d.ShardingManager {
    constructor(file: string, options?: d.ShardingManagerOptions & { hybrid?: { handlers?: string } });
    readonly ipc: Ipc;
  }
  export { Shard, ShardClientUtil } from 'discord.js';
}
`;
const augmentation =
  "import type { Ipc } from 'shardlift';\ndeclare module 'discord.js' { interface Client { readonly cluster: { readonly ipc: Ipc } } }\n";

function errorsOf(root: string, files: readonly string[]): readonly string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noUnusedLocals: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    types: ['node'],
  };
  const program = ts.createProgram([...files.map((file) => join(root, file))], {
    ...options,
    configFilePath: join(root, 'tsconfig.json'),
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map((d) => `${d.file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(d.messageText, ' ')}`);
}

test('the rewritten TypeScript bot type-checks, unused imports included', async () => {
  const root = fixture('ts-esm-bot');
  await migrate({ paths: ['src'], cwd: root });
  writeFileSync(join(root, 'src', 'shardlift.d.ts'), declarations);
  writeFileSync(join(root, 'src', 'augmentation.ts'), augmentation);
  const files = Object.keys(read(root)).filter((file) => file.endsWith('.ts'));
  expect(files).toContain('src/cluster-handlers.ts');
  expect(errorsOf(root, files)).toEqual([]);
});

describe('without discord.js installed', () => {
  const manager = "import { ShardClientUtil, ShardingManager } from 'discord.js';\n";
  const bare = (body: string) => {
    const root = project({ ...tsBot, 'src/x.ts': manager + body });
    rmSync(join(root, 'node_modules'));
    return root;
  };

  test('a written type still proves a receiver', async () => {
    const root = bare(
      'export class Job { constructor(private manager: ShardingManager) {} f() { return this.manager.fetchClientValues("ws.ping"); } }\n',
    );
    await migrate({ paths: ['src'], cwd: root });
    expect(read(root)['src/x.ts']).toContain("return this.manager.ipc.requestAllShards('wsPing').valuesOrThrow();");
  });

  test('a class of the bot that extends ShardingManager proves one, also from another file', async () => {
    const root = bare('export class Manager extends ShardingManager {}\n');
    const other =
      "import { Manager } from './x.js';\nexport const f = (m: Manager) => m.broadcastEval((c) => c.ws.ping);\n";
    writeFileSync(join(root, 'src', 'y.ts'), other);
    await migrate({ paths: ['src'], cwd: root });
    expect(read(root)['src/y.ts']).toContain("m.ipc.requestAllShards('wsPing').valuesOrThrow()");
  });

  test('a type of both kinds asks whichever it is', async () => {
    const root = bare('export const f = (s: ShardingManager | ShardClientUtil) => s.fetchClientValues("ws.ping");\n');
    await migrate({ paths: ['src'], cwd: root });
    expect(read(root)['src/x.ts']).toContain(
      "=> ('ipc' in s ? s : s.client.cluster).ipc.requestAllShards('wsPing').valuesOrThrow();",
    );
  });
});
