/** Names of discord-hybrid-sharding that reach a file by way of another file. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { type Files, project, read } from './project.ts';

const from = "'discord-hybrid-sharding'";
const now = "'shardlift/compat/hybrid'";

const bot = {
  'package.json': '{ "name": "bot", "dependencies": { "discord-hybrid-sharding": "^2.2.0" } }\n',
} satisfies Files;

async function run(files: Files) {
  const root = project({ ...bot, ...files });
  const { sites } = await migrate({ paths: ['.'], cwd: root });
  return { sites, files: read(root) };
}

/** How a file exports the library, and how another takes NAME out of that. */
const ways: readonly (readonly [title: string, lib: string, taker: string])[] = [
  ['a module that is the library', `module.exports = require(${from});`, "const { NAME } = require('./lib');"],
  ['one of two names for it', `const hs = module.exports = require(${from});`, "f(require('./lib').NAME);"],
  ['a member', `exports.hs = require(${from});`, "const { hs } = require('./lib');\nf(hs.NAME);"],
  ['a member in a pattern', `exports.hs = require(${from});`, "const { hs: { NAME } } = require('./lib');"],
  ['a spread', `module.exports = { ...require(${from}), own: 1 };`, "const lib = require('./lib');\nf(lib.NAME);"],
  [
    'a name that is exported',
    `const hs = require(${from});\nmodule.exports.hs = hs;`,
    "f(require('./lib').hs['NAME']);",
  ],
  [
    'an object',
    `const hs = require(${from});\nmodule.exports = { hs };`,
    "const lib = require('./lib');\nf(lib.hs.NAME);",
  ],
  [
    'an object in an object',
    `const lib = { all: { hs: require(${from}) } };\nmodule.exports = lib;`,
    "f(require('./lib').all.hs.NAME);",
  ],
  ['what is put into exports', `Object.assign(exports, require(${from}));`, "const { NAME } = require('./lib');"],
  ['a function', `exports.load = () => require(${from});`, "const { load } = require('./lib');\nf(load().NAME);"],
  ['a method', `module.exports = { load() { return require(${from}); } };`, "f(require('./lib').load().NAME);"],
  ['a getter', `module.exports = { get hs() { return require(${from}); } };`, "f(require('./lib').hs.NAME);"],
  [
    'an asynchronous function',
    `exports.load = async () => await import(${from});`,
    "require('./lib').load().then(({ NAME }) => f(NAME));",
  ],
  ['a late module', `let hs;\nhs ??= require(${from});\nexports.hs = hs;`, "f(require('./lib').hs.NAME);"],
];

const moduleWays: typeof ways = [
  ['all names', `export * from ${from};`, "import { NAME } from './lib.js';\nf(NAME);"],
  ['all names, as a module', `export * from ${from};`, "import * as lib from './lib.js';\nf(lib.NAME);"],
  ['all names, at run time', `export * from ${from};`, "const { NAME } = await import('./lib.js');\nf(NAME);"],
  ['a namespace', `export * as hs from ${from};`, "import { hs } from './lib.js';\nf(hs.NAME);"],
  ['a namespace that is the default', `export * as default from ${from};`, "import hs from './lib.js';\nf(hs.NAME);"],
  ['a name', `import * as hs from ${from};\nexport { hs };`, "import { hs as x } from './lib.js';\nf(x.NAME);"],
  ['another name', `import hs from ${from};\nexport { hs as all };`, "import { all } from './lib.js';\nf(all.NAME);"],
  ['the default', `import * as hs from ${from};\nexport default hs;`, "import x from './lib.js';\nf(x.NAME);"],
  [
    'the default by its name',
    `import hs from ${from};\nexport { hs as default };`,
    "import { default as x } from './lib.js';\nf(x.NAME);",
  ],
  ['a constant', `export const hs = await import(${from});`, "import * as lib from './lib.js';\nf(lib.hs.NAME);"],
  [
    'what is left of it',
    `export const { getInfo, ...hs } = await import(${from});`,
    "import { hs } from './lib.js';\nf(hs.NAME);",
  ],
];

