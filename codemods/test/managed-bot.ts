/** test/managed-bot: a bot with a call and a manager of its own making, and what a run makes of that manager. */
import { migrate } from '../src/index.ts';
import { asksPing, own } from './handlers-bot.ts';
import { cjsBot, type Files, project, read } from './project.ts';

/** The line that brings the drop-in's manager. */
export const compat = "const { ShardingManager } = require('shardlift/compat');\n";
/** The line that brings discord.js's manager. */
export const stock = "const { ShardingManager } = require('discord.js');\n";
/** A handlers file with the handler `mode`. */
export const mode = (text: string): string => own(`mode: () => '${text}'`);
/** The handlers file of a run, as a manager names it. */
export const ours = "'./cluster-handlers.js'";

/** Rewrites a bot with this manager, and tells what is said where its handlers file could not be wired. */
export async function rewrite(index: string, more: Files = {}, settings: { readonly handlers?: string } = {}) {
  const root = project({ ...cjsBot, 'index.js': index, 'x.js': asksPing, ...more });
  const { sites } = await migrate({ paths: ['.'], cwd: root, ...settings });
  const files = read(root);
  const note = sites
    .map(({ message }) => message)
    .find((one) => one.startsWith('The handlers file could not be wired'));
  return { sites, files, index: files['index.js'] ?? '', note };
}
