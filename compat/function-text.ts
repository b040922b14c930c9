/** compat/function-text: what is sent of a function given to broadcastEval. */
import { type FunctionWork, RecentMap } from '../src/extend.ts';
import { ShardliftError } from '../src/index.ts';

/** A function whose parameters do not matter. */
export type AnyFunction = (...args: never[]) => unknown;

/** A function as it is sent. */
export interface FunctionSource {
  /** The source as an expression. One string for all functions of that source, so that finding it again is cheap. */
  readonly text: string;
  /** It reads sums of its process, which several shards may share. */
  readonly readsProcess: boolean;
}

/** Sources of functions, and of function objects: an arrow function written in the call is a new object each time. */
const byFunction = new WeakMap<AnyFunction, FunctionSource>();
const bySource = new RecentMap<string, FunctionSource>(256);

/** The work that calling a function with a context means. @throws TypeError when the context is no JSON */
export function workOf({ text }: FunctionSource, context: unknown): FunctionWork {
  const json = JSON.stringify(context) as string | undefined;
  return json === undefined ? { kind: 'function', text } : { kind: 'function', text, context: json };
}

/**
 * The source of a function.
 *
 * @throws ShardliftError `UNSERIALISABLE` for bound and native functions, which have no source, and for what a #private name
 * ties to its class
 */
export function sourceOf(fn: AnyFunction): FunctionSource {
  const known = byFunction.get(fn);
  if (known !== undefined) return known;
  const written = String(fn);
  const read = bySource.get(written);
  if (read !== undefined) return read;
  const source = readSource(written);
  // Only the first function of a source: arrow functions made for one call are not worth an entry each.
  byFunction.set(fn, source);
  return source;
}

function readSource(written: string): FunctionSource {
  if (/\{\s*\[native code\]\s*\}$/.test(written)) {
    throw unsendable('bound or native and has no source text');
  }
  // `foo(c) {}` of an object or class is a method, no expression: it becomes one inside of an object.
  const text = parses(written) ? written : `Object.values({ ${written} })[0]`;
  if (written.includes('#') && !parses(text))
    throw unsendable('written with a #private name, which its class alone knows');
  const source = { text, readsProcess: /memoryUsage|cpuUsage/.test(text) };
  bySource.set(written, source);
  return source;
}

const unsendable = (received: string): Error =>
  new ShardliftError('UNSERIALISABLE', { path: 'The function', received });

function parses(source: string): boolean {
  try {
    new Function(`(${source}\n)`);
    return true;
  } catch (error) {
    // Where code from text is forbidden (an EvalError), the source is sent as it is.
    return !(error instanceof SyntaxError);
  }
}
