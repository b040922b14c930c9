/** calls/nulls-told: where the code behind a call had `null` for `undefined`, and how far it may look. */
import type { HandedData } from '../doubts/may-lack.ts';
import { isShown, type TellsNothing } from '../doubts/nothing-told.ts';
import { hybridAnswer } from '../project/dependency-version.ts';
import { consumerOf } from '../results/consumer.ts';
import { tellsNothing } from '../results/entry-tests.ts';
import { areOfAny, isTypeInferred } from '../results/inferred-types.ts';
import { answerOfOne } from '../results/one-cluster.ts';
import { levelsTold } from '../results/row-tests.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { CallSite } from '../syntax/call-site.ts';
import type { CallOptions } from './options.ts';
import type { Given } from './understood.ts';

/** How deep lists are looked into whose reader is not seen. */
const deepest = 3;

/** Where `undefined` became `null`: `entries` of the list of results as well, or only what lists inside a result hold. */
export interface Nulls {
  readonly entries: boolean;
  readonly told: TellsNothing;
  /** How deep in the lists of a result its caller compares what they hold. */
  readonly inside: number;
  /** The same where nothing shows how deep. */
  readonly beyond: number;
  /** What the call hands over. */
  readonly data: HandedData;
  /** Whether nothing is filled, and only said: other files infer a type without `null` from it. */
  readonly isSaid: boolean;
}

type HowGiven = Pick<Given, 'listAsJson' | 'keepNothing' | 'hybrid' | 'root'>;

/** Whether a call gets what one shard or cluster answers, and not a list of it. */
const asksOne = (at: CallSite, { hybrid, root }: HowGiven, aim: CallOptions['aim']): boolean =>
  aim !== null && !(hybrid && answerOfOne(at, hybridAnswer(root)).inList);

/** How deep in the lists of a result its caller may look where nobody sees it, or writes what they hold. */
function beyondSight({ file, call }: CallSite, told: TellsNothing, isOne: boolean): number {
  if (file.typed) return 0;
  return told === 'perhaps' || told === 'strict' ? deepest : levelsTold(file, call, isOne, isShown);
}

/** Where the results of a call had `null` for `undefined`; nowhere, when nobody looks at them. */
export function nullsOf(
  at: CallSite,
  given: HowGiven,
  { aim, context }: Pick<CallOptions, 'aim' | 'context'>,
): Nulls | null {
  const { file, call } = at;
  if (given.keepNothing || consumerOf(file, call) === 'ignored') return null;
  const isOne = asksOne(at, given, aim);
  const entries = given.listAsJson && !isOne;
  const told = tellsNothing(file, call);
  // Types speak of `undefined`, also those that other files infer from this one: it stays where nothing here says `null`.
  const inside = levelsTold(file, call, isOne);
  const isOpen = inside > 0 || (entries && told !== 'no');
  if (file.typed && !isOpen && levelsTold(file, call, isOne, isShown) === 0) return null;
  const isSaid = file.typed && inside === 0 && told === 'perhaps' && isTypeInferred(call) && !areOfAny(file, call);
  return { entries, told, inside, beyond: beyondSight(at, told, isOne), data: { file, context }, isSaid };
}

/** What there is to say where the results stay as the function gives them. */
export function nothingNotes(at: CallSite, given: HowGiven, { aim }: CallOptions): readonly Finding[] {
  const { file, call } = at;
  const isOne = asksOne(at, given, aim);
  const told = given.listAsJson && !isOne ? tellsNothing(file, call) : 'no';
  // What is left out of a sum is seen by its types, where it is filled first.
  const isCompared = told === 'strict' || (told !== 'no' && given.keepNothing);
  return isCompared || (file.typed && levelsTold(file, call, isOne) > 0) ? [finding('DC-W6')] : [];
}
