/** A comment that names a type which its file does not know: what that says of a client. */
import { beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, type Files, project } from './project.ts';

const fleet = "const Discord = require('discord.js');\nmodule.exports = class Fleet extends Discord.Client {};\n";
const pool = 'module.exports = class Pool {};\n';
const own = 'this.shard = { broadcastEval: (f) => [f] };';
const hub = `module.exports = class Hub {\n  constructor() { ${own} }\n};\n`;
const asks = (name: string) => `return ${name}.shard.broadcastEval((c) => c.queue.length);`;
const ofParameter = (type: string, name = 'client'): string =>
  `class It {\n  /** @param {${type}} ${name} */\n  all(${name}) { ${asks(name)} }\n}\nmodule.exports = It;\n`;
const ofField =
  'class It {\n  /** @param {Fleet} client */\n  constructor(client) { this.client = client; }\n' +
  `  all() { ${asks('this.client')} }\n}\nmodule.exports = It;\n`;

interface Row {
  readonly title: string;
  readonly text: string;
  readonly code: string | null;
  readonly more?: Files;
}

/** Other files of a bot, each of which declares or imports a `Hub`. */
const declared: Readonly<Record<string, Files>> = {
  'a class that has its name from a variable': { 'lib.js': `const Hub = class { constructor() { ${own} } };\n` },
  'a class that has its name from an export': { 'lib.js': `exports.Hub = class { constructor() { ${own} } };\n` },
  'a function that builds': { 'lib.js': `function Hub() { ${own} }\n` },
  'an interface of all files': { 'globals.d.ts': 'interface Hub { shard: { broadcastEval(f: Function): any } }\n' },
  'an alias of all files': { 'globals.d.ts': "type Hub = import('eris').Client;\n" },
  'an exported interface': { 'lib.ts': 'export interface Hub { shard: unknown }\n' },
  'an enum': { 'lib.ts': 'export const enum Hub { one }\n' },
  'a type of another comment': { 'lib.js': "/** @typedef {import('@eris/eris').Client} Hub */\n" },
  'a type of another comment, of several lines': {
    'lib.js': '/**\n * @typedef {object} Hub\n * @property {object} shard\n */\n',
  },
  'a type of another comment that is called first': { 'lib.js': '/**\n * @typedef Hub\n * @type {object}\n */\n' },
  'imported elsewhere': { 'lib.mjs': "import {\n  Other,\n  Hub,\n} from 'eris';\n" },
  'imported elsewhere as a whole': { 'lib.mjs': "import Hub from 'eris';\n" },
  'imported elsewhere by another name': { 'lib.mjs': "import { Client as Hub } from 'eris';\n" },
  'required elsewhere': { 'lib.js': "const { Other, Hub } = require('eris');\n" },
  'required elsewhere by another name': { 'lib.js': "const { Client: Hub } = require('eris');\n" },
};
const said =
  "// Hub\n/** @typedef {object} Other */\n/** @param {Hub} it */\nconst f = (it) => it.Hub('Hub');\n" +
  "/** @typedef {object} Options\n * @property {Hub} hub\n */\nimport('./x').then(f);\nconst { a } = f, Other = [Hub];\n";

const rows: readonly Row[] = [
  { title: 'a client of the bot by its name', text: ofParameter('Fleet'), code: null, more: { 'Fleet.js': fleet } },
  {
    title: 'a client of the bot that is called otherwise',
    text: ofParameter('Fleet', 'it'),
    code: null,
    more: { 'Fleet.js': fleet },
  },
  { title: 'a client of the bot in a field', text: ofField, code: null, more: { 'Fleet.js': fleet } },
  { title: 'nothing that the bot has', text: ofParameter('Fleet'), code: null },
  { title: 'nothing that the bot has, of what is called otherwise', text: ofParameter('Fleet', 'it'), code: 'DC-S3' },
  {
    title: 'one of two classes, of what is called otherwise',
    text: ofParameter('Fleet', 'it'),
    code: 'DC-S3',
    more: { 'Fleet.js': fleet, 'lib/Fleet.js': fleet },
  },
  { title: 'a class that is no client', text: ofParameter('Pool'), code: 'DC-S3', more: { 'lib.js': pool } },
  {
    title: 'one of two classes',
    text: ofParameter('Hub'),
    code: 'DC-S3',
    more: { 'hub.js': hub, 'lib/hub.js': hub },
  },
  ...Object.entries(declared).map(([title, more]) => ({ title, text: ofParameter('Hub'), code: 'DC-S3', more })),
  {
    title: 'a word that the bot says and declares nowhere',
    text: ofParameter('Hub'),
    code: null,
    more: { 'lib.js': said, 'lib.d.ts': 'interface Hub2 {}\n' },
  },
  { title: 'something of another service', text: ofParameter('RedisPool'), code: 'DC-S3' },
  { title: 'something of JavaScript itself', text: ofParameter('Map'), code: 'DC-S3' },
];

describe('a comment whose type is', () => {
  let found: readonly (string | undefined)[] = [];
  beforeAll(async () => {
    const all: (string | undefined)[] = [];
    for (const { text, more } of rows) {
      const { sites } = await migrate({
        paths: ['.'],
        cwd: project({ ...cjsBot, 'x.js': text, ...more }),
        dryRun: true,
      });
      const site = sites.find(({ file }) => file === 'x.js');
      all.push(site?.outcome === 'left' ? (site.code ?? undefined) : site?.outcome);
    }
    found = all;
  });

  test.each(rows.map(({ title, code }, i) => [title, code, i] as const))('%s: %s', (_title, code, i) => {
    expect(found[i]).toEqual(code ?? expect.stringMatching('^rewritten'));
  });
});
