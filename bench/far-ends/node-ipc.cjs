/** bench/far-ends/node-ipc: Node's own channel to the parent, which passes on what is for another child. */
const { answerTo, correlate } = require('./correlation.cjs');
const { drive } = require('./driver.cjs');

const cluster = Number(process.env.BENCH_CLUSTER);

function askOf(to) {
  const { ask, answered } = correlate((message) => process.send({ to, message }));
  process.on('message', ({ from, message }) => {
    if (from === to) answered(message);
  });
  return ask;
}

if (cluster === 0) drive({ cluster, clusters: 2, asks: { unicast: askOf(1), manager: askOf('manager') } });
else {
  process.on('message', ({ from, message }) => process.send({ to: from, message: answerTo(message) }));
  drive({ cluster, clusters: 2, asks: {} });
}
