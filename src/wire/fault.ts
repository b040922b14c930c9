/** wire/fault: an error as plain data, and back. */
import { type ErrorCode, type ErrorDetails, isShardliftError, ShardliftError } from '../errors.ts';

/** An error that can cross a link: strings and their chain of causes. */
export interface Fault {
  readonly name: string;
  readonly message: string;
  readonly code?: string | number;
  readonly stack?: string;
  /** The `details` of a {@link ShardliftError}; its presence marks the fault as one. */
  readonly details?: ErrorDetails[ErrorCode];
  readonly cause?: Fault;
  /** Members of an `AggregateError`. */
  readonly errors?: readonly Fault[];
}

/** Longest chain of causes that travels; deeper ones are cut, also when the chain is a circle. */
const maxDepth = 8;
/** Most members of an `AggregateError` that travel. */
const maxMembers = 32;

const text = (value: unknown): string => {
  try {
    return typeof value === 'string' ? value : String(value);
  } catch {
    // Accepted loss: a thrown value whose toString throws has no text to send.
    return 'a value that cannot be turned into text';
  }
};

/** Turns whatever was thrown into a {@link Fault}; never throws itself. */
export function toFault(thrown: unknown, depth = 0): Fault {
  if (typeof thrown !== 'object' || thrown === null) return { name: 'Error', message: text(thrown) };
  const error = thrown as Partial<Record<'name' | 'message' | 'code' | 'stack' | 'cause', unknown>>;
  const cause = error.cause !== undefined && depth < maxDepth ? toFault(error.cause, depth + 1) : undefined;
  const members =
    thrown instanceof AggregateError && depth < maxDepth
      ? thrown.errors.slice(0, maxMembers).map((member) => toFault(member, depth + 1))
      : undefined;
  return {
    name: error.name === undefined ? 'Error' : text(error.name),
    message: error.message === undefined ? text(thrown) : text(error.message),
    ...(typeof error.code === 'string' || typeof error.code === 'number' ? { code: error.code } : {}),
    ...(error.stack === undefined ? {} : { stack: text(error.stack) }),
    ...(isShardliftError(thrown) ? { details: thrown.details } : {}),
    ...(cause === undefined ? {} : { cause }),
    ...(members === undefined ? {} : { errors: members }),
  };
}

/** Rebuilds an error from a {@link Fault}. No class is instantiated but our own: the rest are named plain errors. */
export function fromFault(fault: Fault): Error {
  const cause = fault.cause === undefined ? {} : { cause: fromFault(fault.cause) };
  if (fault.details !== undefined) return new ShardliftError(fault.code as ErrorCode, fault.details as never, cause);
  const error =
    fault.errors === undefined
      ? new Error(fault.message, cause)
      : new AggregateError(fault.errors.map(fromFault), fault.message, cause);
  const own = { value: fault.name, configurable: true, writable: true };
  Object.defineProperty(error, 'name', own);
  if (fault.stack !== undefined) Object.defineProperty(error, 'stack', { ...own, value: fault.stack });
  if (fault.code !== undefined) Object.assign(error, { code: fault.code });
  return error;
}
