/** run/write: puts all planned files on disk, or none of them. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { MigrateError } from '../errors.ts';
import type { PlannedFile } from '../plan/decision.ts';
import { realPath } from '../project/discover.ts';
import { hashOf, withBom } from '../project/source.ts';

/** What is written: the text a file has now, and the one it gets. */
export type Writing = Pick<PlannedFile, 'path' | 'before' | 'after'>;

/** The files that are written: a link stays one, and the file it leads to changes. */
export const throughLinks = <File extends Writing>(files: readonly File[]): readonly File[] =>
  files.map((file) => ({ ...file, path: realPath(file.path) }));

/** Where the new text of a file waits for its rename. */
export const temporary = (path: string, pid: number = process.pid): string => `${path}.dc-migrate-${pid}.tmp`;

/** Any of the bits that let somebody write; a rename would replace a file that has none of them. */
const writable = 0o222;

/**
 * Refuses to write over a file somebody changed since it was read, or protected against changes.
 *
 * @throws MigrateError `FILE_CHANGED`, `READ_ONLY`
 */
export function guard({ path, before }: Writing): void {
  const now = existsSync(path) ? statSync(path) : undefined;
  const unchanged =
    before === null ? now === undefined : now !== undefined && hashOf(readFileSync(path)) === before.hash;
  if (!unchanged) throw new MigrateError('FILE_CHANGED', { path });
  if (now !== undefined && (now.mode & writable) === 0) throw new MigrateError('READ_ONLY', { path });
}

function prepare({ path, before, after }: Writing): void {
  mkdirSync(dirname(path), { recursive: true });
  const mode = before === null ? undefined : statSync(path).mode;
  writeFileSync(temporary(path), withBom(before ?? { bom: false }, after), mode === undefined ? {} : { mode });
}

function restore(done: readonly Writing[]): boolean {
  let restored = true;
  for (const { path, before } of done) {
    try {
      if (before === null) rmSync(path, { force: true });
      else writeFileSync(path, withBom(before, before.text));
    } catch {
      // The disk refuses this one too: say so in the error rather than stop putting the others back.
      restored = false;
    }
  }
  return restored;
}

function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The disk that just failed may keep a temporary file; the error that led here is the one to tell.
  }
}

/**
 * Writes the files: first all to temporary files beside them, then renames one after the other.
 *
 * @throws MigrateError `FILE_CHANGED`, `READ_ONLY` before anything is written; `WRITE_FAILED` after everything is put back
 */
export function writeFiles(given: readonly Writing[]): void {
  const files = throughLinks(given);
  for (const file of files) guard(file);
  const done: Writing[] = [];
  let current = '';
  try {
    for (const file of files) {
      current = file.path;
      prepare(file);
    }
    for (const file of files) {
      current = file.path;
      renameSync(temporary(file.path), file.path);
      done.push(file);
    }
  } catch (error) {
    const restored = restore(done);
    for (const { path } of files) discard(temporary(path));
    throw new MigrateError('WRITE_FAILED', { path: current, restored, reason: String(error) }, { cause: error });
  }
}
