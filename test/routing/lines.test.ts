/** test/routing/lines: the lines of a node. */
import { expect, test } from 'vitest';
import { ShardliftError } from '../../src/errors.ts';
import { type LineEnd, Lines } from '../../src/routing/lines.ts';
import { stubLink } from '../rpc/stub-link.ts';
import { a, b, down, self } from './frames.ts';

const ignore = (): void => undefined;

test('knows a line until it ends, and says whether another took its place', async () => {
  const lines = new Lines(self);
  const [older, newer] = [stubLink(), stubLink()];
  const ends: LineEnd[] = [];
  const onLost = (_: unknown, end: LineEnd): void => void ends.push(end);
  lines.add(a, older.link, onLost);
  const line = lines.add(a, newer.link, onLost);
  await down(older, 'replaced');
  expect(lines.to(a)).toBe(line);
  await down(newer, 'exit code 1');
  expect(lines.to(a)).toBeUndefined();
  expect(ends).toStrictEqual([
    { reason: 'replaced', current: false },
    { reason: 'exit code 1', current: true },
  ]);
});

test('knows one uplink, the newest, which is no line of its own to a node', async () => {
  const lines = new Lines(a);
  const [older, newer] = [stubLink(), stubLink()];
  lines.addUplink(older.link, ignore);
  const line = lines.addUplink(newer.link, ignore);
  await down(older);
  expect(lines.uplink).toBe(line);
  expect(lines.to(self)).toBeUndefined();
  await down(newer);
  expect(lines.uplink).toBeUndefined();
});

test('says goodbye on all of them, and one that cannot be told keeps nobody', async () => {
  const lines = new Lines(self);
  const deaf = stubLink(() => {
    throw new ShardliftError('LINK_CLOSED', { peer: 'the stub', reason: 'gone' });
  });
  const [uplink, other] = [stubLink(), stubLink()];
  lines.addUplink(uplink.link, ignore);
  lines.add(a, deaf.link, ignore);
  lines.add(b, other.link, ignore);
  lines.greet(deaf.link);
  lines.close('shutdown');
  for (const { link } of [uplink, deaf, other]) await expect(link.closed).resolves.toBe('shutdown');
  for (const { sent } of [uplink, other]) expect(sent).toStrictEqual([{ kind: 'bye', from: self, reason: 'shutdown' }]);
});
