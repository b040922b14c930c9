/** board/packed-readings: what the board says as one run of numbers, the cheapest thing there is to make and to read. */
import type { Reading } from './slot.ts';

/** Readings on their way to another process. */
export interface PackedReadings {
  /** For each cluster its state (see below) and how many numbers follow. */
  readonly numbers: Float64Array;
  /** Of those that are missing, in order. */
  readonly reasons: readonly string[];
}

const states = { missing: 0, starting: 1, ready: 2 } as const;
/** The state, and how many numbers follow. */
const headNumbers = 2;

/** Packs readings. */
export function packReadings(readings: readonly Reading[]): PackedReadings {
  let length = 0;
  for (const reading of readings) length += headNumbers + (reading.ok ? reading.numbers.length : 0);
  const numbers = new Float64Array(length);
  const reasons: string[] = [];
  let at = 0;
  for (const reading of readings) {
    if (reading.ok) {
      numbers[at++] = reading.ready ? states.ready : states.starting;
      numbers[at++] = reading.numbers.length;
      for (const number of reading.numbers) numbers[at++] = number;
    } else {
      reasons.push(reading.reason);
      at += headNumbers;
    }
  }
  return { numbers, reasons };
}

/** The readings that {@link packReadings} packed. */
export function unpackReadings({ numbers, reasons }: PackedReadings): Reading[] {
  const readings: Reading[] = [];
  let missing = 0;
  for (let at = 0; at < numbers.length; ) {
    const state = numbers[at++] as number;
    const end = at + 1 + (numbers[at++] as number);
    if (state === states.missing) {
      readings.push({ ok: false, reason: reasons[missing++] ?? '' });
      continue;
    }
    const own: number[] = [];
    while (at < end) own.push(numbers[at++] as number);
    readings.push({ ok: true, ready: state === states.ready, numbers: own });
  }
  return readings;
}
