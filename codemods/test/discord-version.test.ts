/** A bot whose discord.js is older than what shardlift runs with is told before anything is written. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Report } from '../src/index.ts';
import { evaluatesTexts, leastDiscord, oldDiscord } from '../src/project/discord-version.ts';
import { run } from './command.ts';
import { cjsBot, project, read } from './project.ts';

const asking = (range: string): string => JSON.stringify({ dependencies: { 'discord.js': range } });

test('the oldest discord.js is the one of the peer dependency of shardlift', () => {
  const manifest = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8');
  const { peerDependencies } = JSON.parse(manifest) as { peerDependencies: Record<string, string> };
  expect(peerDependencies['discord.js']).toBe(`>=${leastDiscord} <16`);
});

describe('a package that asks for discord.js', () => {
  test.each(['^12.5.3', '13', '13.x', '~13.17.1', '14.14.0', '~14.11.0', '14.0.0-dev.1', '12.x || ^13.0.0', 'v11.6.4'])(
    '%s has an old one',
    (range) => {
      const root = project({ 'package.json': asking(range) });
      expect(oldDiscord(root)).toEqual({ path: join(root, 'package.json'), what: `asks for discord.js ${range}` });
    },
  );

  test.each([
    '^14.14.1',
    '^14.0.0',
    '14',
    '14.x',
    '~14.14.0',
    '14.28.1',
    '>=12',
    '^13 || ^14',
    '15.0.0',
    'latest',
    '*',
    '',
  ])('%s can have a new one', (range) => {
    expect(oldDiscord(project({ 'package.json': asking(range) }))).toBeNull();
  });

  test('in the folder above has what is asked for there', () => {
    const root = project({ 'package.json': asking('^13.0.0'), 'bot/package.json': '{}' });
    expect(oldDiscord(join(root, 'bot'))?.path).toBe(join(root, 'package.json'));
  });

  test('has what is installed, where that is older than what it asks for', () => {
    const installed = '{ "version": "14.11.0" }';
    const root = project({
      'bot/package.json': asking('^14.0.0'),
      'bot/node_modules/discord.js/package.json': installed,
    });
    expect(oldDiscord(join(root, 'bot'))).toMatchObject({ what: 'is discord.js 14.11.0' });
  });
});

describe('a run over a bot of discord.js 12', () => {
  const bot = { ...cjsBot, 'package.json': asking('^12.5.3') };

  test('says so once, in what to do next, and in the report', async () => {
    const root = project(bot);
    const { status, stderr, stdout } = await run(root, '.', '--json', 'report.json');
    const message =
      'package.json asks for discord.js ^12.5.3. What dc-migrate writes needs discord.js 14.14.1 or later, and shardlift does not bring it: move the bot to that as well (npm install discord.js@14; the rest of its code may have to change for it) before you start it again.';
    expect(status).toBe(0);
    expect(stderr).toBe('');
    expect(stdout.split(`First: ${message}\n`)).toHaveLength(2);
    expect(stdout).toContain('\nThen: install dependencies');
    const { warnings } = JSON.parse(read(root)['report.json'] ?? '') as Report;
    expect(warnings).toMatchObject([{ file: 'package.json', code: 'DC-M9' }]);
  });

  test.each([
    ['github', '::warning file=package.json,title=DC-M9::package.json asks for'],
    ['sarif', '"ruleId": "DC-M9"'],
  ])('says so as %s, and exits with 2 where that is asked for', async (format, text) => {
    const { status, stdout, stderr } = await run(project(bot), '.', '--strict', '--format', format);
    expect(status).toBe(2);
    expect(stderr).toContain('dc-migrate: package.json asks for discord.js ^12.5.3.');
    expect(stdout).toContain(text);
  });

  test.each(['md', 'html'])('says so in the report for people: %s', async (kind) => {
    const root = project(bot);
    await run(root, '.', '--report', `r.${kind}`);
    expect(readFileSync(join(root, `r.${kind}`), 'utf8')).toContain('asks for discord.js ^12.5.3');
  });

  test('is explained with a beginning', async () => {
    expect((await run(project({}), 'explain', 'DC-M9')).stdout).toContain(
      '\npackage.json asks for an older discord.js, or has one installed. What dc-migrate writes needs discord.js 14.14.1',
    );
  });

  test('says nothing where nothing is to be written', async () => {
    const { stderr, stdout } = await run(project({ ...bot, 'index.js': null }), '.');
    expect(stderr).toBe('');
    expect(stdout).not.toContain('discord.js ^12');
  });
});

test.each([
  ['latest', '12.5.3', true],
  ['*', '12.5.3', true],
  ['github:discordjs/discord.js', '11.6.4', true],
  ['latest', '14.28.1', false],
  ['^14.0.0', '12.5.3', false],
  ['^12.5.3', '14.28.1', true],
])('texts are evaluated: what is asked for is %s, what is installed is %s', (range, version, evaluates) => {
  const root = project({
    'bot/package.json': JSON.stringify({ name: 'bot', dependencies: { 'discord.js': range } }),
    'bot/node_modules/discord.js/package.json': JSON.stringify({ name: 'discord.js', version }),
  });
  expect(evaluatesTexts(join(root, 'bot'))).toBe(evaluates);
});
