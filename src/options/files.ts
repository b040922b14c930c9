/** options/files: the paths among the options, made absolute; one that leads nowhere shows at once. */
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ShardliftError } from '../errors.ts';
import { shown } from './assert.ts';

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** The absolute path of an option that names a file. @throws ShardliftError `INVALID_OPTION` */
export function existingFile(option: string, path: unknown, folder: string): string {
  const expected = 'the path of a file that exists';
  if (typeof path !== 'string' || path === '') {
    throw new ShardliftError('INVALID_OPTION', { option, expected, received: shown(path) });
  }
  const absolute = resolve(folder, path);
  if (!isFile(absolute))
    throw new ShardliftError('INVALID_OPTION', { option, expected, received: `'${absolute}', which is none` });
  return absolute;
}

/**
 * The absolute path of a file to write. A folder that is missing would otherwise show hours later, with the data lost.
 *
 * @throws ShardliftError `INVALID_OPTION`
 */
export function writableFile(option: string, path: unknown): string {
  const absolute = typeof path === 'string' ? resolve(path) : '';
  const free = isFile(absolute) || statSync(absolute, { throwIfNoEntry: false }) === undefined;
  if (absolute !== '' && free && statSync(dirname(absolute), { throwIfNoEntry: false })?.isDirectory()) return absolute;
  const expected = 'the path of a file in a folder that exists';
  throw new ShardliftError('INVALID_OPTION', { option, expected, received: shown(path) });
}
