/** A tsconfig.json that cannot be read whole: whoever runs on its package hears of it, whatever else is done there. */
import { expect, test, vi } from 'vitest';
import { run } from './command.ts';
import { project, tsBot } from './project.ts';

// A compiler reads all of discord.js.
vi.setConfig({ testTimeout: 120_000 });

const config = JSON.stringify({ extends: './base.json', compilerOptions: { rootDir: 'src' }, include: ['src'] });
const left = 'declare const it: any;\nexport const n = it.broadcastEval((c) => c.ws.ping);\n';

test.each([
  ['is not there', null],
  ['does not parse', '{ "compilerOptions": { "strict": tru\n'],
])('what it extends %s, and no call is rewritten', async (_title, base) => {
  const root = project({
    ...tsBot,
    'src/index.ts': null,
    'tsconfig.json': config,
    'base.json': base,
    'src/x.ts': left,
  });
  const { stderr, stdout } = await run(root, 'src', '--format', 'json');
  const report = JSON.parse(stdout);
  expect(report.files).toEqual([]);
  expect(report.warnings).toMatchObject([{ file: 'tsconfig.json', code: 'DC-F2' }]);
  expect(stderr).toContain('tsconfig.json could not be read whole (');
});

test('an old discord.js is of no matter where nothing is written', async () => {
  const old = '{ "name": "bot", "dependencies": { "discord.js": "^13.1.0" } }\n';
  const root = project({ ...tsBot, 'src/index.ts': null, 'package.json': old, 'src/x.ts': left });
  const { stdout } = await run(root, 'src', '--format', 'json');
  expect(JSON.parse(stdout).warnings).toBeUndefined();
});

test('explain says what it is about', async () => {
  const { stdout } = await run(project({}), 'explain', 'DC-F2');
  expect(stdout).toContain('Area: a file that does not parse, a tsconfig.json that cannot be read.');
  expect(stdout).toContain('It is about the package, whatever becomes of its calls.');
  expect(stdout).not.toContain('call is left');
});
