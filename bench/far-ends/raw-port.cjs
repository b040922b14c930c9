/** bench/far-ends/raw-port: two threads joined by a MessageChannel, and nothing else: the limit of worker mode. */
const { parentPort, workerData } = require('node:worker_threads');
const { answerTo, correlate } = require('./correlation.cjs');
const { drive } = require('./driver.cjs');

const { cluster, port } = workerData;

function askOn(line) {
  const { ask, answered } = correlate((message) => line.postMessage(message));
  line.on('message', answered);
  return ask;
}

if (cluster === 1) port.on('message', (message) => port.postMessage(answerTo(message)));
drive({ cluster, clusters: 2, asks: cluster === 0 ? { unicast: askOn(port), manager: askOn(parentPort) } : {} });
