/**
 * corpus/run: `npm run corpus`, for those who have the public repositories at hand.
 *
 * CORPUS_LIST   the list of repositories and call sites (JSON)
 * CORPUS_REPOS  a folder with one git folder per repository, named OWNER+NAME
 *
 * `--only TEXT` runs the repositories whose name holds the text; `--modern`, `--legacy` one half; `--sites` prints every
 * listed call that does not end as its tier says; `--write` replaces codemods/CORPUS.md. `--keep` keeps the migrated
 * copies and says where they are.
 *
 * `--with NAMES` turns further options on, by commas: `--with inline,idioms`.
 *
 * `--typed` links the dependencies that install.mjs put into CORPUS_MODULES, so that calls are judged by the types of the
 * bot's own discord.js; `--write` replaces codemods/CORPUS-TYPED.md then.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { migrate } from '../dist/index.mjs';
import { checkout, gitFolderOf } from './checkout.mjs';
import { measure } from './measure.mjs';
import { linkModules } from './modules.mjs';
import { asMarkdown, disagreements } from './table.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    modern: { type: 'boolean', default: false },
    legacy: { type: 'boolean', default: false },
    sites: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    typed: { type: 'boolean', default: false },
    with: { type: 'string', default: '' },
    keep: { type: 'boolean', default: false },
  },
});

const { CORPUS_LIST: list, CORPUS_REPOS: repos, CORPUS_MODULES: modules } = process.env;
if (list === undefined || repos === undefined || !existsSync(list) || !existsSync(repos)) {
  process.stderr.write('Set CORPUS_LIST to the list and CORPUS_REPOS to the folder of the repositories.\n');
  process.exit(4);
}
if (values.typed && (modules === undefined || !existsSync(modules))) {
  process.stderr.write('Run codemods/corpus/install.mjs first, and set CORPUS_MODULES to the folder it wrote.\n');
  process.exit(4);
}

const further = Object.fromEntries(values.with.split(',').flatMap((name) => (name === '' ? [] : [[name, true]])));

const wanted = ({ repo, modern }) =>
  (values.only === undefined || repo.includes(values.only)) &&
  (!values.modern || modern) &&
  (!values.legacy || !modern);

const results = [];
for (const repository of JSON.parse(readFileSync(list, 'utf8')).repositories.filter(wanted)) {
  const folder = gitFolderOf(repos, repository.repo);
  const copy = folder === null ? null : checkout(folder, repository.commit);
  if (copy === null) {
    results.push({ repository, result: null, error: folder === null ? 'not fetched' : 'commit not there' });
    continue;
  }
  try {
    if (values.typed && !linkModules(modules, repository.repo, copy.target)) {
      results.push({ repository, result: null, error: 'dependencies not installed' });
      continue;
    }
    const options = {
      legacy: !repository.modern || repository.frameworks.includes('discord-hybrid-sharding'),
      fixCaptures: true,
      ...further,
    };
    results.push({ repository, result: await measure(migrate, copy.target, repository, options), error: null });
  } catch (error) {
    results.push({ repository, result: null, error: String(error?.stack ?? error) });
  } finally {
    if (values.keep) process.stderr.write(`${repository.repo}: ${copy.target}\n`);
    else copy.remove();
  }
}

const table = asMarkdown(results, { typed: values.typed });
process.stdout.write(table);
if (values.sites) process.stdout.write(disagreements(results));
const file = values.typed ? 'CORPUS-TYPED.md' : 'CORPUS.md';
if (values.write) writeFileSync(join(import.meta.dirname, '..', file), table);
