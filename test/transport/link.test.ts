/** test/transport/link: what came before there was a reader. */
import { beforeEach, describe, expect, test } from 'vitest';
import { EitherLink } from '../../src/transport/either-link.ts';
import type { Link } from '../../src/transport/link.ts';
import type { Frame } from '../../src/wire/frame.ts';
import { castOf } from '../conformance/far-end.ts';
import { type Stub, stubLink } from '../rpc/stub-link.ts';

/** A link to test, and the line that brings its frames. */
interface Subject {
  readonly link: Link;
  readonly line: Stub;
}

const single = (): Subject => {
  const line = stubLink();
  return { link: line.link, line };
};

/** One of two lines; the first frame decides for it. */
const either = (): Subject => {
  const [line, other] = [stubLink(), stubLink()];
  const sign = new Promise<void>(() => undefined);
  const drop = (): void => undefined;
  return { link: new EitherLink({ link: line.link, sign, drop }, { link: other.link, sign, drop }), line };
};

const methodOf = (frame: Frame): string => (frame.kind === 'cast' ? frame.method : frame.kind);

describe.each([
  ['a link', single],
  ['a link of two lines', either],
])('frames that came over %s before there was a reader', (_name, make) => {
  let link: Link;
  let line: Stub;
  const heard: string[] = [];
  beforeEach(() => {
    ({ link, line } = make());
    heard.length = 0;
    for (const method of ['a', 'b', 'c', 'd']) line.deliver(castOf(method), 0);
  });
  const hear = (frame: Frame): void => void heard.push(methodOf(frame));

  test('are given in order, also after the far end has closed', async () => {
    line.down('the far end is gone');
    await link.closed;
    link.receive(hear);
    expect(heard).toStrictEqual(['a', 'b', 'c', 'd']);
  });

  test('end with the one at which their reader closes the link', () => {
    link.receive((frame) => {
      hear(frame);
      if (methodOf(frame) === 'b') link.close('heard enough');
    });
    expect(heard).toStrictEqual(['a', 'b']);
  });

  test('are not given once the link was closed from here', () => {
    link.close('never mind');
    link.receive(hear);
    expect(heard).toStrictEqual([]);
  });

  test('go on to the reader that takes the place of theirs', () => {
    const next: string[] = [];
    link.receive((frame) => {
      hear(frame);
      if (methodOf(frame) === 'b') link.receive((rest) => void next.push(methodOf(rest)));
    });
    expect([heard, next]).toStrictEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });
});
