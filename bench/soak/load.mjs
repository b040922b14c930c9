/** bench/soak/load: one node's questions to all others, each held to its deadline and its answer. */
import { setTimeout as pause } from 'node:timers/promises';
import { endOf, faultOf } from './judge.mjs';
import { askBy, deadlineOf } from './questions.mjs';
import { between, weighted } from './random.mjs';
import { textOf } from './text.mjs';

/** Questions on their way at any time. */
const lanes = 8;
/** Longest pause between two questions of one lane, in ms. */
const longestPauseMs = 20;
/** How much later than its deadline a question may be settled, in ms of a running event loop. */
export const slackMs = 1_000;

/** Asks without end. */
export class Load {
  #place;
  #boot;
  #kinds;
  #clock;
  #blame;
  #asked = 0;
  #over = false;
  #open = new Map();
  #counts = {};
  #worstMs = 0;

  /**
   * `place`: `{ ipc, random, clusters, shards }`, the last two as numbers; `boot`: a name that differs for each start of
   * the node; `kinds`: what it asks; `blame(text)` is told what is wrong
   */
  constructor({ place, boot, kinds, clock, blame }) {
    this.#place = place;
    this.#boot = boot;
    this.#kinds = kinds;
    this.#clock = clock;
    this.#blame = blame;
  }

  /** Questions that are not settled. */
  get open() {
    return this.#open.size;
  }

  start() {
    for (let lane = 0; lane < lanes; lane++) void this.#run();
  }

  /** Asks nothing more. */
  stop() {
    this.#over = true;
  }

  /** What came of the questions since the last time: `counts` by kind and end, `worstMs` after a deadline. */
  takeReport() {
    const report = { counts: this.#counts, worstMs: this.#worstMs };
    this.#counts = {};
    this.#worstMs = 0;
    return report;
  }

  /** Blames what should have been settled by now, once each. @returns how many there are */
  audit() {
    const overdue = [...this.#open.values()].filter(({ dueAt }) => this.#clock.now > dueAt + slackMs);
    for (const one of overdue) {
      if (!one.blamed) this.#blame(`${one.what} is not settled, ${slackMs} ms after its deadline`);
      one.blamed = true;
    }
    return overdue.length;
  }

  async #run() {
    while (!this.#over) {
      await this.#askOne();
      await pause(between(this.#place.random, 0, longestPauseMs));
    }
  }

  async #askOne() {
    const kind = weighted(this.#place.random, this.#kinds);
    const question = this.#questionOf(kind);
    const { n } = question;
    const dueAt = this.#clock.now + deadlineOf(question);
    const what = `'${kind.name}' ${this.#boot}/${n}`;
    this.#open.set(n, { what, dueAt, blamed: false });
    const end = await this.#endOf(kind, question);
    this.#open.delete(n);
    const lateMs = this.#clock.now - dueAt;
    this.#worstMs = Math.max(this.#worstMs, lateMs);
    if (lateMs > slackMs) this.#blame(`${what} was settled ${Math.round(lateMs)} ms after its deadline`);
    const fault = faultOf(kind, question, end, this.#place);
    if (fault !== undefined) this.#blame(`${what}: ${fault}`);
    this.#count(kind.name, endOf(kind, end));
  }

  #questionOf({ lane, aim, more = () => ({}) }) {
    const { random } = this.#place;
    const n = ++this.#asked;
    const question = { boot: this.#boot, n, lane, ...aim(random, this.#place), ...more(random) };
    return question.letters === undefined ? question : { ...question, text: textOf(n, question.letters) };
  }

  async #endOf(kind, question) {
    try {
      return { value: await askBy(kind, this.#place, question) };
    } catch (error) {
      return { error: error ?? new Error('rejected with nothing') };
    }
  }

  #count(kind, end) {
    const ends = this.#counts[kind] ?? {};
    this.#counts[kind] = ends;
    ends[end] = (ends[end] ?? 0) + 1;
  }
}
