import { expect, test } from 'vitest';
import { quirks } from '../../compat/quirks.ts';
import { shownBy, testedIn } from './differential/shown.ts';
import { allScenarios } from './scenarios/index.ts';

test.each(quirks.map((quirk) => quirk.name))('a test or a scenario shows: %s', (name) => {
  // As a scenario against discord.js, as a title of its own, or as a row of a table of titles.
  expect([...shownBy(name), testedIn(name)]).not.toEqual([undefined]);
});

test('scenarios speak of quirks that are listed, and have names of their own', () => {
  const named = allScenarios.flatMap(({ differs = [], shows = [] }) => [
    ...differs.map(({ because }) => because),
    ...shows,
  ]);
  expect(named.filter((name) => !quirks.some((quirk) => quirk.name === name))).toEqual([]);
  expect(new Set(allScenarios.map(({ name }) => name)).size).toBe(allScenarios.length);
  expect(allScenarios.length).toBeGreaterThanOrEqual(80);
});

test('no quirk is listed twice', () => {
  expect(new Set(quirks.map((quirk) => quirk.name)).size).toBe(quirks.length);
});
