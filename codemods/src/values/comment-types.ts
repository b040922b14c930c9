/** values/comment-types: what the type that a comment names says where its file knows nothing of that name. */
import { dirname } from 'node:path';
import { isDeclaredIn } from '../modules/declared-names.ts';
import { parseApart } from '../modules/global-owner.ts';
import { placesIn } from '../modules/said-in.ts';
import { packageFolder } from '../project/package-info.ts';
import { isGlobalName } from '../syntax/globals.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { saysClient, saysOther } from './client-words.ts';
import type { InstanceRoot } from './roots.ts';

/** Whether a type stands in a comment. */
export const isInComment = (type: ts.TypeNode): boolean => (type.flags & ts.NodeFlags.JSDoc) !== 0;

/** The folder of the package that a file is of. */
const folderOf = ({ source: { path } }: ParsedFile): string => packageFolder(path) ?? dirname(path);

/** Whether a name that no file of the bot has speaks against nothing: nobody reads it, and it is no known other thing. */
export const saysNothing = (file: ParsedFile, name: string): boolean =>
  !isGlobalName(name) && !saysOther(name) && !saysClient(name) && !isDeclaredIn(folderOf(file), name);

const isCalled = (node: ts.Node, name: string): node is ts.ClassLikeDeclaration =>
  ts.isClassLike(node) && node.name?.text === name;

/** The only class of a name among the files of the bot; `null` where there is none, or several. */
export function onlyClass({ source: { path } }: ParsedFile, name: string): InstanceRoot | null {
  const folder = packageFolder(path);
  const places = folder === null ? [] : placesIn(folder, name);
  const [only, second] = places.filter((place) => isCalled(place.parent, name) && place.parent.name === place);
  const file = only === undefined || second !== undefined ? null : parseApart(only.getSourceFile().fileName);
  const node = file === null ? undefined : descendants(file.tree).find((one) => isCalled(one, name));
  return file === null || node === undefined ? null : { kind: 'instance', file, names: [], node };
}
