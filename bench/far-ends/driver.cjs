/** bench/far-ends/driver: lets a cluster take orders from the bench, by a socket that is not the line under test. */
const { connect } = require('node:net');
const { createInterface } = require('node:readline');
const { setTimeout: pause } = require('node:timers/promises');
const { isRight } = require('./work.cjs');

/** The last run's times per call in us; kept until asked for, so that sorting them is in nobody's CPU figure. */
let times = new Float64Array(0);
let stopped = false;

/** Counts through all runs: V8 keeps what it compiled, and an eval's text that came back would cost it nothing. */
let asked = 0;

/** Asks again and again, with so many asks in flight at any time, until all calls are made or `stop` comes. */
async function run({ asks, clusters }, { ask, calls, inFlight, pauseMs }) {
  const took = new Float64Array(calls);
  let next = 0;
  stopped = false;
  const lane = async () => {
    while (next < calls && !stopped) {
      const index = next++;
      const n = asked++;
      const askedAt = performance.now();
      const value = await asks[ask](n);
      took[index] = (performance.now() - askedAt) * 1_000;
      if (!isRight[ask](value, n, clusters)) throw new Error(`wrong answer to '${ask}': ${JSON.stringify(value)}`);
      if (pauseMs !== undefined) await pause(pauseMs);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  times = took.subarray(0, next);
  return { calls: next };
}

function percentiles() {
  const sorted = times.toSorted();
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  return { p50: at(0.5), p99: at(0.99), p999: at(0.999) };
}

function stop() {
  stopped = true;
  return {};
}

/** Connects to the bench and does what it says, for as long as it lives. `asks`: name -> (n) => promise of the answer. */
function drive({ cluster, clusters, asks }) {
  const orders = { run: (order) => run({ asks, clusters }, order), times: percentiles, stop };
  const socket = connect(process.env.BENCH_SOCKET);
  const say = (message) => socket.write(`${JSON.stringify(message)}\n`);
  say({ key: process.env.BENCH_KEY, cluster, asks: Object.keys(asks) });
  createInterface({ input: socket }).on('line', async (line) => {
    const order = JSON.parse(line);
    try {
      say({ id: order.id, ...(await orders[order.order](order)) });
    } catch (error) {
      say({ id: order.id, failed: String(error?.stack ?? error) });
    }
  });
  // The bench is gone, or done with this contestant: nothing may stay behind. An error is always followed by a close.
  socket.on('error', () => undefined);
  socket.on('close', () => process.exit(0));
}

module.exports = { drive };
