/** test/conformance/work: the contracts that fixture programs serve. */
import { call, cast, contract } from '../../src/rpc/contract.ts';
import type { Recipe } from '../wire/refused-values.ts';

/** Something to ask for. */
export const work = contract('work', { run: call<string, string>(), stay: call<void, void>() });

/** What a fixture program heard. */
export interface Heard {
  readonly seen: number;
  /** Each note's number was one more than the last. */
  readonly inOrder: boolean;
  /** Letters in all. */
  readonly weight: number;
}

/** Something to count. */
export const tally = contract('tally', {
  note: cast<{ readonly n: number; readonly pad: string }>(),
  seen: call<void, Heard>({ timeoutMs: null }),
  answer: call<number, number>(),
  /** Blocks a thread until its test wakes it. */
  block: cast(),
});

/** Values that go there and come back, and values that a far end makes. */
export const values = contract('values', {
  echo: call<unknown, unknown>(),
  /** Answers with a value that cannot travel. */
  refused: call<Recipe, unknown>(),
});

/** What is answered when it is too late. */
export const late = contract('late', { wait: call<void, void>(), ping: call<void, void>(), answer: cast() });
