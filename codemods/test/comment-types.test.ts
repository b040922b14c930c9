/** A comment that names a type which its file does not know: what that says of a client. */
import { beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, type Files, project } from './project.ts';

const fleet = "const Discord = require('discord.js');\nmodule.exports = class Fleet extends Discord.Client {};\n";
const pool = 'module.exports = class Pool {};\n';
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