const typedWays: typeof ways = [
  ['all names', `export * from ${from};`, "import { NAME } from './lib.js';\nf(NAME);"],
  ['all types', `export type * from ${from};`, "import type { NAME } from './lib.js';\nexport type X = NAME;"],
  ['a type by its module', `export * from ${from};`, "export type X = import('./lib.js').NAME;"],
  ['a namespace', `export * as hs from ${from};`, "import { hs } from './lib.js';\nexport type X = hs.NAME;"],
  ['a module', `import hs = require(${from});\nexport = hs;`, "import lib = require('./lib.js');\nf(lib.NAME);"],
  [
    'an exported module',
    `export import hs = require(${from});`,
    "import lib = require('./lib.js');\nimport C = lib.hs.NAME;\nf(C);",
  ],
];

describe.each([
  ['CommonJS', 'js', ways],
  ['ES modules', 'mjs', moduleWays],
  ['TypeScript', 'ts', typedWays],
] as const)('%s that exports discord-hybrid-sharding by', (_kind, extension, rows) => {
  describe.each(rows)('%s', (_title, lib, taker) => {
    const given = (name: string): Files => ({
      [`lib.${extension}`]: `${lib}\n`,
      [`y.${extension}`]: `${taker.replaceAll('NAME', name).replaceAll('lib.js', extension === 'mjs' ? 'lib.mjs' : 'lib.js')}\n`,
    });

    test('stays where another file takes what the drop-in does not have', async () => {
      const { sites, files } = await run(given('Child'));
      expect(sites).toMatchObject([{ file: `lib.${extension}`, outcome: 'left', code: 'DC-M11' }]);
      expect(sites[0]?.message).toMatch(new RegExp(`has no Child \\(taken at y\\.${extension}:\\d\\), so`));
      expect(files[`lib.${extension}`]).toBe(`${lib}\n`);
    });

    test('moves where the drop-in has all that others take', async () => {
      const { sites, files } = await run(given('ClusterClient'));
      expect(sites).toMatchObject([{ file: `lib.${extension}`, outcome: 'rewritten' }]);
      expect(files[`lib.${extension}`]).toContain(now);
    });
  });
});

const barrel = "export * from './lib.js';\n";

test('what a file exports is followed through those that export it again', async () => {
  const { sites } = await run({
    'lib.ts': `export * from ${from};\n`,
    'more.ts': barrel,
    'y.ts': "import * as all from './more.js';\nexport { all };\n",
    'z.ts': "import { all } from './y.js';\nf(all.fetchRecommendedShards);\n",
  });
  expect(sites).toMatchObject([{ file: 'lib.ts', code: 'DC-M11' }]);
  expect(sites[0]?.message).toContain('has no fetchRecommendedShards (taken at z.ts:2), so');
});

test.each([
  ['its own name', `export * from ${from};\nexport class Child {}\n`],
  ['a type of its own', `export * from ${from};\nexport interface Child {}\n`],
  ['a name of another file', `export * from ${from};\nexport { Child } from './own.js';\n`],
  ['all names of another file', `export * from ${from};\nexport * from './own.js';\n`, 'Util'],
  ['names of another package', `export * from ${from};\nexport * from 'discord.js';\n`, 'GatewayIntentBits'],
])('beside %s nothing is taken', async (_title, lib, name = 'Child') => {
  const { sites } = await run({
    'lib.ts': lib,
    'own.ts': 'export const Child = 1;\nexport const Util = 2;\n',
    'y.ts': `import { ${name} } from './lib.js';\nf(${name});\n`,
  });
  expect(sites).toMatchObject([{ file: 'lib.ts', outcome: 'rewritten' }]);
});

