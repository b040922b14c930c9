/** wire/clock: the time deadlines are told by. */

/** Now, in ms from a start that is the process's own. Steady: setting the machine's clock makes no call late and none early. */
export const steadyNow = (): number => performance.now();
