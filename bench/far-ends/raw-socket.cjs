/** bench/far-ends/raw-socket: two processes joined by a Unix socket, and nothing else: the limit of process mode. */
const { drive } = require('./driver.cjs');
const { answerOn, askOn } = require('./lines.cjs');

const { BENCH_CLUSTER, BENCH_CLUSTER_PATH, BENCH_MANAGER_PATH } = process.env;
if (BENCH_CLUSTER === '0') {
  const asks = { unicast: askOn(BENCH_CLUSTER_PATH), manager: askOn(BENCH_MANAGER_PATH) };
  drive({ cluster: 0, clusters: 2, asks });
} else {
  answerOn(BENCH_CLUSTER_PATH).then(() => {
    process.send('listening');
    drive({ cluster: 1, clusters: 2, asks: {} });
  });
}
