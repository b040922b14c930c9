/** eslint/verdicts: what dc-migrate says of the calls of one text, as far as one file tells. */
import { extname } from 'node:path';
import { isGenerated } from '../project/generated.ts';
import { readingOnce } from '../project/read-once.ts';
import { mendingOf, type WideningOption, widening } from '../rules/mending.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import { type Site, sitesAlone } from '../sites/sites.ts';
import type { Access } from '../syntax/access.ts';
import { ts } from '../typescript.js';
import type { Owner } from '../values/typed-owner.ts';
import { shown } from '../wording/shown-path.ts';

/** One file as ESLint has it. */
export interface LintedFile {
  readonly path: string;
  readonly text: string;
  readonly cwd: string;
  /** The owner of a call of a method, where it is known already, by the place of the method's name. */
  readonly ownerAt: (at: number, method: string) => Owner | null;
}

/** What is known of one call. */
export interface Verdict {
  readonly method: string;
  /** Why dc-migrate leaves the call, or what it notes beside it. */
  readonly finding: Finding | null;
  /** What the author is to do: run dc-migrate, edit the call and run it, show it the callers in other files, or write it by hand. */
  readonly way: 'run' | 'edit' | 'callers' | 'hand';
  /** What the run needs for it. */
  readonly options: readonly WideningOption[];
}

/** The calls of one text, by where their methods are named, as a run with some options would find them. */
type Reading = (options: readonly WideningOption[]) => ReadonlyMap<number, Site>;

const nameOf = (access: Access): number =>
  (ts.isPropertyAccessExpression(access) ? access.name : access.argumentExpression).getStart();

/** What helps where a call is left whatever the options. */
function wayFrom(why: Finding, here: string): Exclude<Verdict['way'], 'run'> {
  if (why.code === 'DC-D8' && !String(why.details.where).startsWith(here)) return 'callers';
  return mendingOf(why) === 'hand' ? 'hand' : 'edit';
}

/** A call with the options that its codes ask for, one after the other, as long as they change anything. */
function widened(
  at: number,
  first: Site,
  read: Reading,
): { readonly site: Site; readonly options: readonly WideningOption[] } {
  let [site, options]: [Site, readonly WideningOption[]] = [first, []];
  while (site.verdict.kind === 'left') {
    const mending = mendingOf(site.verdict.finding);
    if (mending === 'edit' || mending === 'hand') break;
    // It has been tried, and what it says now is why that cannot be done here.
    if (options.includes(mending)) return { site, options: options.filter((one) => one !== mending) };
    options = [...options, mending];
    site = read(options).get(at) ?? site;
  }
  return { site, options };
}

/** What processes of several shards mean for the call is for whoever has it rewritten. */
const noteOf = ({ verdict }: Site): Finding | null =>
  (verdict.kind === 'call' ? verdict.plan.notes : []).find(({ code }) => !code.startsWith('DC-P')) ?? null;

function verdictOf(at: number, first: Site, { read, cwd }: { readonly read: Reading; readonly cwd: string }): Verdict {
  const { site, options } = widened(at, first, read);
  const { verdict, file, method } = site;
  const path = shown(file.source.path, cwd);
  if (verdict.kind === 'left') {
    const why = verdict.finding;
    return { method, finding: why, way: wayFrom(why, `${path}:`), options };
  }
  if (verdict.kind === 'call' && isGenerated(file.source.text))
    return { method, finding: finding('DC-F3', { file: path }), way: 'edit', options };
  const why = first.verdict.kind === 'left' ? first.verdict.finding : noteOf(site);
  return { method, finding: why, way: 'run', options };
}

/** Reads a text once for each set of options. */
function readingOf({ path, text, cwd, ownerAt }: LintedFile): Reading {
  const told = (access: Access, method: string): Owner | null => ownerAt(nameOf(access), method);
  const known = new Map<string, ReadonlyMap<number, Site>>();
  return (options) => {
    const key = [...options].sort().join(' ');
    const asked = Object.fromEntries(options.map((one) => [widening[one], true]));
    const sites = known.get(key) ?? byName(sitesAlone({ path, text, bom: false, hash: null }, { cwd, told, ...asked }));
    known.set(key, sites);
    return sites;
  };
}

const byName = (sites: readonly Site[]): ReadonlyMap<number, Site> =>
  new Map(sites.flatMap((site) => (site.access === null ? [] : [[nameOf(site.access), site] as const])));

/** The verdict on each call, by where its method is named. Those of a text that dc-migrate cannot read have none. */
export function verdictsOf(file: LintedFile): ReadonlyMap<number, Verdict> {
  const { path, cwd } = file;
  // What ESLint is given on its standard input has no ending.
  const named = extname(path) === '' || path.endsWith('>') ? `${path}.js` : path;
  return readingOnce(() => {
    const read = readingOf({ ...file, path: named });
    return new Map([...read([])].map(([at, site]) => [at, verdictOf(at, site, { read, cwd })] as const));
  });
}
