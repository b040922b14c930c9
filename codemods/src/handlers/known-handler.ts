/** handlers/known-handler: the handler of a bot that is already the function which a call sends. */
import type { HandlerSource } from '../calls/understood.ts';
import { placeText } from '../syntax/moved-text.ts';
import { type ExistingNames, writtenText } from './handlers-file.ts';
import { inlineText } from './inline-text.ts';
import type { Place } from './place.ts';
import { functionKey, inlineKey } from './same-function.ts';

/** What a function would be where it was written into the place of the handlers; `null` where that cannot be. */
function keyThere(place: Place, { text, loose = false, dataDoc }: HandlerSource): string | null {
  if (place.beside === undefined) return functionKey(writtenText({ text, loose, dataDoc }, place, ''));
  // Beside the client a handler takes the data first.
  const inline = inlineText(text);
  return inline === null ? null : inlineKey(placeText(inline, { indent: '', eol: '\n' }));
}

/** The name of the handler that is there and surely answers, whatever its parameters are called. */
export function knownName(place: Place, known: ExistingNames['handlers'], source: HandlerSource): string | undefined {
  const key = keyThere(place, source);
  return [...known].find(([name, one]) => one === key && !place.isUnsure(name))?.[0];
}
