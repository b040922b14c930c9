import type { Client } from 'discord.js';
import { describe, expect, test, vi } from 'vitest';
import { CompiledFunctions, evalIn, rememberedFunctions } from '../../src/features/compiled-functions.ts';
import { splitClient } from '../views/split-client.ts';

type Eval = (this: Client, text: string) => unknown;

/** A client whose evaluations are counted. */
function counted() {
  const client = splitClient();
  const own = client as unknown as { _eval: Eval };
  const evaluated = vi.fn(own._eval);
  own._eval = evaluated;
  return { client, evaluated };
}

describe('a compiled function', () => {
  test('is evaluated once, however often it is called', () => {
    const { client, evaluated } = counted();
    const compiled = new CompiledFunctions().compile(client, '(c, n) => n * 2', 'id');
    expect([compiled.call(client, 1), compiled.call(client, 2)]).toEqual([2, 4]);
    expect(evaluated).toHaveBeenCalledTimes(1);
  });

  test('is made anew for each call: what it notes on itself is gone at the next', () => {
    const { client } = counted();
    const text = 'function count() { count.calls = (count.calls ?? 0) + 1; return count.calls; }';
    const compiled = new CompiledFunctions().compile(client, text, 'id');
    expect([compiled.call(client, undefined), compiled.call(client, undefined)]).toEqual([1, 1]);
  });

  test('gets the view of each call, as its argument and as the this of an arrow function', () => {
    const { client } = counted();
    const compiled = new CompiledFunctions().compile(client, '(c) => [c.name, this.name]', 'id');
    const views = ['a', 'b'].map((name) => ({ name }) as unknown as Client);
    expect(views.map((view) => compiled.call(view, undefined))).toEqual([
      ['a', 'a'],
      ['b', 'b'],
    ]);
  });

  test('may end in a comment', () => {
    const { client } = counted();
    expect(new CompiledFunctions().compile(client, '() => 7 // seven', 'id').call(client, undefined)).toBe(7);
  });

  test('finds the helpers its transpiler left behind', () => {
    const { client } = counted();
    const text = '() => __name(() => 5, "five").name';
    expect(new CompiledFunctions().compile(client, text, 'id').call(client, undefined)).toBe('five');
  });
});

describe('the functions of a client', () => {
  test('are found by their id; those without one, and texts that are no function, are not kept', () => {
    const { client } = counted();
    const functions = new CompiledFunctions();
    expect(functions.find(client, 'a')).toBeUndefined();
    const a = functions.compile(client, '() => 1', 'a');
    functions.compile(client, '() => 2', undefined);
    expect(() => functions.compile(client, '=> 3', 'b')).toThrow(expect.objectContaining({ name: 'SyntaxError' }));
    expect(functions.find(client, 'a')).toBe(a);
    expect(functions.find(client, 'b')).toBeUndefined();
  });

  test('are forgotten when the bot puts an _eval of its own in place, one and all', () => {
    const { client } = counted();
    const functions = new CompiledFunctions();
    for (const id of ['a', 'b']) functions.compile(client, '() => 1', id);
    Object.assign(client, { _eval: () => () => () => 'mine' });
    expect(functions.find(client, 'a')).toBeUndefined();
    expect(functions.compile(client, '() => 1', 'a').call(client, undefined)).toBe('mine');
    expect(functions.find(client, 'b')).toBeUndefined();
  });

  test(`are remembered up to ${rememberedFunctions} at least, and not for ever`, () => {
    const client = { _eval: () => () => () => undefined } as unknown as Client;
    const functions = new CompiledFunctions();
    const add = (from: number) => {
      for (let i = from; i < from + rememberedFunctions; i++) functions.compile(client, '() => 1', `${i}`);
    };
    add(0);
    expect(functions.find(client, '0')).toBeDefined();
    add(rememberedFunctions);
    add(2 * rememberedFunctions);
    expect(functions.find(client, '1')).toBeUndefined();
    expect(functions.find(client, `${3 * rememberedFunctions - 1}`)).toBeDefined();
  });
});

test('text is evaluated with the client as this, in the scope of discord.js', () => {
  const { client } = counted();
  expect(evalIn(client, 'this.options.shardCount')).toBe(3);
  expect(evalIn(client, 'typeof ShardClientUtil')).toBe('function');
});
