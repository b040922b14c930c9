/** calls/sent-function: a function on its way to be a handler: what changes in it, and what there is to say, whoever sends it. */
import { valueAssumptions } from '../assumptions/of-values.ts';
import type { HandedData } from '../doubts/may-lack.ts';
import { type Captures, capturesOf } from '../functions/captures.ts';
import { type ClientCasts, clientCasts } from '../functions/client-casts.ts';
import { dataNotes } from '../functions/data-notes.ts';
import { evalNotes, functionNotes } from '../functions/eval-notes.ts';
import { notFiniteNotes } from '../functions/finite-notes.ts';
import { givesPlain } from '../functions/plain-values.ts';
import { privateMembers } from '../functions/private-members.ts';
import { type WrittenReturn, writeReturnType } from '../functions/return-type.ts';
import { consumerOf } from '../results/consumer.ts';
import { mergedNotes } from '../results/merged-results.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { CallSite, FunctionSite, HandedFunction } from '../syntax/call-site.ts';
import type { Splice } from '../syntax/edits.ts';
import type { ts } from '../typescript.js';
import { callersIn } from './callers.ts';
import { countEdits } from './count-edits.ts';
import type { FixedCaptures } from './fix-captures.ts';
import { handlerText } from './handler-text.ts';
import { collide, nestedEdits, nestedIn } from './nested.ts';
import { keptNulls } from './null-edits.ts';
import { type Nulls, nothingNotes } from './nulls-told.ts';
import type { CallOptions } from './options.ts';
import type { Given, HandlerSource } from './understood.ts';

/** What ties a function to its place: what it captures, and the broadcasts inside it. */
export interface Bound {
  readonly captures: Captures;
  readonly inner: readonly ts.CallExpression[];
}

/** What ties a function to its place. */
export function boundOf(at: FunctionSite, { planned }: Given): Bound {
  const inner = nestedIn(at.fn, planned);
  return { captures: capturesOf(at, new Set(inner)), inner };
}

/** The broadcast that a function's results come back to, and what it asks for. */
export interface Answered {
  readonly site: CallSite;
  readonly options: CallOptions;
  /** What is handed over, as the one writes it who hands over the function. */
  readonly data: HandedData;
  /** The calls on the way from the broadcast to whom its results are for, where it stands in a wrapper. */
  readonly callers?: readonly CallSite[];
}

/** What else is known of the values of a call. */
interface ValuesGiven {
  /** What is handed over where the function stands; as a rule what the one writes who hands it over. */
  readonly told?: HandedData;
  /** Whether the handler gives what the function gave. */
  readonly isGiven?: boolean;
  readonly given: Given;
}

/** What there is to say of the values that go to a function and come back from it. */
export function valueNotes(
  fn: FunctionSite,
  { site, options, data, callers = [] }: Answered,
  { told = data, isGiven = true, given }: ValuesGiven,
): readonly Finding[] {
  const kept = consumerOf(site.file, site.call) !== 'ignored';
  const isOne = options.aim !== null;
  return [
    ...evalNotes(fn, { data: told, kept, isSent: kept || (isGiven && !givesPlain(fn)), answers: { ...site, isOne } }),
    ...notFiniteNotes(site.file, site.call, fn.fn),
    ...dataNotes(fn, data),
    ...valueAssumptions(fn, { data, isKept: kept && isGiven }),
    ...mergedNotes(fn, data, { site, isOne, callersOf: callersIn({ ...given, callers }) }),
  ];
}

/** What a function needs that asks the cluster itself: the requests, and a written return type. */
function requestsIn(
  at: FunctionSite,
  inner: Bound['inner'],
  { given, isGiven }: { readonly given: Given; readonly isGiven: boolean },
): WrittenReturn {
  const nothing: WrittenReturn = { edits: [], imports: [], vague: false };
  if (inner.length === 0) return nothing;
  const returned = isGiven ? writeReturnType(at) : nothing;
  return { ...returned, edits: [...nestedEdits(at.file, inner, given.planned), ...returned.edits] };
}

/** What a function takes along, with what changes in it for other reasons. */
function together(captures: Captures, parts: readonly (Pick<Captures, 'edits' | 'imports'> | null)[]): Captures {
  const found = parts.filter((part) => part !== null);
  return {
    ...captures,
    edits: [...captures.edits, ...found.flatMap(({ edits }) => edits)],
    imports: [...captures.imports, ...found.flatMap(({ imports }) => imports)],
  };
}

/** What changes in a function, with the type of its client said inside where discord.js has no such client. */
function withCasts(at: FunctionSite, edits: readonly Splice[], taken: readonly Splice[]): ClientCasts {
  const others = [...edits, ...taken];
  const members = privateMembers(at).filter(
    (one) => !others.some(({ start, end }) => start < one.end && one.start < end),
  );
  const casts = clientCasts(at, edits);
  return { edits: [...edits, ...members, ...casts.edits], imports: casts.imports };
}

/** A function that a call hands over, and what is known of both. */
export interface Sent {
  readonly at: HandedFunction;
  readonly bound: Bound;
  readonly answered: Answered;
  /** What says the type of the data; `null` without data. */
  readonly context: ts.Expression | null;
  readonly nulls: Nulls | null;
  /** What makes its value a statement that nobody asks for. */
  readonly dropped: readonly Splice[] | null;
  readonly fixed?: FixedCaptures | null;
}

/** A function as a handler, without a name. */
export interface SentFunction {
  readonly source: Omit<HandlerSource, 'hints'>;
  readonly notes: readonly Finding[];
  /** What may be `undefined` is `null` in it, as it was in the results. */
  readonly filled: boolean;
  readonly nested: NonNullable<ReturnType<Given['planned']['get']>>[];
}

/** Makes a function a handler, and says what that changes; or why the requests in it cannot be written. */
export function sentFunction(sent: Sent, given: Given): SentFunction | Finding {
  const { at, answered, context, dropped, fixed = null } = sent;
  const { captures, inner } = sent.bound;
  const requests = requestsIn(at, inner, { given, isGiven: dropped === null });
  const kept = keptNulls(at, sent.nulls);
  const filled = dropped === null ? [...kept.edits, ...countEdits(at.fn)] : [...kept.edits, ...dropped];
  const all = together(captures, [fixed, requests, withCasts(at, filled, requests.edits)]);
  if (inner.length > 0 && collide(all.edits)) return finding('DC-W4');
  const written = handlerText(at, context, { ...all, added: fixed?.members ?? [] });
  const told = at.file.typed ? { file: at.file, context } : answered.data;
  const notes = [...functionNotes(captures), ...(fixed === null ? [] : [fixed.note])];
  notes.push(...valueNotes(at, answered, { told, isGiven: dropped === null, given }));
  if ([written, captures, requests].some(({ vague }) => vague)) notes.push(finding('DC-W2'));
  if (given.keepNothing) notes.push(...nothingNotes(answered.site, given, answered.options));
  return {
    source: written.source,
    notes: [...notes, ...kept.notes],
    filled: kept.edits.length > 0,
    nested: inner.flatMap((node) => given.planned.get(node) ?? []),
  };
}
