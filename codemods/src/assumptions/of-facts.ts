/** assumptions/of-facts: what is taken for granted of what a function does and counts, where it is asked once per process. */
import type { Facts } from '../clients/facts.ts';
import { countedBy } from '../functions/counters.ts';
import { assumption } from '../rules/assumption.ts';
import type { Finding } from '../rules/reasons.ts';

/**
 * What is taken for granted of a function that each process is asked for once.
 *
 * @param from - the file of the call
 */
export function factAssumptions({ outside, adds, custom }: Facts, from: string): readonly Finding[] {
  const done = outside.length === 0 ? [] : [assumption('DC-A4', outside)];
  const names = [...new Set([...custom, ...adds])];
  const counts = names.map((name) => ({ name, by: countedBy(from, name) }));
  // What is no such number carries a note.
  if (adds.length === 0 || counts.some(({ by }) => by === null)) return done;
  const open = counts.flatMap(({ name, by }) => (by === 'open' ? [`client.${name}`] : []));
  return open.length === 0 ? done : [...done, assumption('DC-A5', open)];
}
