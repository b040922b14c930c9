/** test/transport/links: one suite, every carrier. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { connectTo } from '../../src/transport/door.ts';
import type { Launched } from '../../src/transport/launcher.ts';
import { memoryPair } from '../../src/transport/memory.ts';
import { launchProcess } from '../../src/transport/process.ts';
import { socketLink } from '../../src/transport/socket.ts';
import { type FarReport, obey } from '../conformance/far-end.ts';
import { describeLink, type Pair } from '../conformance/link.ts';
import { buildPrograms, type Launcher, launchers } from '../conformance/programs.ts';

const programs = buildPrograms();
const folder = mkdtempSync(join(tmpdir(), 'doors-'));
afterAll(async () => {
  await programs.remove();
  rmSync(folder, { recursive: true });
});

const inMemory = async (): Promise<Pair> => {
  const [link, far] = memoryPair('near', 'far');
  const report = new Promise<FarReport>((resolve) => {
    obey(far, { report: resolve, exit: (code) => far.close(`exit code ${code}`), die: (signal) => far.close(signal) });
  });
  return { link, report, end: async () => link.close('the test is over') };
};

const reportOf = (child: Launched): Promise<FarReport> =>
  new Promise((resolve) => child.onMessage((message) => resolve(message as FarReport)));

const launched =
  (launcher: Launcher, program = 'obeys-casts') =>
  async (): Promise<Pair> => {
    const child: Launched = programs.launch(launcher, program);
    return { link: child.link, report: reportOf(child), end: () => child.kill(0) };
  };

const throughDoor = async (): Promise<Pair> => {
  const path = join(folder, 'door');
  const child = programs.launch(launchers.process, 'opens-a-door', { facts: { path } });
  await new Promise((resolve) => child.onMessage(resolve));
  const { link } = socketLink(await connectTo(path, 5_000), 'far');
  return { link, report: reportOf(child), end: () => child.kill(0) };
};

describeLink('memory', inMemory);
describeLink('a thread', launched(launchers.thread));
describeLink('a process', launched(launchers.process));
describeLink('a Unix socket', throughDoor);
describeLink(
  "Node's own channel",
  launched((spec) => launchProcess({ ...spec, line: 'channel' })),
);
describeLink("Node's own channel, for want of a socket", launched(launchProcess, 'obeys-without-socket'));
