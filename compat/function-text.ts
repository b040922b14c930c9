/** compat/function-text: what is sent of a function given to broadcastEval. */
import type { EvalWork } from '../src/extend.ts';
import { ShardliftError } from '../src/index.ts';

/** A function whose parameters do not matter. */
export type AnyFunction = (...args: never[]) => unknown;

const texts = new WeakMap<AnyFunction, string>();

/** The work that calling a function with a context means. @throws TypeError when the context is no JSON */
export function workOf(fn: AnyFunction, context: unknown): Extract<EvalWork, { kind: 'function' }> {
  const text = textOf(fn);
  const json = JSON.stringify(context) as string | undefined;
  return { kind: 'function', text, ...(json === undefined ? {} : { context: json }) };
}

/**
 * The source of a function as an expression.
 *
 * @throws ShardliftError `UNSERIALISABLE` for bound and native functions, which have no source
 */
function textOf(fn: AnyFunction): string {
  const known = texts.get(fn);
  if (known !== undefined) return known;
  const source = String(fn);
  if (/\{\s*\[native code\]\s*\}$/.test(source)) {
    throw new ShardliftError('UNSERIALISABLE', {
      path: 'The function',
      received: 'bound or native and has no source text',
    });
  }
  // `foo(c) {}` of an object or class is a method, no expression: it becomes one inside of an object.
  const text = parses(source) ? source : `Object.values({ ${source} })[0]`;
  texts.set(fn, text);
  return text;
}

function parses(source: string): boolean {
  try {
    new Function(`(${source}\n)`);
    return true;
  } catch (error) {
    // Where code from text is forbidden (an EvalError), the source is sent as it is.
    return !(error instanceof SyntaxError);
  }
}

/** Where the caller of a public function of ours stands, as `file:line:column`; for reports only. */
export function callSite(below: AnyFunction): string | undefined {
  const trace: { stack?: string } = {};
  Error.captureStackTrace(trace, below);
  const line = trace.stack?.split('\n').find((text) => /^\s+at /.test(text) && !text.includes('node:internal'));
  return line && /\(?((?:file:|[/\\]|[A-Za-z]:)[^()]*:\d+:\d+)\)?$/.exec(line)?.[1];
}
