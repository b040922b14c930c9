/** project/own-version: the version of this package. */
import { findUp, readManifest } from './package-info.ts';

/** What `--version` prints and reports name. */
export function ownVersion(): string {
  const path = findUp('package.json', import.meta.dirname);
  const version = path === null ? undefined : readManifest(path).version;
  return typeof version === 'string' ? version : 'unknown';
}
