/** demo/stages: the same bot three times: as it is, with one import swapped, after dc-migrate. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const source = join(root, 'examples/stock-bot');
const run = promisify(execFile);

/** Where the copies live: inside the repository, so that they find its node_modules; never committed. */
export const workFolder = join(root, '.demo');

function copyBot(name, esm) {
  const folder = join(workFolder, name);
  const other = esm ? ['index.js', 'bot.js'] : ['index.mjs', 'bot.mjs'];
  cpSync(source, folder, { recursive: true, filter: (file) => !other.includes(relative(source, file)) });
  return { folder, entry: join(folder, esm ? 'index.mjs' : 'index.js') };
}

/** The bot as it is. */
function stock(esm) {
  const { folder, entry } = copyBot('1-stock', esm);
  return { name: 'discord.js', folder, entry, change: 'nothing' };
}

/** One import swapped, nothing else touched. */
function swapped(esm) {
  const { folder, entry } = copyBot('2-swapped', esm);
  const before = readFileSync(entry, 'utf8');
  const after = before.replace(/^(.*\bShardingManager\b.*)'discord\.js'/m, "$1'shardlift/compat'");
  writeFileSync(entry, after);
  const line = after.split('\n').find((text) => text.includes('shardlift/compat'));
  return { name: 'import swapped', folder, entry, change: line };
}

/** A fresh copy after dc-migrate. */
async function migrated(esm) {
  const { folder, entry } = copyBot('3-migrated', esm);
  const report = join(folder, 'migration.json');
  const cli = join(root, 'codemods/dist/cli.mjs');
  await run(process.execPath, [cli, '.', '--force', '--json', report], { cwd: folder });
  const { summary } = JSON.parse(readFileSync(report, 'utf8'));
  const { found, rewritten, rewrittenWithNote, left } = summary;
  const change = `dc-migrate: ${found} calls found = ${rewritten} rewritten + ${rewrittenWithNote} with a note + ${left} left`;
  return { name: 'migrated', folder, entry, change };
}

/** Lays out the three copies. */
export async function prepareStages({ esm }) {
  rmSync(workFolder, { recursive: true, force: true });
  mkdirSync(join(workFolder, 'node_modules'), { recursive: true });
  symlinkSync(root, join(workFolder, 'node_modules/shardlift'), 'dir');
  return [stock(esm), swapped(esm), await migrated(esm)];
}

/** A path for people: relative to where the command was started. */
export const shown = (path) => relative(process.cwd(), path) || dirname(path);
