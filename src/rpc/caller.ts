/** rpc/caller: the calls and casts of a contract as methods, aimed at one node or at many. */
import type { Destination } from '../wire/address.ts';
import type { Contract, Shape } from './contract.ts';

/** How a call may be limited. */
export interface CallOptions {
  /** Deadline in ms; `null` waits as long as the target lives. */
  readonly timeoutMs?: number | null;
  /** Gives the call up when it fires; the handler's own signal fires too. */
  readonly signal?: AbortSignal;
  /**
   * What happens when the target is not there: `'fail'` (default) rejects at once, `'wait'` waits for it as long as the
   * deadline allows. A call that was sent to a target which then died is never sent again.
   */
  readonly whenUnavailable?: 'fail' | 'wait' | undefined;
  /** What errors call it, when users know it by another name than its method's. */
  readonly label?: string;
  /**
   * Of a call to many: the first value that is enough ends it. Those that have not answered by then are told to stop, and
   * stand in the result with `CALL_ABORTED`.
   */
  readonly enough?: ((value: unknown) => boolean) | undefined;
}

/** One thing to ask or to tell. */
export interface Request {
  readonly to: Destination;
  readonly method: string;
  readonly input: unknown;
}

/** Who does the asking. */
export interface Asker {
  /** Asks; the answer of a list of nodes is a list of {@link Settled}. */
  ask(request: Request, limits: Limits): Promise<unknown>;
  tell(request: Request, vital: boolean): void;
}

/** The limits of one call, all decided. */
export interface Limits {
  readonly timeoutMs: number | null;
  readonly signal: AbortSignal | undefined;
  readonly label: string | undefined;
  readonly wait: boolean;
  readonly vital: boolean;
  readonly enough?: CallOptions['enough'];
}

/** Deadline of a call that names none, in ms. */
export const defaultTimeoutMs = 30_000;

const asker = Symbol('asker');
const to = Symbol('to');
const options = Symbol('options');

/** One aim: who asks whom, with which limits. The methods of its contract are on its prototype. */
class Caller {
  readonly [asker]: Asker;
  readonly [to]: Destination;
  readonly [options]: CallOptions;

  constructor(by: Asker, target: Destination, limits: CallOptions) {
    this[asker] = by;
    this[to] = target;
    this[options] = limits;
  }
}

type CallerClass = typeof Caller;

/** A class per contract, made once: aiming a contract then costs one small object. */
const classes = new WeakMap<Contract, CallerClass>();

/** The limits of a call: what the caller says, else what its contract says. */
export const limitsOf = (
  { timeoutMs, signal, label, whenUnavailable, enough }: CallOptions,
  own: { readonly timeoutMs: number | null; readonly vital: boolean } = { timeoutMs: defaultTimeoutMs, vital: false },
): Limits => ({
  timeoutMs: timeoutMs === undefined ? own.timeoutMs : timeoutMs,
  signal,
  label,
  wait: whenUnavailable === 'wait',
  vital: own.vital,
  enough,
});

function callerClass(contract: Contract): CallerClass {
  const Aimed = class extends Caller {};
  for (const [name, spec] of Object.entries(contract.shape)) {
    const method = `${contract.name}.${name}`;
    const timeoutMs = spec.mode === 'call' && spec.timeoutMs !== undefined ? spec.timeoutMs : defaultTimeoutMs;
    const { vital } = contract;
    const own = { timeoutMs, vital };
    // A getter, so that a method works without its object too: `const { ping } = peer.at(...)`.
    const get =
      spec.mode === 'cast'
        ? function tell(this: Caller): (input?: unknown) => void {
            return (input) => this[asker].tell({ to: this[to], method, input }, vital);
          }
        : function ask(this: Caller): (input?: unknown) => Promise<unknown> {
            return (input) => this[asker].ask({ to: this[to], method, input }, limitsOf(this[options], own));
          };
    Object.defineProperty(Aimed.prototype, name, { get });
  }
  classes.set(contract, Aimed);
  return Aimed;
}

/** Aims a contract; what it gives is a `ClientOf` the contract's shape, a `GroupClientOf` for a list of nodes. */
export function callerOf<S extends Shape>(
  contract: Contract<S>,
  aim: { readonly by: Asker; readonly target: Destination; readonly limits: CallOptions },
): unknown {
  const Aimed = classes.get(contract as unknown as Contract) ?? callerClass(contract as unknown as Contract);
  return new Aimed(aim.by, aim.target, aim.limits);
}
