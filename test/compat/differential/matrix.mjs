// differential/matrix: the differential suite on several versions of discord.js and of Node. `npm run test:matrix`
//
// Each cell is a folder with one discord.js and this package, packed and installed as users do it; the bots and managers in
// it run on the Node of the cell. Words after `--` narrow it down: `npm run test:matrix -- discord.js@14.19 node@22`, or
// `-- pnpm`. A whole run writes docs/versions.md; `--write` makes a narrow one bring its rows up to date there, `--quick`
// leaves out everywhere what only whole runs of `npm run test:differential` look at, `--all` nowhere.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const page = join(root, 'docs/versions.md');
const own = `node@${process.versions.node.split('.')[0]}`;

const args = process.argv.slice(2);
const wanted = args.filter((word) => !word.startsWith('--'));
const isQuick = args.includes('--quick');
const most = args.includes('--all') ? 'all' : 'quick';

const newest = '14.28.1';
// The versions between which sharding changed: worker options in 14.16, close codes and events in 14.22.
const older = ['14.16.0', '14.19.0', '14.22.0', '14.25.0'];
// What a bot does on any day. The development version says less of its shards, in other words.
const smoke =
  '^(broadcastEval gives one result|a bot (broadcasts$|fetches values|counts guilds)|a result: a guild$|a start of two|guilds in their order)';
const loaders = ['tsx@4', 'ts-node@10', 'typescript@5'];
const cells = [
  { discord: '14.14.1', node: 'node@20', scenarios: isQuick ? 'quick' : 'all' },
  ...[...older, newest].map((discord) => ({ discord, node: 'node@20', scenarios: most })),
  ...['node@22', 'node@24'].map((node) => ({ discord: newest, node, scenarios: most })),
  ...['node@20', 'node@24'].map((node) => ({ discord: newest, node, scenarios: 'loaders', also: loaders })),
  { discord: newest, node: 'node@20', scenarios: 'pnpm', plugin: older[0] },
  { discord: 'dev', node: 'node@22', scenarios: 'smoke' },
];

const isWanted = ({ discord, node, scenarios }) =>
  wanted.every((word) => `discord.js@${discord}`.startsWith(word) || node.startsWith(word) || scenarios === word);

