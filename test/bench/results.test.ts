import { describe, expect, test, vi } from 'vitest';

interface Results {
  table(header: readonly string[], rows: readonly (readonly string[])[]): string;
  sectionText(run: object): string;
  withSection(page: string, key: string, text: string, order: readonly string[]): string;
}

const { sectionText, table, withSection } = await vi.importActual<Results>('../../bench/results.mjs');
const order = ['rpc worker', 'rpc process', 'bulk worker'];

describe('the page', () => {
  const first = withSection('', 'rpc worker', 'ports', order);
  const page = withSection(first, 'bulk worker', 'large', order);

  test('a new section of an empty page stands below a head', () => {
    expect(first).toMatch(
      /^# Benchmark results\n[\s\S]*\n<!-- rpc worker -->\n\nports\n\n<!-- end of rpc worker -->\n$/,
    );
  });

  test('a section that was not there goes where its suite belongs', () => {
    const three = withSection(page, 'rpc process', 'sockets', order);
    expect([...three.matchAll(/<!-- (\w+ \w+) -->/g)].map(([, key]) => key)).toStrictEqual(order);
  });

  test('writing one section leaves every other byte as it was', () => {
    const edited = `${page.replace('ports', 'ports \r\n\t and $& notes ')}\n\nby hand, no newline at the end`;
    const written = withSection(edited, 'bulk worker', 'larger', order);
    expect(written).toBe(edited.replace('large', 'larger'));
    expect(withSection(written, 'bulk worker', 'large', order)).toBe(edited);
  });

  test('a section that was never closed is not taken for one', () => {
    const broken = '<!-- rpc worker -->\nhalf a section\n';
    expect(withSection(broken, 'rpc worker', 'whole', order)).toContain('half a section');
  });
});

describe('a section', () => {
  const latency = { ratio: 1.1, low: 0.9, high: 1.3 };
  const row = { suite: 'rpc', task: 'unicast', mode: 'worker', clusters: 4, inFlight: 1, contestant: 'shardlift' };
  const block = {
    clusters: 4,
    inFlight: 1,
    medians: { raw: { unicast: { latency: 20 } }, shardlift: { unicast: { latency: 22 } } },
    rows: [{ ...row, baseline: 'raw', latency }],
  };
  const run = { name: 'rpc', about: 'Asks.', mode: 'worker', machine: '2 cores, Node v20', date: '2026-01-02' };
  const text = sectionText({ ...run, rounds: 7, blocks: [block] });

  test('says on which machine, in how many rounds and when', () => {
    expect(text).toContain('2 cores, Node v20, 7 interleaved rounds, 2026-01-02.');
  });

  test('shows every contestant, and its ratio with the spread', () => {
    expect(text).toMatch(/\| unicast \| 4 +\| 1 +\| raw +\| 20\.0 +\| - +\|/);
    expect(text).toMatch(/\| shardlift +\| 22\.0 +\| 1\.10 \(0\.90 to 1\.30\) +\|/);
  });

  test('says of every goal whether it is met', () => {
    expect(text).toMatch(/\| unicast: latency over a raw port \| 4 .* \| yes +\|/);
    const missed = sectionText({
      ...run,
      rounds: 7,
      blocks: [{ ...block, rows: [{ ...row, baseline: 'raw', latency: { ...latency, ratio: 1.2 } }] }],
    });
    expect(missed).toMatch(/\| unicast: latency over a raw port .* \| \*\*no\*\* +\|/);
    expect(sectionText({ ...run, rounds: 4, blocks: [block] })).toContain('too few rounds');
  });
});

test('a table is padded to its widest cells', () => {
  expect(table(['a', 'bb'], [['ccc', 'd']])).toBe('| a   | bb |\n| --- | -- |\n| ccc | d  |');
});
