/** bench/control: the socket by which the clusters of all contestants take orders, beside the lines under test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Longest wait for an answer, in ms: a contestant that hangs must not hang the bench. */
const longestOrderMs = 300_000;

/** One cluster that said hello. */
class Driver {
  #socket;
  #waiting = new Map();
  #next = 1;

  constructor(socket, hello) {
    this.#socket = socket;
    this.asks = hello.asks;
    socket.on('close', () => this.#fail('its cluster is gone'));
  }

  /** Gives an order; its answer, or an error with what the cluster said. */
  order(order) {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#fail(`no answer within ${longestOrderMs} ms`), longestOrderMs);
      this.#waiting.set(id, { resolve, reject, timer });
      this.#socket.write(`${JSON.stringify({ id, ...order })}\n`);
    });
  }

  /** Takes an answer. */
  answer({ id, failed, ...answer }) {
    const { resolve, reject, timer } = this.#waiting.get(id);
    this.#waiting.delete(id);
    clearTimeout(timer);
    if (failed === undefined) resolve(answer);
    else reject(new Error(failed));
  }

  /** Lets the cluster go, which ends it. */
  close() {
    this.#socket.destroy();
  }

  #fail(reason) {
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(new Error(reason));
    }
    this.#waiting.clear();
  }
}

/** Listens for clusters. `expect(key, count)` resolves with the drivers of a contestant, by cluster, when all are there. */
export async function openControl() {
  const folder = mkdtempSync(join(tmpdir(), 'shardlift-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'control');
  const awaited = new Map();
  const server = createServer((socket) => {
    let driver;
    // A cluster that is ended may reset its line; the close tells.
    socket.on('error', () => undefined);
    createInterface({ input: socket }).on('line', (line) => {
      const message = JSON.parse(line);
      if (driver !== undefined) return driver.answer(message);
      driver = new Driver(socket, message);
      awaited.get(message.key)(message.cluster, driver);
    });
  });
  await new Promise((resolve) => server.listen(path, resolve));
  const expect = (key, count) =>
    new Promise((resolve) => {
      const drivers = new Map();
      awaited.set(key, (cluster, driver) => {
        drivers.set(cluster, driver);
        if (drivers.size === count) resolve(drivers);
      });
    });
  return { path, expect };
}
