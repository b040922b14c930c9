/** testing/rest-agent: the agent that discord.js's REST client makes for itself from version 15 on. */
import Module from 'node:module';

type AgentClass = new (...args: readonly unknown[]) => object;

interface Undici {
  readonly Agent: AgentClass;
}

interface Loader {
  _load(request: string, parent: { readonly filename?: string } | undefined, isMain: boolean): unknown;
}

/** undici with another class of agents; all else as it is, what it computes when it is read included. */
function withAgent<T extends Undici>(undici: T, Agent: AgentClass): T {
  const own = Object.getOwnPropertyDescriptors(undici);
  return Object.defineProperties({} as T, { ...own, Agent: { value: Agent, enumerable: true } });
}

/**
 * Has the agents that `@discordjs/rest` makes pass through `reroute`; those of everybody else stay as they are.
 *
 * Version 3 of it, of discord.js 15, no longer asks for the global dispatcher. `Module._load` is Node's own and
 * undocumented; bundled bots go without it, and are refused as others are that bring an agent.
 */
export function watchRestAgents(reroute: (agent: object) => object): void {
  const loader = Module as unknown as Loader;
  const load = loader._load;
  const shown = new WeakMap<object, Undici>();
  loader._load = function hooked(this: unknown, request, parent, isMain): unknown {
    const loaded = load.call(this, request, parent, isMain);
    if (request !== 'undici' || !/[\\/]@discordjs[\\/]rest[\\/]/.test(parent?.filename ?? '')) return loaded;
    const undici = loaded as Undici;
    const known = shown.get(undici);
    if (known !== undefined) return known;
    class RestAgent extends undici.Agent {
      constructor(...args: readonly unknown[]) {
        super(...args);
        // biome-ignore lint/correctness/noConstructorReturn: who asks for an agent gets it wrapped.
        return reroute(this) as RestAgent;
      }
    }
    const own = withAgent(undici, RestAgent);
    shown.set(undici, own);
    return own;
  };
}
