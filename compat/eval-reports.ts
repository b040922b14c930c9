/** compat/eval-reports: what the option `hybrid.evals` makes of each call that sends text. */
import { type Logger, ShardliftError } from '../src/index.ts';
import { typedPath } from './call-site.ts';
import type { HybridOptions } from './options.ts';
import { originalSite } from './original-site.ts';

/** Allows, reports or refuses evaluations of one manager. */
export class EvalReports {
  readonly #mode: HybridOptions['evals'];
  readonly #logger: Logger;
  readonly #reported = new Set<string>();
  #hinted = false;

  constructor(mode: HybridOptions['evals'], logger: Logger) {
    this.#mode = mode;
    this.#logger = logger;
  }

  /**
   * @param findSite - where the call stands; each is reported once. Asked only where it is told: a look at the stack costs
   * more than many a call
   * @throws ShardliftError `EVALS_OFF`
   */
  allow(call: string, findSite: () => string | undefined): void {
    this.assertOn(call);
    if (this.#mode !== 'warn') return;
    const site = findSite();
    const key = `${call} ${site}`;
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    this.#logger.warn(`${call} at ${describe(site)}`);
  }

  /** For calls that were reported already. @throws ShardliftError `EVALS_OFF` */
  assertOn(call: string): void {
    if (this.#mode === 'off') throw new ShardliftError('EVALS_OFF', { call });
  }

  /** Says once that shards of one process all report the same process. */
  hintAtProcess(): void {
    if (this.#hinted) return;
    this.#hinted = true;
    this.#logger.warn(
      'An eval reads facts of its process, which several shards share: their sum counts it more than once. ' +
        'Use { perCluster: true } for one result per process.',
    );
  }
}

/** A call site and the command that rewrites it. */
function describe(site: string | undefined): string {
  const [, file, at] = /^(.*?)(:\d+:\d+)$/s.exec(originalSite(site ?? '')) ?? [];
  if (file === undefined) return 'an unknown place sends code as text. Rewrite it: npx dc-migrate .';
  const path = typedPath(file);
  return `${path}${at} sends code as text. Rewrite it: npx dc-migrate ${path}`;
}
