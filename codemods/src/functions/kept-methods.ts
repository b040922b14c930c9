/** functions/kept-methods: what a function gives that a bot put on its client: functions arrive nowhere. */
import { askedOnce } from '../project/read-once.ts';
import { dottedNames, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { saysClient } from '../values/client-words.ts';
import { partsOfResult } from '../values/value-parts.ts';
import { functionsOn, keptBy } from './function-holders.ts';
import { functionsUnder, memberKept } from './kept-on-client.ts';
import { droppedBy } from './refused-values.ts';

/** The member of a client that an expression of the bot's own files says: `client.commands`, `this.client.commands`. */
function memberSaid(node: ts.Expression): string | null {
  const names = dottedNames(unwrap(node)) ?? [];
  const client = names.findLastIndex(saysClient);
  const from = client < 0 && names[0] === 'this' ? 0 : client;
  const path = names.slice(from + 1);
  return from < 0 || path.length === 0 ? null : path.join('.');
}

function givenBy(file: string, folder: string, name: string): string | null {
  const parts = functionsUnder(folder, name).flatMap((fn) => [...partsOfResult(fn)]);
  const found = parts.flatMap(({ node, is }) => {
    if (is !== 'value') return [];
    const path = ts.isExpression(node) ? memberSaid(keptBy(node)) : null;
    return droppedBy(node) ?? (path === null ? null : functionsOn(file, path)) ?? [];
  });
  return found[0] ?? null;
}

const givenOnce = askedOnce<string | null>();

/** What cannot be sent of what a function gives that the package around a file keeps under a member of its client. */
export function givenByKept(path: string, names: readonly (string | null)[]): string | null {
  const member = memberKept(path, names);
  if (member === null) return null;
  const { folder, name } = member;
  return givenOnce(`${folder}#${name}`, () => givenBy(path, folder, name));
}
