/** bench/results-file: RESULTS.md, where the newest run of everything stands. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withSection } from './results.mjs';
import { suites } from './suites.mjs';

const file = fileURLToPath(new URL('./RESULTS.md', import.meta.url));
const keyOf = (name, mode) => `${name} ${mode}`;
/** In this order. */
const sections = [...Object.keys(suites), 'soak'].flatMap((name) =>
  ['worker', 'process'].map((mode) => keyOf(name, mode)),
);

/** Brings one section up to date. */
export function writeSection(name, mode, text) {
  const page = existsSync(file) ? readFileSync(file, 'utf8') : '';
  writeFileSync(file, withSection(page, keyOf(name, mode), text, sections));
}
