/** modules/said-in: where the files of a folder say a name. While a run plans, files are searched once for it. */
import { filesMatching } from '../project/discover.ts';
import { askedOnce } from '../project/read-once.ts';
import { readSource } from '../project/source.ts';
import { namesHandler } from '../syntax/defining.ts';
import { parseAlone } from '../syntax/program.ts';
import { descendants, placesOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/**
 * A tree, with the list of its names, takes some forty times the memory of its text. What has no room here is parsed again for
 * each question, and what was found in it holds each of those trees: little room costs more memory than much, and hardly any bot
 * has as much text as this.
 */
const parsedOnce = askedOnce<ts.SourceFile | null>({
  mostCharacters: 16 * 1024 * 1024,
  charactersOf: (tree) => tree?.text.length ?? 0,
});

/** The tree of a file of the bot, which knows no other file; `null` for one that is no text. */
export const treeOf = (path: string): ts.SourceFile | null =>
  parsedOnce(path, () => {
    const source = readSource(path);
    return source === null ? null : parseAlone(path, source.text);
  });

const filesOnce = askedOnce<readonly string[]>();

/** The trees of the files of a folder whose text matches. */
export const treesMatching = (folder: string, pattern: RegExp): readonly ts.SourceFile[] =>
  filesOnce(`${folder}#${pattern}`, () => filesMatching(folder, pattern)).flatMap((path) => treeOf(path) ?? []);

const treesSaying = (folder: string, name: string): readonly ts.SourceFile[] =>
  treesMatching(folder, new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`));

/** What a handler is asked by is no name of the bot's own: many are called like the member that they read. */
const placesOfOwn = (tree: ts.SourceFile, name: string): readonly ts.Node[] =>
  placesOf(tree, name).filter((place) => !namesHandler(place));

/** The places of a name in the files of a folder, but for those where it is what a handler is asked by. */
export const placesIn = (folder: string, name: string): readonly ts.Node[] =>
  treesSaying(folder, name).flatMap((tree) => placesOfOwn(tree, name));

/** The places of a name, and those of a text that says it: `client['name']`. */
export const saidIn = (folder: string, name: string): readonly ts.Node[] =>
  treesSaying(folder, name).flatMap((tree) => [
    ...placesOfOwn(tree, name),
    ...descendants(tree).filter((node) => ts.isStringLiteralLike(node) && node.text === name),
  ]);
