/** errors: the only file that says what can go wrong. Code, details, sentence. */

/**
 * One row per failure: the row's type is what `error.details` holds.
 *
 * Codes are public API (adding one is a minor release, renaming one a major); sentences are not.
 */
export interface ErrorDetails {
  INVALID_OPTION: { option: string; expected: string; received: string };
  UNSERIALISABLE: { path: string; received: string };
  /** Without `method` when it came in: it is not read then. */
  FRAME_TOO_LARGE: { bytes: number; maxBytes: number; method?: string };
  OVERLOADED: { peer: string; frames: number; bytes: number };
  TOO_MANY_WAITING: { to: string; waiting: number; max: number; unit: 'messages' | 'bytes' };
  LINK_CLOSED: { peer: string; reason: string };
  /** `reason` is there when nobody needs to wait for it to come. */
  NO_ROUTE: { to: string; reason?: string };
  NOT_READY: { cluster: number };
  GUILDS_UNKNOWN: { clusters: readonly { readonly id: number; readonly reason: string }[] };
  TOO_MANY_HOPS: { to: string; hops: number };
  NO_DOOR: { path: string; reason: string };
  NO_METHOD: { method: string; on: string };
  NO_HANDLER: { name: string; on: string; known: readonly string[] };
  NO_LISTENER: { on: string };
  DUPLICATE_HANDLER: { name: string };
  ALREADY_EXPOSED: { on: string };
  NOT_EXPOSED: { on: string };
  CALLBACK_GONE: { on: string };
  FORBIDDEN_NAME: { on: string; name: string };
  UNKNOWN_DEED: { on: string; received: string };
  HANDLER_FAILED: { method: string; on: string; message: string };
  CALL_TIMEOUT: { method: string; to: string; timeoutMs: number };
  CALL_ABORTED: { method: string; to: string };
  CALLER_GONE: { caller: string };
  UNREADABLE: { method: string; from: string; reason: string };
  UNKNOWN_TARGET: { target: string };
  NOT_SPAWNED: { sought: string };
  OUTCOME_UNKNOWN: { action: string; by: string; message: string };
  ROLES_PARTLY_CHANGED: {
    added: readonly string[];
    removed: readonly string[];
    refused: string;
    untried: readonly string[];
    message: string;
  };
  /** `found`: the clusters that were looked for and are known all the same. */
  PARTIAL_RESULT: { failed: readonly number[]; of: number; message: string; found?: readonly number[] };
  CLUSTER_RUNNING: { cluster: number };
  CLUSTER_DIED: { cluster: number; code: number | null; signal: string | null; reason: string; stderr: string };
  READY_TIMEOUT: { cluster: number; timeoutMs: number; missing: readonly number[]; stderr: string };
  TOKEN_REFUSED: { reason: string };
  GATEWAY_REFUSED: { cluster: number; reason: string };
  /** `hung`: the budget of `heartbeat.maxRestarts` is used up, not that of `restarts`. */
  RESTART_LIMIT: { cluster: number; restarts: number; what: 'died' | 'hung' };
  RESPAWN_CALLED_OFF: { cluster: number; reason: string };
  ILLEGAL_STATE: { cluster: number; from: string; to: string };
  ALREADY_SPAWNED: { clusters: number };
  QUEUE_AUTO: Readonly<Record<never, never>>;
  DUPLICATE_PLUGIN: { name: string };
  PLUGIN_FAILED: { plugin: string; hook: string; message: string };
  MANAGER_STOPPED: { reason: string };
  DISCORD_UNREACHABLE: { what: string; reason: string };
  TOKEN_MISSING: { needed: string };
  IDENTIFY_EXHAUSTED: { remaining: number; needed: number; resetAfterMs: number };
  HANDLERS_FILE: { file: string; reason: string };
  HANDLERS_NOT_LOADED: { cluster: number; files: string };
  HANDLERS_DIFFER: { cluster: number; other: number; missing: readonly string[]; added: readonly string[] };
  LOOPBACK_TIMEOUT: { what: string; timeoutMs: number };
  LOOPBACK_VIOLATIONS: { violations: readonly string[] };
  LOOPBACK_UNREACHABLE: { what: string; reason: string };
  PRELOAD_MISSING: { looked: readonly string[] };
  EVALS_OFF: { call: string };
  NOT_SUPPORTED: { what: string; instead: string };
  INVALID_KEY: { expected: string; received: string };
  VALUE_TOO_LARGE: { key: string; bytes: number; maxBytes: number };
  NOT_A_NUMBER: { key: string; received: string };
  COMPUTES_ITSELF: { key: string };
  COMPUTE_FAILED: { key: string; message: string };
  SNAPSHOT_FILE: { file: string; reason: string };
}