/** What a CommonJS file puts beside the library; of another name, that hides nothing. */
test.each([
  ['a member that is set', `const all = { ...require(${from}) };\nall.NAME = class {};\nmodule.exports = all;`],
  ['an object of the file', `const own = { NAME: 1 };\nmodule.exports = { ...require(${from}), ...own };`],
  ['a file', `module.exports = { ...require(${from}), ...require('./own') };`],
  ['what is put into exports', `Object.assign(exports, require(${from}));\nObject.assign(exports, { NAME });`],
])('beside a spread, %s hides the name it has', async (_title, lib) => {
  const given = (name: string): Files => ({
    'lib.js': `${lib.replaceAll('NAME', name)}\n`,
    'own.js': `module.exports = { ${name}: 1 };\n`,
    'y.js': "const { Child } = require('./lib');\nf(Child);\n",
  });
  const { sites } = await run(given('Child'));
  expect(sites).toMatchObject([{ file: 'lib.js', outcome: 'rewritten' }]);
  const { sites: other } = await run(given('Other'));
  expect(other).toMatchObject([{ file: 'lib.js', outcome: 'left', code: 'DC-M11' }]);
});

test.each([
  ['the index of its package', {}, 'index.ts', 'other packages may load it'],
  [
    'what package.json exports',
    { exports: { './x': { types: './dist/x.d.ts', default: './dist/x.js' } } },
    'src/x.ts',
    'other packages may load it',
  ],
  ['a file that nobody loads', { private: true }, 'index.ts', 'no file here loads it'],
])('%s says that others may take any name', async (_title, manifest, path, why) => {
  const { sites, files } = await run({
    'package.json': JSON.stringify({ name: 'bot', dependencies: { 'discord-hybrid-sharding': '2' }, ...manifest }),
    [path]: `export * from ${from};\n`,
    'x.js': 'f(client.cluster.broadcastEval((c) => c.ws.ping));\n',
  });
  expect(sites).toMatchObject([
    { file: path, outcome: 'left', code: 'DC-M14' },
    { file: 'x.js', code: 'DC-M12' },
  ]);
  expect(sites[0]?.message).toContain(`since ${why}.`);
  expect(files[path]).toBe(`export * from ${from};\n`);
});

test('a file among those that a bot loads by made names says so, too', async () => {
  const { sites } = await run({
    'bot.js': "for (const file of files) require('./parts/' + file);\n",
    'parts/hs.js': `exports.hs = require(${from});\n`,
  });
  expect(sites).toMatchObject([{ file: 'parts/hs.js', outcome: 'left', code: 'DC-M14' }]);
});

test.each([
  ['of a module', `const hs = __importStar(require(${from}));\nf(hs.Child);\n`],
  ['of a default', `const hs = tslib_1.__importDefault(require(${from}));\nf(hs.default.Child);\n`],
])('what compilers write around an import %s is seen through', async (_title, text) => {
  const { sites } = await run({ 'x.js': text });
  expect(sites).toMatchObject([{ outcome: 'left', code: 'DC-M11' }]);
});

test('a promise in a variable is a promise', async () => {
  const { sites } = await run({
    'x.js': `const p = import(${from});\np.then(({ getInfo }) => f(getInfo)).catch(log);\n`,
  });
  expect(sites).toMatchObject([{ outcome: 'rewritten' }]);
});

