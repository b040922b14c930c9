/** explain: each code of the table has a page that can be read and followed. */
import { describe, expect, test } from 'vitest';
import { explainCode } from '../src/command/explain.ts';
import { examplesOf } from '../src/rules/examples.ts';
import { type ReasonCode, reasons } from '../src/rules/reasons.ts';

const codes = Object.keys(reasons) as ReasonCode[];
const holesOf = (sentence: string): readonly string[] =>
  [...sentence.matchAll(/\{(\w+)\}/g)].map(([, key = '']) => key);

/** What tells a reader to do something, at the start of a part of a sentence. */
const advice =
  /(?:^|[.;:,] |\bor |\band |please )(?:nothing (?:else )?(?:is )?to do|add|ask|build|call|change|check|compare|export|fix|give|hand|import|keep|let|look|mend|move|name|pass|put|remove|rename|rewrite|report|restart|run|split|turn|use|wait|write)\b/i;

describe.each(codes)('%s', (code) => {
  const page = explainCode(code);
  const [, , said = ''] = page.split('\n');

  test('has no hole', () => {
    expect(page).not.toMatch(/\{\w+\}|…|\[object/);
    expect(page.slice(page.indexOf('\n'))).not.toMatch(/ {2}|``| [,;)]/);
    const own = [...Object.values(reasons[code]), ...Object.values(examplesOf(code))];
    if (!own.some((text) => String(text).includes('undefined'))) expect(page).not.toContain('undefined');
  });

  test('says what to do', () => expect(said).toMatch(advice));

  test('has an example for each hole, and for nothing else', () => {
    const { sentence, general } = reasons[code];
    const given = { ...examplesOf(code), ...general };
    expect(Object.keys(given).sort()).toEqual([...new Set(holesOf(sentence))].sort());
  });
});

test('a page of what is taken for granted says once that there is nothing to do', () => {
  const page = explainCode('DC-A2');
  expect(page).toContain('nothing to do where it holds.\n');
  expect(page).not.toContain('Nothing to do');
});

test('ending a process is told to end all shards in it, and how one is started again', () => {
  expect(explainCode('DC-E2')).toMatch(/all shards that share the process end with it.*respawn\(\) of the one/);
});

test('a page with examples says that they are some', () => {
  expect(explainCode('DC-C1')).toContain('uses `prefix` (line 3) from outside itself');
  expect(explainCode('DC-C1')).toContain('are examples');
  expect(explainCode('DC-W2')).not.toContain('are examples');
});
