/** test/conformance/resources: what keeps this process alive: timers, sockets, pipes, ports, children. */

/** How many there are of each kind. https://nodejs.org/api/process.html#processgetactiveresourcesinfo */
export function resources(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** Kinds of which there are more than before, in words. What waits for the end of this turn does not count. */
export const moreThan = (before: Readonly<Record<string, number>>): readonly string[] =>
  Object.entries(resources())
    .filter(([name, count]) => name !== 'Immediate' && count > (before[name] ?? 0))
    .map(([name, count]) => `${name}: ${before[name] ?? 0} before, ${count} now`);
