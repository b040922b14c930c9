/** test/mesh/order: what one cluster says to another is heard in order, by whatever line it goes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Town, type Townsman, type Way } from './town.ts';

/** What happens next: a cluster speaks, something on its way moves on, a cluster listens from now on */
const events = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ speaks: fc.nat(1) }) },
    { weight: 8, arbitrary: fc.record({ moves: fc.nat(11) }) },
    { weight: 1, arbitrary: fc.record({ listens: fc.nat(1) }) },
  ),
  { minLength: 5, maxLength: 80 },
);
type Story = typeof events extends fc.Arbitrary<infer S> ? S : never;

/** Lets the story happen to two clusters, the first of which may listen from the start. @returns what each of them said, and heard in the end */
async function live(way: Way, story: Story, early: boolean) {
  const town = new Town(way);
  const speakers = [0, 1].map((id) => ({ cluster: town.start(id, { listens: false }), said: [] as number[] }));
  const listening = new Set<number>();
  if (early) {
    town.listen(0);
    listening.add(0);
  }
  for (const event of story) {
    if ('moves' in event) await town.traffic.step(event.moves);
    else if ('listens' in event) {
      if (!listening.has(event.listens)) town.listen(event.listens);
      listening.add(event.listens);
    } else {
      const speaker = speakers[event.speaks];
      speaker?.said.push(speaker.said.length);
      speaker?.cluster.tell(1 - event.speaks, speaker.said.length - 1);
    }
  }
  await town.traffic.rest();
  const heard = ({ told }: Townsman): number[] => Object.values(told).flat();
  const [first, second] = speakers;
  return { said: [first?.said, second?.said], heard: [second, first].map((one) => one && heard(one.cluster)) };
}

test.each<[Way, string]>([
  ['ports', 'neither'],
  ['ports', 'one'],
  ['door', 'neither'],
  ['door', 'one'],
])(
  'two clusters that come to a line of their own by %s, of which %s listens at first, hear each other in order',
  (way, who) =>
    fc.assert(
      fc.asyncProperty(events, async (story) => {
        const { said, heard } = await live(way, story, who === 'one');
        expect(heard).toStrictEqual(said);
      }),
      { numRuns: 1_000 },
    ),
);

test.each<Way>(['ports', 'door'])(
  'what still goes by the manager when the other side opens a line by %s is heard before what goes by the line',
  async (way) => {
    const town = new Town(way);
    const [a, b] = [town.start(0, { listens: false }), town.start(1)];
    b.tell(0, 1);
    await town.traffic.rest();
    town.listen(0);
    // From here on what it says takes its time on the way to the manager.
    b.tell(0, 2);
    town.traffic.blocked.add(b.uplink.toLeft);
    a.tell(1, 1);
    await town.traffic.rest();
    b.tell(0, 3);
    await town.traffic.rest();
    town.traffic.blocked.clear();
    await town.traffic.rest();
    expect(b.lines).toHaveLength(1);
    expect(a.told).toStrictEqual({ 'cluster:1': [1, 2, 3] });
  },
);

test.each<Way>(['ports', 'door'])(
  'a cluster that is asked for by one that does not listen yet waits for that line of %s, and sends nothing past it',
  async (way) => {
    const town = new Town(way);
    const [a, b] = [town.start(0), town.start(1, { listens: false })];
    // What the manager says to 0 is held up: its own wish crosses the news that 1 wants it.
    town.traffic.blocked.add(a.uplink.toRight);
    b.tell(0, 1);
    await town.traffic.rest();
    a.tell(1, 1);
    await town.traffic.rest();
    town.traffic.blocked.clear();
    a.tell(1, 2);
    await town.traffic.rest();
    a.tell(1, 3);
    await town.traffic.rest();
    town.listen(1);
    await town.traffic.rest();
    expect([a.told, b.told]).toStrictEqual([{ 'cluster:1': [1] }, { 'cluster:0': [1, 2, 3] }]);
    expect([a.lines.length, b.lines.length]).toStrictEqual([1, 1]);
  },
);
