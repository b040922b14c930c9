/** assumptions/of-facts: what is taken for granted of what a function does, counts and looks for. */
import type { Facts } from '../clients/facts.ts';
import { countedBy } from '../functions/counters.ts';
import { assumption } from '../rules/assumption.ts';
import type { Finding } from '../rules/reasons.ts';

const ofClient = (name: string): string => `client.${name}`;

/** Numbers that are added up, of which nothing tells when they are counted; any other carries a note. */
function countsTaken({ adds, custom }: Facts, from: string): readonly string[] {
  const counts = [...new Set([...custom, ...adds])].map((name) => ({ name, by: countedBy(from, name) }));
  if (adds.length === 0 || counts.some(({ by }) => by === null)) return [];
  return counts.flatMap(({ name, by }) => (by === 'open' ? [ofClient(name)] : []));
}

const saidOf = (code: 'DC-A4' | 'DC-A5' | 'DC-A11' | 'DC-A12', what: readonly string[]): readonly Finding[] =>
  what.length === 0 ? [] : [assumption(code, what)];

/**
 * What is taken for granted of a function that each process is asked for once.
 *
 * @param from - the file of the call
 */
export const factAssumptions = (facts: Facts, from: string): readonly Finding[] => [
  ...saidOf('DC-A4', facts.outside),
  ...saidOf('DC-A5', countsTaken(facts, from)),
  ...saidOf('DC-A11', facts.own.someKeyed ? facts.custom.map(ofClient) : []),
];

/** What is taken for granted of a function that each shard is asked for: where it looks for users, any of them may have one. */
export const shardAssumptions = ({ looksForUsers: { places, beside } }: Facts): readonly Finding[] =>
  saidOf('DC-A12', beside ? [] : places);
