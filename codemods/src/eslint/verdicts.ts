/** eslint/verdicts: what dc-migrate says of the calls of one text, as far as one file tells. */
import { extname } from 'node:path';
import { isGenerated } from '../project/generated.ts';
import { readingOnce } from '../project/read-once.ts';
import { type Finding, finding, reasons } from '../rules/reasons.ts';
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
  /** What the author is to do: run dc-migrate, look at the callers in other files, or write it by hand. */
  readonly way: 'run' | 'callers' | 'hand';
}

const nameOf = (access: Access): number =>
  (ts.isPropertyAccessExpression(access) ? access.name : access.argumentExpression).getStart();

/** What helps where a call is left. */
function wayFrom({ code, details }: Finding, here: string): Verdict['way'] {
  if (code === 'DC-D8') return String(details.where).startsWith(here) ? 'hand' : 'callers';
  return /\brun dc-migrate (again|with)\b/i.test(reasons[code].sentence) ? 'run' : 'hand';
}

function verdictOf({ verdict, file, method }: Site, cwd: string): Verdict {
  const path = shown(file.source.path, cwd);
  if (verdict.kind === 'left') {
    const why = verdict.finding;
    return { method, finding: why, way: wayFrom(why, `${path}:`) };
  }
  if (verdict.kind === 'call' && isGenerated(file.source.text))
    return { method, finding: finding('DC-F3', { file: path }), way: 'hand' };
  // What processes of several shards mean for the call is for whoever has it rewritten.
  const notes = verdict.kind === 'call' ? verdict.plan.notes : [];
  return { method, finding: notes.find(({ code }) => !code.startsWith('DC-P')) ?? null, way: 'run' };
}

/** The verdict on each call, by where its method is named. Those of a text that dc-migrate cannot read have none. */
export function verdictsOf({ path, text, cwd, ownerAt }: LintedFile): ReadonlyMap<number, Verdict> {
  // What ESLint is given on its standard input has no ending.
  const named = extname(path) === '' || path.endsWith('>') ? `${path}.js` : path;
  const told = (access: Access, method: string): Owner | null => ownerAt(nameOf(access), method);
  return readingOnce(() => {
    const sites = sitesAlone({ path: named, text, bom: false, hash: null }, cwd, told);
    return new Map(
      sites.flatMap((site) => (site.access === null ? [] : [[nameOf(site.access), verdictOf(site, cwd)] as const])),
    );
  });
}