describe('files that export each other', () => {
  test.each([
    [
      'CommonJS',
      'js',
      `module.exports = { hs: require(${from}), b: require('./b') };`,
      "module.exports = { a: require('./a'), n: 1 };",
      "f(require('./b').a.hs.NAME);",
    ],
    [
      'ES modules',
      'mjs',
      `export * as hs from ${from};\nexport * as b from './b.mjs';`,
      "export * as a from './a.mjs';\nexport const n = 1;",
      "import { a } from './b.mjs';\nf(a.hs.NAME);",
    ],
  ])('are followed to their end, as %s', async (_title, extension, a, b, taker) => {
    const given = (name: string): Files => ({
      [`a.${extension}`]: `${a}\n`,
      [`b.${extension}`]: `${b}\n`,
      [`y.${extension}`]: `${taker.replace('NAME', name)}\n`,
    });
    const { sites } = await run(given('Child'));
    expect(sites).toMatchObject([{ file: `a.${extension}`, code: 'DC-M11' }]);
    const { sites: moved } = await run(given('ClusterClient'));
    expect(moved).toMatchObject([{ file: `a.${extension}`, outcome: 'rewritten' }]);
  });

  test('five of them take no time', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const file = (name: string): string => {
      const others = names.filter((one) => one !== name).map((one) => `${one}: require('./${one}')`);
      return `module.exports = { ${name === 'a' ? `hs: require(${from}), ` : ''}${others.join(', ')} };\n`;
    };
    const { sites } = await run(Object.fromEntries(names.map((name) => [`${name}.js`, file(name)])));
    expect(sites).toMatchObject([{ file: 'a.js', outcome: 'rewritten' }]);
  });
});

/** What no other file says by a name, but by the types of what it gets from there. */
describe('a file that is not changed is checked where one that it loads changes', () => {
  const given = (lib: string, member: string): Files => ({
    'package.json': JSON.stringify({ type: 'module', dependencies: { 'discord-hybrid-sharding': '3' } }),
    'lib.ts': `${lib}\n`,
    'more.ts': "export * from './lib.js';\n",
    'y.ts': `import { ClusterClient } from './more.js';\nexport const f = (c: ClusterClient) => c.${member};\n`,
    'old.ts': "import { Child } from './more.js';\nexport const old = new Child();\n",
  });

  test.each([
    ['a name', "import { ClusterClient } from './lib.js';\nexport { ClusterClient };"],
    [
      'an object',
      "import { ClusterClient } from './lib.js';\nexport const all = { ClusterClient };",
      'all.ClusterClient',
    ],
    ['the default', "import { ClusterClient } from './lib.js';\nexport default ClusterClient;", 'default'],
    [
      'what a function gives',
      "import * as lib from './lib.js';\nexport const make = () => lib;",
      'make().ClusterClient',
    ],
  ])('also by way of a file that exports it as %s', async (_title, more, taken = 'ClusterClient') => {
    const y =
      taken === 'default'
        ? "import ClusterClient from './more.js';\nexport const f = (c: ClusterClient) => c.MEMBER;\n"
        : `import * as lib from './more.js';\nexport const f = (c: InstanceType<ReturnType<typeof g>>) => c.MEMBER;\nconst g = () => lib.${taken};\n`;
    const lib = `export { ClusterClient } from ${from};`;
    const files = (member: string): Files => ({
      ...given(lib, member),
      'more.ts': `${more}\n`,
      'old.ts': null,
      'y.ts': y.replace('MEMBER', member),
    });
    const { sites } = await run(files('messageHandler'));
    expect(sites).toMatchObject([{ file: 'lib.ts', outcome: 'left', code: 'DC-V1' }]);
    const { sites: moved } = await run(files('shardList'));
    expect(moved).toMatchObject([{ file: 'lib.ts', outcome: 'rewritten' }]);
  });

  test.each([
    ['exported by name', `export { ClusterClient } from ${from};`],
    ['in a constant', `import { ClusterClient } from ${from};\nexport { ClusterClient };`],
  ])('a class %s', async (_title, lib) => {
    const { sites, files } = await run(given(lib, 'messageHandler'));
    expect(sites).toMatchObject([{ file: 'lib.ts', outcome: 'left', code: 'DC-V1' }]);
    expect(sites[0]?.message).toMatch(/\(y\.ts:2: Property 'messageHandler' does not exist/);
    expect(files['lib.ts']).toBe(`${lib}\n`);
    const { sites: moved } = await run(given(lib, 'shardList'));
    expect(moved).toMatchObject([{ file: 'lib.ts', outcome: 'rewritten' }]);
  });
});
