/** manager-handlers: the named functions that the manager itself answers to, written inline or in files. */
import { takesClientFirst } from './handlers.ts';
import type { ClusterManager } from './manager.ts';
import type { ManagerHandlerContext } from './register.ts';
import type { CallContext } from './rpc/served.ts';

class ManagerRequestContext implements ManagerHandlerContext {
  readonly manager: ClusterManager;
  readonly from: string;
  readonly #call: CallContext;

  constructor(manager: ClusterManager, call: CallContext) {
    this.manager = manager;
    this.from = call.from;
    this.#call = call;
  }

  /** Asked for only by the handlers that look at it. */
  get signal(): AbortSignal {
    return this.#call.signal;
  }
}

/** Runs a handler of the manager's with what it takes. */
export function runOnManager(
  manager: ClusterManager,
  { handler, data, call }: { readonly handler: object; readonly data: unknown; readonly call: CallContext },
): unknown {
  const run = handler as (...args: unknown[]) => unknown;
  const context = new ManagerRequestContext(manager, call);
  return takesClientFirst(handler) ? run(manager, data, context) : run(data, context);
}
