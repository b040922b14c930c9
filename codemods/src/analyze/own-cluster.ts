/** analyze/own-cluster: a member `cluster` that the bot's own code gives its client, in place of shardlift's. */
import { relative, sep } from 'node:path';
import { filesMatching } from '../discover.ts';
import { readSource } from '../source.ts';
import { ts } from '../typescript.js';
import { extendedBy } from './owner.ts';
import { type ParsedFile, parseAlone } from './program.ts';
import { placesOf, positionOf } from './syntax.ts';
import { isNothing } from './writes.ts';

/** What people call a client, and the classes they derive from one. */
const isClientName = (text: string): boolean => /(client|bot)$/i.test(text);

function classAround(node: ts.Node): ts.ClassLikeDeclaration | null {
  for (let at = node; !ts.isSourceFile(at); at = at.parent) if (ts.isClassLike(at)) return at;
  return null;
}

const isClientClass = (node: ts.ClassLikeDeclaration | null): boolean =>
  isClientName(node === null ? '' : (extendedBy(node)?.getText() ?? ''));

/** hybrid-sharding's and shardlift's own clusters are put there by hand, too. */
const isCluster = (value: ts.Expression): boolean =>
  isNothing(value) || /^(await\s+)?(new\s+[\w.]*Client\b|getCluster\b|[\w.]*\bgetCluster\()/.test(value.getText());

/** Whether a place that says `cluster` gives it to a client. */
function isGiven(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isPropertyDeclaration(parent) && parent.name === node) {
    const value = parent.initializer;
    return value !== undefined && !isCluster(value) && isClientClass(classAround(parent));
  }
  if (ts.isGetAccessor(parent) || ts.isMethodDeclaration(parent))
    return parent.name === node && isClientClass(classAround(parent));
  if (!ts.isPropertyAccessExpression(parent) || parent.name !== node) return false;
  const write = parent.parent;
  const sets = ts.isBinaryExpression(write) && write.left === parent;
  if (!sets || write.operatorToken.kind !== ts.SyntaxKind.EqualsToken || isCluster(write.right)) return false;
  const holder = parent.expression;
  return holder.kind === ts.SyntaxKind.ThisKeyword
    ? isClientClass(classAround(holder))
    : isClientName(holder.getText());
}

const written = /\bcluster\s*(=(?![=>])|\(\s*\)\s*\{)/;

/** The files of a package that may do so: those that were read for their calls, and any other, such as the bot file. */
function treesOf(files: readonly ParsedFile[], root: string): readonly ts.SourceFile[] {
  const read = new Map(files.map(({ source, tree }) => [source.path, tree]));
  return filesMatching(root, written).map((path) => read.get(path) ?? parseAlone(path, readSource(path)?.text ?? ''));
}

const known = new WeakMap<readonly ParsedFile[], string | null>();

/** Where a package gives its client a `cluster` of its own, or `null`. */
export function ownCluster(
  files: readonly ParsedFile[],
  { root, cwd }: { readonly root: string; readonly cwd: string },
): string | null {
  const before = known.get(files);
  if (before !== undefined) return before;
  const [place = null] = treesOf(files, root).flatMap((tree) => {
    const node = placesOf(tree, 'cluster').find(isGiven);
    const path = relative(cwd, tree.fileName).split(sep).join('/');
    return node === undefined ? [] : [`${path}:${positionOf(tree, node.getStart()).line}`];
  });
  known.set(files, place);
  return place;
}
