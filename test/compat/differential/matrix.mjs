// differential/matrix: the differential suite on several versions of discord.js and of Node. `npm run test:matrix`
//
// Each cell is a folder with one discord.js and this package, packed and installed as users do it; the bots and managers in
// it run on the Node of the cell. Words after `--` narrow it down: `npm run test:matrix -- discord.js@14.19 node@22`.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const own = `node@${process.versions.node.split('.')[0]}`;

// The versions between which sharding changed: worker options in 14.16, close codes in 14.22, events in 14.22.
const older = ['14.14.1', '14.16.0', '14.19.0', '14.22.0', '14.25.0'];
const newest = '14.28.1';
const cells = [
  ...[...older, newest].map((discord) => ({ discord, node: 'node@20' })),
  ...['node@22', 'node@24'].map((node) => ({ discord: newest, node })),
];

const wanted = process.argv.slice(2);
const isWanted = ({ discord, node }) =>
  wanted.every((word) => `discord.js@${discord}`.startsWith(word) || node.startsWith(word));

const work = mkdtempSync(join(tmpdir(), 'shardlift-matrix-'));
const npm = (args, cwd) => execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

function pack() {
  const told = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', work], root));
  return join(work, told[0].filename);
}

/** Installs a cell; the path of its Node. */
function install({ discord, node }, folder, tarball) {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'lab', private: true }));
  // `npm i node@24` brings Node's own binary in a package of the platform.
  const packages = [`discord.js@${discord}`, tarball, ...(node === own ? [] : [node])];
  npm(['install', '--no-audit', '--no-fund', ...packages], folder);
  if (node === own) return process.execPath;
  // The package links its binary in a script of its own, which npm may be told not to run.
  npm(['rebuild', 'node'], folder);
  return join(folder, 'node_modules', 'node', 'bin', 'node');
}

function run(cell, tarball) {
  const folder = mkdtempSync(join(work, 'lab-'));
  let node;
  try {
    node = install(cell, folder, tarball);
  } catch (error) {
    return {
      ...cell,
      outcome: `cannot be installed: ${String(error.stderr ?? error.message)
        .trim()
        .split('\n')
        .at(-1)}`,
    };
  }
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  const found = JSON.parse(readFileSync(join(folder, 'node_modules/discord.js/package.json'), 'utf8')).version;
  const report = join(folder, 'report.json');
  const file = 'test/compat/differential/differential.test.ts';
  spawnSync('npx', ['vitest', 'run', file, '--reporter=json', `--outputFile=${report}`], {
    cwd: root,
    env: {
      ...process.env,
      DIFFERENTIAL: process.env.DIFFERENTIAL ?? 'quick',
      DIFFERENTIAL_LAB: folder,
      DIFFERENTIAL_NODE: node,
    },
    stdio: 'ignore',
  });
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const failed = testResults.flatMap(({ assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => ({
        scenario: fullName,
        says: failureMessages.join('\n').split(/: expected \[|\n {4}at /)[0],
      })),
  );
  return { discord: found, node: version, outcome: `${numPassedTests} pass, ${numFailedTests} fail`, failed };
}

const tarball = pack();
const rows = [];
for (const cell of cells.filter(isWanted)) {
  const row = run(cell, tarball);
  rows.push(row);
  console.log(`discord.js ${row.discord.padEnd(9)} ${row.node.padEnd(10)} ${row.outcome}`);
  for (const { scenario, says } of row.failed ?? [])
    console.log(`    ${scenario}\n      ${says.replaceAll('\n', '\n      ')}`);
}
rmSync(work, { recursive: true, force: true });
process.exitCode = rows.every(({ failed }) => failed?.length === 0) ? 0 : 1;
