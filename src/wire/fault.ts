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
/** Most members of one `AggregateError` that travel. */
const maxMembers = 32;
/** Most errors one fault holds in all: aggregates of aggregates would otherwise multiply. */
const maxFaults = 128;

/** Longest text of an error that travels, in UTF-16 units: an error passes lines that are full, so it must be small. */
const maxText = 16_384;

const cut = (long: string): string =>
  long.length <= maxText ? long : `${long.slice(0, maxText)}... (${long.length - maxText} more)`;

/** Looks at something a stranger threw. */
const attempt = <T>(look: () => T): T | undefined => {
  try {
    return look();
  } catch {
    // Accepted loss: what throws when it is looked at (a getter, a proxy, a toString) cannot be told.
    return undefined;
  }
};

const text = (value: unknown): string =>
  cut(typeof value === 'string' ? value : (attempt(() => String(value)) ?? 'a value that cannot be turned into text'));

/** Turns whatever was thrown into a {@link Fault}; never throws itself. */
export function toFault(thrown: unknown): Fault {
  return faultOf(thrown, 0, { left: maxFaults });
}

function faultOf(thrown: unknown, depth: number, room: { left: number }): Fault {
  room.left -= 1;
  if (typeof thrown !== 'object' || thrown === null) return { name: 'Error', message: text(thrown) };
  const read = (key: string): unknown => attempt(() => (thrown as Record<string, unknown>)[key]);
  const [name, message, code, stack, cause] = ['name', 'message', 'code', 'stack', 'cause'].map(read);
  // Details that cannot cross would keep the whole error from crossing, and its caller waiting.
  const details = attempt(() => (isShardliftError(thrown) ? structuredClone(thrown.details) : undefined));
  const deep = depth >= maxDepth;
  const members = deep ? undefined : attempt(() => membersOf(thrown));
  return {
    name: name === undefined ? 'Error' : text(name),
    message: message === undefined ? text(thrown) : text(message),
    ...(typeof code === 'string' ? { code: cut(code) } : typeof code === 'number' ? { code } : {}),
    ...(stack === undefined ? {} : { stack: text(stack) }),
    ...(details === undefined ? {} : { details }),
    ...(cause === undefined || deep || room.left < 1 ? {} : { cause: faultOf(cause, depth + 1, room) }),
    ...(members === undefined
      ? {}
      : { errors: members.flatMap((member) => (room.left < 1 ? [] : [faultOf(member, depth + 1, room)])) }),
  };
}

function membersOf(thrown: object): readonly unknown[] | undefined {
  if (!(thrown instanceof AggregateError)) return undefined;
  return Array.isArray(thrown.errors) ? thrown.errors.slice(0, maxMembers) : [];
}

/** Rebuilds an error from a {@link Fault}. No class is instantiated but our own: the rest are named plain errors. */
export function fromFault(fault: Fault): Error {
  const cause = fault.cause === undefined ? {} : { cause: fromFault(fault.cause) };
  const own = fault.details === undefined ? undefined : ownError(fault, cause);
  if (own !== undefined) return own;
  const error =
    fault.errors === undefined
      ? new Error(fault.message, cause)
      : new AggregateError(fault.errors.map(fromFault), fault.message, cause);
  const hidden = { configurable: true, writable: true };
  Object.defineProperty(error, 'name', { ...hidden, value: fault.name });
  if (fault.stack !== undefined) Object.defineProperty(error, 'stack', { ...hidden, value: fault.stack });
  if (fault.code !== undefined) Object.assign(error, { code: fault.code });
  return error;
}

function ownError(fault: Fault, cause: ErrorOptions): ShardliftError | undefined {
  try {
    return new ShardliftError(fault.code as ErrorCode, fault.details as never, cause);
  } catch {
    // Accepted loss: the far side runs another version and has a code, or details, unknown here. Its text is enough.
    return undefined;
  }
}
