/** bench/soak/node: one speaker of the soak, manager or cluster: asks, answers, counts and measures itself. */
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { AwakeClock } from './awake.mjs';
import { Desk } from './desk.mjs';
import { Load, slackMs } from './load.mjs';
import { handlerName } from './questions.mjs';
import { randomOf } from './random.mjs';

const reportMs = 1_000;
const sampleMs = 5_000;
/** Longest time that questions may still be open after the last one was asked, in ms of a running event loop. */
const longestMs = 30_000 + 2 * slackMs;

// The one way to the collector that processes and threads share.
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

/** What is in use after a full collection, in MB; in a thread `rss` is that of the whole process. */
function memory() {
  collect();
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  return { rss: rss / 2 ** 20, heap: heapUsed / 2 ** 20, buffers: arrayBuffers / 2 ** 20 };
}

/** A node of the soak. */
export class SoakNode {
  #node;
  #load;
  #timers = [];
  #clock = new AwakeClock();
  #blame = (text) => this.#node.say({ word: 'broken', text: `${this.#node.by}: ${text}` });

  /**
   * Answers from now on.
   *
   * `node`: `by` (its address), `ipc`, `firstShard` (none in a manager), `say(message)` to the one who watches,
   * `inFlight()`: requests that the library knows of
   */
  constructor(node) {
    this.#node = node;
    const { by, firstShard, ipc } = node;
    const desk = new Desk({ by, firstShard, blame: this.#blame });
    ipc.handle(handlerName, (question, context) => desk.answer(question, context));
    process.on('warning', ({ name, message }) => this.#blame(`warning: ${name}: ${message}`));
  }

  /** Asks from now on. `start`: which start of this node it is */
  begin({ seed, start, kinds, clusters, shards }) {
    const { by, ipc } = this.#node;
    // Each start of each node has numbers of its own.
    const own = [...`${by} ${start}`].reduce((mixed, letter) => Math.imul(mixed, 31) + letter.charCodeAt(0), seed);
    const place = { ipc, random: randomOf(own), clusters, shards };
    this.#load = new Load({ place, boot: `${by}#${start}`, kinds, clock: this.#clock, blame: this.#blame });
    this.#load.start();
    this.#timers.push(setInterval(() => this.#report(), reportMs));
    this.#timers.push(setInterval(() => this.#sample(), sampleMs));
  }

  /** Asks nothing more and waits for what is open. @returns how much of it never ended, and what the library still has */
  async finish() {
    this.#load.stop();
    const stoppedAt = this.#clock.now;
    while (this.#load.open > 0 && this.#clock.now - stoppedAt < longestMs) await pause(20);
    for (const timer of this.#timers) clearInterval(timer);
    this.#report();
    this.#clock.stop();
    return { open: this.#load.open, inFlight: this.#node.inFlight() };
  }

  #report() {
    this.#load.audit();
    this.#node.say({ word: 'report', by: this.#node.by, ...this.#load.takeReport() });
  }

  #sample() {
    this.#node.say({ word: 'sample', by: this.#node.by, ...memory() });
  }
}
