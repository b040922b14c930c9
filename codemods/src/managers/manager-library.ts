/** managers/manager-library: whose manager a `new` builds. */
import { isHybridModule, isShardlift, type ManagerImport, managerImportOf } from '../modules/bindings.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { ts } from '../typescript.js';
import { extendedBy, resolvedSymbol } from '../values/class-owner.ts';
import type { ManagerSite } from './managers.ts';

/** Classes of the bot's own between a manager and the library's. */
const deepest = 4;

function ofClass(file: ParsedFile, node: ts.Expression | undefined, depth = deepest): ManagerImport | null {
  if (node === undefined) return null;
  const direct = managerImportOf(file.checker, node);
  if (direct !== null || !ts.isIdentifier(node) || depth === 0) return direct;
  const declared = resolvedSymbol(file, node)?.declarations?.find(ts.isClassLike);
  return declared === undefined ? null : ofClass(file, extendedBy(declared), depth - 1);
}

function classAround(node: ts.Node): ts.ClassLikeDeclaration | null {
  let at = node;
  while (!ts.isSourceFile(at) && !ts.isClassLike(at)) at = at.parent;
  return ts.isClassLike(at) ? at : null;
}

/** The class of the library that a manager is built from, its own classes between them looked through. */
function libraryOf({ file, node }: ManagerSite): ManagerImport | null {
  if (ts.isNewExpression(node)) return ofClass(file, node.expression);
  const around = classAround(node);
  return around === null ? null : ofClass(file, extendedBy(around));
}

/** Whether a manager is shardlift's already, whichever of its classes that is. */
export const isMoved = (manager: ManagerSite): boolean => isShardlift(libraryOf(manager)?.specifier ?? '');

/** Whether a manager is one of several shards per cluster, whichever library it is from. */
export const isClusterManager = (manager: ManagerSite): boolean => libraryOf(manager)?.name === 'ClusterManager';

/** Whether a manager is the ClusterManager of shardlift itself, which has no option `hybrid`. */
export function isCore(manager: ManagerSite): boolean {
  const library = libraryOf(manager);
  return library?.name === 'ClusterManager' && !isHybridModule(library.specifier);
}
