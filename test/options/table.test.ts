/** test/options/table: the page about the options knows every one of them, and no other. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { optionTable } from '../../src/options/table.ts';

const page = readFileSync('docs/options.md', 'utf8');
const [ours = '', older = ''] = page.split('## Older names');
const namesIn = (text: string) => [...text.matchAll(/^\| `(\w+)/gm)].map(([, name]) => name as string);

test('docs/options.md lists every option, ours and the older names, once', () => {
  const listed = [...namesIn(ours), ...new Set(namesIn(older))].filter((name, at, all) => all.indexOf(name) === at);
  expect(listed.sort()).toEqual(Object.keys(optionTable).sort());
});

test.each(['restarts', 'heartbeat', 'store', 'logging'] as const)(
  'docs/options.md lists every member of %s',
  (name) => {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\``)) ?? '';
    const olderNames = ['interval', 'timeout', 'maxMissedHeartbeats'];
    for (const member of Object.keys(optionTable[name].parts ?? {})) {
      if (!olderNames.includes(member)) expect(row).toMatch(new RegExp(`\\b${member}\\b`));
    }
  },
);
