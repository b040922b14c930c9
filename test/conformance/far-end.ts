/** test/conformance/far-end: the obedient other side of a link under test, the same in memory, thread and process. */
import type { Link } from '../../src/transport/link.ts';
import type { Body } from '../../src/wire/body.ts';
import { emptyBody } from '../../src/wire/body.ts';
import type { Frame } from '../../src/wire/frame.ts';
import { decodeValue, encodeValue } from '../../src/wire/value.ts';

/** What a far end can do beside its link. */
export interface Powers {
  /** Tells the test something by another way than the link. */
  report(message: FarReport): void;
  exit(code: number): void;
  /** Ends the process by a signal it sends itself; a thread has none. */
  die(signal: NodeJS.Signals): void;
}

/** What the far end saw, told when its link is closed. */
export interface FarReport {
  readonly methods: readonly string[];
  readonly reason: string;
}

/** A cast, the plainest frame there is. */
export const castOf = (method: string, body: Body = emptyBody): Frame => ({
  kind: 'cast',
  from: 'cluster:0',
  to: 'cluster:1',
  method,
  body,
});

/** Does what the casts say: `echo`, `flood n`, `close reason`, `exit code`, `die signal`, `throw text`. */
export function obey(link: Link, powers: Powers): void {
  const methods: string[] = [];
  const orders: Readonly<Record<string, (body: Body) => void>> = {
    echo: (body) => link.send(castOf('echoed', body)),
    flood(body) {
      const count = decodeValue(body) as number;
      for (let n = 0; n < count; n++) link.send(castOf('flooded', encodeValue(n)));
    },
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
  link.receive((frame) => {
    if (frame.kind !== 'cast') return;
    methods.push(frame.method);
    orders[frame.method]?.(frame.body);
  });
  void link.closed.then((reason) => powers.report({ methods, reason }));
}
