/** differential/document: `docs/compatibility.md`, written from the list of quirks and the scenarios that show them. */
import { type Quirk, quirks } from '../../../compat/quirks.ts';
import { allScenarios } from '../scenarios/index.ts';
import type { Scenario } from './scenario.ts';
import { shownBy } from './shown.ts';

const intro = `# Compatibility with discord.js

What \`shardlift/compat\` keeps of discord.js's sharding, what it mends, and what shards that share a process cannot have
as before. Written by \`npm run compatibility -- --update\` from \`compat/quirks.ts\` and the scenarios in
\`test/compat/scenarios\`; a test fails when it is out of date.

Each scenario is one unmodified bot and one manager program. It runs against discord.js's own \`ShardingManager\` and against
ours with 1, 2 and 4 shards per cluster, in processes and in threads, on the loopback Discord. What the manager answers,
emits and throws, what the bot finds around itself, and what Discord saw is written down and compared. Everything must be
the same but what the scenario declares, and that must differ in just the way it declares. \`npm test\` runs a part,
\`npm run test:differential\` all of it and prints the table.
`;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function row({ name, discord }: Quirk): string {
  const scenarios = shownBy(name);
  const by = scenarios.length === 0 ? 'a test of its name' : scenarios.join('; ');
  return `| ${cell(name)} | ${cell(discord)} | ${cell(by)} |`;
}

const section = (here: Quirk['here'], title: string, text: string): string =>
  [
    `## ${title}`,
    '',
    text,
    '',
    '| here | discord.js 14 | shown by |',
    '| --- | --- | --- |',
    ...quirks.filter((quirk) => quirk.here === here).map(row),
    '',
  ].join('\n');

function said({ differs = [] }: Scenario): string {
  const kinds = new Set(differs.map(({ because }) => quirks.find(({ name }) => name === because)?.here));
  if (kinds.size === 0) return 'the same in every layout';
  const parts = [
    ...(kinds.has('fixed') ? ['mended'] : []),
    ...(kinds.has('added') ? ['added'] : []),
    ...(kinds.has('changed') ? ['changed where shards share a process'] : []),
  ];
  return parts.join(', ');
}

function list(): string {
  const lines = allScenarios.map((scenario) => {
    const { modes } = scenario;
    const only = modes === undefined ? '' : ` (${modes.join(', ')} mode only)`;
    return `| ${cell(scenario.name)}${only} | ${said(scenario)} |`;
  });
  const same = allScenarios.filter((scenario) => said(scenario) === 'the same in every layout').length;
  const count = `${allScenarios.length} scenarios; in ${same} of them nothing at all differs.`;
  return ['## The scenarios', '', count, '', '| scenario | against discord.js |', '| --- | --- |', ...lines, ''].join(
    '\n',
  );
}

/** The whole document. */
export const compatibilityDocument = (): string =>
  [
    intro,
    section('kept', 'Kept', 'Odd, and kept: somebody may rely on it.'),
    section('fixed', 'Mended', 'The same signatures, and a better end. Also with one shard per cluster.'),
    section('added', 'Added', 'Beside what is there; nothing has to be used.'),
    section(
      'changed',
      'Changed, because it is impossible otherwise',
      'Facts of a process that several shards share. With `hybrid: { shardsPerCluster: 1 }` none of it holds.',
    ),
    list(),
  ].join('\n');
