/** clients/cluster-reads: where a bot looks at `client.cluster`, which no client of discord.js has. */
import { discover } from '../project/discover.ts';
import { isAccess } from '../syntax/access.ts';
import { parseAlone } from '../syntax/program.ts';
import type { SourcePlace } from '../syntax/source-place.ts';
import { descendants, nameText } from '../syntax/syntax.ts';
import { writtenAt } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { saysOneClient } from '../values/client-words.ts';
import { isClient, isNamed, withClusters } from './own-cluster.ts';

/** What only shardlift's cluster has: who asks for it knows whose it is. */
const isOurs = (node: ts.Node): boolean =>
  ts.isPropertyAccessExpression(node.parent) && node.parent.expression === node && node.parent.name.text === 'ipc';

/** Whether a pattern takes apart a client: `const { cluster } = client`, `({ client: { cluster } }) =>`. */
function isOfClient({ parent }: ts.ObjectBindingPattern): boolean {
  if (ts.isVariableDeclaration(parent)) return parent.initializer !== undefined && isClient(parent.initializer);
  return ts.isBindingElement(parent) && saysOneClient(nameText(parent.propertyName ?? parent.name));
}

function reads(node: ts.Node): boolean {
  if (isAccess(node)) {
    const name = ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression;
    return isNamed(name) && writtenAt(node).length === 0 && isClient(node.expression) && !isOurs(node);
  }
  if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent))
    return isNamed(node.propertyName ?? node.name) && isOfClient(node.parent);
  const asks = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword;
  return asks && isNamed(node.left) && isClient(node.right);
}

/** The places of a folder that look at a client's `cluster`, in files that name no library of clusters. */
export function clusterReads(root: string): readonly SourcePlace[] {
  return discover([root], root, /\bcluster\b/).flatMap(({ path, text }) => {
    if (withClusters.test(text)) return [];
    const tree = parseAlone(path, text);
    return descendants(tree).flatMap((node) => (reads(node) ? [{ path, tree, at: node.getStart() }] : []));
  });
}
