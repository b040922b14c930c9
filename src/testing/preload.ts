/** testing/preload: loaded before a bot with `--require`; sends what is meant for Discord to the loopback Discord. */

import net from 'node:net';
import { watchRestAgents } from './rest-agent.ts';

/** Where every copy of undici, Node's own included, keeps the dispatcher it uses. */
const slots = [Symbol.for('undici.globalDispatcher.1'), Symbol.for('undici.globalDispatcher.2')];

const DISCORD = /(^|\.)(discord(app)?\.(com|net|gg|media)|discord\.dev|discordcdn\.com)\.?$/i;
const API_HOST = /^((canary|ptb)\.)?discord(app)?\.com\.?$/i;

interface Options {
  readonly origin?: unknown;
}

interface Handler {
  onError?: (error: Error) => void;
}

interface Dispatcher {
  dispatch(options: Options, handler: Handler): boolean;
}

/** The address in DISCORD_SIM, or why it cannot be used; undefined when it is not set at all. */
function readTarget(value: string | undefined): { readonly url: string } | { readonly problem: string } | undefined {
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const loopback = url !== undefined && /^(127(\.\d{1,3}){3}|\[::1\]|localhost)$/.test(url.hostname);
  if (url?.protocol === 'http:' && loopback && url.pathname === '/') return { url: url.origin };
  return { problem: `DISCORD_SIM is '${value}', not the address of a loopback Discord such as http://127.0.0.1:4000` };
}

const target = readTarget(process.env.DISCORD_SIM);

function hostOf(origin: unknown): string {
  const text = String(origin ?? '');
  return URL.canParse(text) ? new URL(text).hostname : '';
}

/** The error a bot sees instead of reaching Discord. */
function refusal(host: string, why: string): Error {
  const reason = target !== undefined && 'problem' in target ? target.problem : why;
  return new Error(`shardlift/testing: a connection to ${host} was refused because DISCORD_SIM is set: ${reason}.`);
}

const NO_COUNTERPART = 'only the REST API has a counterpart on loopback';
const AROUND =
  'it was opened directly (an agent or a socket of its own), and only requests through the global dispatcher are rerouted';

/** Says in an error that nobody answers on loopback, which otherwise reads like a problem of the bot. */
function explained(handler: Handler): Handler {
  const report = handler.onError;
  if (typeof report !== 'function') return handler;
  handler.onError = (error) => {
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ECONNREFUSED')
      error.message = `shardlift/testing: no loopback Discord answers at DISCORD_SIM (is it stopped?): ${error.message}`;
    report.call(handler, error);
  };
  return handler;
}

const wrapped = new WeakMap<object, Dispatcher>();

/** A dispatcher that turns Discord's origin into the loopback one and leaves everything else alone. */
function reroute(dispatcher: Dispatcher, home: Dispatcher): Dispatcher {
  const known = wrapped.get(dispatcher);
  if (known !== undefined) return known;
  const dispatch = (options: Options, handler: Handler): boolean => {
    const host = hostOf(options.origin);
    if (!DISCORD.test(host)) return dispatcher.dispatch(options, handler);
    if (target === undefined || 'problem' in target || !API_HOST.test(host)) throw refusal(host, NO_COUNTERPART);
    // Through the first dispatcher: a proxy the bot installed later would look for 127.0.0.1 on its own machine.
    return home.dispatch({ ...options, origin: target.url }, explained(handler));
  };
  const proxy = new Proxy(dispatcher, {
    get(inner, name) {
      if (name === 'dispatch') return dispatch;
      const value: unknown = Reflect.get(inner, name, inner);
      return typeof value === 'function' ? value.bind(inner) : value;
    },
  });
  wrapped.set(dispatcher, proxy);
  wrapped.set(proxy, proxy);
  return proxy;
}

/**
 * Puts a getter and a setter where undici keeps its dispatcher, and answers later `defineProperty` calls on it (that is
 * how undici's setGlobalDispatcher writes) through the setter, so that no dispatcher is ever used unwrapped.
 */
function watchSlot(slot: symbol): void {
  const existing = Reflect.get(globalThis, slot) as Dispatcher | undefined;
  let home = existing;
  let current = existing === undefined ? undefined : reroute(existing, existing);
  const set = (next: Dispatcher) => {
    home ??= next;
    current = reroute(next, home);
  };
  const own = Reflect.getOwnPropertyDescriptor(globalThis, slot);
  if (own?.configurable === false) {
    // Somebody was earlier and nailed the property down; its value can still be replaced.
    Reflect.set(globalThis, slot, current);
  } else {
    Reflect.defineProperty(globalThis, slot, { get: () => current, set, enumerable: false, configurable: false });
  }
  const define = Reflect.defineProperty;
  const guarded = (on: object, name: PropertyKey, descriptor: PropertyDescriptor): boolean => {
    if (on !== globalThis || name !== slot || !('value' in descriptor)) return define(on, name, descriptor);
    set(descriptor.value as Dispatcher);
    return own?.configurable === false ? Reflect.set(globalThis, slot, current) : true;
  };
  Reflect.defineProperty = guarded;
  const defineOrThrow = Object.defineProperty;
  Object.defineProperty = (<T>(on: T, name: PropertyKey, descriptor: PropertyDescriptor & ThisType<unknown>): T => {
    if ((on as unknown) !== globalThis || name !== slot) return defineOrThrow(on, name, descriptor);
    guarded(globalThis, name, descriptor);
    return on;
  }) as typeof Object.defineProperty;
}

/** The host a socket is asked to connect to; Node passes options, a normalised list, or port and host. */
function hostIn(args: readonly unknown[]): string {
  const first = Array.isArray(args[0]) ? (args[0] as readonly unknown[])[0] : args[0];
  if (typeof first === 'object' && first !== null) return String((first as { host?: unknown }).host ?? '');
  return typeof args[1] === 'string' ? args[1] : '';
}

/** Refuses every TCP connection to Discord, whatever made it: an agent of the bot's own, `https`, a hard-coded gateway. */
function guardSockets(): void {
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]): net.Socket {
    const host = hostIn(args);
    if (DISCORD.test(host)) {
      // Not at once: whoever connects puts up its error listener only when this returns.
      process.nextTick(() => this.destroy(refusal(host, AROUND)));
      return this;
    }
    return Reflect.apply(connect, this, args) as net.Socket;
  } as typeof connect;
}

if (target !== undefined) {
  for (const slot of slots) watchSlot(slot);
  guardSockets();
  watchRestAgents((agent) => reroute(agent as Dispatcher, agent as Dispatcher));
}
