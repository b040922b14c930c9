/** differential/shown: which scenarios show a line of `compat/quirks.ts`. */
import { readdirSync, readFileSync } from 'node:fs';
import { allScenarios } from '../scenarios/index.ts';

/** Names of the scenarios that show a quirk: by differing because of it, or by saying so. */
export const shownBy = (quirk: string): readonly string[] =>
  allScenarios
    .filter(({ differs = [], shows = [] }) => shows.includes(quirk) || differs.some(({ because }) => because === quirk))
    .map(({ name }) => name);

const folder = new URL('../', import.meta.url);
const testFiles = readdirSync(folder)
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => ({ file, text: readFileSync(new URL(file, folder), 'utf8') }));

/** The file in `test/compat` with a test of this name: a title of its own, or a row of a table of titles. */
export const testedIn = (name: string): string | undefined =>
  testFiles.find(({ text }) => text.includes(`test('${name}'`) || text.includes(`\n  '${name}': (`))?.file;
