/** analyze/evaluated-text: a call whose argument is a text. */
import type { Finding } from '../rules/reasons.ts';
import { ts } from '../typescript.js';
import type { CallSite } from './call-site.ts';
import { consumerOf } from './consumer.ts';
import { nameHints } from './hints.ts';
import { understandText } from './legacy.ts';
import { notFiniteNotes } from './not-finite.ts';
import { nullsOf } from './null-edits.ts';
import { idArgument, optionsOf } from './options.ts';
import type { Piece } from './script.ts';
import { unwrap } from './syntax.ts';
import { type Given, isFinding, type Understood } from './understood.ts';

/** Understands a call that sends a text. */
export function ofText(at: CallSite, given: Given, pieces: readonly Piece[]): Understood | Finding {
  const { file, call } = at;
  const [argument, second] = call.arguments;
  const plain = second !== undefined && !ts.isObjectLiteralExpression(unwrap(second));
  const options = plain ? idArgument(file, second, 'shard') : optionsOf(file, second, given.hybrid);
  if (isFinding(options)) return options;
  const nulls = nullsOf(at, given, options);
  const text = understandText(file, pieces, { valueUsed: consumerOf(file, call) !== 'ignored', nulls });
  if (isFinding(text)) return text;
  const { source, facts, data } = text;
  const notes = [...text.notes, ...notFiniteNotes(file, call, text.fn)];
  const handler = { ...source, hints: nameHints({ ...at, fn: text.fn }) };
  // Nothing moves out of this file: its own functions and imports stay for the values that are handed over.
  const keptArguments = [argument ?? null, options.aim?.node ?? null, options.timeout];
  return { handler, facts, options: { ...options, context: null }, notes, keptArguments, data };
}
