/** The report in each of its forms, over one made-up run. */
import { describe, expect, test } from 'vitest';
import { type Assumption, migrate, type Report, type SiteReport } from '../src/index.ts';
import { github, sarif } from '../src/report/annotations.ts';
import { checkedSentences } from '../src/report/checked.ts';
import { unifiedDiff } from '../src/report/diff.ts';
import { html } from '../src/report/html.ts';
import { markdown } from '../src/report/markdown.ts';
import { pretty } from '../src/report/pretty.ts';
import { hunksOf } from '../src/report/side-by-side.ts';
import { rowsByCode, rowsByName } from '../src/report/summary.ts';
import { cjsBot, project } from './project.ts';

const site = (line: number, more: Partial<SiteReport>): SiteReport => ({
  ...{ file: 'src/a file.js', line, column: 3, method: 'broadcastEval', receiver: 'client.shard' },
  ...{ outcome: 'rewritten', code: null, message: `Line ${line}.`, handler: 'ping' },
  ...more,
});

const report: Report = {
  version: 1,
  sites: [
    site(1, {}),
    site(4, { outcome: 'rewritten-with-note', code: 'DC-P1', message: 'Several <shards> | one process.' }),
    site(7, { outcome: 'left', code: 'DC-C1', message: 'It uses `id`, 100 % so.\nPass it.', handler: null }),
    site(9, { outcome: 'left', code: 'DC-S1', method: 'fetchClientValues', handler: null }),
    site(2, { file: 'index.js', method: 'ShardingManager', handler: null }),
  ],
  files: [{ file: 'src/a file.js', change: 'edited' }],
  summary: {
    found: 5,
    rewritten: 2,
    rewrittenWithNote: 1,
    left: 2,
    verified: true,
    checked: { types: 0, names: 1, ownerTyped: 0, unchecked: 0 },
  },
};

const before = 'one\ntwo <b>\nthree\nfour\n';
const after = 'one\n2 & 2\ntwo and a half\nthree\nfour\nfive\n';
const diffs = [{ file: 'src/a file.js', text: unifiedDiff('src/a file.js', before, after) }];

describe('the sums', () => {
  test('have a row for each name, and one for all', () => {
    expect(rowsByName(report.sites)).toEqual([
      { name: 'broadcastEval', found: 3, rewritten: 1, withNote: 1, left: 1 },
      { name: 'ShardingManager', found: 1, rewritten: 1, withNote: 0, left: 0 },
      { name: 'fetchClientValues', found: 1, rewritten: 0, withNote: 0, left: 1 },
      { name: 'all', found: 5, rewritten: 2, withNote: 1, left: 2 },
    ]);
  });

  test('have a row for each code, with its title', () => {
    expect(rowsByCode(report.sites)).toEqual([
      { code: 'DC-C1', title: 'captured variable', withNote: 0, left: 1 },
      { code: 'DC-P1', title: 'process-bound', withNote: 1, left: 0 },
      { code: 'DC-S1', title: 'not discord.js', withNote: 0, left: 1 },
    ]);
  });
});

describe('on the terminal', () => {
  const shown = (links: string | null) => pretty(report, { dryRun: true, undoId: null, links });

  test('the sums stand in columns below the sites', () => {
    expect(shown(null)).toContain(
      [
        '                     found  rewritten  with a note  left',
        '  broadcastEval          3          1            1     1',
        '  ShardingManager        1          1            0     0',
        '  fetchClientValues      1          0            0     1',
        '  all                    5          2            1     2',
        '',
        '                            with a note  left',
        '  DC-C1  captured variable            0     1',
        '  DC-P1  process-bound                1     0',
        '  DC-S1  not discord.js               0     1',
        '',
        '5 found = 2 rewritten + 1 rewritten with a note + 2 left',
      ].join('\n'),
    );
  });

  test('a place is a link where the terminal shows links, and plain text elsewhere', () => {
    expect(shown(null)).toContain('src/a file.js:7:3  left DC-C1  broadcastEval: ');
    expect(shown('/bot')).toContain('\u001B]8;;file:///bot/src/a%20file.js#7\u0007src/a file.js:7:3\u001B]8;;\u0007');
  });

  test('a run that found nothing has no table', () => {
    const none = {
      ...report,
      sites: [],
      files: [],
      summary: {
        found: 0,
        rewritten: 0,
        rewrittenWithNote: 0,
        left: 0,
        verified: true,
        checked: { types: 0, names: 0, ownerTyped: 0, unchecked: 0 },
      },
    };
    expect(pretty(none, { dryRun: false, undoId: null, links: null })).toBe(
      '0 found = 0 rewritten + 0 rewritten with a note + 0 left\n\nNothing to do.\n',
    );
  });
});

