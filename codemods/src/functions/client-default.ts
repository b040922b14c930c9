/** functions/client-default: `(c = client) => ...`. The client is always handed over, so a default of it is never used. */
import type { Splice } from '../syntax/edits.ts';
import type { MovableFunction } from '../syntax/syntax.ts';
import type { ts } from '../typescript.js';

/** Whether a node is the default of the client parameter. */
export function isClientDefault(fn: MovableFunction, node: ts.Node): boolean {
  return node === fn.parameters[0]?.initializer;
}

/** The edit that leaves the default out: what it names need not exist in the handlers file. */
export function clientDefaultEdits(fn: MovableFunction): readonly Splice[] {
  const [client] = fn.parameters;
  if (client?.initializer === undefined) return [];
  return [{ start: (client.type ?? client.name).end, end: client.initializer.end, text: '' }];
}
