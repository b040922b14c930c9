/** What is said of a code in general is a whole sentence, in every form of the report. */
import { expect, test } from 'vitest';
import type { Report, SiteReport } from '../src/index.ts';
import { github, sarif } from '../src/report/annotations.ts';
import { html } from '../src/report/html.ts';
import { markdown } from '../src/report/markdown.ts';
import { pretty } from '../src/report/pretty.ts';
import { byExample, inGeneral } from '../src/rules/examples.ts';
import { type ReasonCode, reasons } from '../src/rules/reasons.ts';

const codes = Object.keys(reasons) as ReasonCode[];
const isAssumption = (code: ReasonCode): boolean => code.startsWith('DC-A');

/** Cut words, a hole, two stops where one is meant, or none at the end. */
const broken = /…|\{\w+\}|(?<!\.)\.\.(?!\.)|\. \.|[^.?!)]$/;

const site = (code: ReasonCode): SiteReport => ({
  ...{ file: 'x.js', line: 1, column: 1, method: 'broadcastEval', receiver: 'client.shard', handler: null },
  ...(isAssumption(code)
    ? { outcome: 'rewritten', code: null, message: 'Asks the handler x.' }
    : { outcome: 'left', code, message: byExample(code) }),
  ...(isAssumption(code) && { assumptions: [{ code, what: ['client'], message: byExample(code) }] }),
});

const reportOf = (code: ReasonCode): Report => ({
  version: 1,
  sites: [site(code)],
  files: [],
  summary: {
    ...{ found: 1, rewritten: 0, rewrittenWithNote: 0, left: 1, verified: true },
    checked: { types: 0, names: 0, ownerTyped: 0, unchecked: 0 },
  },
});

/** The sentence that pages have for a code, whatever place it is about. */
function described(code: ReasonCode): string {
  const [{ tool, properties }] = JSON.parse(sarif(reportOf(code))).runs;
  return isAssumption(code) ? properties.assumptions[0].sentence : tool.driver.rules[0].fullDescription.text;
}

test.each(codes)('%s is described in a whole sentence, and as an example where it is one', (code) => {
  const text = described(code);
  expect(text).not.toMatch(broken);
  expect(text).toBe(byExample(code) === reasons[code].sentence ? byExample(code) : `For example: ${byExample(code)}`);
});

test.each<[string, (report: Report) => string, readonly ReasonCode[]]>([
  ['the terminal', (report) => pretty(report, { dryRun: true, undoId: null, links: null }), codes],
  // What is taken for granted is no annotation.
  ['GitHub', (report) => github(report), codes.filter((code) => !isAssumption(code))],
  ['SARIF', sarif, codes],
  ['Markdown', (report) => markdown(report, []), codes],
  ['HTML', (report) => html(report, []), codes],
])('%s tells of each code, and cuts none', (_name, written, some) => {
  const texts = some.map((code) => [code, written(reportOf(code))] as const);
  expect(texts.filter(([code, text]) => !text.includes(code))).toEqual([]);
  expect(texts.filter(([, text]) => /…|(?<!\.)\.\.(?![./])|\. \./.test(text))).toEqual([]);
});

test('a sentence that is the same at every place is no example', () => {
  expect(inGeneral('DC-W2')).toBe(reasons['DC-W2'].sentence);
  expect(inGeneral('DC-A1')).toMatch(/^For example: `client` is taken for a client/);
});