/** Every code a {@link ShardliftError} can carry. Match on this, never on the message. */
export type ErrorCode = keyof ErrorDetails;

const sentences: { readonly [C in ErrorCode]: (details: ErrorDetails[C]) => string } = {
  INVALID_OPTION: (d) => `The option ${d.option} must be ${d.expected}, but it is ${d.received}.`,
  UNSERIALISABLE: (d) => `${d.path} cannot be sent to another process: it is ${d.received}. Send plain data instead.`,
  FRAME_TOO_LARGE: (d) =>
    `${d.method ?? 'A message that came in'} carries ${d.bytes} bytes, more than the ${d.maxBytes} allowed. Send less, or send it in parts.`,
  OVERLOADED: (d) =>
    `${d.peer} does not read: ${d.frames} messages (${d.bytes} bytes) wait for it already, so this one was not sent. ` +
    'Send less at a time or retry later; if it stays so, its event loop is blocked.',
  TOO_MANY_WAITING: (d) =>
    `This message to ${d.to} was not sent: ${d.to} cannot be reached yet, and ${d.waiting} ${d.unit} wait already, ` +
    `of the ${d.max} that may. Ask less at a time, or retry later.`,
  LINK_CLOSED: (d) =>
    `The line to ${d.peer} closed: ${plain(d.reason)}. The call may or may not have been carried out.`,
  NO_ROUTE: (d) =>
    d.reason === undefined
      ? `${named(d.to)} is not connected: it is starting, restarting or stopped. Ask again when it is ready.`
      : `${named(d.to)} is not connected and will not come: ${plain(d.reason)}. Nothing was carried out. ` +
        (d.to === manager
          ? 'What only a manager can do needs a bot that a ClusterManager starts.'
          : 'Start it anew (respawn() it, or make a new manager) before you ask again.'),
  NOT_READY: (d) =>
    `Cluster ${d.cluster} answers, but its shards are not all ready: what it has so far is not all it will have. Ask again later.`,
  GUILDS_UNKNOWN: (d) =>
    `How many guilds there are is not known now: ${d.clusters.map(({ id, reason }) => `cluster ${id} (${plain(reason)})`).join(', ')}. ` +
    'Ask again when all are ready.',
  TOO_MANY_HOPS: (d) =>
    `A message to ${d.to} was passed on ${d.hops} times and never arrived: two managers take each other for the way to it.`,
  NO_DOOR: (d) =>
    `The socket ${d.path} cannot be used: ${plain(d.reason)}. The manager passes messages on instead; ` +
    'if it stays so, look whether the temporary folder can be written and its path is short.',
  NO_METHOD: (d) => `${d.on} does not answer ${d.method}. Are manager and bots running the same version?`,
  NO_HANDLER: (d) =>
    `${d.on} has no handler named '${d.name}'. Known names: ${d.known.length === 0 ? 'none' : d.known.join(', ')}.`,
  NO_LISTENER: (d) =>
    `Nobody listens to messages on ${d.on}, so the request cannot be answered. Add a listener of the event 'message' there ` +
    'that calls message.reply(answer).',
  DUPLICATE_HANDLER: (d) =>
    `'${d.name}' has a handler already, and it is not swapped for another in silence: two parts of a bot may have taken the ` +
    `same name. To replace it while it runs, call removeHandler('${d.name}') first; after a handlers file was edited, ` +
    'respawn() the clusters, so that all have the same.',
  ALREADY_EXPOSED: (d) =>
    `${d.on} exposes an object already. Take it back first (call what expose() returned), or put all into one object.`,
  NOT_EXPOSED: (d) => `${d.on} exposes no object. Has it called expose(), and not taken it back since?`,
  CALLBACK_GONE: (d) =>
    `${d.on} has that callback no more: it was given back, nobody held it for 10 s, or ${d.on} was started anew. Ask for another.`,
  FORBIDDEN_NAME: (d) =>
    `'${d.name}' of an object of ${d.on} cannot be reached from elsewhere: it leads to what runs text.`,
  UNKNOWN_DEED: (d) =>
    `${d.on} was asked to do something to an object, but it got ${d.received}. Do both run the same version of shardlift?`,
  HANDLER_FAILED: (d) => `${d.method} failed on ${d.on}: ${d.message}`,
  CALL_TIMEOUT: (d) =>
    `${d.method} on ${d.to} gave no answer within ${d.timeoutMs} ms. ` +
    'Is its event loop blocked, or is timeoutMs too short for the work?',
  CALL_ABORTED: (d) => `${d.method} on ${d.to} was given up by its caller.`,
  CALLER_GONE: (d) => `${d.caller}, which made this call, is gone.`,
  UNREADABLE: (d) =>
    `The answer of ${d.from} to ${d.method} cannot be read: ${plain(d.reason)}. Do both run the same versions of Node and shardlift?`,
  NOT_SPAWNED: (d) => `${d.sought} cannot be found: the manager has started no cluster yet. Call spawn() first.`,
  UNKNOWN_TARGET: (d) => `There is no ${d.target} in this bot.`,
  OUTCOME_UNKNOWN: (d) =>
    `${d.action} was handed to ${d.by}, and no answer came back: ${plain(d.message)}. ` +
    'It may have been done, so it was not tried again. Look at Discord before you do.',
  ROLES_PARTLY_CHANGED: (d) =>
    `Discord refused the role ${d.refused}: ${plain(d.message)}. Before it, ${listed(d.added)} were added and ` +
    `${listed(d.removed)} removed; not tried any more: ${listed(d.untried)}.`,
  PARTIAL_RESULT: (d) =>
    `${d.failed.length} of ${d.of} gave no result (${d.failed.join(', ')}). The first: ${d.message}`,
  CLUSTER_RUNNING: (d) => `Cluster ${d.cluster} is running already. Use respawn() to start it anew.`,
  CLUSTER_DIED: (d) => `Cluster ${d.cluster} died: ${plain(d.reason)}.${lastLines(d.stderr)}`,
  READY_TIMEOUT: (d) =>
    `Cluster ${d.cluster} made no progress for ${d.timeoutMs} ms; not ready: shards ${d.missing.join(', ')}. ` +
    `Does the bot call client.login()? Has it the Guilds intent? ` +
    `A bot whose start takes longer must raise it: spawn({ timeout }) in shardlift/compat, else spawn({ timeoutMs }).${lastLines(d.stderr)}`,
  TOKEN_REFUSED: (d) => `Discord refuses the bot's token (${d.reason}). Copy it anew from the developer portal.`,
  GATEWAY_REFUSED: (d) =>
    `Discord closed cluster ${d.cluster} for good: ${plain(d.reason)}. ` +
    'Mend what it names (intents in the developer portal, number of shards), then start the bot again.',
  RESTART_LIMIT: (d) =>
    `Cluster ${d.cluster} ${d.what} too often (${d.restarts} restarts for it) and stays down. Mend the cause, then respawn() it.`,
  RESPAWN_CALLED_OFF: (d) =>
    `Cluster ${d.cluster} is not started by this call: ${plain(d.reason)} before its time came.`,
  ILLEGAL_STATE: (d) =>
    `Cluster ${d.cluster} cannot go from ${d.from} to ${d.to}. This is a defect of shardlift: please report it.`,
  ALREADY_SPAWNED: (d) =>
    `The manager has started its ${d.clusters} clusters already. Use respawn() of a cluster to start it anew.`,
  QUEUE_AUTO: () =>
    "The queue starts the clusters by itself. Make the manager with { queue: 'manual' } to start each with next(); " +
    'in shardlift/compat/hybrid that is { queue: { auto: false } }.',
  DUPLICATE_PLUGIN: (d) =>
    `The manager uses a plugin named '${d.name}' already. Give this one another name, or use it once.`,
  PLUGIN_FAILED: (d) =>
    `The plugin '${d.plugin}' failed in its hook ${d.hook}: ${plain(d.message)}. The manager goes on.`,
  MANAGER_STOPPED: (d) => `The manager was stopped (${d.reason}). Make a new one to start the bot again.`,
  DISCORD_UNREACHABLE: (d) => `${d.what} failed: ${plain(d.reason)}. Is Discord up, and has this machine a network?`,
  TOKEN_MISSING: (d) => `A token is needed for ${d.needed}. Pass { token } or set DISCORD_TOKEN.`,
  IDENTIFY_EXHAUSTED: (d) =>
    `Discord allows ${d.remaining} more identifies, but ${d.needed} shards have to start. ` +
    `The limit resets in ${Math.ceil(d.resetAfterMs / 60_000)} minutes.`,
  HANDLERS_FILE: (d) => `The handlers file ${d.file} cannot be used: ${plain(d.reason)}.`,
  HANDLERS_NOT_LOADED: (d) =>
    `Cluster ${d.cluster} would have become ready without its handlers: nothing has loaded ${d.files}. ` +
    'client.login() does that; a bot that connects without it calls await client.cluster.loadHandlers() before.',
  HANDLERS_DIFFER: (d) =>
    `Cluster ${d.cluster} found other handlers in its files than cluster ${d.other}, which runs: ` +
    `without ${listed(d.missing)}; with ${listed(d.added)} in addition. Were they edited? Respawn the clusters that run.`,
  LOOPBACK_TIMEOUT: (d) =>
    `Waited ${d.timeoutMs} ms for ${d.what} in vain. The loopback Discord's timeline() says what did happen.`,
  LOOPBACK_VIOLATIONS: (d) =>
    `The bot broke Discord's rules ${d.violations.length} times:\n- ${d.violations.join('\n- ')}`,
  LOOPBACK_UNREACHABLE: (d) => `${d.what} reached nobody: ${plain(d.reason)}. Wait until the shard is ready first.`,
  PRELOAD_MISSING: (d) =>
    `The preload that points bots at the loopback Discord is not built: looked for ${d.looked.join(' and ')}. Run the build.`,
  EVALS_OFF: (d) =>
    `${d.call} has text run in bots, which the option hybrid.evals: 'off' forbids. ` +
    'Run npx dc-migrate to make it a request to a handler, or allow it with hybrid: { evals: "warn" }.',
  NOT_SUPPORTED: (d) => `${d.what} is not there: it cannot keep its meaning. ${d.instead}`,
  INVALID_KEY: (d) => `A key of the store must be ${d.expected}, but it is ${d.received}.`,
  VALUE_TOO_LARGE: (d) =>
    `The value of '${d.key}' takes ${d.bytes} bytes, more than the ${d.maxBytes} the store takes. Store less, or in parts.`,
  NOT_A_NUMBER: (d) => `'${d.key}' cannot be incremented: it holds ${d.received}, which is no number.`,
  COMPUTES_ITSELF: (d) =>
    `The computation of '${d.key}' asks for the value of '${d.key}' itself, and would wait for its own end. ` +
    'Compute it from other keys, or call what computes directly.',
  COMPUTE_FAILED: (d) => `The value of '${d.key}' could not be computed: ${plain(d.message)}.`,
  SNAPSHOT_FILE: (d) => `The store's snapshot ${d.file} cannot be used: ${plain(d.reason)}.`,
};

