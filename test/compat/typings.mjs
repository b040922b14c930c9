// compat/typings: our type tests of sharding on older typings of discord.js. `npm run test:typings`; needs the network.
//
// Each version is installed with this package, packed, in a folder of its own; the compiler is this repository's. Words after
// `--` narrow it down: `npm run test:typings -- 14.19`.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const versions = ['14.14.1', '14.16.0', '14.19.3', '14.22.1', '14.25.1', '14.28.1'];
const wanted = process.argv.slice(2);
/** What stands alone in a program, see test/types.test.ts. */
const programs = [['sharding.test-d.ts', 'compat.test-d.ts'], ['hybrid/hybrid.test-d.ts']];

const work = mkdtempSync(join(tmpdir(), 'shardlift-typings-'));
const npm = (args, cwd) => execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

function pack() {
  const told = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', work], root));
  return join(work, told[0].filename);
}

/** What the compiler says of one program. */
function complaintsOf(files, folder) {
  const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  const own = { noUnusedLocals: false, typeRoots: [join(root, 'node_modules/@types')] };
  const paths = { tsd: [join(root, 'node_modules/tsd/dist/index.d.ts')] };
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...compilerOptions, ...own, paths }, files }),
  );
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout, status } = spawnSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], {
    encoding: 'utf8',
  });
  return status === 0 ? [] : stdout.trim().split('\n');
}

function check(version, tarball) {
  const folder = join(work, version);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'bot', private: true, type: 'module' }));
  npm(['install', '--no-audit', '--no-fund', `discord.js@${version}`, tarball], folder);
  cpSync(join(root, 'type-tests'), folder, { recursive: true });
  return {
    found: JSON.parse(readFileSync(join(folder, 'node_modules/discord.js/package.json'), 'utf8')).version,
    complaints: programs.flatMap((files) => complaintsOf(files, folder)),
  };
}

const tarball = pack();
for (const version of versions.filter((one) => wanted.every((word) => one.startsWith(word)))) {
  const { found, complaints } = check(version, tarball);
  console.log(`discord.js ${found.padEnd(9)} ${complaints.length === 0 ? 'compiles' : `${complaints.length} lines:`}`);
  for (const line of complaints) console.log(`    ${line}`);
  if (complaints.length > 0) process.exitCode = 1;
}
rmSync(work, { recursive: true, force: true });
