import { expect, test } from 'vitest';
import { allScenarios } from '../scenarios/index.ts';
import { compatibilityDocument } from './document.ts';
import { faultsIn, keptResults } from './results.ts';

test('every scenario was run in all its modes and layouts, and passed', () => {
  // After a change: DIFFERENTIAL_ONLY='part of its name' npm run test:differential
  expect(faultsIn(keptResults(), allScenarios)).toEqual([]);
});

test('docs/compatibility.md says what the quirks, the scenarios and their results say', async () => {
  // After a change: npm run compatibility -- --update
  await expect(compatibilityDocument(keptResults())).toMatchFileSnapshot('../../../docs/compatibility.md');
});
