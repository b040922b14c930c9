/** hybrid/client-evals: the evaluations that a bot asks for. */
import { localHost } from '../../src/extend.ts';
import { type ClusterClient as CoreClient, ShardliftError } from '../../src/index.ts';
import { callSite } from '../call-site.ts';
import type { AnyFunction } from '../function-text.ts';
import { throwOriginal } from '../original-error.ts';
import { hybridContract, type Work } from './contract.ts';
import { HybridEvals, valuesOf } from './evals.ts';
import { evalsOption, isManaged } from './info.ts';
import { aimOf, type evalOptions } from './work.ts';

/** A call of a bot. */
export interface ClientCall {
  /** The name of the method that was called, and the method, above which the call site is. */
  readonly call: string;
  readonly below: AnyFunction;
  readonly work: () => Work;
  readonly options: evalOptions<unknown> | undefined;
}

/** Has evaluations done by way of the manager; in a bot that no manager started: here. */
export class ClientEvals {
  readonly #core: CoreClient;
  readonly #evals = evalsOption();
  readonly #reported = new Set<string>();
  readonly #alone: HybridEvals | undefined;

  constructor(core: CoreClient) {
    this.#core = core;
    const clusters = () => [{ id: core.id, shardList: [...core.shards], attaching: undefined }];
    const totalShards = (): number => core.totalShards;
    this.#alone = isManaged() ? undefined : new HybridEvals({ node: core.node, clusters, totalShards });
  }

  /** The manager's option `hybrid.evals` is `'off'`. */
  get off(): boolean {
    return this.#evals === 'off';
  }

  /** One value per cluster. @throws ShardliftError `EVALS_OFF`, and what the call fails with */
  async values({ call, below, work, options }: ClientCall): Promise<unknown[]> {
    this.#allow(call, below);
    const order = { work: work(), aim: aimOf(options), call };
    return valuesOf(await (this.#alone?.outcomes(order) ?? this.#manager.evaluate(order).catch(throwOriginal)));
  }

  get #manager() {
    return this.#core.node.peer.at(hybridContract, localHost);
  }

  /** @throws ShardliftError `EVALS_OFF` */
  #allow(call: string, below: AnyFunction): void {
    if (this.off) throw new ShardliftError('EVALS_OFF', { call });
    if (this.#evals !== 'warn') return;
    const site = callSite(below);
    const key = `${call} ${site}`;
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    this.#manager.site({ call, site });
  }
}
