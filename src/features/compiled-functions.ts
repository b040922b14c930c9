/** features/compiled-functions: the functions that were sent to a cluster as text, compiled once each. */
import type { Client } from 'discord.js';
import { RecentMap } from './recent-map.ts';
import { helpersIn, transpilerHelpers } from './transpiler-helpers.ts';

/** How many functions a cluster, and each of its callers, remembers at least. */
export const rememberedFunctions = 256;

type Sent = (client: Client, context: unknown) => unknown;
type Make = (this: Client, helpers: readonly unknown[]) => Sent;
type Evaluator = (this: Client, text: string) => unknown;

/** discord.js's own eval: users rely on what is in scope there (`require`, `Collection`, `Routes`). */
const evaluatorOf = (client: Client): Evaluator => (client as unknown as { readonly _eval: Evaluator })._eval;

/** Evaluates text in the scope of discord.js. */
export const evalIn = (client: Client, text: string): unknown => evaluatorOf(client).call(client, text);

/** A function's text, compiled. */
export class CompiledFunction {
  readonly #make: Make;
  readonly #helpers: readonly unknown[];

  constructor(client: Client, text: string) {
    const names = helpersIn(text);
    // A function of its own around the text: compiled once, and an arrow function finds the view as its `this`.
    this.#make = evalIn(client, `(function ([${names.join()}]) { return (${text}\n) })`) as Make;
    this.#helpers = names.map((name) => transpilerHelpers[name]);
  }

  /** Calls the function, made anew: what it notes on itself (`f.count`) must not be there at the next call. */
  call(view: Client, context: unknown): unknown {
    return this.#make.call(view, this.#helpers)(view, context);
  }
}

/** The functions of one client by the id their callers gave them. */
export class CompiledFunctions {
  #known = new RecentMap<string, CompiledFunction>(rememberedFunctions);
  #evaluator: Evaluator | undefined;

  /** A function that was sent before and is still remembered. */
  find(client: Client, id: string): CompiledFunction | undefined {
    // A bot that puts an `_eval` of its own in place means it for every call from then on.
    return this.#evaluator === evaluatorOf(client) ? this.#known.get(id) : undefined;
  }

  /** Compiles a text and remembers it under its id, if it has one. @throws SyntaxError for a text that is no function */
  compile(client: Client, text: string, id: string | undefined): CompiledFunction {
    const compiled = new CompiledFunction(client, text);
    if (id === undefined) return compiled;
    const evaluator = evaluatorOf(client);
    if (this.#evaluator !== evaluator) this.#known = new RecentMap(rememberedFunctions);
    this.#evaluator = evaluator;
    this.#known.set(id, compiled);
    return compiled;
  }
}
