/** compat/launch-settings: what a cluster is launched with: its first shard's settings, and what was changed over them. */
import type { Cluster, Mode } from '../src/index.ts';
import type { GroupedShard } from './grouped-shard.ts';

type Settings = Pick<GroupedShard, 'id' | 'args' | 'execArgv' | 'env' | 'silent'>;
type Launch = Cluster['launch'];
type Environment = Record<string, unknown>;

/** Where the settings of a launch come from. */
export interface FollowedSettings {
  readonly shard: () => Settings;
  /** What the child gets besides the own environment of the shard. */
  readonly environment: () => Readonly<Environment>;
  readonly mode: () => Mode;
}

/**
 * Reads the settings of a launch from a shard, at each start: users change them between two starts. What somebody changes in
 * the launch itself (a plugin) is kept and laid over them.
 *
 * The output of a thread is the manager's own, `silent` or not, as with discord.js.
 */
export function followShard(launch: Launch, { shard, environment, mode }: FollowedSettings): void {
  const given: Partial<Record<string, unknown>> = {};
  const now = () => ({ ...shard(), silent: mode() === 'process' && shard().silent });
  for (const name of ['args', 'execArgv', 'silent'] as const) {
    Object.defineProperty(launch, name, {
      enumerable: true,
      get: () => (name in given ? given[name] : now()[name]),
      set: (value: unknown) => void Object.assign(given, { [name]: value }),
    });
  }
  const env = changeable(() => ({ ...shard().env, ...environment() }));
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

/** What is to be said of shards that a user gave other settings than the first, which a shared process cannot follow. */
export function oddShardsText(shards: readonly Settings[]): string | undefined {
  const settings = ({ args, execArgv, silent, env: { SHARDS: _, ...env } }: Settings) =>
    JSON.stringify([args, execArgv, silent, Object.entries(env).sort()]);
  const [first, ...others] = shards;
  if (first === undefined) return undefined;
  const expected = settings(first);
  const odd = others.filter((shard) => settings(shard) !== expected).map((shard) => shard.id);
  if (odd.length === 0) return undefined;
  return (
    `Shards ${odd.join(', ')} have env, args, execArgv or silent of their own, but share a process with shard ` +
    `${first.id}, whose settings it uses. Set them alike, or use hybrid.shardsPerCluster: 1.`
  );
}
