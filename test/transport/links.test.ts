/** test/transport/links: one suite, every carrier. */
import { afterAll } from 'vitest';
import type { Launched } from '../../src/transport/launcher.ts';
import { memoryPair } from '../../src/transport/memory.ts';
import { type FarReport, obey } from '../conformance/far-end.ts';
import { describeLink, type Pair } from '../conformance/link.ts';
import { buildPrograms, type Launcher, launchers } from '../conformance/programs.ts';

const programs = buildPrograms();
afterAll(() => programs.remove());

const inMemory = async (): Promise<Pair> => {
  const [link, far] = memoryPair('near', 'far');
  const report = new Promise<FarReport>((resolve) => {
    obey(far, { report: resolve, exit: (code) => far.close(`exit code ${code}`), die: (signal) => far.close(signal) });
  });
  return { link, report, end: async () => link.close('the test is over') };
};

const launched = (launcher: Launcher) => async (): Promise<Pair> => {
  const child: Launched = programs.launch(launcher, 'obeys-casts');
  const report = new Promise<FarReport>((resolve) => {
    child.onMessage((message) => resolve(message as FarReport));
  });
  return { link: child.link, report, end: () => child.kill(0) };
};

describeLink('memory', inMemory);
describeLink('a thread', launched(launchers.thread));
describeLink('a process', launched(launchers.process));
