/** corpus/checkout: a public repository at its commit, as plain files in a folder of its own. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// What the codemod reads; the rest of a repository (images, lock files) would only take time.
const wanted = /(\.[mc]?[jt]sx?|package\.json|tsconfig[^/]*\.json|\.gitignore)$/;

/** The git folder of a repository below the corpus folder: a clone, a bare clone, or one of them inside `repo/`. */
export function gitFolderOf(folder, name) {
  const base = join(folder, name.replace('/', '+'));
  const tries = [join(base, '.git'), join(base, 'repo', '.git'), join(base, 'repo'), base];
  return tries.find((path) => existsSync(join(path, 'objects'))) ?? null;
}

const git = (folder, args, options = {}) =>
  execFileSync('git', ['--git-dir', folder, ...args], { maxBuffer: 1 << 28, encoding: 'utf8', ...options });

/** The text of one file of a commit; `null` when it is not there. */
export function fileAt(gitFolder, commit, path) {
  try {
    return git(gitFolder, ['show', `${commit}:${path.replaceAll('\\', '/')}`], { stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    // No such file: not every bot has a lock file.
    return null;
  }
}

/** Writes the wanted files of a commit to a fresh folder and gives its path; `null` when the commit is not there. */
export function checkout(gitFolder, commit) {
  try {
    git(gitFolder, ['cat-file', '-e', `${commit}^{tree}`], { stdio: 'ignore' });
  } catch {
    // A shallow or newer clone does not hold the commit: the table lists the repository as not run.
    return null;
  }
  const root = mkdtempSync(join(tmpdir(), 'dc-corpus-'));
  const index = join(root, '.index');
  const env = { ...process.env, GIT_INDEX_FILE: index };
  const target = join(root, 'bot');
  mkdirSync(target);
  git(gitFolder, ['read-tree', commit], { env });
  // Symbolic links (mode 120000) are left out: they may lead anywhere.
  const files = git(gitFolder, ['ls-files', '--stage', '-z'], { env })
    .split('\0')
    .flatMap((line) => (/^100/.test(line) ? [line.slice(line.indexOf('\t') + 1)] : []))
    .filter((path) => wanted.test(path) && !/(^|\/)node_modules\//.test(path));
  git(gitFolder, ['checkout-index', '-f', '-q', '-z', '--stdin', `--prefix=${target}/`], {
    env,
    input: files.join('\0'),
  });
  return { root, target, remove: () => rmSync(root, { recursive: true, force: true }) };
}
