/** transport/handover: the names by which a launcher leaves things, and a child finds them. */

/** The file descriptor of our socket in the child; 0 to 2 are stdio, 3 is Node's channel. */
export const linkFd = 4;
/** The environment variable that carries the facts, as JSON. */
export const factsVariable = 'SHARDLIFT_FACTS';
/** The environment variable that says `channel` when the child is to leave the socket alone. */
export const lineVariable = 'SHARDLIFT_LINE';
/** The key of our facts and port in `workerData`, beside the user's own keys. */
export const factsKey = 'SHARDLIFT';

/** An environment as Node takes it: text only, without what is `null` or `undefined`. */
export const environmentOf = (env: Readonly<Record<string, unknown>>): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).flatMap(([key, value]) =>
      value === undefined || value === null ? [] : [[key, String(value)]],
    ),
  );
