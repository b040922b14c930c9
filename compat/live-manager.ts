/** compat/live-manager: the core manager under a ShardingManager, whose public properties may change while it runs. */
import { resolve } from 'node:path';
import { preloadPath } from '../src/extend.ts';
import { ClusterManager } from '../src/index.ts';
import type { HybridOptions } from './options.ts';
import type { StockManager } from './stock.ts';

type Settings = ClusterManager['options'];

/** discord.js leaves a bot that was sent SIGTERM all the time it takes; so long it may save what it has, in ms. */
const stockGraceMs = 30_000;

/** Reads `file`, `mode` and `respawn` from the ShardingManager at the moment they count, as discord.js does. */
export class LiveManager extends ClusterManager {
  constructor(stock: StockManager, { evals: _, ...hybrid }: HybridOptions) {
    const { token, mode } = stock;
    super(
      stock.file,
      { ...hybrid, killGraceMs: hybrid.killGraceMs ?? stockGraceMs, mode, ...(token && { token }) },
      { preload: preloadPath('compat-preload.cjs'), ownShards: true, shareEnv: true },
    );
    Object.defineProperty(this, 'options', { value: live(this.options, stock), enumerable: true });
  }
}

function live(settings: Settings, stock: StockManager): Settings {
  return Object.freeze({
    ...settings,
    get file() {
      return resolve(stock.file);
    },
    get mode() {
      return stock.mode;
    },
    get respawn() {
      return Boolean(stock.respawn);
    },
  });
}
