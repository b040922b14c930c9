/** wire/arriving: the value language as the compiler sees it. */

type Primitive = string | number | boolean | bigint | null | undefined;
type Bytes = ArrayBuffer | ArrayBufferView;

/**
 * What a value has become when it arrives: dates stay dates, things with `toJSON` become its result. Functions, symbols
 * and promises are refused: `never`.
 */
export type Arriving<T> = T extends Primitive | Date | RegExp | Error
  ? T
  : T extends Buffer
    ? Uint8Array
    : T extends Bytes
      ? T
      : T extends (...args: never) => unknown
        ? never
        : T extends symbol | Promise<unknown>
          ? never
          : T extends { toJSON(): infer J }
            ? Arriving<J>
            : T extends ReadonlyMap<infer K, infer V>
              ? Map<Arriving<K>, Arriving<V>>
              : T extends ReadonlySet<infer V>
                ? Set<Arriving<V>>
                : T extends object
                  ? { [K in keyof T]: Arriving<T[K]> }
                  : T;
