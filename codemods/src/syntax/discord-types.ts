/** syntax/discord-types: whether the types of discord.js are at hand. */
import type { ts } from '../typescript.js';
import type { ParsedFile } from './program.ts';

const discordPrograms = new WeakMap<ts.Program, boolean>();

/** Whether the types of discord.js are at hand, so that an `any` is the author's and not a missing install. */
export function knowsDiscord({ compilation: { program } }: ParsedFile): boolean {
  const known = discordPrograms.get(program) ?? program.getSourceFiles().some(isDiscord);
  discordPrograms.set(program, known);
  return known;
}

const isDiscord = ({ fileName }: ts.SourceFile): boolean => /\/discord\.js\/typings\/index\.d\.m?ts$/.test(fileName);
