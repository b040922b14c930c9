/** corpus/measure: runs dc-migrate on one checkout and compares its report with the list of call sites. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.dc-migrate') yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}

const hash = (path) => createHash('sha1').update(readFileSync(path)).digest('hex');

function snapshot(folder) {
  const files = [...filesBelow(folder)].map((path) => [relative(folder, path).split(sep).join('/'), hash(path)]);
  return new Map(files);
}

function parseErrors(folder, file) {
  if (!/\.[mc]?[jt]sx?$/.test(file)) return 0;
  const text = readFileSync(join(folder, file), 'utf8');
  const kind = /\.[mc]?js$/.test(file) ? ts.ScriptKind.JSX : undefined;
  return ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, false, kind).parseDiagnostics.length;
}

/** What the report says about one listed call: its line, or the wrapper's callers when the wrapper itself is listed. */
function outcomeOf(report, listed) {
  const same = report.sites.filter(
    (site) => site.file === listed.file && site.method === listed.method && site.line === listed.line,
  );
  return same.find((site) => site.column === listed.column) ?? same[0] ?? null;
}

/** Runs the codemod twice on a checkout. */
export async function measure(migrate, folder, repository, options) {
  const before = snapshot(folder);
  const started = process.cpuUsage();
  const report = await migrate({ paths: ['.'], cwd: folder, ...options });
  const cpu = process.cpuUsage(started);
  const after = snapshot(folder);
  const named = new Set(report.files.map(({ file }) => file));
  const strays = [...after].filter(([file, sum]) => before.get(file) !== sum && !named.has(file)).map(([file]) => file);
  const broken = [...named].filter((file) => parseErrors(folder, file) > 0);
  const second = await migrate({ paths: ['.'], cwd: folder, ...options });
  return {
    report,
    sites: repository.sites.map((listed) => ({ listed, site: outcomeOf(report, listed) })),
    strays,
    broken,
    again: second.files.map(({ file }) => file),
    cpuMs: Math.round((cpu.user + cpu.system) / 1000),
  };
}
