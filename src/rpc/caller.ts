/** rpc/caller: the calls and casts of a contract as methods, aimed at one node. */
import type { Address } from '../wire/address.ts';
import type { ClientOf, Contract, Shape } from './contract.ts';

/** How a call may be limited. */
export interface CallOptions {
  /** Deadline in ms; `null` waits as long as the target lives. */
  readonly timeoutMs?: number | null;
  /** Gives the call up when it fires; the handler's own signal fires too. */
  readonly signal?: AbortSignal;
  /** What errors call it, when users know it by another name than its method's. */
  readonly label?: string;
}

/** Who does the asking. */
export interface Asker {
  ask(
    request: { readonly to: Address; readonly method: string; readonly input: unknown },
    limits: Limits,
  ): Promise<unknown>;
  tell(to: Address, method: string, input: unknown): void;
}

/** The limits of one call, all decided. */
export interface Limits {
  readonly timeoutMs: number | null;
  readonly signal: AbortSignal | undefined;
  readonly label: string | undefined;
}

/** Deadline of a call that names none, in ms. */
export const defaultTimeoutMs = 30_000;

const asker = Symbol('asker');
const to = Symbol('to');
const options = Symbol('options');

/** One aim: who asks whom, with which limits. The methods of its contract are on its prototype. */
class Caller {
  readonly [asker]: Asker;
  readonly [to]: Address;
  readonly [options]: CallOptions;

  constructor(by: Asker, target: Address, limits: CallOptions) {
    this[asker] = by;
    this[to] = target;
    this[options] = limits;
  }
}

type CallerClass = typeof Caller;

/** A class per contract, made once: aiming a contract then costs one small object. */
const classes = new WeakMap<Contract, CallerClass>();

const limitsOf = ({ timeoutMs, signal, label }: CallOptions, ownTimeoutMs: number | null): Limits => ({
  timeoutMs: timeoutMs === undefined ? ownTimeoutMs : timeoutMs,
  signal,
  label,
});

function callerClass(contract: Contract): CallerClass {
  const Aimed = class extends Caller {};
  for (const [name, spec] of Object.entries(contract.shape)) {
    const method = `${contract.name}.${name}`;
    const ownTimeoutMs = spec.mode === 'call' && spec.timeoutMs !== undefined ? spec.timeoutMs : defaultTimeoutMs;
    // A getter, so that a method works without its object too: `const { ping } = peer.at(...)`.
    const get =
      spec.mode === 'cast'
        ? function tell(this: Caller): (input?: unknown) => void {
            return (input) => this[asker].tell(this[to], method, input);
          }
        : function ask(this: Caller): (input?: unknown) => Promise<unknown> {
            return (input) => this[asker].ask({ to: this[to], method, input }, limitsOf(this[options], ownTimeoutMs));
          };
    Object.defineProperty(Aimed.prototype, name, { get });
  }
  classes.set(contract, Aimed);
  return Aimed;
}

/** Aims a contract at a node. */
export function callerOf<S extends Shape>(
  contract: Contract<S>,
  aim: { readonly by: Asker; readonly target: Address; readonly limits: CallOptions },
): ClientOf<S> {
  const Aimed = classes.get(contract as unknown as Contract) ?? callerClass(contract as unknown as Contract);
  return new Aimed(aim.by, aim.target, aim.limits) as unknown as ClientOf<S>;
}
