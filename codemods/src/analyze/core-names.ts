/** analyze/core-names: the name of the manager's class throughout a file, as it is when the class is ClusterManager. */
import { ts } from '../typescript.js';
import { importOf, isDiscordModule } from './bindings.ts';
import type { Obstacle } from './core-listener.ts';
import type { ParsedFile } from './program.ts';
import type { Splice } from './receiver.ts';
import { descendants, isTypePosition, wrapped } from './syntax.ts';

/** Every node of a file, those of its JSDoc included. */
const withDocs = ({ tree }: ParsedFile): readonly ts.Node[] =>
  descendants(tree).flatMap((node) => {
    const docs = (node as ts.Node & { readonly jsDoc?: readonly ts.JSDoc[] }).jsDoc ?? [];
    return [node, ...docs.flatMap((doc) => descendants(doc))];
  });

const inDoc = (node: ts.Node): boolean => (node.flags & ts.NodeFlags.JSDoc) !== 0;

/** Whether a name stands for the class where no other code gets the class: it is built, compared with, or a type. */
export function staysHere(node: ts.Identifier | ts.PropertyAccessExpression | ts.QualifiedName): boolean {
  if (inDoc(node) || ts.isQualifiedName(node) || isTypePosition(node)) return true;
  const at = wrapped(node);
  const { parent } = at;
  if (ts.isNewExpression(parent)) return parent.expression === at;
  const compares = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword;
  return compares && parent.right === at;
}

/** The uses of the class that a file imports by its name. */
function usesOf(file: ParsedFile): readonly ts.Identifier[] {
  return withDocs(file).filter((node): node is ts.Identifier => {
    if (!ts.isIdentifier(node) || ts.isImportSpecifier(node.parent) || ts.isBindingElement(node.parent)) return false;
    const binding = importOf(file.checker, node);
    return binding?.imported === 'ShardingManager' && isDiscordModule(binding.specifier);
  });
}

/** The edits that rename the class in a file; or the use of it that other code sees, which cannot follow. */
export function coreNames(file: ParsedFile): readonly Splice[] | Obstacle {
  const uses = usesOf(file);
  const node = uses.find((one) => !staysHere(one));
  if (node !== undefined) return { what: 'its class, which other code gets', node };
  return uses
    .filter(({ text }) => text === 'ShardingManager')
    .map((one) => ({ start: one.getStart(), end: one.end, text: 'ClusterManager' }));
}
