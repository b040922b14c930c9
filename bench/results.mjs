/** bench/results: what a run showed, as text for the eye and as sections of RESULTS.md. Pure. */
import { judge } from './goals.mjs';
import { measured } from './ratios.mjs';

const head = `# Benchmark results

The newest run of each suite, written by \`npm run bench -- SUITE\` and \`npm run soak\`. Compare the ratios: they hold on
other machines, the times do not. A ratio is the median over interleaved rounds (lowest to highest).
`;

const digits = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

/** A spread in one cell. */
export const shown = ({ ratio, us, middle = ratio ?? us, low, high }) =>
  `${digits(middle)} (${digits(low)} to ${digits(high)})`;

/** A table as Markdown, columns padded so that it reads as text too. */
export function table(header, rows) {
  const widths = header.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column].length)));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(header), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}

const unitOf = { spawn: 'ms', memory: 'MB' };
const titles = { latency: 'latency', cpu: 'CPU', memory: 'memory' };

/** Baselines in the order of their columns. */
const columns = ['raw', 'named request', 'whole and grouped', 'discord.js', 'hybrid'];

const tasksOf = (medians) => Object.keys(Object.values(medians)[0] ?? {});

/** The contestants' own medians, and each over each baseline. */
function figures(suite, blocks) {
  const rows = blocks.flatMap(({ rows }) => rows);
  const used = columns.filter((name) => rows.some(({ baseline }) => baseline === name));
  const medians = blocks.flatMap(({ medians }) => Object.values(medians).flatMap(Object.values));
  const measures = measured.filter((what) => medians.some((values) => values[what] !== undefined));
  const unit = unitOf[suite] ?? 'us';
  const pairs = used.flatMap((baseline) => measures.map((what) => [baseline, what]));
  const header = [
    'task',
    'clusters',
    'in flight',
    'contestant',
    ...measures.map((what) => `${titles[what]}, ${unit}`),
    ...pairs.map(([baseline, what]) => `${titles[what]} / ${baseline}`),
  ];
  const lines = blocks.flatMap(({ clusters, inFlight, medians, rows }) =>
    tasksOf(medians).flatMap((task) =>
      Object.entries(medians).map(([contestant, { [task]: own }]) => [
        task,
        String(clusters),
        String(inFlight),
        contestant,
        ...measures.map((what) => (own[what] === undefined ? '-' : digits(own[what]))),
        ...pairs.map(([baseline, what]) => {
          const row = rows.find(
            (one) => [one.task, one.contestant, one.baseline].join() === [task, contestant, baseline].join(),
          );
          return row?.[what] === undefined ? '-' : shown(row[what]);
        }),
      ]),
    ),
  );
  return table(header, lines);
}

/** What the goals say to the rows, empty when they say nothing. */
function goalTable(rows, rounds) {
  const verdicts = judge(rows, rounds);
  if (verdicts.length === 0) return [];
  const word = (met) => (met === undefined ? 'too few rounds' : met ? 'yes' : '**no**');
  const lines = verdicts.map(({ goal, clusters, limit, measured, met }) => [
    goal,
    String(clusters),
    `<= ${limit}`,
    shown(measured),
    word(met),
  ]);
  return [table(['goal', 'clusters', 'limit', 'measured', 'met'], lines)];
}

/**
 * One suite in one mode.
 *
 * @param run `{ name, about, mode, rounds, machine, date, blocks }`; a block is what one task showed with so many clusters:
 * `{ clusters, inFlight, medians, rows }`, its medians by contestant, task and measure
 */
export function sectionText({ name, about, mode, rounds, machine, date, blocks }) {
  const rows = blocks.flatMap((block) => block.rows);
  const times = `${rounds} interleaved round${rounds === 1 ? '' : 's'}`;
  return [
    `## ${name}, ${mode} mode`,
    about,
    `${machine}, ${times}, ${date}.`,
    figures(name, blocks),
    ...goalTable(rows, rounds),
  ].join('\n\n');
}

const opening = (key) => `<!-- ${key} -->\n`;
const closing = (key) => `<!-- end of ${key} -->\n`;

/** The page with one section new; every other byte stays. `order` is where a section that was not there goes. */
export function withSection(page, key, text, order) {
  const whole = `${opening(key)}\n${text}\n\n${closing(key)}`;
  const old = page === '' ? head : page;
  const from = old.indexOf(opening(key));
  const to = old.indexOf(closing(key), from);
  if (from !== -1 && to !== -1) return old.slice(0, from) + whole + old.slice(to + closing(key).length);
  const after = order.slice(order.indexOf(key) + 1).map((later) => old.indexOf(opening(later)));
  const before = after.find((place) => place !== -1);
  if (before === undefined) return `${old}${old.endsWith('\n') ? '' : '\n'}\n${whole}`;
  return `${old.slice(0, before)}${whole}\n${old.slice(before)}`;
}
