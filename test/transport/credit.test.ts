/** test/transport/credit: how much may be on its way to a reader that has not said that it read it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultRoom, Outstanding, Receipt, type Room } from '../../src/transport/credit.ts';

/** One direction of a line: frames and the reader's words arrive when the test says so, each in order. */
class OneWay {
  readonly outstanding: Outstanding;
  readonly #receipt: Receipt;
  readonly #unread: number[] = [];
  readonly #words: (readonly [frames: number, bytes: number])[] = [];
  words = 0;

  constructor(room: Room) {
    this.outstanding = new Outstanding(room);
    this.#receipt = new Receipt(room, (frames, bytes) => {
      this.words += 1;
      this.#words.push([frames, bytes]);
    });
  }

  send(bytes: number): void {
    this.outstanding.sent(bytes);
    this.#unread.push(bytes);
  }

  read(): void {
    const bytes = this.#unread.shift();
    if (bytes !== undefined) this.#receipt.read(bytes);
  }

  hear(): void {
    const word = this.#words.shift();
    if (word !== undefined) this.outstanding.read(...word);
  }

  /** What is sent and not read. */
  get underWay(): { readonly frames: number; readonly bytes: number } {
    return { frames: this.#unread.length, bytes: this.#unread.reduce((sum, bytes) => sum + bytes, 0) };
  }

  /** The reader reads everything, and the sender hears all it says. */
  settle(): void {
    while (this.underWay.frames > 0) this.read();
    while (this.#words.length > 0) this.hear();
  }
}

const rooms: fc.Arbitrary<Room> = fc.record({
  maxFrames: fc.integer({ min: 1, max: 40 }),
  maxBytes: fc.integer({ min: 1, max: 4_000 }),
});
const steps = fc.array(fc.oneof(fc.nat({ max: 1_500 }), fc.constant('read' as const), fc.constant('hear' as const)), {
  maxLength: 300,
});

/** Does the steps as a link would: a full line takes nothing. */
function walk(line: OneWay, todo: readonly (number | 'read' | 'hear')[], after: () => void = () => undefined): void {
  for (const step of todo) {
    if (step === 'read' || step === 'hear') line[step]();
    else if (!line.outstanding.full) line.send(step);
    after();
  }
}

describe('the sender', () => {
  test('never believes that less is under way than is', () => {
    fc.assert(
      fc.property(rooms, steps, (room, todo) => {
        const line = new OneWay(room);
        walk(line, todo, () => {
          const { frames, bytes } = line.underWay;
          expect(line.outstanding.frames).toBeGreaterThanOrEqual(frames);
          expect(line.outstanding.bytes).toBeGreaterThanOrEqual(bytes);
        });
      }),
      { numRuns: 500 },
    );
  });

  test('never has more frames under way than the room holds, nor bytes, but for the last frame', () => {
    fc.assert(
      fc.property(rooms, steps, (room, todo) => {
        const line = new OneWay(room);
        walk(line, todo, () => {
          expect(line.underWay.frames).toBeLessThanOrEqual(room.maxFrames);
          expect(line.underWay.bytes).toBeLessThan(room.maxBytes + 1_500);
        });
      }),
      { numRuns: 500 },
    );
  });

  test('counts neither frames nor bytes below nothing, whatever the reader claims', () => {
    const outstanding = new Outstanding({ maxFrames: 2, maxBytes: 100 });
    outstanding.sent(50);
    outstanding.read(7, 900);
    expect([outstanding.frames, outstanding.bytes]).toStrictEqual([0, 0]);
    outstanding.sent(50);
    outstanding.sent(50);
    expect([outstanding.full, outstanding.heavy]).toStrictEqual([true, true]);
  });

  test('is full of frames without being heavy', () => {
    const outstanding = new Outstanding({ maxFrames: 2, maxBytes: 100 });
    for (const bytes of [1, 1]) outstanding.sent(bytes);
    expect([outstanding.full, outstanding.heavy]).toStrictEqual([true, false]);
  });
});

describe('the room', () => {
  test('always comes back once everything is read: more than three quarters of it, and never none', () => {
    fc.assert(
      fc.property(rooms, steps, (room, todo) => {
        const line = new OneWay(room);
        walk(line, todo);
        line.settle();
        const { frames, bytes, full } = line.outstanding;
        expect(full).toBe(false);
        expect(frames).toBeLessThan(Math.ceil(room.maxFrames / 4));
        expect(bytes).toBeLessThan(Math.ceil(room.maxBytes / 4));
      }),
      { numRuns: 500 },
    );
  });

  test('comes back for ever: a line that is filled and read again and again takes as much each time', () => {
    fc.assert(
      fc.property(rooms, fc.nat({ max: 1_500 }), (room, bytes) => {
        const line = new OneWay(room);
        for (let round = 0; round < 50; round++) {
          let taken = 0;
          while (!line.outstanding.full) {
            line.send(bytes);
            taken += 1;
          }
          expect(taken).toBeGreaterThan(0);
          line.settle();
        }
      }),
    );
  });

  test('holds 16 384 frames and 64 MB unless told otherwise', () => {
    expect(defaultRoom).toStrictEqual({ maxFrames: 16_384, maxBytes: 64 * 1024 * 1024 });
  });
});

describe('the reader', () => {
  test('says what it read not more often than once for a quarter of the room', () => {
    const line = new OneWay({ maxFrames: 100, maxBytes: 1_000_000 });
    for (let n = 0; n < 1_000; n++) {
      line.send(1);
      line.read();
      line.hear();
    }
    expect(line.words).toBe(1_000 / 25);
  });

  test('says so for bytes before it does for frames', () => {
    const words: unknown[] = [];
    const receipt = new Receipt({ maxFrames: 100, maxBytes: 1_000 }, (...word) => words.push(word));
    for (const bytes of [249, 1, 10]) receipt.read(bytes);
    expect(words).toStrictEqual([[2, 250]]);
  });
});
