/**
 * corpus/install: installs what each public bot depends on, so that `run.mjs --typed` measures dc-migrate as its users meet
 * it: with the types of the bot's own discord.js.
 *
 * CORPUS_LIST, CORPUS_REPOS as for run.mjs; CORPUS_MODULES the folder that gets one folder per repository, OWNER+NAME,
 * with a `node_modules` beside each package.json that names dependencies. What is there already is kept.
 *
 * Packages come from the registry, without running their scripts, in the versions of the bot's lock file. A dependency that is no version of a registry (a git
 * address, a path, a workspace) is left out, and so is one that the registry no longer has; both are said.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { checkout, fileAt, gitFolderOf } from './checkout.mjs';
import { modulesOf } from './modules.mjs';

const run = promisify(execFile);
const { values } = parseArgs({ options: { only: { type: 'string' } } });

const { CORPUS_LIST: list, CORPUS_REPOS: repos, CORPUS_MODULES: modules } = process.env;
if (list === undefined || repos === undefined || modules === undefined) {
  process.stderr.write('Set CORPUS_LIST, CORPUS_REPOS and CORPUS_MODULES.\n');
  process.exit(4);
}

/** The kinds of version that a registry answers: ranges, tags, and the alias of another package's range. */
const registryVersion = /^(npm:.+|[\s\dvx*^~<>=|.-][\w\s.*^~<>=|+-]*|[a-z][\w-]*)?$/i;

const manifestsBelow = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(^|[\\/])package\.json$/.test(path) && !/bower_components/.test(path))
    .map((path) => join(folder, path));

function wantedOf(manifest) {
  let read;
  try {
    read = JSON.parse(readFileSync(manifest, 'utf8').replace(/^\uFEFF/, ''));
  } catch {
    // A package.json that is no JSON names no dependency that npm could install either.
    return { wanted: {}, dropped: [] };
  }
  const all = Object.entries({ ...read.devDependencies, ...read.peerDependencies, ...read.dependencies });
  const fits = ([, version]) => typeof version === 'string' && registryVersion.test(version.trim());
  return {
    wanted: Object.fromEntries(all.filter(fits)),
    dropped: all.filter((one) => !fits(one)).map(([name, version]) => `${name}@${version}`),
  };
}

/** The versions that a lock file beside a package.json has settled on, by name and range; npm's and yarn's first are read. */
function lockedBy(read, folder) {
  const npm = read(join(folder, 'package-lock.json'));
  const yarn = read(join(folder, 'yarn.lock'));
  if (npm !== null) {
    const { packages = {}, dependencies = {} } = JSON.parse(npm);
    return (name) => packages[`node_modules/${name}`]?.version ?? dependencies[name]?.version;
  }
  if (yarn === null || !yarn.includes('yarn lockfile v1')) return () => undefined;
  const entries = yarn
    .split(/\n(?=\S)/)
    .map((entry) => [entry.split('\n')[0], /\n {2}version "([^"]+)"/.exec(entry)?.[1]]);
  const named = (heads, wanted) =>
    heads
      .replace(/:$/, '')
      .split(', ')
      .some((one) => one.replaceAll('"', '') === wanted);
  return (name, range) => entries.find(([heads]) => named(heads, `${name}@${range}`))?.[1];
}

const npmFlags = ['--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--package-lock=false'];

/** npm names the package it could not find; it is left out and the rest tried again. */
async function install(folder, wanted, dropped) {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: wanted }, null, 2));
  try {
    await run('npm', ['install', ...npmFlags], { cwd: folder, maxBuffer: 1 << 26, timeout: 300_000 });
    return dropped;
  } catch (error) {
    const missing = Object.keys(wanted).find((name) =>
      new RegExp(
        `(No matching version found for |No versions available for |/)${name.replace('/', '(/|%2f)')}(@|[\\s'"]|$)`,
        'mi',
      ).test(error.stderr ?? ''),
    );
    if (missing === undefined || wanted[missing] === undefined) throw error;
    const { [missing]: version, ...rest } = wanted;
    return install(folder, rest, [...dropped, `${missing}@${version}`]);
  }
}

async function installRepository({ repo, commit }) {
  const target = modulesOf(modules, repo);
  if (existsSync(target)) return;
  const folder = gitFolderOf(repos, repo);
  const copy = folder === null ? null : checkout(folder, commit);
  if (copy === null) return;
  const making = `${target}.making`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  try {
    for (const manifest of manifestsBelow(copy.target)) {
      const { wanted: ranges, dropped } = wantedOf(manifest);
      if (Object.keys(ranges).length === 0) continue;
      const at = relative(copy.target, dirname(manifest));
      const locked = lockedBy((path) => fileAt(folder, commit, path), at);
      const wanted = Object.fromEntries(
        Object.entries(ranges).map(([name, range]) => [name, locked(name, range) ?? range]),
      );
      const place = join(making, at);
      mkdirSync(place, { recursive: true });
      const out = await install(place, wanted, dropped);
      if (out.length > 0) process.stderr.write(`${repo}: without ${out.join(', ')}\n`);
    }
    renameSync(making, target);
    process.stderr.write(`${repo}: installed\n`);
  } finally {
    copy.remove();
  }
}

// The bots of today first: a run that is cut short has what matters most.
const queue = JSON.parse(readFileSync(list, 'utf8'))
  .repositories.filter(({ repo }) => repo.includes(values.only ?? ''))
  .sort((a, b) => b.modern - a.modern);
async function worker() {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    try {
      await installRepository(next);
    } catch (error) {
      process.stderr.write(`${next.repo}: not installed: ${error.stderr ?? error.stack}\n`);
    }
  }
}
await Promise.all([worker(), worker(), worker()]);
