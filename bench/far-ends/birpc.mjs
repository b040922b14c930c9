/** bench/far-ends/birpc: birpc over the port of raw-port: what that layer costs. */
import { workerData } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import driver from './driver.cjs';
import work from './work.cjs';

const { cluster, port } = workerData;
const remote = createBirpc(
  { increment: ({ n }) => n + 1 },
  { post: (message) => port.postMessage(message), on: (reader) => port.on('message', reader) },
);
const asks = { unicast: (n) => remote.increment({ ...work.payload, n }) };
driver.drive({ cluster, clusters: 2, asks: cluster === 0 ? asks : {} });
