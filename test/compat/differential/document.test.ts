import { expect, test } from 'vitest';
import { compatibilityDocument } from './document.ts';

test('docs/compatibility.md says what the quirks and the scenarios say', async () => {
  // After a change: npm run compatibility -- --update
  await expect(compatibilityDocument()).toMatchFileSnapshot('../../../docs/compatibility.md');
});
