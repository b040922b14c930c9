/** test/project: small bots in temporary folders, with the real discord.js beside them. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll } from 'vitest';

const repository = join(import.meta.dirname, '..', '..');

/** Files by path; a `null` leaves a file out. */
export type Files = Readonly<Record<string, string | null>>;

const roots: string[] = [];

afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

function emptyProject(): string {
  const root = mkdtempSync(join(tmpdir(), 'dc-migrate-'));
  roots.push(root);
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  return root;
}

/** Writes a project and gives its folder. */
export function project(files: Files): string {
  const root = emptyProject();
  for (const [path, text] of Object.entries(files)) {
    if (text === null) continue;
    // The link leads to the dependencies of this repository.
    if (path.startsWith('node_modules/')) throw new Error(`A package of its own stands below a folder: bot/${path}`);
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const fixtures = join(import.meta.dirname, 'fixtures');

/** The bots of `test/fixtures`. */
export const fixtureNames: readonly string[] = readdirSync(fixtures);

/** Copies a bot of `test/fixtures` and gives its folder. */
export function fixture(name: string): string {
  const root = emptyProject();
  cpSync(join(fixtures, name), root, { recursive: true });
  return root;
}

/** The files of a bot of `test/fixtures`. */
export const fixtureFiles = (name: string): Record<string, string> => read(join(fixtures, name));

/** Every file of a project as text, by path. */
export function read(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !/node_modules|\.dc-migrate/.test(entry.parentPath),
  );
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(root, path), readFileSync(path, 'utf8')] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

const manifest = (type: 'module' | 'commonjs'): string =>
  `${JSON.stringify({ name: 'bot', type, dependencies: { 'discord.js': '^14.28.1' } }, null, 2)}\n`;

/** A CommonJS bot without calls of its own. */
export const cjsBot: Files = {
  'package.json': manifest('commonjs'),
  'index.js': "const { ShardingManager } = require('discord.js');\n\nnew ShardingManager('./bot.js').spawn();\n",
  'bot.js': "const { Client } = require('discord.js');\n\nnew Client({ intents: [] }).login();\n",
};

/** A bot of ES modules without calls of its own. */
export const esmBot: Files = {
  'package.json': manifest('module'),
  'index.js': "import { ShardingManager } from 'discord.js';\n\nawait new ShardingManager('./bot.js').spawn();\n",
  'bot.js': "import { Client } from 'discord.js';\n\nawait new Client({ intents: [] }).login();\n",
};

/** A TypeScript bot without calls of its own. */
export const tsBot: Files = {
  'package.json': manifest('module'),
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'es2022',
      module: 'nodenext',
      strict: true,
      skipLibCheck: true,
      types: ['node'],
      rootDir: 'src',
      outDir: 'dist',
    },
    include: ['src'],
  }),
  'src/index.ts':
    "import { ShardingManager } from 'discord.js';\n\nawait new ShardingManager('dist/bot.js').spawn();\n",
  'src/bot.ts': "import { Client } from 'discord.js';\n\nawait new Client({ intents: [] }).login();\n",
};

/** {@link tsBot} with other options of its compiler. */
export function tsBotWith(compilerOptions: object): Files {
  const config = JSON.parse(String(tsBot['tsconfig.json'])) as { compilerOptions: object };
  const changed = { ...config, compilerOptions: { ...config.compilerOptions, ...compilerOptions } };
  return { ...tsBot, 'tsconfig.json': JSON.stringify(changed) };
}
