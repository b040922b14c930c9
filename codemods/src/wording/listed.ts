/** wording/listed: names as a sentence lists them. */

/** `a`, `a and b`, `a, b and c` */
export function listed(names: readonly string[]): string {
  const [last = '', ...others] = [...names].reverse();
  return others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`;
}
