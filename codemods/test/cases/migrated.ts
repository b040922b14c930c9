/** test/cases/migrated: a table on disk, migrated once and once more. */
import { migrate, type Report } from '../../src/index.ts';
import { project, read } from '../project.ts';
import type { Case, Table } from './case.ts';
import type { Variant } from './variants.ts';

/** What two runs over one table gave. */
export interface Migrated {
  readonly root: string;
  /** Every file after the first run, by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly first: Report;
  readonly second: Report;
  /** Whether the second run left every byte as it was. */
  readonly settled: boolean;
}

/** The file of each row: `c04`, `c04b`, so that rows of one number come one after the other. */
export function pathsOf({ rows, path }: Table): readonly (readonly [path: string, row: Case])[] {
  return rows.map((row, index) => {
    const before = rows.slice(0, index).filter(({ no }) => no === row.no).length;
    const name = `c${String(row.no).padStart(2, '0')}${['', 'b', 'c'][before] ?? 'd'}`;
    return [path.replace('NN', name), row] as const;
  });
}

const isCode = (path: string): boolean => /\.[jt]s$/.test(path);

/** The files of a table before any run, saved in one manner. */
export function filesOf(table: Table, { code, other }: Variant): Readonly<Record<string, string>> {
  const rows = pathsOf(table).map(([path, row]) => [path, row.before] as const);
  const bot = Object.entries(table.bot).flatMap(([path, text]) => (text === null ? [] : [[path, text] as const]));
  return Object.fromEntries([...bot, ...rows].map(([path, text]) => [path, (isCode(path) ? code : other)(text)]));
}

/** A result as it has to be for files saved in another manner. */
export function expectedFiles(
  written: Migrated,
  before: Readonly<Record<string, string>>,
  { code, other }: Variant,
): Readonly<Record<string, string>> {
  const isOldCode = (path: string): boolean => path in before && !path.endsWith('.json');
  const saved = Object.entries(written.files).map(([path, text]) => [path, (isOldCode(path) ? code : other)(text)]);
  return Object.fromEntries(saved) as Record<string, string>;
}

/** Runs dc-migrate twice over a table. */
export async function migrateTwice(table: Table, variant: Variant): Promise<Migrated> {
  const root = project(filesOf(table, variant));
  const run = () => migrate({ paths: ['.'], cwd: root, ...table.options });
  const first = await run();
  const files = read(root);
  const second = await run();
  const again = read(root);
  const settled = JSON.stringify(again) === JSON.stringify(files) && second.files.length === 0;
  return { root, files, first, second, settled };
}
