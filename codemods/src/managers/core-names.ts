/** managers/core-names: the name of the manager's class throughout a file, as it is when the class is ClusterManager. */
import { importOf, isDiscordModule } from '../modules/bindings.ts';
import type { Splice } from '../syntax/edits.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, isTypePosition, placeSaid, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { optionsType } from './companions.ts';
import type { Obstacle } from './core-listener.ts';

/** Every node of a file, those of its JSDoc included. */
const withDocs = ({ tree }: ParsedFile): readonly ts.Node[] =>
  descendants(tree).flatMap((node) => {
    const docs = (node as ts.Node & { readonly jsDoc?: readonly ts.JSDoc[] }).jsDoc ?? [];
    return [node, ...docs.flatMap((doc) => descendants(doc))];
  });

const inDoc = (node: ts.Node): boolean => (node.flags & ts.NodeFlags.JSDoc) !== 0;

/** The class by its name, or as a member of its module. */
type ClassName = ts.Identifier | ts.PropertyAccessExpression | ts.QualifiedName;

const optionsHandedOn = 'the type of its options, which other code gets';
const usedOtherwise = 'its class where it is more than built, compared with or a type';

/** Whether a name stands for the class where no other code gets the class: it is built, compared with, or a type. */
function staysHere(node: ClassName): boolean {
  if (inDoc(node) || ts.isQualifiedName(node) || isTypePosition(node)) return true;
  const at = wrapped(node);
  const { parent } = at;
  if (ts.isNewExpression(parent)) return parent.expression === at;
  const compares = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword;
  return compares && parent.right === at;
}

/** The name of what shardlift has in place of a manager's class, or of the type of its options. */
export const coreName = (name: string): string => name.replace(/^Sharding/, 'Cluster');

const isOfManager = (name: string): boolean => name === 'ShardingManager' || name === optionsType;

const isOptions = ({ checker }: ParsedFile, node: ClassName): boolean =>
  ts.isIdentifier(node) && importOf(checker, node)?.imported === optionsType;

/** The uses of the class, and of the type that comes with it, that a file imports by their names. */
function usesOf(file: ParsedFile): readonly ts.Identifier[] {
  return withDocs(file).filter((node): node is ts.Identifier => {
    if (!ts.isIdentifier(node) || ts.isImportSpecifier(node.parent) || ts.isBindingElement(node.parent)) return false;
    const binding = importOf(file.checker, node);
    return binding !== null && isOfManager(binding.imported) && isDiscordModule(binding.specifier);
  });
}

/**
 * The edits that rename the class in a file; or the use of it that other code sees, which cannot follow.
 *
 * @param members - where the file takes the class of a whole module; those are not renamed here
 */
export function coreNames(file: ParsedFile, members: readonly ClassName[]): readonly Splice[] | Obstacle {
  const uses = usesOf(file);
  const node = [...members, ...uses].find((one) => !staysHere(one));
  if (node !== undefined) return { what: isOptions(file, node) ? optionsHandedOn : usedOtherwise, node };
  const renamed = uses.filter(({ text }) => isOfManager(text));
  const taken = renamed.map(({ text }) => placeSaid(file.tree, coreName(text))).find((one) => one !== undefined);
  if (taken !== undefined) return { what: `its class where the name ${taken.text} is taken`, node: taken };
  return renamed.map((one) => ({ start: one.getStart(), end: one.end, text: coreName(one.text) }));
}
