/** test/handlers-bot: a bot with a handlers file, and what a run makes of its calls. */
import { migrate } from '../src/index.ts';
import { cjsBot, type Files, project, read } from './project.ts';

/** The line that a handlers file begins with. */
export const define = "const { defineHandlers } = require('shardlift');\n\n";

/** A handlers file with these members. */
export const own = (...members: readonly string[]): string =>
  `${define}exports.handlers = defineHandlers({\n${members.map((one) => `  ${one},\n`).join('')}});\n`;

/** A statement with a call of this function. */
export const call = (fn: string): string => `f(client.shard.broadcastEval(${fn}));\n`;

/** The call that most rows need. */
export const asksPing = call('(c) => c.ws.ping');

/** Rewrites a bot, and tells its calls, the handlers they ask, and its files afterwards. */
export async function rewrite(files: Files, settings: { readonly inline?: boolean } = {}) {
  const root = project({ ...cjsBot, ...files });
  const { sites } = await migrate({ paths: ['.'], cwd: root, ...settings });
  const calls = sites.filter(({ method }) => method === 'broadcastEval');
  return { calls, sites, handlers: calls.map(({ handler }) => handler), files: read(root) };
}
