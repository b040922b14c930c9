import { expect, test } from 'vitest';
import { type AnyFunction, sourceOf } from '../../compat/function-text.ts';

class Tools {
  readonly #own = 1;
  #secret(n: number): number {
    return n + this.#own;
  }
  open(n: number): number {
    return this.#secret(n);
  }
  plain(n: number): string {
    return `#${n}`;
  }
  get parts(): readonly AnyFunction[] {
    return [this.#secret, this.open, () => this.#own];
  }
}

test('what a #private name ties to its class is refused where it is called', () => {
  const refused = expect.objectContaining({
    code: 'UNSERIALISABLE',
    message: expect.stringContaining('#private name'),
  });
  const { parts } = new Tools();
  expect(parts).toHaveLength(3);
  for (const fn of parts) expect(() => sourceOf(fn)).toThrow(refused);
});

test('a method is sent as an expression, also one with a # in its text', () => {
  const text = sourceOf(new Tools().plain).text;
  expect(new Function(`return (${text})(7)`)()).toBe('#7');
});
