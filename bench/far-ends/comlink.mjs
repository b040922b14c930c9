/** bench/far-ends/comlink: comlink over the port of raw-port: what that layer costs. */
import { parentPort, workerData } from 'node:worker_threads';
import { expose, wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import driver from './driver.cjs';
import work from './work.cjs';

const { cluster, port } = workerData;
// Kept alive by the driver's socket; comlink starts the port itself.
parentPort.unref();
if (cluster === 1) expose({ increment: ({ n }) => n + 1 }, nodeEndpoint(port));
const remote = cluster === 0 ? wrap(nodeEndpoint(port)) : undefined;
const asks = { unicast: (n) => remote.increment({ ...work.payload, n }) };
driver.drive({ cluster, clusters: 2, asks: cluster === 0 ? asks : {} });
