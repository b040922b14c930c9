/** features/look-around: the limits of a question that only spares a request to Discord. */
/**
 * Looking into the caches of all clusters is worth no more than this: a cluster that is busy for longer is left out, and
 * Discord is asked instead.
 */
export const lookAround = { timeoutMs: 2_000 } as const;

/** Whoever has it, has what all the others would say. */
export const isFound = (value: unknown): boolean => value !== null;
