/** wire/clock: the time deadlines are told by. */

/** Now, in ms from a start that is the process's own. Steady: setting the machine's clock makes no call late and none early. */
export const steadyNow = (): number => performance.now();

/** Longest delay of a timer, in ms: Node turns a longer one into 1. https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
export const longestTimerMs = 2 ** 31 - 1;
