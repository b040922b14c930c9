/** features/transpiler-helpers: functions that transpilers keep outside of the function whose text is sent. */

type Keys = readonly PropertyKey[];
type Steps = Iterator<unknown, unknown, unknown>;

/** Copies own enumerable properties, without the named ones. */
function without(source: object, left: Keys): object {
  const kept = Reflect.ownKeys(source).filter(
    (key) => !left.includes(key) && Object.prototype.propertyIsEnumerable.call(source, key),
  );
  return Object.fromEntries(kept.map((key) => [key, Reflect.get(source, key)]));
}

/** Runs a generator as the body of an async function. */
function runSteps(steps: Steps): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const advance = (resume: () => IteratorResult<unknown, unknown>): void => {
      try {
        const { done, value } = resume();
        if (done === true) resolve(value);
        else
          Promise.resolve(value).then(
            (result) => advance(() => steps.next(result)),
            (error: unknown) => advance(() => steps.throw?.(error) ?? { done: true, value: undefined }),
          );
      } catch (error) {
        reject(error);
      }
    };
    advance(() => steps.next());
  });
}

type Generator = (...args: unknown[]) => Steps;

/**
 * Helper by name. `__name` is esbuild's and tsx's `keepNames`; `__async`, `__spreadValues`, `__spreadProps` and `__objRest`
 * are esbuild's for older targets; `__awaiter`, `__assign`, `__rest` and `__spreadArray` TypeScript's.
 *
 * Without them a function sent as text fails with `ReferenceError: __name is not defined`.
 *
 * @see https://github.com/privatenumber/tsx/issues/113
 * @see https://github.com/microsoft/tslib
 */
export const transpilerHelpers: Readonly<Record<string, unknown>> = {
  __name: (target: object, value: string) => Object.defineProperty(target, 'name', { value, configurable: true }),
  __async: (self: unknown, args: unknown[] | null, body: Generator) => runSteps(body.apply(self, args ?? [])),
  __awaiter: (self: unknown, args: unknown[] | undefined, _: unknown, body: Generator) =>
    runSteps(body.apply(self, args ?? [])),
  __assign: Object.assign,
  __spreadValues: Object.assign,
  __spreadProps: (target: object, source: object) =>
    Object.defineProperties(target, Object.getOwnPropertyDescriptors(source)),
  __rest: without,
  __objRest: without,
  __spreadArray: (to: readonly unknown[], from: readonly unknown[]) => [...to, ...from],
};

/** The helpers that a function's text mentions. */
export function helpersIn(text: string): readonly string[] {
  return Object.keys(transpilerHelpers).filter((name) => new RegExp(`\\b${name}\\b`).test(text));
}
