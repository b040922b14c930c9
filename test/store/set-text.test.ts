import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SetRequest } from '../../src/store/engine.ts';
import { setOfText, textOfSet } from '../../src/store/set-text.ts';

const when = fc.constantFrom('always' as const, 'absent' as const);
const ttlMs = fc.option(
  fc.oneof(
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
  ),
);
/** With what parts the text, and with halves of characters. */
const key = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(',', ',5,', 'a\0b,', '\n', '\ud800'));

describe('a value to write', () => {
  test('is the same after it was text', () => {
    const json = fc.json().map((data) => ({ format: 'json' as const, data }));
    fc.assert(
      fc.property(json, key, ttlMs, when, (body, key, ttlMs, when) => {
        const request: SetRequest = { ...body, key, ttlMs, when };
        const text = textOfSet(request);
        expect(typeof text).toBe('string');
        expect(setOfText(text)).toEqual(request);
      }),
    );
  });

  test('that is no text goes as it is', () => {
    const about = { key: 'k', ttlMs: 5, when: 'always' } as const;
    for (const request of [
      { ...about, format: 'none' },
      { ...about, format: 'v8', data: new Uint8Array(3) },
      { ...about, format: 'json', data: new Uint8Array(3) },
    ] as const satisfies readonly SetRequest[]) {
      expect(textOfSet(request)).toBe(request);
      expect(setOfText(request)).toBe(request);
    }
  });
});
