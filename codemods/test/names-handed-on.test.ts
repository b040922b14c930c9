/** Places that discord-hybrid-sharding is handed to: those that are followed, and those that are not. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { type Files, project, read } from './project.ts';

const from = "'discord-hybrid-sharding'";
const load = `require(${from})`;

async function run(files: Files) {
  const manifest = '{ "name": "bot", "dependencies": { "discord-hybrid-sharding": "^2.2.0" } }\n';
  const root = project({ 'package.json': manifest, ...files });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  return { sites, files: read(root) };
}

describe('a place that nobody follows keeps the import', () => {
  test.each([
    ['an argument', `const hs = ${load};\nmake(hs);`],
    ['an object that is an argument', `const hs = ${load};\nmake({ hs });`],
    ['what another file exports', `require('./w')(${load});`],
    ['what is built', `const hs = ${load};\nnew A(hs);`],
    ['a function of its own arguments', `function make() { return arguments[0].Child; }\nmake(${load});`],
    ['a callback', `make(() => ${load});`],
    ['a field', `class A { hs = ${load}; }`],
    ['a static field', `class A { static hs = ${load}; }\nmodule.exports = A;`],
    ['a field that is set', `class A { constructor() { this.hs = ${load}; } }`],
    ['a member of a client', `const hs = ${load};\nclient.hs = hs;`],
    ['a global', `global.hs = ${load};`],
    ['a name that nothing declares', `hs = ${load};`],
    ['a key that is made', `const hs = ${load};\nf(hs[name]);`],
    ['a member of a made name', `const all = { [name]: ${load} };\nf(all.x.Child);`],
    ['a list', `for (const one of [${load}]) f(one.Child);`],
    ['what a method of a class gives', `class A { get hs() { return ${load}; } }`],
    ['what is put into something', `Object.assign(client, ${load});`],
    ['what a promise leads to', `import(${from}).then(make);`],
    ['what is yielded', `function* all() { yield ${load}; }`],
  ])('%s', async (_title, text) => {
    const { sites, files } = await run({ 'x.js': `${text}\n`, 'w.js': 'module.exports = (hs) => new hs.Child();\n' });
    expect(sites).toMatchObject([{ file: 'x.js', outcome: 'left', code: 'DC-M14' }]);
    expect(sites[0]?.message).toMatch(/since it is handed on at x\.js:\d, to where it is not followed\./);
    expect(files['x.js']).toBe(`${text}\n`);
  });

  test('in another file, too', async () => {
    const { sites } = await run({ 'lib.js': `exports.hs = ${load};\n`, 'y.js': "make(require('./lib').hs);\n" });
    expect(sites).toMatchObject([{ file: 'lib.js', code: 'DC-M14' }]);
    expect(sites[0]?.message).toContain('since it is handed on at y.js:1, to');
  });
});

describe('what is followed', () => {
  test.each([
    ['a function that is called where it stands', `((hs) => new hs.NAME('x'))(${load});`],
    ['a function of the file', `make(1, ${load});\nfunction make(n, { NAME }) { f(n, NAME); }`],
    ['a function in a constant', `const make = (hs) => f(hs.NAME);\nmake(${load});`],
    ['a function that hands on', `const a = (hs) => f(hs.NAME);\nconst b = (hs) => a(hs);\nb(${load});`],
    ['a function that a promise leads to', `const make = (hs) => f(hs.NAME);\nimport(${from}).then(make);`],
    ['a list', `const [hs] = [${load}];\nf(hs.NAME);`],
    ['a place of a list', `const all = [fs, ${load}];\nf(all[1].NAME);`],
    [
      'promises',
      `(async () => {\n  const [{ NAME }, fs] = await Promise.all([import(${from}), import('fs')]);\n  f(NAME, fs);\n})();`,
    ],
    ['promises that lead on', `Promise.all([import('fs'), import(${from})]).then(([fs, hs]) => f(fs, hs.NAME));`],
    ['a private field', `class A { #hs = ${load}; get() { return this.#hs.NAME; } }`],
    ['a member of an object', `const all = {};\nall.hs = ${load};\nf(all.hs.NAME);`],
    ['what compilers write', `const hs = _interopRequireWildcard(${load});\nf(hs.NAME);`],
  ])('%s', async (_title, text) => {
    const { sites } = await run({ 'x.js': `${text.replaceAll('NAME', 'Child')}\n` });
    expect(sites).toMatchObject([{ outcome: 'left', code: 'DC-M11' }]);
    const { sites: moved } = await run({ 'x.js': `${text.replaceAll('NAME', 'ClusterClient')}\n` });
    expect(moved).toMatchObject([{ outcome: 'rewritten' }]);
  });

  test.each([
    ['a test of it', `const hs = ${load};\nif (!hs || typeof hs === 'function') stop();\nf(hs.getInfo());`],
    [
      'what it gives',
      `const hs = ${load};\nclient.cluster = new hs.ClusterClient(client);\nmake(hs.ClusterClient.getInfo());`,
    ],
    ['a class of it', `const hs = ${load};\nclass A extends hs.ClusterManager {}\nnew A(file);`],
    ['two names', `let hs;\nhs = exports.hs = ${load};\nf(hs.Client);`],
    ['the exports of a file', `exports = module.exports = { hs: ${load} };`],
    ['an object that hides it', `const all = { hs: ${load}, n: 1 };\nmake(all.n);`],
    ['members that every object has', `const hs = ${load};\nf(hs.hasOwnProperty('x'), hs.toString());`],
  ])('nothing is taken by %s', async (_title, text) => {
    const { sites } = await run({ 'x.js': `${text}\n` });
    expect(sites).toMatchObject([{ outcome: 'rewritten' }]);
  });
});

/** What the library has by the same name comes later, and hides it. */
test.each([
  ['a member', `const hs = require(${from});\nmodule.exports = { Child: 1, ...hs };`],
  ['an object', `const own = { Child: 1 };\nmodule.exports = { ...own, a: 1, ...require(${from}) };`],
  ['a file', `module.exports = { a: 1, ...require('./own'), ...require(${from}) };`],
  ['a name that is exported', `exports.Child = 1;\nObject.assign(exports, require(${from}));`],
  ['an object that is exported', `module.exports = { Child: 1 };\nObject.assign(module.exports, require(${from}));`],
  ['what is put into exports', `Object.assign(exports, { Child: 1 }, require(${from}));`],
])('in front of the library, %s hides nothing', async (_title, lib) => {
  const { sites } = await run({
    'lib.js': `${lib}\n`,
    'own.js': 'module.exports = { Child: 1 };\n',
    'y.js': "const { Child } = require('./lib');\nf(Child);\n",
  });
  expect(sites).toMatchObject([{ file: 'lib.js', outcome: 'left', code: 'DC-M11' }]);
});
