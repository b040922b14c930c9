/** Manager and client of discord-hybrid-sharding move together, also where a file between them hands the library on. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { type Files, project } from './project.ts';

const manifest = (type: 'commonjs' | 'module'): string =>
  JSON.stringify({ name: 'bot', private: true, type, dependencies: { 'discord-hybrid-sharding': '2' } });

const library = "'discord-hybrid-sharding'";
const ask = 'f(client.cluster.broadcastEval((c) => c.ws.ping));\n';

/** The two halves of a CommonJS bot, each with its class from a module. */
const halves = (manager: string, client: string): Files => ({
  'package.json': manifest('commonjs'),
  'main/manager.js': `const { ClusterManager } = require(${manager});\nnew ClusterManager('./clients/client.js').spawn();\n`,
  'clients/client.js': `const { ClusterClient } = require(${client});\nclient.cluster = new ClusterClient(client);\n`,
  'clients/x.js': ask,
});

/** The same as modules, whose class of a client is handed on by `lib`. */
const modules = (
  extension: string,
  lib: string,
  client = "import { ClusterClient } from '../lib/index.js';",
): Files => ({
  'package.json': manifest('module'),
  [`main/manager.${extension}`]: `import { ClusterManager } from ${library};\nnew ClusterManager('./clients/client.js').spawn();\n`,
  [`clients/client.${extension}`]: `${client}\nclient.cluster = new ClusterClient(client);\n`,
  [`lib/index.${extension}`]: `${lib}\n`,
});

const whole = `module.exports = require(${library});\n`;
const lib = "'../lib'";

async function sitesOf(files: Files, paths: readonly string[]) {
  const { sites, files: changed } = await migrate({ paths, cwd: project(files) });
  return { codes: sites.map(({ file, outcome, code }) => [file, outcome === 'left' ? code : outcome]), sites, changed };
}

describe('the manager stays where the client that was not given takes its class', () => {
  const handed = "const { ClusterClient } = require('discord-hybrid-sharding');\nmodule.exports = { ClusterClient };\n";
  test.each<[title: string, files: Files]>([
    ['out of a file that is the library', { ...halves(library, lib), 'lib/index.js': whole }],
    ['out of a file that exports it', { ...halves(library, lib), 'lib/index.js': handed }],
    ['out of a spread', { ...halves(library, lib), 'lib/index.js': `module.exports = { ...require(${library}) };\n` }],
    [
      'by way of two files',
      { ...halves(library, lib), 'lib/index.js': "module.exports = require('./hs');\n", 'lib/hs.js': whole },
    ],
    ['where it is not followed', { ...halves(library, lib), 'lib/index.js': `client.hs = require(${library});\n` }],
    ['out of an export', modules('js', `export { ClusterClient } from ${library};`)],
    ['out of all that is exported', modules('js', `export * from ${library};`)],
    [
      'out of a namespace',
      modules(
        'js',
        `export * as hs from ${library};`,
        "import { hs } from '../lib/index.js';\nconst { ClusterClient } = hs;",
      ),
    ],
    ['in TypeScript, out of an export', modules('ts', `export { ClusterClient } from ${library};`)],
    ['in TypeScript, out of all that is exported', modules('ts', `export * from ${library};`)],
    [
      'in TypeScript, out of a default',
      modules(
        'ts',
        `import { ClusterClient } from ${library};\nexport default ClusterClient;`,
        "import ClusterClient from '../lib/index.js';",
      ),
    ],
    [
      'at another place than one that was given',
      { ...halves(library, library), 'clients/dev/client.js': `new (require(${library}).Client)(client);\n` },
    ],
  ])('%s', async (title, files) => {
    const paths = title.startsWith('at another') ? ['main', 'clients/client.js'] : ['main'];
    const { codes, sites, changed } = await sitesOf(files, paths);
    expect(codes.map(([, code]) => code)).toEqual(codes.map(() => 'DC-M13'));
    expect(sites.at(-1)?.message).toMatch(/^The (?:client|import) at (?:lib|clients\/dev)\/\w+\.[jt]s:1 is not among/);
    expect(changed).toEqual([]);
  });
});

describe('client and calls stay where the manager that was not given', () => {
  test.each<[title: string, files: Files]>([
    ['takes its class out of a file', { ...halves(lib, library), 'lib/index.js': whole }],
    ['is of the same file as the client', { ...halves(lib, lib), 'lib/index.js': whole }],
    ['is of the library', { ...halves(library, lib), 'lib/index.js': whole }],
  ])('%s', async (_title, files) => {
    const { codes, changed } = await sitesOf(files, ['clients']);
    expect(codes.at(-1)).toEqual(['clients/x.js', 'DC-M13']);
    expect(changed).toEqual([]);
  });
});

test('neither half moves where the file between them was not given', async () => {
  const files = { ...halves(library, lib), 'lib/index.js': whole };
  const { codes, sites } = await sitesOf(files, ['main', 'clients']);
  expect(codes).toEqual([
    ['clients/x.js', 'DC-M13'],
    ['main/manager.js', 'DC-M13'],
  ]);
  expect(sites[0]?.message).toMatch(/^The import at lib\/index\.js:1 is not among the given paths/);
});

test.each([
  ['names that no manager and no client is of', `exports.id = require(${library}).shardIdForGuildId;\n`],
  ['types', `export type { ClusterClient } from ${library};\n`],
])('a file with %s keeps nothing', async (title, text) => {
  const files = { ...halves(library, library), [title === 'types' ? 'lib/index.ts' : 'lib/index.js']: text };
  const { codes } = await sitesOf(files, ['main', 'clients']);
  expect(codes.map(([, outcome]) => outcome)).toEqual(['rewritten', 'rewritten', 'rewritten']);
});

test('the file between them moves for all that take their classes there', async () => {
  const { codes } = await sitesOf({ ...halves(lib, lib), 'lib/index.js': whole }, ['lib']);
  expect(codes).toEqual([['lib/index.js', 'rewritten']]);
});

describe('neither half moves where the file between them stays', () => {
  test.each([
    ['the client', halves(library, lib), "f(require('../lib').Child);\n", 'DC-M11'],
    ['the manager', halves(lib, library), "f(require('../lib').Child);\n", 'DC-M11'],
    ['who knows', halves(library, lib), "boot(require('../lib'));\n", 'DC-M14'],
  ])('and %s takes its class there', async (_title, files, more, code) => {
    const { codes, changed } = await sitesOf({ ...files, 'lib/index.js': whole, 'clients/more.js': more }, ['.']);
    expect(codes.filter(([, one]) => one !== 'DC-M12')).toEqual([['lib/index.js', code]]);
    expect(codes).toHaveLength(3);
    expect(changed).toEqual([]);
  });
});
