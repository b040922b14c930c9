/** calls/evaluated-text: a call whose argument is a text. */
import { refusedOfText } from '../functions/refused-values.ts';
import { consumerOf } from '../results/consumer.ts';
import type { Finding } from '../rules/reasons.ts';
import type { CallSite } from '../syntax/call-site.ts';
import { isInert, returnedBy, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isPromise } from '../values/promise-makers.ts';
import { nameHints } from './hints.ts';
import { type LegacyScript, understandText } from './legacy.ts';
import { type Nulls, nullsOf } from './nulls-told.ts';
import { idArgument, optionsOf, unread } from './options.ts';
import type { Piece } from './script.ts';
import { valueNotes } from './sent-function.ts';
import { type Given, isFinding, type Understood } from './understood.ts';

/** The function of a text. It gives nothing where what it gives would be refused, and nobody looks at that. */
function textOf({ file, call }: CallSite, pieces: readonly Piece[], nulls: Nulls | null): LegacyScript | Finding {
  const use = consumerOf(file, call) === 'ignored' ? 'ignored' : 'used';
  const text = understandText(file, pieces, { use, nulls });
  const refused = isFinding(text) ? null : refusedOfText(text.fn);
  if (isFinding(text) || refused === null) return text;
  // Somebody waits for a promise, and hears of its error.
  if (use === 'used' || returnedBy(text.fn).some((one) => isPromise(unwrap(one)))) return refused;
  const without = understandText(file, pieces, { use: 'dropped', nulls });
  return isFinding(without) ? without : (refusedOfText(without.fn) ?? without);
}

/** Understands a call that sends a text. */
export function ofText(at: CallSite, given: Given, pieces: readonly Piece[]): Understood | Finding {
  const { file, call } = at;
  const [argument, second] = call.arguments;
  const plain = second !== undefined && !ts.isObjectLiteralExpression(unwrap(second));
  const options = plain ? idArgument(file, second, 'shard') : optionsOf(file, second, given.hybrid);
  if (isFinding(options)) return options;
  // A text sees no context.
  if (options.context !== null && !isInert(options.context)) return unread(options.context);
  const nulls = nullsOf(at, given, options);
  const text = textOf(at, pieces, nulls);
  if (isFinding(text)) return text;
  const { source, facts, data } = text;
  // A text sees no data.
  const answered = { site: at, options, data: { file, context: null } };
  const notes = [
    ...text.notes,
    ...valueNotes({ file: text.file, fn: text.fn }, answered, { isGiven: text.isGiven, given }),
  ];
  const handler = { ...source, hints: nameHints({ ...at, fn: text.fn }) };
  // Nothing moves out of this file: its own functions and imports stay for the values that are handed over.
  const keptArguments = [argument ?? null, options.aim?.node ?? null, options.timeout];
  return { handler, facts, options: { ...options, context: null }, notes, keptArguments, data };
}
