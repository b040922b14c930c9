/** differential/document: `docs/compatibility.md`, written from the list of quirks and the scenarios that show them. */
import { type Quirk, quirks } from '../../../compat/quirks.ts';
import { allScenarios } from '../scenarios/index.ts';
import type { Results } from './results.ts';
import type { Scenario } from './scenario.ts';
import { shownBy, testedIn } from './shown.ts';

const intro = `# Compatibility with discord.js

What \`shardlift/compat\` keeps of discord.js's sharding, what it mends, and what shards that share a process cannot have
as before. Written by \`npm run compatibility -- --update\` from \`compat/quirks.ts\`, the scenarios in
\`test/compat/scenarios\` and what they came to in the last \`npm run test:differential\`; a test fails when it is out of
date, when a scenario was not run, and when one failed.

Each scenario is one unmodified bot and one manager program. It runs against discord.js's own \`ShardingManager\` and against
ours with 1, 2 and 4 shards per cluster, as far as its shards go, in processes and in threads, on the loopback Discord. What the manager answers,
emits and throws, what the bot finds around itself, and what Discord saw is written down and compared. Everything must be
the same but what the scenario declares, and that must differ in just the way it declares. \`npm test\` runs a part,
\`npm run test:differential\` all of it and prints the table.
`;

const mended = `The same signatures, and a better end. Also with one shard per cluster.

A call that never settles in discord.js rejects here: when its shard dies, with \`ShardingNoChildExists\`; when its result
cannot be sent, with \`UNSERIALISABLE\`. A call that nobody waits for does no harm then. Who goes on with it has to catch it:
\`fetchClientValues(...).then(post)\` without a \`.catch\`, and an \`await\` in a listener without a \`try\`, are unhandled
rejections, for which Node ends the process of the caller, a manager and with it its bots.`;

const lastResort = `## Bots that nothing gets into

shardlift is loaded before the bot file. A bot that this file starts in a further process or thread, one that is a single
executable, and one in a runtime that loads nothing ahead, has discord.js's plain \`client.shard\`. The manager knows it by its
first words and speaks discord.js's protocol with it; it logs one warning. The first of the three is run by a scenario; the
others look the same to the manager, and have not been run. A program that has no client of discord.js and says such words by
itself is not taken for one: what it says are messages, and its start ends with \`ShardingReadyTimeout\`. Shards, events, messages, \`broadcastEval\` and
\`fetchClientValues\` (one result per shard) and respawns are there, also for several shards in the process. These are not:

- \`client.cluster\`, handlers and requests: they are refused with \`NO_ROUTE\`, and with \`hybrid.handlers\` the start fails with
  \`HANDLERS_NOT_LOADED\`
- \`stats()\` and guilds of its clusters, which name it as missing
- the shared identify gate: clusters start one after the other instead, once the first such bot is known
- interactions before all shards of the process are ready, and \`clientReady\` after a shard that resumes
- the heartbeat, and the end of the bot when its manager ends
- \`perCluster\` and the mended ends of calls in the bot's own \`client.shard\`
- which of several shards a message comes from: it is the lowest, also out of an eval
`;

const elsewhere = `## Not as with discord.js, and not shown by a scenario

Also with one shard per cluster:

- Of the methods that a program may put its own in the place of, these are asked where discord.js would ask them:
  \`createShard\`, \`respawnAll\`, \`fetchClientValues\` and \`_performOnShards\` of the manager; \`spawn\`, \`send\`, \`respawn\`,
  \`eval\` and \`fetchClientValue\` of a Shard. All others are asked where the program calls them itself, as \`kill\` and the
  private ones. \`spawn\` of a Shard is not asked where the core starts a bot anew by itself, nor by \`respawn\`: several Shards
  may share that start. \`send\` is asked by \`broadcast\`, once for each process; discord.js sends its own messages by it, too,
  which are not there. A bot that has made a call before the program replaced one of the methods goes on asking the other bots
  directly, until one of them starts or dies.
- Methods that a bot puts around those of \`ShardClientUtil\` are asked for the program's own calls. Those that a bot which is
  bundled with its discord.js puts there before it makes its client are not, nor those on the class of a second copy of
  discord.js.
- A util that a bot makes by itself (\`new ShardClientUtil(client, mode)\`, or of a class that extends it) goes the way of ours:
  it has its own methods, also as \`client.shard\`, and its calls give one result per shard. Its \`_handleMessage\` hears
  messages, and no calls of the manager; its \`send\` is asked for messages alone.
- A bot that catches the refusal of its token, and neither ends nor logs in with another one within 5 s, is ended.

Where shards share a process, also:

- The client of an evaluation and its \`shard\` stand for the bot's own Client and util, and are other objects. A member that
  asks a WeakMap for \`this\`, or hands \`this\` to a static that uses private members, runs on the real object, as one that uses
  them itself, and sees the shards of the process. What cannot be seen in its text finds nothing, or throws a TypeError: a
  WeakMap asked through a helper (\`data(this)\`), a private member of another object than \`this\` (\`#x in other\` given
  \`c.shard\`), and a static that the function itself calls with \`c\` or \`c.shard\`.
`;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function row({ name, subject, discord }: Quirk): string {
  const scenarios = shownBy(name);
  const by = scenarios.length === 0 ? `test/compat/${testedIn(name)}` : scenarios.join('; ');
  const here = subject === undefined ? name : `${subject} ${name}`;
  return `| ${cell(here)} | ${cell(discord)} | ${cell(by)} |`;
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

function said({ name, differs = [] }: Scenario, found: Results[string]): string {
  const results = Object.values(found).flatMap((ofMode) => Object.values(ofMode));
  if (results.every((result) => result === 'same')) return 'the same';
  const kinds = new Set(differs.map(({ because }) => quirks.find(({ name }) => name === because)?.here));
  const parts = [
    ...(kinds.has('fixed') ? ['mended'] : []),
    ...(kinds.has('added') ? ['added'] : []),
    ...(kinds.has('changed') ? ['changed where shards share a process'] : []),
  ];
  return parts.join(', ') || `FAILS: ${name}`;
}

const layoutsIn = (ofMode: object | undefined): string => Object.keys(ofMode ?? {}).join(', ') || '-';

function list(results: Results): string {
  const rows = allScenarios.map((scenario) => {
    const found = results[scenario.name] ?? {};
    return { name: scenario.name, said: said(scenario, found), found };
  });
  const same = rows.filter(({ said }) => said === 'the same').length;
  return [
    '## The scenarios',
    '',
    `${allScenarios.length} scenarios; in ${same} of them nothing at all differs. The last columns tell with how many shards`,
    'per cluster each was run.',
    '',
    '| scenario | against discord.js | in processes | in threads |',
    '| --- | --- | --- | --- |',
    ...rows.map(
      ({ name, said, found }) =>
        `| ${cell(name)} | ${said} | ${layoutsIn(found.process)} | ${layoutsIn(found.worker)} |`,
    ),
    '',
  ].join('\n');
}

/** The whole document. */
export const compatibilityDocument = (results: Results): string =>
  [
    intro,
    section('kept', 'Kept', 'Odd, and kept: somebody may rely on it.'),
    section('fixed', 'Mended', mended),
    section('added', 'Added', 'Beside what is there; nothing has to be used.'),
    section(
      'changed',
      'Changed, because it is impossible otherwise',
      'Facts of a process that several shards share. With `hybrid: { shardsPerCluster: 1 }` none of it holds.',
    ),
    elsewhere,
    lastResort,
    list(results),
  ].join('\n');
