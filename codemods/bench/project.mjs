/** bench/project: writes bots of a thousand files, of which forty send code to other shards. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const linesPerFile = 190;

/** Candidates are spread evenly over the files. */
const isCandidate = (index, { files, candidates }) => index % (files / candidates) === 0;

const typed = {
  extension: 'ts',
  head: (index) => [
    "import { type ChatInputCommandInteraction, type Client, EmbedBuilder } from 'discord.js';",
    ...(index === 0 ? [] : [`import { total${index - 1} } from './file${index - 1}.js';`]),
    '',
    `export const total${index} = (n: number): number => n + ${index === 0 ? '1' : `total${index - 1}(n)`};`,
    '',
  ],
  filler: (index, n) => [
    `export function row${index}_${n}(interaction: ChatInputCommandInteraction, values: readonly number[]): EmbedBuilder {`,
    `  const sum = values.filter((value) => value > ${n}).reduce((a, b) => a + b, 0);`,
    "  const name = interaction.guild?.name ?? 'nowhere';",
    `  return new EmbedBuilder().setTitle(\`\${name} \${sum}\`).setDescription('row ${n}');`,
    '}',
    '',
  ],
  calls: (index) => [
    `export async function stats${index}(client: Client, uid: string) {`,
    "  const sizes = (await client.shard!.fetchClientValues('guilds.cache.size')) as number[];",
    '  const tags = await client.shard!.broadcastEval(',
    `    (c, { uid }) => [c.users.cache.get(uid)?.tag, c.guilds.cache.size + ${index}],`,
    '    { context: { uid } },',
    '  );',
    '  return [sizes.reduce((a, b) => a + b, 0), tags];',
    '}',
    '',
  ],
};

const untyped = {
  extension: 'js',
  head: (index) => [
    "const { EmbedBuilder } = require('discord.js');",
    ...(index === 0 ? [] : [`const { total${index - 1} } = require('./file${index - 1}.js');`]),
    '',
    `exports.total${index} = (n) => n + ${index === 0 ? '1' : `total${index - 1}(n)`};`,
    '',
  ],
  filler: (index, n) =>
    typed
      .filler(index, n)
      .map((line) => line.replace(/: (?:ChatInputCommandInteraction|readonly number\[\]|EmbedBuilder)/g, ''))
      .map((line) => line.replace('export ', '')),
  calls: (index) =>
    typed
      .calls(index)
      .map((line) =>
        line
          .replaceAll('!.', '.')
          .replace(/: (?:Client|string)/g, '')
          .replace(' as number[]', ''),
      )
      .map((line) => line.replace(/export async function (\w+)(.*)\{/, 'exports.$1 = async function $2{')),
};

function fileText(language, index, settings) {
  const lines = language.head(index);
  if (isCandidate(index, settings)) lines.push(...language.calls(index));
  for (let n = 0; lines.length < linesPerFile; n += 1) lines.push(...language.filler(index, n));
  return `${lines.join('\n')}\n`;
}

const manifest = (type) =>
  `${JSON.stringify({ name: 'bot', type, dependencies: { 'discord.js': '^14.28.1' } }, null, 2)}\n`;

const tsconfig = {
  compilerOptions: {
    ...{ target: 'es2022', module: 'nodenext', strict: true, skipLibCheck: true, types: ['node'] },
    ...{ rootDir: 'src', outDir: 'dist' },
  },
  include: ['src'],
};

const around = {
  ts: (last) => ({
    'package.json': manifest('module'),
    'tsconfig.json': `${JSON.stringify(tsconfig, null, 2)}\n`,
    'src/index.ts':
      "import { ShardingManager } from 'discord.js';\n\nawait new ShardingManager('dist/bot.js').spawn();\n",
    'src/bot.ts': `import { Client } from 'discord.js';\nimport { total${last} } from './file${last}.js';\n\nconst client = new Client({ intents: [] });\nclient.once('clientReady', () => console.log(total${last}(1)));\nawait client.login();\n`,
  }),
  js: (last) => ({
    'package.json': manifest('commonjs'),
    'src/index.js':
      "const { ShardingManager } = require('discord.js');\n\nnew ShardingManager('./src/bot.js').spawn();\n",
    'src/bot.js': `const { Client } = require('discord.js');\nconst { total${last} } = require('./file${last}.js');\n\nconst client = new Client({ intents: [] });\nclient.once('clientReady', () => console.log(total${last}(1)));\nclient.login();\n`,
  }),
};

/** Writes a project into an empty folder, with this repository's node_modules beside it. */
export function writeProject(folder, repository, { kind, files, candidates }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'src'), { recursive: true });
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'), 'dir');
  const language = kind === 'ts' ? typed : untyped;
  const texts = around[kind](files - 1);
  for (let index = 0; index < files; index += 1) {
    texts[`src/file${index}.${language.extension}`] = fileText(language, index, { files, candidates });
  }
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
