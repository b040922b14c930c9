/** store/snapshot-file: one file that is there as a whole or not at all. */
import { readFileSync, renameSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf } from '../errors.ts';

/** Only the bot's own user: what bots store is nobody else's business. */
const mode = 0o600;

/** A file that is there, and that the system does not let us read: nothing is known of what it holds. */
export class UnreadFile extends Error {}

/** The content of a file; `undefined` when there is none. @throws UnreadFile */
export function readWhole(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UnreadFile(`it cannot be read (${messageOf(cause)})`, { cause });
  }
}

/** Renames a file that cannot be used, so that it is neither lost nor read again. @returns its new path */
export function setAside(file: string, what: string, now: number = Date.now()): string {
  // Colons are no part of a file's name on Windows.
  const aside = `${file}.${what}-${new Date(now).toISOString().replaceAll(':', '-')}`;
  renameSync(file, aside);
  return aside;
}

/**
 * Replaces a file: writes a new one beside it, waits until that is on the disk, and gives it the name.
 *
 * Whoever reads the file finds the old content or the new, also after the machine lost its power midway.
 */
export async function replaceWhole(file: string, pieces: Iterable<string>): Promise<void> {
  const fresh = `${file}.tmp`;
  try {
    // A piece of an attempt that was cut short; and never through a link that somebody put there.
    await rm(fresh, { force: true });
    await writeDurably(fresh, pieces);
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => {
      // Accepted loss: a piece stays behind; the next attempt removes it.
    });
    throw error;
  }
  await syncFolder(dirname(file));
}

async function writeDurably(file: string, pieces: Iterable<string>): Promise<void> {
  const handle = await open(file, 'wx', mode);
  try {
    for (const piece of pieces) await handle.appendFile(piece);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the new name last. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // Accepted loss: Windows opens no folders. There the name may be the old one after a loss of power.
  }
}
