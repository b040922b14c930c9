/** test/rpc/refd-timers: the timers that would keep this process alive. */

/** How many there are. https://nodejs.org/api/process.html#processgetactiveresourcesinfo */
export const refdTimers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
