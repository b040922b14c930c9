/** remote/wire-values: comlink's own words for values, and what its transfer handlers made them from. */
import type { TransferHandler } from 'comlink';

/** A value as comlink hands it to an endpoint. */
export type WireValue =
  | { readonly type: 'RAW'; readonly value: unknown }
  | { readonly type: 'HANDLER'; readonly name: string; readonly value: unknown };

/** What comlink posts: a message, or the answer to one. */
export interface ComlinkMessage {
  readonly id: string;
  readonly type: string;
  readonly path?: readonly string[];
  readonly argumentList?: readonly WireValue[];
  readonly value?: unknown;
}

/** The part of a port that matters here. */
interface Closable {
  close(): void;
}

const proxied = new WeakMap<object, object>();
const thrown = new WeakMap<object, { readonly value: unknown }>();

const portIn = (value: WireValue): (object & Closable) | undefined =>
  value.type === 'HANDLER' && value.name === 'proxy' ? (value.value as object & Closable) : undefined;

/** The object that a wire value stands for, when it was marked by `comlink.proxy`. */
export function proxiedIn(value: WireValue): object | undefined {
  const port = portIn(value);
  return port && proxied.get(port);
}

/**
 * Closes the port that comlink opened for a proxied object before we see it; ours goes by key. To be done with every
 * value that comlink hands over, sent or not: an open port keeps the process alive.
 */
export function closePort(value: WireValue): void {
  const port = portIn(value);
  if (port !== undefined && proxied.has(port)) port.close();
}

/** What was thrown, when a wire value says that something was. */
export const thrownIn = (value: { readonly value?: unknown }): { readonly value: unknown } | undefined =>
  thrown.get(value.value as object);

/** A wire value that makes comlink throw an error as it is. */
export const wireThrow = (error: unknown): WireValue => ({
  type: 'HANDLER',
  name: 'throw',
  value: { isError: false, value: error },
});

/** What comlink wraps, told of the proxy that was made over it. */
export interface Wrapped {
  wrappedBy(proxy: object): void;
}

type AnyHandler = TransferHandler<unknown, unknown>;

/**
 * Lets comlink's two handlers remember what they serialised: of a proxied object only a port is left afterwards, and of an
 * error neither code nor cause. They do what they did, also for workers that the user talks to by comlink.
 *
 * @see https://github.com/GoogleChromeLabs/comlink#transfer-handlers-and-event-listeners
 */
export function watchHandlers(transferHandlers: Map<string, AnyHandler>): void {
  const watch = (name: string, change: (handler: AnyHandler) => Partial<AnyHandler>): void => {
    const handler = transferHandlers.get(name) as AnyHandler;
    transferHandlers.set(name, { ...handler, ...change(handler) });
  };
  watch('proxy', ({ serialize, deserialize }) => ({
    serialize(object) {
      const made = serialize(object);
      proxied.set(made[0] as object, object as object);
      return made;
    },
    deserialize(port) {
      const proxy = deserialize(port) as object;
      (port as Partial<Wrapped>).wrappedBy?.(proxy);
      return proxy;
    },
  }));
  watch('throw', ({ serialize }) => ({
    serialize(error) {
      const made = serialize(error);
      thrown.set(made[0] as object, error as { readonly value: unknown });
      return made;
    },
  }));
}