test.each([
  [{ types: 2 }, ['The result was checked: no new type errors in 2 files of TypeScript.']],
  [{ names: 1 }, ['The result was checked: no new syntax errors and no lost names in 1 file of JavaScript.']],
  [
    { types: 1, names: 3, ownerTyped: 2 },
    [
      'The result was checked: no new type errors in 1 file of TypeScript; no new syntax errors and no lost names in 3 files of JavaScript.',
      'You have types checked (checkJs or @ts-check) in 2 files of this JavaScript: names were checked; types were not.',
    ],
  ],
  [{ unchecked: 1 }, ['1 file of TypeScript could not be checked: the types of discord.js or shardlift are missing.']],
  [{}, []],
])('what was checked is said as it was: %o', (counts, sentences) => {
  const checked = { types: 0, names: 0, ownerTyped: 0, unchecked: 0, ...counts };
  expect(checkedSentences({ checked })).toEqual(sentences);
});

describe('as Markdown', () => {
  const page = markdown(report, diffs, '../');

  test('each place leads to its line, from the folder of the page', () => {
    expect(page).toContain('[`src/a file.js:7`](../src/a%20file.js#L7)');
  });

  test('a message cannot break its table', () => {
    expect(page).toContain('| broadcastEval | with a note | DC-P1 | Several \\<shards> \\| one process. |\n');
    expect(page).toContain('It uses `id`, 100 % so. Pass it. |\n');
  });

  test('a message is text, but for the code in it', () => {
    const message = 'Nothing proves (ctx as Foo<any>).rabbit of *[x]*, _y_ or a_b; `a<b>|c` does \\ &lt; not.';
    expect(markdown({ ...report, sites: [site(1, { message })] }, [])).toContain(
      'Nothing proves (ctx as Foo\\<any>).rabbit of \\*\\[x\\]\\*, \\_y\\_ or a_b; `a<b>\\|c` does \\\\ \\&lt; not. |',
    );
  });

  test('no column is without a name', () => {
    const heads = page.match(/^\|.*\|(?=\n\| ---)/gm) ?? [];
    expect(heads).toHaveLength(3);
    for (const head of heads) expect(head).not.toMatch(/\|\s*\|/);
    expect(html(report, diffs)).not.toContain('<th></th>');
  });

  test('the sums and the codes are tables, and every changed file has its diff', () => {
    expect(page).toContain('| all | 5 | 2 | 1 | 2 |');
    expect(page).toContain('| DC-C1 | captured variable | 0 | 1 |');
    expect(page).toContain('### src/a file.js\n\n```diff\n--- a/src/a file.js\n');
  });
});

describe('as a page', () => {
  const page = html(report, diffs, '../');

  test('it needs nothing from anywhere else', () => {
    expect(page).not.toMatch(/<script|<link|<img|url\(|@import|https?:/);
  });

  test('a place leads to the changes of its file, or to the file where there are none', () => {
    expect(page).toContain('<a href="#file-src%2Fa%20file.js">src/a file.js:7:3</a>');
    expect(page).toContain('id="file-src%2Fa%20file.js"');
    expect(page).toContain('<a href="../index.js">index.js:2:3</a>');
  });

  test('a file stands before and after side by side, with the reasons above', () => {
    expect(page).toContain(
      '<tr><td class="n">2</td><td class="del">two &lt;b&gt;</td><td class="n">2</td><td class="add">2 &amp; 2</td></tr>',
    );
    expect(page).toContain(
      '<tr><td class="n"></td><td></td><td class="n">3</td><td class="add">two and a half</td></tr>',
    );
    expect(page).toContain('<li class="left">line 7: <b>left</b> DC-C1 It uses `id`');
  });

  test('what a message says is text, never a tag', () => {
    expect(page).toContain('Several &lt;shards&gt; | one process.');
    expect(page).not.toContain('<shards>');
  });
});

describe('the run a page is about', () => {
  const about = { argv: ['my bot', '--legacy', '-n'], dryRun: true, at: new Date('2026-11-22T13:50:12Z') };

  test('is said on both', () => {
    const said = ', 2026-11-22 13:50 UTC. A dry run: nothing was written.';
    expect(markdown(report, diffs, '', about)).toContain(`${said} \`dc-migrate "my bot" --legacy -n\`\n`);
    expect(html(report, diffs, '', about)).toContain(
      `${said} <code>dc-migrate &quot;my bot&quot; --legacy -n</code></p>`,
    );
  });

  test('is no dry run where files were written', () => {
    expect(markdown(report, diffs, '', { ...about, dryRun: false })).not.toContain('dry run');
  });
});

test('a link leads to a file whatever its name', () => {
  const odd = { ...report, sites: [site(3, { file: 'a/100% #1?(x):y.js', code: 'DC-P1' })] };
  const link = 'a/100%25%20%231%3F%28x%29%3Ay.js';
  expect(markdown(odd, [], '../')).toContain(`](../${link}#L3)`);
  expect(html(odd, [], '../')).toContain(`href="../${link}"`);
  expect(sarif(odd)).toContain(`"uri": "${link}"`);
});

test('a diff side by side has the numbers of both files', () => {
  const [first, second] = hunksOf(unifiedDiff('x', 'a\nb\nc\n\n\n\n\n\n\nd\n', 'a\nc\n\n\n\n\n\n\nd\ne\n'));
  expect(first?.[1]).toEqual({ before: { line: 2, text: 'b' }, after: null, changed: true });
  expect(first?.[2]).toEqual({ before: { line: 3, text: 'c' }, after: { line: 2, text: 'c' }, changed: false });
  expect(second?.at(-1)).toEqual({ before: null, after: { line: 10, text: 'e' }, changed: true });
});

test('GitHub gets a command for each code, escaped as it wants', () => {
  expect(github(report).split('\n')).toEqual([
    '::notice file=src/a file.js,line=4,col=3,title=DC-P1::Several <shards> | one process.',
    '::warning file=src/a file.js,line=7,col=3,title=DC-C1::It uses `id`, 100 %25 so.%0APass it.',
    '::notice file=src/a file.js,line=9,col=3,title=DC-S1::Line 9.',
    'dc-migrate: 5 found, 3 rewritten, 2 left',
    '',
  ]);
});

test('SARIF has a rule for each code, a result for each site with one, and the sums', () => {
  const [run] = JSON.parse(sarif(report)).runs;
  expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(['DC-C1', 'DC-P1', 'DC-S1']);
  expect(run.results.map(({ ruleId, level }: { ruleId: string; level: string }) => [ruleId, level])).toEqual([
    ['DC-P1', 'note'],
    ['DC-C1', 'warning'],
    ['DC-S1', 'note'],
  ]);
  expect(run.results[0].locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'src/a%20file.js', uriBaseId: '%SRCROOT%' },
    region: { startLine: 4, startColumn: 3 },
  });
  expect(run.properties).toEqual({ ...report.summary, assumptions: [] });
});

