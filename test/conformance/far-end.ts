/** test/conformance/far-end: the obedient other side of a link under test, the same in memory, thread and process. */
import { isShardliftError } from '../../src/errors.ts';
import type { Link } from '../../src/transport/link.ts';
import type { Body } from '../../src/wire/body.ts';
import { emptyBody } from '../../src/wire/body.ts';
import type { Frame } from '../../src/wire/frame.ts';
import { decodeValue, encodeValue } from '../../src/wire/value.ts';

/** What a far end can do beside its link. */
export interface Powers {
  /** Tells the test something by another way than the link. */
  report(message: FarReport): void;
  /** Hears the test by another way than the link. */
  hear(listener: (order: SideOrder) => void): void;
  exit(code: number): void;
  /** Ends the process by a signal it sends itself; a thread has none. */
  die(signal: NodeJS.Signals): void;
}

/** What a far end that reads nothing can be told: to begin, or to say something on its link. */
export type SideOrder = 'read' | 'speak';

/** What a far end is told at its start. */
export interface FarFacts {
  /** It reads nothing before it is told to. */
  readonly deaf?: boolean | undefined;
}

/** What the far end saw, told when its link is closed. */
export interface FarReport {
  /** The methods of the casts, but for those that were only counted. */
  readonly methods: readonly string[];
  readonly count: Count;
  /** The kinds of all other frames. */
  readonly kinds: readonly string[];
  readonly reason: string;
}

/** What came of `count n`: how many there were, and whether each was one more than the last. */
export interface Count {
  readonly seen: number;
  readonly inOrder: boolean;
}

/** A cast, the plainest frame there is. */
export const castOf = (method: string, body: Body = emptyBody): Frame => ({
  kind: 'cast',
  from: 'cluster:0',
  to: 'cluster:1',
  method,
  body,
});

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Sends many numbers, as many at a time as the line takes. */
export async function stream(link: Link, method: string, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const frame = castOf(method, encodeValue(n));
    for (let sent = false; !sent; ) {
      try {
        link.send(frame);
        sent = true;
      } catch (error) {
        if (!isShardliftError(error, 'OVERLOADED')) throw error;
        await nextTurn();
      }
    }
  }
}

/**
 * Does what the casts say: `echo`, `flood n`, `stream n`, `count n`, `counted`, `mirror`, `close reason`, `exit code`,
 * `die signal`, `throw text`.
 */
export function obey(link: Link, powers: Powers, { deaf = false }: FarFacts = {}): void {
  const seen = { methods: [] as string[], kinds: [] as string[], count: { seen: 0, inOrder: true } };
  const orders = ordersOn(link, powers, seen.count);
  let mirrors = false;
  const read = (frame: Frame): void => {
    if (mirrors) link.send(frame);
    else if (frame.kind !== 'cast') seen.kinds.push(frame.kind);
    else if (frame.method === 'mirror') mirrors = true;
    else {
      if (frame.method !== 'count') seen.methods.push(frame.method);
      orders[frame.method]?.(frame.body);
    }
  };
  if (deaf) {
    powers.hear((order) => {
      if (order === 'read') link.receive(read);
      else link.send(castOf('spoke'));
    });
  } else link.receive(read);
  void link.closed.then((reason) => powers.report({ ...seen, reason }));
}

function ordersOn(
  link: Link,
  powers: Powers,
  count: { seen: number; inOrder: boolean },
): Readonly<Record<string, (body: Body) => void>> {
  return {
    echo: (body) => link.send(castOf('echoed', body)),
    flood(body) {
      const most = decodeValue(body) as number;
      for (let n = 0; n < most; n++) link.send(castOf('flooded', encodeValue(n)));
    },
    stream: (body) => void stream(link, 'streamed', decodeValue(body) as number),
    count(body) {
      count.inOrder &&= decodeValue(body) === count.seen;
      count.seen += 1;
    },
    counted: () => link.send(castOf('counted', encodeValue(count))),
    close: (body) => link.close(decodeValue(body) as string),
    exit: (body) => powers.exit(decodeValue(body) as number),
    die: (body) => powers.die(decodeValue(body) as NodeJS.Signals),
    throw: (body) => {
      // Out of the reader's own stack, as a bot's bug would be.
      setImmediate(() => {
        throw new Error(decodeValue(body) as string);
      });
    },
  };
}
