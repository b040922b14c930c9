/** bench/soak/tally: what all nodes said, put together. */

/** Sentences that are kept of all that is broken. */
const mostKept = 20;

/** Takes the words of the nodes. */
export class Tally {
  /** Kind of question -> end -> how often. */
  counts = {};
  /** The longest that a question was settled after its deadline, in ms. */
  worstMs = 0;
  /** `{ by, at, rss, heap, buffers }`: MB by node and by ms since the start of the load. */
  samples = [];
  pids = new Set();
  broken = 0;
  faults = [];
  startedAt;
  done;

  take(message) {
    const takers = {
      started: () => this.#start(),
      child: ({ pid }) => pid !== undefined && this.pids.add(pid),
      broken: ({ text }) => this.blame(text),
      report: (report) => this.#report(report),
      sample: ({ word: _, ...sample }) => this.samples.push({ ...sample, at: performance.now() - this.startedAt }),
      done: (done) => {
        this.done = done;
      },
    };
    takers[message.word](message);
  }

  /** Something is broken. */
  blame(text) {
    this.broken += 1;
    if (this.faults.length < mostKept) this.faults.push(text);
  }

  /** Questions that were settled. */
  get settled() {
    return Object.values(this.counts).reduce((sum, ends) => sum + totalOf(ends), 0);
  }

  #start() {
    this.startedAt = performance.now();
  }

  #report({ counts, worstMs }) {
    this.worstMs = Math.max(this.worstMs, worstMs);
    for (const [kind, ends] of Object.entries(counts)) {
      const all = this.counts[kind] ?? {};
      this.counts[kind] = all;
      for (const [end, count] of Object.entries(ends)) all[end] = (all[end] ?? 0) + count;
    }
  }
}

/** How many questions of one kind were settled, whatever end they came to. */
export const totalOf = (ends) => Object.values(ends).reduce((sum, count) => sum + count, 0);
