/** demo/table: what was seen, side by side. */

/** Lays rows out in columns of equal width. */
export function columns(rows) {
  const widths = rows[0].map((_cell, at) => Math.max(...rows.map((row) => row[at].length)));
  const line = (row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at]))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [line(rows[0]), rule, ...rows.slice(1).map(line)].join('\n');
}

const short = (text) => {
  const flat = String(text).replaceAll('\n', ' | ');
  return flat.length > 44 ? `${flat.slice(0, 41)}...` : flat;
};

const sameAs = (stock, answer) => (stock === answer ? 'yes' : 'NO');

/** Command by command: the stock answer, and whether the others agree. */
export function answersTable(runs, processBound) {
  const [stock, ...others] = runs;
  const head = ['command', `${stock.name} answers`, ...others.map(({ name }) => `same: ${name}`)];
  const rows = Object.entries(stock.answers).map(([command, answer]) => {
    const cells = others.map(({ answers }) =>
      processBound.includes(command) ? `process-bound: ${short(answers[command])}` : sameAs(answer, answers[command]),
    );
    return [`/${command}`, short(answer), ...cells];
  });
  return columns([head, ...rows]);
}

const percent = (part, whole) => (part === undefined || !whole ? '' : ` (${Math.round((100 * part) / whole)} %)`);
const megabytes = (value, stock) =>
  value === undefined ? 'not on this system' : `${value} MB${percent(value, stock)}`;

/** What each run cost and how it behaved. */
export function costTable(runs) {
  const [stock] = runs;
  const row = (title, cell) => [title, ...runs.map(cell)];
  return columns([
    ['', ...runs.map(({ name }) => name)],
    row('processes (manager included)', (run) => String(run.processes)),
    row('memory, RSS', (run) => megabytes(run.rssMB, stock.rssMB)),
    row('memory, private', (run) => megabytes(run.privateMB, stock.privateMB)),
    row('time to all shards ready', (run) => `${(run.readyMs / 1000).toFixed(1)} s`),
    row('identify violations', (run) => String(run.violations)),
    row('a call whose target dies', (run) => run.death.text),
    row('processes left after stop', (run) => String(run.left)),
  ]);
}

/** What shardlift promises of memory for four clusters of four shards, as parts of discord.js in process mode. */
const limits = { rssMB: 0.45, privateMB: 0.55 };

/** Memory above its limit. Only with 17 processes of discord.js: smaller bots and threads share other parts. */
const tooLarge = (run, stock) =>
  Object.entries(limits)
    .filter(([what, limit]) => stock.processes >= 17 && run[what] > stock[what] * limit)
    .map(([what, limit]) => `${run.name}: ${what} ${run[what]}, more than ${limit * 100} % of ${stock[what]}`);

/** The differences that must not be. */
export function broken(runs, processBound) {
  const [stock, ...others] = runs;
  return others.flatMap((run) => [
    ...tooLarge(run, stock),
    ...Object.keys(stock.answers)
      .filter((command) => !processBound.includes(command) && run.answers[command] !== stock.answers[command])
      .map((command) => `${run.name}: /${command} answers ${JSON.stringify(run.answers[command])}`),
    ...(run.violations > 0 ? [`${run.name}: ${run.violations} identify violations`] : []),
    ...(run.death.settled ? [] : [`${run.name}: a call whose target died never settled`]),
    ...(run.left > 0 ? [`${run.name}: ${run.left} processes left after the manager stopped`] : []),
    ...(run.readyMs >= stock.readyMs ? [`${run.name}: not sooner ready than ${stock.name}`] : []),
  ]);
}
