/** differential/shown: which scenarios show a line of `compat/quirks.ts`. */
import { allScenarios } from '../scenarios/index.ts';

/** Names of the scenarios that show a quirk: by differing because of it, or by saying so. */
export const shownBy = (quirk: string): readonly string[] =>
  allScenarios
    .filter(({ differs = [], shows = [] }) => shows.includes(quirk) || differs.some(({ because }) => because === quirk))
    .map(({ name }) => name);
