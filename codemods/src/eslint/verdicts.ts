/** eslint/verdicts: what dc-migrate says of the calls of one text, as far as one file tells. */
import { extname } from 'node:path';
import type { Access } from '../analyze/asks-client.ts';
import type { Owner } from '../analyze/typed-owner.ts';
import { isGenerated } from '../generated.ts';
import { readingOnce } from '../read-once.ts';
import { shown } from '../report/build.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import { type Site, sitesAlone } from '../sites.ts';
import { ts } from '../typescript.js';

/** One file as ESLint has it. */
export interface LintedFile {
  readonly path: string;
  readonly text: string;
  readonly cwd: string;
  /** The owners that are known already, by the place of the method's name. */
  readonly owners: ReadonlyMap<number, Owner>;
}

/** What is known of one call. */
export interface Verdict {
  /** Why dc-migrate leaves the call, or what it notes beside it. */
  readonly finding: Finding | null;
  /** Whether other files decide what becomes of it. */
  readonly open: boolean;
}

const nameOf = (access: Access): number =>
  (ts.isPropertyAccessExpression(access) ? access.name : access.argumentExpression).getStart();

function verdictOf({ verdict, file }: Site, cwd: string): Verdict {
  if (verdict.kind === 'call' && isGenerated(file.source.text))
    return { finding: finding('DC-F3', { file: shown(file.source.path, cwd) }), open: false };
  if (verdict.kind === 'call') {
    // What processes of several shards mean for the call is for whoever has it rewritten.
    const note = verdict.plan.notes.find(({ code }) => !code.startsWith('DC-P'));
    return { finding: note ?? null, open: false };
  }
  const why = verdict.kind === 'left' ? verdict.finding : null;
  const here = `${shown(file.source.path, cwd)}:`;
  return { finding: why, open: why?.code === 'DC-D8' && !String(why.details.where).startsWith(here) };
}

/** The verdict on each call, by where the call starts. Those of a text that dc-migrate cannot read have none. */
export function verdictsOf({ path, text, cwd, owners }: LintedFile): ReadonlyMap<number, Verdict> {
  // What ESLint is given on its standard input has no ending.
  const named = extname(path) === '' || path.endsWith('>') ? `${path}.js` : path;
  const told = (access: Access): Owner | null => owners.get(nameOf(access)) ?? null;
  const sites = readingOnce(() => sitesAlone({ path: named, text, bom: false, hash: null }, cwd, told));
  return new Map(sites.map((site) => [site.at, verdictOf(site, cwd)]));
}
