/** test/conformance/thrown-by: what an action throws, to be looked at. */

/** What an action throws. @throws Error when it throws nothing */
export function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
