/** project/declarations: declaration files that a bot's author writes, and that take something of the old libraries. */
import { existsSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { compilerFolders } from './compiler-folders.ts';
import { isMade } from './generated.ts';

/** What the name of such a file ends with. */
export const declarationFile = /\.d\.[mc]?ts$/;

/** An import of the library, or of the manager of discord.js, also by the name of the whole module. */
const taken = [
  /\b(?:from|import|require)\s*\(?\s*['"]discord-hybrid-sharding['"]/,
  /\{[^{}]*\bShardingManager\b[^{}]*\}\s*from\s*['"]discord\.js['"]/,
  /\b(?:from|import|require)\s*\(?\s*['"]discord\.js['"][\s\S]*\.\s*ShardingManager\b/,
];

const below = (path: string, folder: string): boolean => path === folder || path.startsWith(folder + sep);

/** Whether a file stands beside the TypeScript that it is made of. */
const isBeside = (path: string): boolean =>
  ['.ts', '.tsx', '.mts', '.cts'].some((end) => existsSync(path.replace(declarationFile, end)));

/** Whether a file stands where the compiler of its project puts what it makes. */
function isOutput(path: string): boolean {
  const folders = compilerFolders(dirname(path));
  if (folders === null) return false;
  const { own, out, declarations, root } = folders;
  // What is put beside the sources has its own there.
  return [out, declarations].some((one) => one !== null && one !== root && !below(own, one) && below(path, one));
}

/** Whether a declaration file is to move with its bot: its author wrote it, and it takes something that moves. */
export const isOwnDeclaration = (path: string, text: string): boolean =>
  taken.some((one) => one.test(text)) && !isMade(text) && !isBeside(path) && !isOutput(path);
