/** compat/launch-settings: what a cluster is launched with: its first shard's settings, and what was changed over them. */
import type { Cluster } from '../src/index.ts';

type Launch = Cluster['launch'];
type Environment = Record<string, unknown>;

/**
 * Reads the settings of a launch from a shard, at each start: users change them between two starts. What somebody changes in
 * the launch itself (a plugin) is kept and laid over them.
 *
 * @param environment - what the child gets besides the own environment of the shard
 */
export function followShard(
  launch: Launch,
  shard: Readonly<Pick<Launch, 'args' | 'execArgv' | 'silent'>> & { readonly env: Readonly<Environment> },
  environment: () => Readonly<Environment>,
): void {
  const given: Partial<Record<string, unknown>> = {};
  for (const name of ['args', 'execArgv', 'silent'] as const) {
    Object.defineProperty(launch, name, {
      enumerable: true,
      get: () => (name in given ? given[name] : shard[name]),
      set: (value: unknown) => void Object.assign(given, { [name]: value }),
    });
  }
  const env = changeable(() => ({ ...shard.env, ...environment() }));
  Object.defineProperty(launch, 'env', { enumerable: true, ...env });
}

/** An object that is filled anew whenever it is looked at, and keeps what was changed in it. */
function changeable(base: () => Environment): { get(): Environment; set(value: Environment): void } {
  const shown: Environment = {};
  const changes = new Map<string, unknown>();
  let before: Environment = {};
  const fill = (content: Environment): void => {
    for (const name of Object.keys(shown)) delete shown[name];
    Object.assign(shown, content);
  };
  const get = (): Environment => {
    for (const name of new Set([...Object.keys(before), ...Object.keys(shown)])) {
      if (shown[name] !== before[name]) changes.set(name, shown[name]);
    }
    const now = { ...base(), ...Object.fromEntries(changes) };
    // One that was taken out is not there, rather than there and undefined.
    before = Object.fromEntries(Object.entries(now).filter(([, value]) => value !== undefined));
    fill(before);
    return shown;
  };
  const set = (value: Environment): void => {
    get();
    fill({ ...value });
  };
  return { get, set };
}
