/** corpus/table: the corpus table as Markdown, and the calls that end otherwise than their tier says. */

const listedTiers = ['A', 'R', 'T', 'N'];

const isRewritten = (site) => site !== null && site.outcome !== 'left';
const percent = (part, whole) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);

function countsOf(sites) {
  const uses = sites.filter(({ listed }) => listed.tier !== '-');
  const clean = uses.filter(({ site }) => site?.outcome === 'rewritten').length;
  const noted = uses.filter(({ site }) => site?.outcome === 'rewritten-with-note').length;
  const missing = uses.filter(({ site }) => site === null).length;
  return { all: uses.length, clean, noted, missing, left: uses.length - clean - noted - missing };
}

function row(title, sites) {
  const { all, clean, noted, left, missing } = countsOf(sites);
  const cells = [title, all, clean, noted, left, missing, percent(clean, all), percent(clean + noted, all)];
  return `| ${cells.join(' | ')} |\n`;
}

function tierRow(title, sites, tier) {
  return row(
    `${title}, ${tier.split('').join(' + ')}`,
    sites.filter(({ listed }) => tier.includes(listed.tier)),
  );
}

const head =
  '| what | sites | rewritten | with a note | left | not seen | rewritten | in all |\n| --- | --: | --: | --: | --: | --: | --: | --: |\n';

function checksOf(done) {
  const foreign = done.flatMap(({ result }) => result.sites).filter((one) => one.listed.tier === 'N');
  const sum = (of) => done.reduce((total, { result }) => total + of(result), 0);
  const uneven = done.filter(({ result: { report } }) => {
    const { found, rewritten, rewrittenWithNote, left } = report.summary;
    return found !== rewritten + rewrittenWithNote + left || found !== report.sites.length;
  }).length;
  return [
    `- calls of other libraries rewritten: ${foreign.filter(({ site }) => isRewritten(site)).length} of ${foreign.length}`,
    `- changed files that do not parse: ${sum(({ broken }) => broken.length)}`,
    `- files a second run changes: ${sum(({ again }) => again.length)}`,
    `- files changed that the report does not name: ${sum(({ strays }) => strays.length)}`,
    `- reports whose sum does not add up: ${uneven}`,
    `- repositories whose result was checked, by types or by names: ${done.filter(({ result }) => result.report.summary.checked.unchecked === 0).length} of ${done.length}`,
    '',
  ].join('\n');
}

function codesOf(sites) {
  const counts = new Map();
  for (const { site } of sites) {
    if (site?.outcome === 'left') counts.set(site.code, (counts.get(site.code) ?? 0) + 1);
  }
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  return `Left, by code: ${sorted.map(([code, count]) => `${code} ${count}`).join(', ') || 'nothing'}.\n`;
}

function repositoryRow({ repository, result, error }) {
  const { repo, discordjs, sites } = repository;
  if (result === null) return `| ${repo} | ${discordjs} | ${sites.length} | not run: ${error.split('\n')[0]} | | | |\n`;
  const { all, clean, noted, left, missing } = countsOf(result.sites);
  return `| ${repo} | ${discordjs} | ${all} | ${clean} | ${noted} | ${left + missing} | ${result.report.summary.found} |\n`;
}

/** Writes the table. */
export function asMarkdown(results, { typed }) {
  const done = results.filter(({ result }) => result !== null);
  const sitesOf = (modern) =>
    done.filter(({ repository }) => repository.modern === modern).flatMap(({ result }) => result.sites);
  const blocks = [
    ['discord.js 13+ and hybrid-sharding', sitesOf(true)],
    ['discord.js 11 and 12, with --legacy', sitesOf(false)],
  ].map(([title, sites]) => {
    const uses = sites.filter(({ listed }) => listed.tier !== 'N');
    const tiers = listedTiers.map((tier) => tierRow(title, sites, tier)).join('');
    return row(title, uses) + tiers + tierRow(title, sites, 'AR');
  });
  const all = done.flatMap(({ result }) => result.sites);
  return [
    `# The corpus\n\n${done.length} of ${results.length} repositories, dependencies ${typed ? 'installed' : 'not installed'}. Written by \`npm run corpus${typed ? ' -- --typed' : ''}\`.\n`,
    [
      'Run with --fix-captures, and with --legacy where discord.js is 11 or 12 or discord-hybrid-sharding is used. The first',
      'percentage counts calls rewritten without a note, the second those with one as well. Tiers: A should need no note, R may',
      'have one, T should be left, N must not be touched.\n',
    ].join('\n'),
    `${head}${blocks.join('')}`,
    checksOf(done),
    codesOf(all.filter(({ listed }) => listed.tier !== 'N' && listed.tier !== '-')),
    `| repository | discord.js | sites | rewritten | with a note | left | mentions |\n| --- | --- | --: | --: | --: | --: | --: |\n${results.map(repositoryRow).join('')}`,
  ].join('\n');
}

const fits = ({ listed, site }) => {
  if (listed.tier === '-') return true;
  if (listed.tier === 'A') return site?.outcome === 'rewritten';
  return listed.tier === 'R' ? isRewritten(site) : !isRewritten(site);
};

/** Lists the calls that end otherwise than their tier says, for reading; never written to a file. */
export function disagreements(results) {
  return results
    .flatMap(({ repository, result, error }) =>
      result === null
        ? [`${repository.repo} ${error}`]
        : result.sites
            .filter((one) => !fits(one))
            .map(({ listed, site }) => {
              const got = site === null ? 'not seen' : `${site.outcome} ${site.code ?? ''} ${site.message}`;
              return `${repository.repo} ${listed.file}:${listed.line} ${listed.method} ${listed.pattern} ${listed.tier}: ${got}`;
            }),
    )
    .join('\n')
    .concat('\n');
}