test('what stays as it is and is right is nothing to do', async () => {
  const root = project({
    ...cjsBot,
    'index.js': "require('./bot.js');\n",
    'x.js': "const { ShardClientUtil } = require('discord.js');\nf(ShardClientUtil);\n",
  });
  const report = await migrate({ paths: ['.'], cwd: root });
  expect(report.sites.map(({ code }) => code)).toEqual(['DC-M4']);
  expect(pretty(report, { dryRun: false, undoId: null, links: null })).toMatch(/\nNothing to do\.\n$/);
});

describe('what calls rest on', () => {
  const named = (what: string): Assumption => ({
    code: 'DC-A2',
    what: [what],
    message: `Nothing is known of ${what}.`,
  });
  const client: Assumption = { code: 'DC-A1', what: ['client'], message: '`client` is taken for a client.' };
  const resting: Report = {
    ...report,
    sites: [
      site(1, { assumptions: [client, named('c.best')] }),
      site(2, { assumptions: [client] }),
      ...['a', 'b', 'c', 'd'].map((name, i) => site(3 + i, { assumptions: [named(`c.${name}`)] })),
    ],
  };

  test('has a row for each code on the terminal, with the first names', () => {
    expect(pretty(resting, { dryRun: true, undoId: null, links: null })).toContain(
      [
        'Taken for granted, since nothing proves it. Where it is true, there is nothing to do.',
        '                                            places',
        '  DC-A1  a client by its name                    2  client',
        '  DC-A2  a result that nothing is known of       5  c.best, c.a, c.b, 2 more',
        'Each place: --report or --json. What a code means: npx dc-migrate explain CODE.',
      ].join('\n'),
    );
  });

  test('is told place by place on the pages', () => {
    const [, rows = ''] = markdown(resting, []).split('## Taken for granted');
    expect(rows.match(/^\| \[/gm)).toHaveLength(5);
    expect(rows).toContain(
      '- **DC-A1** (a client by its name): For example: `client` is taken for a client of discord.js by its name, or by what is read of it',
    );
    expect(rows).toContain('| [`src/a file.js:1`](src/a%20file.js#L1) | DC-A2 | `c.best` |\n');
    const [, page = ''] = html(resting, []).split('<h2>Taken for granted</h2>');
    expect(page.match(/<td>DC-A2<\/td><td>c\.\w+<\/td>/g)).toHaveLength(5);
  });

  test('is no result of SARIF and no annotation, but stands beside the sums', () => {
    const [run] = JSON.parse(sarif(resting)).runs;
    expect(run.results).toEqual([]);
    expect(run.properties.assumptions).toEqual([
      expect.objectContaining({ code: 'DC-A1', title: 'a client by its name', places: 2, what: ['client'] }),
      expect.objectContaining({ code: 'DC-A2', places: 5 }),
    ]);
    expect(github(resting)).not.toContain('DC-A');
  });

  test('is not spoken of where there is none', () => {
    for (const page of [
      pretty(report, { dryRun: true, undoId: null, links: null }),
      markdown(report, []),
      html(report, []),
    ])
      expect(page).not.toContain('granted');
  });
});
