/** bench/soak/questions: what is asked, of whom, and with which codes it may fail. */
import { between } from './random.mjs';

/** The one handler of every node. */
export const handlerName = 'soak';

/** Deadline where a question names none, in ms: whoever runs into it had no reason to. */
const longMs = 30_000;

/** What ends a request to a cluster that dies, or is down. */
const gone = ['LINK_CLOSED', 'NO_ROUTE'];

const toCluster = (random, { clusters }) => ({ to: between(random, 0, clusters - 1) });
const toShard = (random, { shards }) => ({ shard: between(random, 0, shards - 1) });
const toMany = () => ({});

/** Deadlines and work of about the same length: who is first is anybody's guess. */
const slow = (random) => ({ workMs: between(random, 1, 200), timeoutMs: between(random, 1, 200) });

/** Up to 1 MB there and back. */
const large = (random) => ({ letters: between(random, 1_000, 1_000_000), size: between(random, 1_000, 1_000_000) });

/** Often more together than the 256 KB at which a gathered answer goes back in parts. */
const weighty = (random) => ({ size: between(random, 10_000, 200_000) });

const one = ({ ipc }, question, options) => ipc.requestTo(question.to, handlerName, question, options);
const shard = ({ ipc }, question, options) => ipc.requestToShard(question.shard, handlerName, question, options);
const leastBusy = ({ ipc }, question, options) => ipc.request(handlerName, question, options);
const manager = ({ ipc }, question, options) => ipc.requestManager(handlerName, question, options);
const all = ({ ipc }, question, options) => ipc.requestAll(handlerName, question, options);
const allShards = ({ ipc }, question, options) => ipc.requestAllShards(handlerName, question, options);
const waiting = (ask) => (place, question, options) => ask(place, question, { ...options, whenUnavailable: 'wait' });

/** Gives up where others let the deadline do it. */
const aborted =
  (ask) =>
  async (place, question, { timeoutMs }) => {
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), timeoutMs);
    try {
      return await ask(place, question, { timeoutMs: longMs, signal: control.signal });
    } finally {
      clearTimeout(timer);
    }
  };

/**
 * The kinds of questions. `aim` and `more` make the question, `ask` sends it, `allowed` are the codes it may fail with, for
 * a request to many each of its entries; `many` says what these entries are. Those of one `lane` have to arrive in the
 * order in which they were asked.
 */
export const kinds = [
  { name: 'one', weight: 30, lane: 'one', aim: toCluster, ask: one, allowed: gone },
  { name: 'one shard', weight: 8, lane: 'one', aim: toShard, ask: shard, allowed: gone },
  { name: 'least busy', weight: 8, aim: toMany, ask: leastBusy, allowed: gone },
  { name: 'manager', weight: 10, lane: 'manager', aim: toMany, ask: manager, allowed: [] },
  { name: 'all', weight: 8, lane: 'many', aim: toMany, ask: all, many: 'clusters', allowed: gone },
  { name: 'all shards', weight: 6, lane: 'many', aim: toMany, ask: allShards, many: 'shards', allowed: gone },
  { name: 'large', weight: 1, lane: 'one', aim: toCluster, more: large, ask: one, allowed: gone },
  {
    name: 'large, all',
    weight: 1,
    lane: 'many',
    aim: toMany,
    more: weighty,
    ask: all,
    many: 'clusters',
    allowed: gone,
  },
  { name: 'late', weight: 6, lane: 'one', aim: toCluster, more: slow, ask: one, allowed: [...gone, 'CALL_TIMEOUT'] },
  {
    name: 'late, all',
    weight: 3,
    lane: 'many',
    aim: toMany,
    more: slow,
    ask: all,
    many: 'clusters',
    allowed: [...gone, 'CALL_TIMEOUT'],
  },
  {
    name: 'aborted',
    weight: 5,
    lane: 'one',
    aim: toCluster,
    more: slow,
    ask: aborted(one),
    allowed: [...gone, 'CALL_ABORTED'],
  },
  {
    name: 'aborted, all',
    weight: 2,
    lane: 'many',
    aim: toMany,
    more: slow,
    ask: aborted(all),
    many: 'clusters',
    allowed: [...gone, 'CALL_ABORTED'],
  },
  { name: 'waits', weight: 6, lane: 'waits', aim: toCluster, ask: waiting(one), allowed: ['LINK_CLOSED'] },
  {
    name: 'waits, all',
    weight: 2,
    lane: 'waits, all',
    aim: toMany,
    ask: waiting(all),
    many: 'clusters',
    allowed: ['LINK_CLOSED'],
  },
  { name: 'throws', weight: 4, lane: 'one', aim: toCluster, more: () => ({ fail: true }), ask: one, allowed: gone },
];

/** When a question has to be settled, in ms after it was asked: giving up counts as a deadline. */
export const deadlineOf = ({ timeoutMs = longMs }) => timeoutMs;

/** Sends a question. */
export const askBy = (kind, place, question) => kind.ask(place, question, { timeoutMs: deadlineOf(question) });
