/** test/board/board: every cluster's newest numbers, or why there are none. */
import { beforeEach, describe, expect, test } from 'vitest';
import { Board } from '../../src/board/board.ts';
import { lockedBytes } from '../../src/board/locked-words.ts';
import { type ClusterRecord, guildsEnd, packRecord, recordLength, unpackRecord } from '../../src/board/record.ts';

const row = { status: 0, ping: 41, readyAt: 7, guilds: 3, channels: 9, members: 27 };
const record = (incarnation: number, guilds: number): ClusterRecord => ({
  ...{ incarnation, guilds, users: 2, channels: 3, members: 4, pid: 5, readyAt: 6, rss: 7, heapUsed: 8 },
  ...{ lagMs: 0.25, maxLagMs: 10, gaugedAt: 11, droppedMessages: 12, droppedAnswers: 13 },
  shards: [row, { ...row, ping: -1 }],
});
const length = recordLength(2);

let board: Board;
/** The same memory, as another thread has it. */
let elsewhere: Board;
beforeEach(() => {
  board = new Board();
  board.layOut([length, recordLength(1)]);
  elsewhere = new Board(board.shared);
});

describe('a record', () => {
  test('is what was packed, and its guilds stand where they are looked for', () => {
    const numbers = packRecord(record(1, 12));
    expect(numbers).toHaveLength(length);
    expect(unpackRecord(numbers)).toEqual(record(1, 12));
    expect(numbers[guildsEnd - 1]).toBe(12);
  });
});

describe('a cluster on the board', () => {
  test('is missing until it was started and reported', async () => {
    expect(await elsewhere.read()).toEqual([0, 1].map(() => ({ ok: false, reason: 'it was not started yet' })));
    board.announce(0, { state: 'starting', incarnation: 1, reason: 'it is starting' });
    expect((await elsewhere.read())[0]).toEqual({ ok: false, reason: 'it is starting' });
    const numbers = packRecord(record(1, 5));
    elsewhere.report(0, numbers);
    expect((await board.read())[0]).toEqual({ ok: true, ready: false, numbers });
    board.announce(0, { state: 'ready', incarnation: 1, reason: '' });
    expect((await elsewhere.read(2))[0]).toEqual({ ok: true, ready: true, numbers: [1, 5] });
  });

  test('that died is missing until its successor reports, whatever is left of it', async () => {
    board.announce(0, { state: 'ready', incarnation: 1, reason: '' });
    board.report(0, packRecord(record(1, 5)));
    board.announce(0, { state: 'gone', incarnation: 1, reason: 'signal SIGKILL' });
    expect((await elsewhere.read())[0]).toEqual({ ok: false, reason: 'signal SIGKILL' });
    board.announce(0, { state: 'starting', incarnation: 2, reason: 'it starts' });
    // Its last words.
    board.report(0, packRecord(record(1, 6)));
    expect((await elsewhere.read())[0]).toEqual({ ok: false, reason: 'it starts' });
    board.report(0, packRecord(record(2, 7)));
    expect((await elsewhere.read(2))[0]).toEqual({ ok: true, ready: false, numbers: [2, 7] });
  });

  test('whose thread ended in the middle of a report is missing, and keeps nobody waiting for long', async () => {
    for (const id of [0, 1]) board.announce(id, { state: 'ready', incarnation: 1, reason: '' });
    board.report(1, [1, ...Array(recordLength(1) - 1).fill(2)]);
    const presenceBytes = (board.shared[0]?.byteLength ?? 0) - lockedBytes(length);
    Atomics.add(new Int32Array(board.shared[0] as SharedArrayBuffer), presenceBytes / 4, 1);
    expect(await elsewhere.read()).toMatchObject([{ ok: false, reason: /cut off/ }, { ok: true }]);
    board.announce(0, { state: 'gone', incarnation: 1, reason: 'it ended' });
    expect((await elsewhere.read())[0]).toEqual({ ok: false, reason: 'it ended' });
    board.announce(0, { state: 'starting', incarnation: 2, reason: '' });
    board.report(0, packRecord(record(2, 7)));
    expect((await elsewhere.read())[0]).toMatchObject({ ok: true });
  });

  test('that is none, or reports more than it has, changes nothing', async () => {
    const before = await board.read();
    board.announce(2, { state: 'ready', incarnation: 1, reason: '' });
    board.report(2, [1]);
    board.report(-1, [1]);
    board.report(0, [1, 2, 3]);
    expect(await board.read()).toEqual(before);
  });

  test('keeps its memory when the plan grows', async () => {
    board.announce(0, { state: 'ready', incarnation: 1, reason: '' });
    board.layOut([length, recordLength(1), recordLength(1)]);
    elsewhere.report(0, packRecord(record(1, 5)));
    expect((await board.read(2)).map(({ ok }) => ok)).toEqual([true, false, false]);
  });

  test('says its reason in full, or its beginning', async () => {
    board.announce(0, { state: 'gone', incarnation: 1, reason: `„${'x'.repeat(500)}` });
    const [reading] = await elsewhere.read();
    expect(reading).toEqual({ ok: false, reason: `„${'x'.repeat(159)}` });
  });
});
