/** compat/eval-reports: what the option `hybrid.evals` makes of each call that sends text. */
import { type Logger, ShardliftError } from '../src/index.ts';
import type { HybridOptions } from './options.ts';

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

  /** @param site - where the call stands; each is reported once. @throws ShardliftError `EVALS_OFF` */
  allow(call: string, site: string | undefined): void {
    if (this.#mode === 'off') throw new ShardliftError('EVALS_OFF', { call });
    const key = `${call} ${site}`;
    if (this.#mode !== 'warn' || this.#reported.has(key)) return;
    this.#reported.add(key);
    const file = site?.replace(/:\d+:\d+$/, '');
    this.#logger.warn(
      `${call} at ${site ?? 'an unknown place'} sends code as text. Rewrite it: npx dc-migrate ${file ?? '.'}`,
    );
  }

  /** Says once, at level debug, that shards of one process all report the same process. */
  hint(text: string): void {
    if (this.#hinted || !/memoryUsage|cpuUsage|process\.pid/.test(text)) return;
    this.#hinted = true;
    this.#logger.debug(
      'An eval reads facts of its process, which several shards share: their sum counts it more than once. ' +
        'Use { perCluster: true } for one result per process.',
    );
  }
}
