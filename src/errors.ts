/** errors: the only file that says what can go wrong. Code, details, sentence. */

/**
 * One row per failure: the row's type is what `error.details` holds.
 *
 * Codes are public API (adding one is a minor release, renaming one a major); sentences are not.
 */
export interface ErrorDetails {
  INVALID_OPTION: { option: string; expected: string; received: string };
  LOOPBACK_TIMEOUT: { what: string; timeoutMs: number };
  LOOPBACK_VIOLATIONS: { violations: readonly string[] };
  LOOPBACK_UNREACHABLE: { what: string; reason: string };
  PRELOAD_MISSING: { looked: readonly string[] };
}

/** Every code a {@link ShardliftError} can carry. Match on this, never on the message. */
export type ErrorCode = keyof ErrorDetails;

const sentences: { readonly [C in ErrorCode]: (details: ErrorDetails[C]) => string } = {
  INVALID_OPTION: (d) => `The option ${d.option} must be ${d.expected}, but it is ${d.received}.`,
  LOOPBACK_TIMEOUT: (d) =>
    `Waited ${d.timeoutMs} ms for ${d.what} in vain. The loopback Discord's timeline() says what did happen.`,
  LOOPBACK_VIOLATIONS: (d) =>
    `The bot broke Discord's rules ${d.violations.length} times:\n- ${d.violations.join('\n- ')}`,
  LOOPBACK_UNREACHABLE: (d) => `${d.what} reached nobody: ${d.reason}. Wait until the shard is ready first.`,
  PRELOAD_MISSING: (d) =>
    `The preload that points bots at the loopback Discord is not built: looked for ${d.looked.join(' and ')}. Run the build.`,
};

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
export function isShardliftError<C extends ErrorCode>(error: unknown, code: C): error is ShardliftError<C>;
export function isShardliftError(error: unknown, code?: ErrorCode): boolean {
  if (typeof error !== 'object' || error === null || !(brand in error)) return false;
  return code === undefined || (error as { code?: unknown }).code === code;
}
