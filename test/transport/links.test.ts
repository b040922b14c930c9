/** test/transport/links: one suite, every carrier. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { defaultRoom } from '../../src/transport/credit.ts';
import { visitDoor } from '../../src/transport/door.ts';
import type { Launched } from '../../src/transport/launcher.ts';
import type { Link } from '../../src/transport/link.ts';
import { memoryPair } from '../../src/transport/memory.ts';
import { launchProcess } from '../../src/transport/process.ts';
import { socketLink } from '../../src/transport/socket.ts';
import { type FarReport, obey } from '../conformance/far-end.ts';
import { describeLink } from '../conformance/link.ts';
import type { MakePair, Pair } from '../conformance/pair.ts';
import { buildPrograms, type Launcher, launchers } from '../conformance/programs.ts';

const programs = buildPrograms();
const folder = mkdtempSync(join(tmpdir(), 'doors-'));
afterAll(async () => {
  await programs.remove();
  rmSync(folder, { recursive: true });
});

const inMemory: MakePair = async ({ room = defaultRoom, deaf } = {}) => {
  const [link, far] = memoryPair('near', 'far', room);
  let order: Pair['order'] = () => undefined;
  const report = new Promise<FarReport>((resolve) => {
    const hear = (listener: Pair['order']): void => {
      order = listener;
    };
    const exit = (code: number): void => far.close(`exit code ${code}`);
    obey(far, { report: resolve, hear, exit, die: (signal) => far.close(signal) }, { deaf });
  });
  const end = async (): Promise<void> => link.close('the test is over');
  return { link, report, room, counts: 'bodies', order: (what) => order(what), end };
};

const reportOf = (child: Launched): Promise<FarReport> =>
  new Promise((resolve) => child.onMessage((message) => resolve(message as FarReport)));

const withChild = (child: Launched, link: Link, counts: Pair['counts'] = 'frames'): Pair => ({
  link,
  report: reportOf(child),
  room: defaultRoom,
  counts,
  order: (what) => void child.post(what),
  end: () => child.kill(0),
});

const launched =
  (
    launcher: Launcher,
    { program = 'obeys-casts', counts }: { program?: string; counts?: Pair['counts'] } = {},
  ): MakePair =>
  async ({ deaf } = {}) => {
    const child: Launched = programs.launch(launcher, program, { facts: { deaf } });
    return withChild(child, child.link, counts);
  };

const throughDoor: MakePair = async ({ deaf } = {}) => {
  const path = join(folder, 'door');
  const child = programs.launch(launchers.process, 'opens-a-door', { facts: { path, deaf } });
  await new Promise((resolve) => child.onMessage(resolve));
  return withChild(child, socketLink(await visitDoor(path, 5_000), 'far').link);
};

describeLink('memory', inMemory);
describeLink('a thread', launched(launchers.thread, { counts: 'bodies' }));
// Its frames go over a socket, too: a hundred thousand of them are sent below.
describeLink('a process', launched(launchers.process), 10_000);
describeLink('a Unix socket', throughDoor);
describeLink(
  "Node's own channel",
  launched((spec) => launchProcess({ ...spec, line: 'channel' })),
);
// The same carrier in the end, and the slowest.
describeLink(
  "Node's own channel, for want of a socket",
  launched(launchProcess, { program: 'obeys-without-socket' }),
  10_000,
);
