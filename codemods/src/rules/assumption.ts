/** rules/assumption: what a rewritten call rests on, as a finding. */
import type { Finding, ReasonCode, ReasonDetails } from './reasons.ts';

/** How many expressions or places a sentence names. */
const named = 3;

/** A place of a file, which is no code. */
const place = /^[^\s()]+:\d+$/;

/** What a call rests on: expressions of the bot, or places (`a.js:3`). */
export function assumption(code: ReasonCode, what: readonly string[], details: ReasonDetails = {}): Finding {
  const each = [...new Set(what)];
  const more = each.length > named ? ` and ${each.length - named} more` : '';
  const names = each.slice(0, named).map((one) => (place.test(one) ? one : `\`${one}\``));
  return { code, details: { names: `${names.join(', ')}${more}`, ...details }, what: each };
}
