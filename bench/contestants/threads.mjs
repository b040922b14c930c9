/** bench/contestants/threads: two threads joined by a port; the host answers what they ask of it. */
import { fileURLToPath } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';
import correlation from '../far-ends/correlation.cjs';

/** A contestant of which nothing but the far end's file differs. */
export const threadPair = (file) =>
  async function start() {
    const { port1, port2 } = new MessageChannel();
    for (const [cluster, port] of [port1, port2].entries()) {
      const path = fileURLToPath(new URL(`../far-ends/${file}`, import.meta.url));
      const worker = new Worker(path, { workerData: { cluster, port }, transferList: [port] });
      worker.on('message', (message) => worker.postMessage(correlation.answerTo(message)));
    }
  };
