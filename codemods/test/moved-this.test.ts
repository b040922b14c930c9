/** `this` of an arrow function that moves is the client, whatever class or object surrounds the call. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project, read } from './project.ts';

const bodies: readonly (readonly [body: string, use: string, code: string | null])[] = [
  ['X.commandsRun', 'r.reduce((a, b) => a + b, 0)', 'DC-P2'],
  ['X.queue.size', 'r.length', 'DC-P2'],
  ['X.tag', 'r.filter((x) => x !== null)', 'DC-P2'],
  ["X.guilds.cache.get('1')?.name", 'r.filter((x) => x !== null)', null],
  ["X.guilds.cache.map((g) => g.members.cache.get('1')?.nickname).sort()", 'r.map((x) => x[0] === null)', 'DC-W6'],
  ['X.options', 'r.length', 'DC-W7'],
  ['{ X.flag = 1; return 1; }', 'r.length', 'DC-P2'],
  ['(() => X.options)()', 'r.length', 'DC-W7'],
];

test.each([
  ['a class', (text: string) => `class K { ${text} }\nmodule.exports = K;\n`],
  ['an object', (text: string) => `module.exports = { ${text} };\n`],
])('in %s it says what the parameter says', async (_title, around) => {
  const methods = bodies.flatMap(([body, use]) =>
    ['c', 'this'].map((name) => {
      const text = body.replaceAll('X', name);
      return `async m(client) { const r = await client.shard.broadcastEval((${name === 'c' ? 'c' : ''}) => ${text}); return ${use}; }`;
    }),
  );
  const files = methods.map((text, i) => [`x${String(i).padStart(2, '0')}.js`, around(text)] as const);
  const root = project({ ...cjsBot, ...Object.fromEntries(files) });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  const found = files.map(([path]) => sites.filter(({ file }) => file === path).map(({ code }) => code));
  expect(found).toEqual(bodies.flatMap(([, , code]) => [[code], [code]]));
  // The two are the same handler.
  const { 'cluster-handlers.js': handlers = '' } = read(root);
  expect(handlers.match(/\.name \?\? null/g)).toHaveLength(1);
});

test.each([
  ['n = 0; run() { return this.shard.broadcastEval(() => this.n); }', '(client) => client.n'],
  ['go() {} run() { return this.shard.broadcastEval(() => this.go() + 1); }', '(client) => client.go() + 1'],
])('in a class that is a client it is that client: %s', async (members, written) => {
  const text = `const { Client } = require('discord.js');\nmodule.exports = class D extends Client { ${members} };\n`;
  const root = project({ ...cjsBot, 'x.js': text });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  expect(sites.filter(({ file }) => file === 'x.js').map(({ code }) => code)).toEqual(['DC-P2']);
  expect(read(root)['cluster-handlers.js']).toContain(written);
});
