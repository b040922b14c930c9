/** DC-W2 is said of a type that could not be written, and of no `any` that the author has. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { project, tsBot } from './project.ts';

test.each([
  ['a parameter', 'message: any', '', 'message', []],
  ['a list', 'message: any[]', '', 'message', []],
  ['a text', 'n: number', "const mode = 'any' as const;", 'mode, n', []],
  ['a type that is not there', "message: import('./gone.js').Gone", '', 'message', ['DC-W2']],
  ['a list of it', "message: import('./gone.js').Gone[]", '', 'message', ['DC-W2']],
  [
    'a type of a function',
    'n: number',
    'class Own { a = n; private b = 1; }\n  const own = new Own();',
    'own',
    ['DC-W2'],
  ],
])('%s', async (_title, parameter, before, given, codes) => {
  const text = `import type { Client } from 'discord.js';
export const f = (client: Client<true>, ${parameter}) => {
  ${before}
  return client.shard!.broadcastEval((c, { ${given} }) => [c.guilds.cache.size, ${given}].length, { context: { ${given} } });
};
`;
  const root = project({ ...tsBot, 'src/x.ts': text });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  expect(sites.flatMap(({ file, code, message }) => (file !== 'src/x.ts' ? [] : [code ?? message]))).toEqual(
    codes.length > 0 ? codes : [expect.stringContaining('Asks the handler')],
  );
});

test('what a key reads that its enum does not list is the any that TypeScript lets it be', async () => {
  const text = `import { ActivityType, type Client } from 'discord.js';
export const f = (client: Client<true>, name: string, gone: import('./gone.js').Gone) => {
  client.shard!.broadcastEval((c, { type }) => { c.user.setActivity('x', { type }); }, { context: { type: ActivityType[name] } });
  return client.shard!.broadcastEval((c, { type }) => { c.user.setActivity('y', { type }); }, { context: { type: gone[name] } });
};
`;
  const tsconfig = JSON.parse(tsBot['tsconfig.json'] ?? '{}');
  tsconfig.compilerOptions.noImplicitAny = false;
  const root = project({ ...tsBot, 'tsconfig.json': JSON.stringify(tsconfig), 'src/x.ts': text });
  const { sites } = await migrate({ paths: ['src'], cwd: root });
  const ofFile = sites.filter(({ file, method }) => file === 'src/x.ts' && method === 'broadcastEval');
  expect(ofFile.map(({ code }) => code)).toEqual([null, 'DC-W2']);
});
