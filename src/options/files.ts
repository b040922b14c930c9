/** options/files: the paths among the options, made absolute; one that leads nowhere shows at once. */
import { type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { messageOf, ShardliftError } from '../errors.ts';
import { shown } from './assert.ts';

/** What is there, or why nothing can be: a part of the path may be a file (ENOTDIR), or closed to us (EACCES). */
function look(path: string): Stats | string | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    return messageOf(error);
  }
}

const isFile = (found: ReturnType<typeof look>): boolean => typeof found === 'object' && found.isFile();

/** The absolute path of an option that names a file. @throws ShardliftError `INVALID_OPTION` */
export function existingFile(option: string, path: unknown, folder: string): string {
  const expected = 'the path of a file that exists';
  if (typeof path !== 'string' || path === '') {
    throw new ShardliftError('INVALID_OPTION', { option, expected, received: shown(path) });
  }
  const absolute = resolve(folder, path);
  const found = look(absolute);
  if (!isFile(found)) {
    const received = `'${absolute}', which is none${typeof found === 'string' ? ` (${found})` : ''}`;
    throw new ShardliftError('INVALID_OPTION', { option, expected, received });
  }
  return absolute;
}

/**
 * The absolute path of a file to write. A folder that is missing would otherwise show hours later, with the data lost.
 *
 * @throws ShardliftError `INVALID_OPTION`
 */
export function writableFile(option: string, path: unknown): string {
  const absolute = typeof path === 'string' ? resolve(path) : '';
  const found = look(absolute);
  const folder = look(dirname(absolute));
  const free = found === undefined || isFile(found);
  if (absolute !== '' && free && typeof folder === 'object' && folder.isDirectory()) return absolute;
  const expected = 'the path of a file in a folder that exists';
  throw new ShardliftError('INVALID_OPTION', { option, expected, received: shown(path) });
}
