/** The options and arguments of each command: what it takes is honoured, all else is refused. */
import { describe, expect, test } from 'vitest';
import { run } from './command.ts';
import { cjsBot, fixture, project, read } from './project.ts';

describe('undo --dry-run', () => {
  test.each([['--dry-run'], ['-n'], ['-d'], ['--dry-run', '--force']])(
    '%s lists and writes nothing',
    async (...flags) => {
      const root = fixture('cjs-bot');
      await run(root, '.');
      const before = read(root);
      const { status, stdout } = await run(root, 'undo', ...flags);
      expect(status).toBe(0);
      expect(stdout).toMatch(/^ {2}restore {2}index\.js$/m);
      expect(stdout).toMatch(/^ {2}remove {2}cluster-handlers\.js$/m);
      expect(stdout).toMatch(
        /\n\nDry run: nothing was written\. Run again without --dry-run to take run \d{8}-\d{6} back\.\n$/,
      );
      expect(stdout).not.toContain('Took back');
      expect(read(root)).toEqual(before);
      expect((await run(root, 'undo')).stdout).toContain('Took back run');
    },
  );

  test('refuses what undo would refuse, and names the run it is asked for', async () => {
    const root = fixture('cjs-bot');
    await run(root, '.');
    expect((await run(root, 'undo', 'never', '-n')).status).toBe(4);
    const [, id = ''] = /take run (\S+) back/.exec((await run(root, 'undo', '-n')).stdout) ?? [];
    expect((await run(root, 'undo', id, '-n')).stdout).toContain(`take run ${id} back`);
  });
});

const undoTakes = 'undo takes no option but --dry-run and --force';
const explainTakes = 'explain takes no options';
const doctorTakes = 'doctor takes no option but --dry-run, --format, --json and --report';

test.each([
  [['undo', '--json', 'x'], `${undoTakes}; --json does nothing there.`],
  [['undo', '--check'], `${undoTakes}; --check does nothing there.`],
  [['undo', '--format', 'json', '--legacy'], `${undoTakes}; --format and --legacy do nothing there.`],
  [['undo', 'a', 'b'], 'undo takes one run back, and these are 2: a, b. Take the newest back first, then the next.'],
  [['explain', 'DC-C1', '--format', 'json'], `${explainTakes}; --format does nothing there.`],
  [['explain', 'DC-C1', '-n'], `${explainTakes}; -n does nothing there.`],
  [['explain'], 'Name at least one code, such as DC-C1.'],
  [['doctor', '.', '--fix-captures'], `${doctorTakes}; --fix-captures does nothing there.`],
  [['doctor', '.', '--check', '--strict'], `${doctorTakes}; --check and --strict do nothing there.`],
])('%o is bad usage that says what there is, and changes nothing', async (args, said) => {
  const root = project({ ...cjsBot, 'x.js': 'f(client.shard.broadcastEval((c) => c.ws.ping));\n' });
  await run(root, '.');
  const before = read(root);
  const { status, stdout, stderr } = await run(root, ...args);
  expect(status).toBe(4);
  expect(stdout).toBe('');
  expect(stderr.split('\n')[0]).toBe(`dc-migrate: ${said}`);
  expect(read(root)).toEqual(before);
});

describe('explain of several codes', () => {
  test('prints the page of each', async () => {
    const root = project({});
    const pages = await Promise.all(['C1', 'W6'].map(async (code) => (await run(root, 'explain', code)).stdout));
    expect((await run(root, 'explain', 'c1', 'DC-W6')).stdout).toBe(pages.join('\n'));
  });

  test('prints none where one is unknown', async () => {
    const { status, stdout, stderr } = await run(project({}), 'explain', 'C1', 'Z9');
    expect(status).toBe(4);
    expect(stdout).toBe('');
    expect(stderr).toContain('There is no reason code Z9.');
  });
});

test.each([
  [['--check'], '--check'],
  [['--check', '-n'], '--dry-run and --check'],
  [['-n'], '--dry-run'],
])('%o says which option to leave out to write', async (flags, without) => {
  const root = project({ ...cjsBot, 'x.js': 'f(client.shard.broadcastEval((c) => c.ws.ping));\n' });
  const { stdout } = await run(root, '.', ...flags);
  const kind = without === '--check' ? 'Check' : 'Dry run';
  expect(stdout).toMatch(
    new RegExp(`\\n${kind}: nothing was written\\. Run again without ${without} to write it\\.\\n$`),
  );
});
