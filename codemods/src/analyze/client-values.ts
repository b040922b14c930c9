/** analyze/client-values: the path a fetchClientValues call reads. */

import { oneLine } from '../moved-text.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import { ts } from '../typescript.js';
import type { CallSite } from './call-site.ts';
import { withoutDirective } from './comments.ts';
import { ofText } from './evaluated-text.ts';
import { factsOfPath } from './facts.ts';
import { pathKey } from './handler-text.ts';
import { pathName } from './hints.ts';
import { textArgument } from './legacy.ts';
import { clientLacks } from './may-lack.ts';
import { type Nulls, nullsOf } from './null-edits.ts';
import { idArgument } from './options.ts';
import type { ParsedFile } from './program.ts';
import { isDatePath } from './result-kinds.ts';
import { knowsDiscord } from './types.ts';
import { type Given, isFinding, type Understood } from './understood.ts';

const dottedPath = /^[\p{ID_Start}$_][\p{ID_Continue}$]*(\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*$/u;

/** Whether a path that may lead nowhere gives `null` then: where that is looked at, or nobody has put anything there. */
function isFilled(file: ParsedFile, names: readonly string[], nulls: Nulls | null): boolean {
  if (nulls?.entries !== true || nulls.told === 'no') return false;
  return nulls.told === 'strict' || clientLacks(file, names);
}

/** A member of the bot's own is not in the type of a client: the path to a value of type `leaf` is written into a cast. */
function castRead(names: readonly string[], leaf: string): string {
  const cast = names.reduceRight((inner, name) => `{ ${name}: ${inner} }`, leaf);
  return `(client as unknown as ${cast}).${names.join('.')}`;
}

/** Understands the arguments of fetchClientValues. */
export function ofFetchClientValues(at: CallSite, given: Given): Understood | Finding {
  const { file, call } = at;
  const { hybrid, legacy, keepDirectives } = given;
  const [path, shardNode] = call.arguments;
  const pieces = legacy && path !== undefined ? textArgument(file, path) : null;
  // These versions evaluate `this.` and the text, so it need not be a path.
  if (pieces !== null && !(path !== undefined && ts.isStringLiteralLike(path) && dottedPath.test(path.text)))
    return ofText(at, given, ['this.', ...pieces]);
  if (path === undefined || !ts.isStringLiteralLike(path) || !dottedPath.test(path.text)) return finding('DC-D5');
  const options = idArgument(file, shardNode, hybrid ? 'cluster' : 'shard');
  if (isFinding(options)) return options;
  const names = path.text.split('.');
  const facts = factsOfPath(names);
  const own = file.typed && facts.custom.length > 0;
  const filled = isFilled(file, names, nullsOf(at, given, options));
  const read = own ? castRead(names, hybrid ? 'any' : 'unknown') : `client.${path.text}`;
  const text = `(client) => ${read}${filled ? ' ?? null' : ''}`;
  const handler = {
    key: pathKey(names) + (filled ? ' ?? null' : ''),
    hints: [pathName(names)],
    text: oneLine(text),
    imports: [],
    dataDoc: null,
    lead: null,
    from: file.source.path,
  };
  const bare = file.typed && !keepDirectives && knowsDiscord(file) ? withoutDirective({ ...at, fn: null }) : null;
  return {
    handler,
    facts,
    options,
    notes: isDatePath(path.text) ? [finding('DC-W3', { names: 'a Date' })] : [],
    keptArguments: [path, options.aim?.node ?? null],
    removals: bare ?? [],
    silenced: bare !== null,
    filled,
  };
}
