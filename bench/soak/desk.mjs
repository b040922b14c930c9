/** bench/soak/desk: one node's answers, and whether what it is asked arrives once and in order. */
import { setTimeout as pause } from 'node:timers/promises';
import { refusalOf } from './judge.mjs';
import { textOf } from './text.mjs';

/** Of so many callers and lanes the last number is kept: callers come and go. */
const mostKept = 500;

/** Answers for a node. */
export class Desk {
  #by;
  #firstShard;
  #blame;
  #seen = new Map();

  /** `by`: the node's address; `firstShard`: its lowest shard, none in a manager; `blame(text)` is told what is wrong */
  constructor({ by, firstShard, blame }) {
    this.#by = by;
    this.#firstShard = firstShard;
    this.#blame = blame;
  }

  answer(question, { shardId, signal }) {
    const { boot, n, text, letters, size, workMs, fail } = question;
    // Of a request for every shard the first is run at once, the others when those before them are done.
    const isFirst = shardId === undefined || shardId === this.#firstShard || question.shard === shardId;
    if (isFirst) this.#notes(question);
    if (letters !== undefined && text !== textOf(n, letters)) this.#blame(`${boot}/${n} arrived with a wrong text`);
    if (fail) throw new Error(refusalOf(question));
    const answer = { boot, n, by: this.#by };
    if (shardId !== undefined) answer.shard = shardId;
    if (size !== undefined) answer.text = textOf(n, size);
    return workMs === undefined ? answer : pause(workMs, answer, { signal });
  }

  #notes({ boot, n, lane }) {
    if (lane === undefined) return;
    const key = `${boot} ${lane}`;
    const last = this.#seen.get(key) ?? 0;
    if (n <= last) this.#blame(`${boot}/${n} (${lane}) arrived after ${last}`);
    // Last in the map again: those that were quiet for longest go first.
    this.#seen.delete(key);
    this.#seen.set(key, n);
    if (this.#seen.size > mostKept) this.#seen.delete(this.#seen.keys().next().value);
  }
}