const work = mkdtempSync(join(tmpdir(), 'shardlift-matrix-'));
const npm = (words, cwd) => execFileSync('npm', words, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

function pack() {
  const told = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', work], root));
  return join(work, told[0].filename);
}

/** The packages of discord.js's own that a version came out with: npm would take their newest. */
function packagesOfItsTime(discord) {
  const told = JSON.parse(npm(['view', `discord.js@${discord}`, 'dependencies', '--json'], work));
  const lowest = (range) => range.replace(/^[\^~]/, '');
  return Object.fromEntries(
    ['@discordjs/ws', '@discordjs/rest'].filter((name) => name in told).map((name) => [name, lowest(told[name])]),
  );
}

/** The newest development version: their names bear the time they were made. Not every registry has the tag `dev`. */
function newestDevelopment() {
  const versions = JSON.parse(npm(['view', 'discord.js', 'versions', '--json'], work));
  const found = versions.filter((version) => version.startsWith('15.0.0-dev.')).toSorted(byVersion);
  if (found.length === 0) throw new Error('the registry has no development version of discord.js');
  return found.at(-1);
}

/** Installs a bot and a plugin, each with a discord.js of its own, by pnpm: what they did not ask for they do not see. */
function installByPnpm({ discord, plugin }, folder, tarball) {
  const write = (path, content) => writeFileSync(join(folder, path), JSON.stringify(content));
  cpSync(fileURLToPath(new URL('plugin', import.meta.url)), join(folder, 'plugin'), { recursive: true });
  write('plugin/package.json', {
    name: 'plugin',
    version: '1.0.0',
    main: 'index.cjs',
    dependencies: { 'discord.js': plugin },
  });
  const dependencies = { 'discord.js': discord, shardlift: `file:${tarball}`, plugin: 'file:./plugin' };
  write('package.json', { name: 'lab', private: true, dependencies });
  const tools = mkdtempSync(join(work, 'pnpm-'));
  writeFileSync(join(tools, 'package.json'), '{ "private": true }');
  npm(['install', '--no-audit', '--no-fund', 'pnpm'], tools);
  const registry = npm(['config', 'get', 'registry'], work).trim();
  const env = { ...process.env, npm_config_registry: registry, pnpm_config_registry: registry };
  const pnpm = join(tools, 'node_modules', '.bin', 'pnpm');
  const words = ['install', '--store-dir', join(tools, 'store')];
  execFileSync(pnpm, words, { cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Installs a cell; the path of its Node. */
function install(cell, folder, tarball) {
  const { discord, node, also = [], plugin } = cell;
  if (plugin !== undefined) {
    installByPnpm(cell, folder, tarball);
    return process.execPath;
  }
  const overrides = discord === newest || discord === 'dev' ? {} : packagesOfItsTime(discord);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'lab', private: true, overrides }));
  const version = discord === 'dev' ? newestDevelopment() : discord;
  // `npm i node@24` brings Node's own binary in a package of the platform.
  const packages = [`discord.js@${version}`, tarball, ...also, ...(node === own ? [] : [node])];
  // No range of ours takes in a version that is not out yet.
  const lax = discord === 'dev' ? ['--legacy-peer-deps'] : [];
  npm(['install', '--no-audit', '--no-fund', ...lax, ...packages], folder);
  if (node === own) return process.execPath;
  // The package links its binary in a script of its own, which npm may be told not to run.
  npm(['rebuild', 'node'], folder);
  return join(folder, 'node_modules', 'node', 'bin', 'node');
}

const isPackage = (folder) => existsSync(join(folder, 'package.json'));
/** The version of a package, as one that stands in `folder` sees it. */
function versionOf(folder, name) {
  const above = createRequire(join(realpathSync(folder), 'package.json')).resolve.paths(name);
  const found = above.map((modules) => join(modules, name)).find(isPackage);
  return JSON.parse(readFileSync(join(found, 'package.json'), 'utf8')).version;
}

/** Runs the scenarios of a cell; resolves with vitest's report. */
function test({ scenarios, node: version }, { folder, node }) {
  const report = join(folder, 'report.json');
  const file = 'test/compat/differential/differential.test.ts';
  const lab = { DIFFERENTIAL_LAB: folder, DIFFERENTIAL_NODE: node, DIFFERENTIAL_NODE_MAJOR: version.split('@')[1] };
  const env = { ...process.env, DIFFERENTIAL: scenarios, ...lab };
  if (scenarios === 'smoke') env.DIFFERENTIAL_ONLY = smoke;
  const words = ['vitest', 'run', file, '--reporter=json', `--outputFile=${report}`];
  const child = spawn('npx', words, { cwd: root, env, stdio: 'ignore' });
  return new Promise((resolve) => {
    child.on('exit', () => resolve(existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined));
  });
}

const failuresIn = (report) =>
  report.testResults.flatMap(({ assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => ({
        scenario: fullName,
        says: failureMessages.join('\n').split(/: expected \[|\n {4}at /)[0],
      })),
  );

const byVersion = (a, b) => a.localeCompare(b, 'en', { numeric: true });
const lastLine = (text) => text.trim().split('\n').at(-1);

async function run(cell, tarball) {
  const folder = mkdtempSync(join(work, 'lab-'));
  let node;
  try {
    node = install(cell, folder, tarball);
  } catch (error) {
    return { ...cell, passed: 0, failed: [{ scenario: 'npm install', says: lastLine(error.stderr || error.message) }] };
  }
  const found = {
    ...cell,
    node: execFileSync(node, ['--version'], { encoding: 'utf8' }).trim(),
    discord: versionOf(folder, 'discord.js'),
    ws: versionOf(join(folder, 'node_modules', 'discord.js'), '@discordjs/ws'),
  };
  const report = await test(cell, { folder, node });
  rmSync(folder, { recursive: true, force: true });
  if (report === undefined) return { ...found, passed: 0, failed: [{ scenario: 'vitest', says: 'no report' }] };
  return { ...found, passed: report.numPassedTests, failed: failuresIn(report) };
}

const intro = `# Versions

The scenarios of \`docs/compatibility.md\` on other versions of discord.js and of Node: each in a folder of its own, with
this package packed and installed as users do it. Every answer was held against that discord.js's own \`ShardingManager\`
on that Node. Written by \`npm run test:matrix\`. \`quick\` is what \`npm test\` runs on the newest, \`smoke\` a
handful, \`loaders\` bots in TypeScript by tsx and by ts-node, \`pnpm\` bots that pnpm has installed, strictly, beside a
plugin with an older discord.js of its own.

| discord.js | @discordjs/ws | Node | scenarios | pass | fail | run on |
| --- | --- | --- | --- | --- | --- | --- |
`;

const rowOf = ({ discord, ws = '-', node, scenarios, passed, failed }) =>
  `| ${[discord, ws, node, scenarios, passed, failed.length, new Date().toISOString().slice(0, 10)].join(' | ')} |`;
/** Which row of the page a run replaces: its version of discord.js, its line of Node, its scenarios. */
const keyOf = (row) => {
  const [, discord, , node, scenarios] = row.split('|').map((cell) => cell.trim());
  return `${discord.replace(/-dev.*/, '-dev')} ${node.split('.')[0]} ${scenarios}`;
};

function write(rows) {
  const old = existsSync(page) ? readFileSync(page, 'utf8').split('\n') : [];
  const all = new Map(old.filter((line) => /^\| \d/.test(line)).map((line) => [keyOf(line), line]));
  for (const row of rows) all.set(keyOf(rowOf(row)), rowOf(row));
  writeFileSync(page, `${intro}${[...all.values()].toSorted(byVersion).join('\n')}\n`);
}

const tarball = pack();
const rows = [];
for (const cell of cells.filter(isWanted)) {
  const row = await run(cell, tarball);
  rows.push(row);
  console.log(rowOf(row));
  for (const { scenario, says } of row.failed)
    console.log(`    ${scenario}\n      ${says.replaceAll('\n', '\n      ')}`);
}
rmSync(work, { recursive: true, force: true });
if (wanted.length === 0 || args.includes('--write')) write(rows.filter(({ ws }) => ws !== undefined));
// No registry has to have a development version.
const isGood = ({ discord, ws, failed }) => failed.length === 0 || (discord === 'dev' && ws === undefined);
process.exitCode = rows.every(isGood) ? 0 : 1;
