/** test/rpc/stub-link: a link whose far end is the test itself. */
import { type LinkEnd, makeLink } from '../../src/transport/link.ts';
import type { Frame, FrameOf } from '../../src/wire/frame.ts';

/** The test's side of a link: what was sent, and a way to answer. */
export interface Stub extends LinkEnd {
  readonly sent: readonly Frame[];
  /** The frames of one kind that were sent. */
  of<K extends Frame['kind']>(kind: K): FrameOf<K>[];
}

/** Builds a link that keeps what is sent on it; `onSend` may answer, or throw, while it is being sent. */
export function stubLink(onSend: (frame: Frame, stub: Stub) => void = () => undefined): Stub {
  const sent: Frame[] = [];
  const post = (frame: Frame): number => {
    onSend(frame, stub);
    sent.push(frame);
    return 0;
  };
  const end = makeLink({ peer: 'the stub', post, credit: () => undefined, shut: () => undefined });
  const stub: Stub = {
    ...end,
    sent,
    of: <K extends Frame['kind']>(kind: K) => sent.filter((frame): frame is FrameOf<K> => frame.kind === kind),
  };
  return stub;
}
