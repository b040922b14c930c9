/** test/judged-rows: rows of code whose call is a client's or somebody else's, each in a file of one bot. */
import { beforeAll, expect, test } from 'vitest';
import { type Migrated, migrateAll } from './batch.ts';

/** A file with `UP` for its call. */
export type Row = readonly [title: string, text: string];

const outcomes = ({ sites }: Migrated): readonly string[] => sites.map(({ outcome, code }) => code ?? outcome);

/**
 * Declares a test for each row: all of its calls are `rewritten`, or `left` since they are nobody's or another's.
 *
 * @param withCall - puts the call in
 * @param more - files beside them
 */
export function judge(
  rows: readonly Row[],
  says: 'left' | 'rewritten',
  { withCall, more = [] }: { readonly withCall: (text: string) => string; readonly more?: readonly string[] },
): void {
  let all: readonly Migrated[] = [];
  beforeAll(async () => {
    all = await migrateAll([...rows.map(([, text]) => `const fs = require('fs');\n${withCall(text)}`), ...more]);
  });

  test.each(rows.map(([title], i) => [title, i] as const))('%s', (_title, i) => {
    const one = all[i];
    const found = one === undefined ? [] : outcomes(one).map((code) => (/^DC-S[13]$/.test(code) ? 'left' : code));
    expect([...new Set(found)]).toEqual([says]);
  });
}
