/** test/e2e/frame-boundaries: the far end dies at every single frame of a conversation; nothing is left at the near end. */
import { afterAll, describe, expect, test } from 'vitest';
import type { Launched } from '../../src/transport/launcher.ts';
import type { Link } from '../../src/transport/link.ts';
import { localHost } from '../../src/wire/address.ts';
import { buildPrograms, launchers } from '../conformance/programs.ts';
import { moreThan, resources } from '../conformance/resources.ts';
import { story } from '../conformance/story.ts';
import { answered, type Death, deathsOf, script, stepsDone, type Way } from '../conformance/story-deaths.ts';
import { type End, nearSide, type Role, steps } from '../conformance/story-steps.ts';

const programs = buildPrograms();
afterAll(() => programs.remove());

const roles = ['cluster', 'manager'] as const;
const modes = ['process', 'thread'] as const;
const both = roles.flatMap((role) => modes.map((mode) => [role, mode] as const));

/** What a caller is told, by what the far end runs in. */
const reasons = {
  process: 'its process ended with signal SIGKILL',
  thread: 'its thread ended with exit code 1',
} as const;

/** What an error says, in a word. */
const codeOf = (end: End): string => (end === 'done' ? end : String((end as { code?: unknown }).code ?? end));

/** Whether the ends are right: all done before the death, one call lost with it at most, and no way from then on. */
function expectEnds(ends: readonly End[], death: Death): void {
  const codes = ends.map(codeOf);
  const done = [...codes, 'the end'].findIndex((code) => code !== 'done');
  expect(stepsDone(death), codes.join()).toContain(done);
  const [lost, ...later] = codes.slice(done);
  // Who waited for the dead has lost its call; after an answer the news may be quicker than the next call.
  if (lost !== undefined) expect(['LINK_CLOSED', ...(answered(death) ? ['NO_ROUTE'] : [])]).toContain(lost);
  expect(later).toStrictEqual(later.map(() => 'NO_ROUTE'));
  if (lost === 'LINK_CLOSED') expect(ends[done]).toMatchObject({ details: { reason: reasons[death.mode] } });
}

/** Takes all steps, and looks after the rest: nobody waits, nothing runs on, and the line is down. */
async function live(role: Role, launched: Launched, link: Link): Promise<readonly End[]> {
  const near = nearSide(role, link);
  const ends: End[] = [];
  for (const step of steps) ends.push(await near.take(step));
  await link.closed;
  expect(near.nodes.map(({ peer }) => peer.inFlight)).toStrictEqual(near.nodes.map(() => 0));
  expect(near.parts.map(({ running }) => running)).toStrictEqual(near.parts.map(() => 0));
  const [node] = near.nodes;
  const again = node?.peer.at(story, role === 'cluster' ? 'cluster:1' : localHost).give(1);
  await expect(again).rejects.toMatchObject({ code: 'NO_ROUTE' });
  await launched.kill(0);
  return ends;
}

/** Notes the kinds of the frames on a link, as its far end sees them. */
function noted(link: Link): { readonly link: Link; readonly kinds: Record<Way, string[]> } {
  const kinds: Record<Way, string[]> = { sent: [], received: [] };
  return {
    kinds,
    link: {
      peer: link.peer,
      closed: link.closed,
      close: (reason) => link.close(reason),
      send(frame) {
        kinds.received.push(frame.kind);
        link.send(frame);
      },
      receive: (reader) =>
        link.receive((frame) => {
          kinds.sent.push(frame.kind);
          reader(frame);
        }),
    },
  };
}

describe.each(both)('a %s in a %s', (role, mode) => {
  test('that lives has the whole conversation', async () => {
    const launched = programs.launch(launchers[mode], 'dies-at-frame', { facts: { role } });
    const { link, kinds } = noted(launched.link);
    expect(await live(role, launched, link)).toStrictEqual(steps.map(() => 'done'));
    const kindsOf = (way: Way): readonly string[] => script[role][way].map((row) => row.split(':')[0] as string);
    expect(kinds).toStrictEqual({ sent: kindsOf('sent'), received: kindsOf('received') });
  });

  const deaths = deathsOf(role, mode).map((death) => [death.way, death.nth, death.row, death] as const);
  test.each(deaths)(
    'that dies when it has %s frame %i (%s) leaves nothing at the near end',
    async (_, __, ___, death) => {
      const before = resources();
      const { way, nth } = death;
      const launched = programs.launch(launchers[mode], 'dies-at-frame', { facts: { role, dies: { way, nth } } });
      expectEnds(await live(role, launched, launched.link), death);
      await launched.exited;
      await expect.poll(() => moreThan(before)).toStrictEqual([]);
    },
  );
});
