/** type-tests/errors: the code types the details. */
import { type ErrorCode, type ErrorDetails, isShardliftError, ShardliftError } from 'shardlift';
import { expectAssignable, expectNotAssignable, expectType } from 'tsd';

declare const error: unknown;

if (isShardliftError(error, 'CALL_TIMEOUT')) {
  expectType<'CALL_TIMEOUT'>(error.code);
  expectType<number>(error.details.timeoutMs);
  expectAssignable<Error>(error);
  // @ts-expect-error that belongs to another code
  error.details.option;
}

if (isShardliftError(error)) {
  expectType<ErrorCode>(error.code);
  if (error.code === 'INVALID_OPTION') expectType<string>(error.details.option);
  switch (error.code) {
    case 'CLUSTER_DIED':
      expectType<number | null>(error.details.code);
      expectType<string>(error.details.stderr);
      break;
    case 'PARTIAL_RESULT':
      expectType<readonly number[]>(error.details.failed);
      break;
    // @ts-expect-error no such code
    case 'CALL_TIMEDOUT':
      break;
  }
  // @ts-expect-error which code it is has to be asked first
  error.details.timeoutMs;
}

// @ts-expect-error no such code
isShardliftError(error, 'NOPE');
// @ts-expect-error these details belong to another code
new ShardliftError('NO_ROUTE', { name: 'x' });
expectType<ShardliftError<'NO_ROUTE'>>(new ShardliftError('NO_ROUTE', { to: 'cluster:1' }));
expectAssignable<ErrorDetails['UNKNOWN_TARGET']>({ target: 'cluster 1' });
expectNotAssignable<ErrorDetails['UNKNOWN_TARGET']>({});

// What a handler threw is the cause; a refusal of Discord is no error of ours.
if (isShardliftError(error, 'HANDLER_FAILED')) {
  expectType<[string, string, unknown]>([error.details.on, error.details.method, error.cause]);
  if (isShardliftError(error.cause, 'NOT_A_NUMBER')) expectType<string>(error.cause.details.key);
  // @ts-expect-error what is unknown has to be looked at first
  error.cause.message;
} else {
  // @ts-expect-error it may be anything
  error.code;
}
if (isShardliftError(error, 'NO_HANDLER')) expectType<readonly string[]>(error.details.known);
if (isShardliftError(error, 'NO_ROUTE')) expectType<string | undefined>(error.details.reason);
if (isShardliftError(error, 'VALUE_TOO_LARGE')) expectType<number>(error.details.maxBytes);
// @ts-expect-error details cannot be left out
new ShardliftError('NO_ROUTE');
// @ts-expect-error nor changed
new ShardliftError('NO_ROUTE', { to: 'cluster:1' }).code = 'NO_ROUTE';
