/** test/e2e/owner-dies: the owner dies with everything it was asked: what changes something is done once, reads go on. */
import { describe, expect, test } from 'vitest';
import { type Call, call, crash, type Outcome, openStage, type Stage } from './standpoints.ts';

/** A call, and the route whose answer never comes. */
interface Errand {
  readonly asked: Call;
  readonly route: string;
}

/** Everything that changes something at Discord, each in a guild of its own. */
function changes(stage: Stage): Errand[] {
  const things = Array.from({ length: 6 }, () => stage.thing());
  const at = (n: number) => {
    const { guild, channel, user } = things[n] as (typeof things)[number];
    return { id: guild.id, channel, user, role: guild.roleIds.at(-1) as string, hint: { guildId: guild.id } };
  };
  const [send, edit, remove, roles, ban, kick] = [at(0), at(1), at(2), at(3), at(4), at(5)];
  return [
    { asked: call('channels.send', send.channel, 'once', send.hint), route: `POST /channels/${send.channel}` },
    {
      asked: call('channels.editMessage', edit.channel, '123', 'x', edit.hint),
      route: `PATCH /channels/${edit.channel}`,
    },
    {
      asked: call('channels.deleteMessage', remove.channel, '123', remove.hint),
      route: `DELETE /channels/${remove.channel}`,
    },
    { asked: call('members.addRole', roles.id, roles.user, roles.role), route: `PUT /guilds/${roles.id}/members` },
    { asked: call('members.ban', ban.id, ban.user), route: `PUT /guilds/${ban.id}/bans` },
    { asked: call('members.kick', kick.id, kick.user), route: `DELETE /guilds/${kick.id}/members` },
  ];
}

/** Everything that only reads, past the caches so that Discord is asked. */
function reads(stage: Stage): Errand[] {
  const { guild, channel, user } = stage.thing();
  const force = { force: true };
  return [
    {
      asked: call('channels.fetch', channel, { ...force, guildId: guild.id }),
      route: `GET /channels/${channel}`,
    },
    { asked: call('members.fetch', guild.id, user, force), route: `GET /guilds/${guild.id}/members` },
    { asked: call('guilds.fetch', String(2n << 22n)), route: 'GET /guilds/8388608' },
  ];
}

/** Calls all at once; kills the owner when Discord carried each of them out and keeps its answer. */
async function dieWith(stage: Stage, errands: readonly Errand[]): Promise<Outcome[]> {
  const { discord } = stage.fleet;
  const planted = errands.map(({ route }) => discord.faults.add({ on: 'restAnswer', route, do: 'hang' }));
  const outcomes = errands.map(({ asked }) => stage.attempt(asked));
  await discord.until(() => planted.every(({ hits }) => hits === 1), { what: 'every request to reach Discord' });
  crash(stage.fleet);
  return Promise.all(outcomes);
}

describe.each(['process', 'worker'] as const)('an owner that dies in %s mode', (mode) => {
  test('has done what it was asked once: its caller is told that nobody knows', async () => {
    const stage = await openStage(mode, 'other');
    await using fleet = stage.fleet;
    const errands = changes(stage);
    const before = stage.requests;
    const outcomes = await dieWith(stage, errands);
    const unknown = { code: 'OUTCOME_UNKNOWN', details: { by: 'cluster:1' }, cause: { code: 'LINK_CLOSED' } };
    expect(outcomes).toMatchObject(errands.map(() => unknown));
    // The requests whose answers hang are faults in the timeline; nobody made another one.
    expect(stage.requestsSince(before)).toEqual([]);
    expect(fleet.discord.messages.map(({ content }) => content)).toEqual(['once']);
  });

  test('does not keep what only reads from being answered by another cluster', async () => {
    const stage = await openStage(mode, 'other');
    await using fleet = stage.fleet;
    const errands = reads(stage);
    const before = stage.requests;
    const outcomes = await dieWith(stage, errands);
    const found = { value: { id: expect.any(String) } };
    expect(outcomes).toMatchObject([found, found, { value: null }]);
    expect(stage.requestsSince(before)).toHaveLength(errands.length);
    expect(fleet.manager.clusters.get(1)?.ready).toBe(false);
  });
});