/** The address of the manager, which its users know by no name. */
const manager = 'host:local';

/** An address as the start of a sentence. */
const named = (address: string): string => (address === manager ? 'The manager' : address);

/** A reason as part of a sentence: some are whole sentences themselves. */
const plain = (reason: string): string => reason.replace(/\.$/, '');

const listed = (ids: readonly string[]): string => (ids.length === 0 ? 'none' : ids.join(', '));

const shownLines = 12;
const shownFrames = 4;

/**
 * The end of what a bot wrote to stderr, indented below the sentence. Of a stack only the first frames outside of Node
 * itself: the rest would push the message above it out of sight.
 */
function lastLines(stderr: string): string {
  let frames = 0;
  const telling = stderr.split('\n').filter((line) => {
    const isFrame = /^\s+at /.test(line);
    if (!isFrame) frames = 0;
    else if (!line.includes('(node:')) frames++;
    return isFrame ? frames <= shownFrames && !line.includes('(node:') : line.trim() !== '';
  });
  const lines = telling.slice(-shownLines).map((line) => `\n  ${line.trimEnd()}`);
  return lines.length === 0 ? '' : `\nThe last it wrote to stderr:${lines.join('')}`;
}

const brand = Symbol.for('shardlift.error');

/**
 * The one error class of shardlift; `code` says what happened and types `details`.
 *
 * @example
 * ```ts
 * if (isShardliftError(error, 'INVALID_OPTION')) console.log(error.details.option);
 * ```
 */
export class ShardliftError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly details: ErrorDetails[C];
  readonly [brand] = true;

  constructor(code: C, details: ErrorDetails[C], options?: ErrorOptions) {
    super(sentences[code](details), options);
    this.name = `ShardliftError [${code}]`;
    this.code = code;
    this.details = details;
  }
}

type AnyShardliftError = { [C in ErrorCode]: ShardliftError<C> }[ErrorCode];

/**
 * Tells whether a value is a {@link ShardliftError}, optionally one with the given code.
 *
 * Looks at a brand, not at the prototype, so it also knows errors of another installed copy of the package.
 */
export function isShardliftError(error: unknown): error is AnyShardliftError;
/** Tells whether a value is a {@link ShardliftError} of the given code; `error.details` is typed by it. */
export function isShardliftError<C extends ErrorCode>(error: unknown, code: C): error is ShardliftError<C>;
export function isShardliftError(error: unknown, code?: ErrorCode): boolean {
  if (typeof error !== 'object' || error === null || !(brand in error)) return false;
  return code === undefined || (error as { code?: unknown }).code === code;
}

/** What was thrown, in words: anything can be. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
