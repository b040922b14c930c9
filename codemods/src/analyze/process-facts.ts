/** analyze/process-facts: what a function reads of its process, and of the variables that a manager sets for each. */
import { ts } from '../typescript.js';
import { type Access, isAccess } from './asks-client.ts';
import { declarationOf } from './free-names.ts';
import { isNameOnly, type MovableFunction } from './syntax.ts';
import { pathsIn } from './value-path.ts';

/** Modules that tell of the process and its machine. */
const processModules = new Set(['os', 'performance']);

/** Variables that are not the same in every process; how many shards and processes there are is. */
const perProcess = /^(SHARDS|SHARD_LIST|SHARD_IDS?|CLUSTER|CLUSTER_ID|FIRST_SHARD_ID|LAST_SHARD_ID)$/;

/** Whether a node reads something: a name, or a member. */
export const isRead = (node: ts.Node): node is ts.Identifier | Access =>
  isAccess(node) || (ts.isIdentifier(node) && !isNameOnly(node));

/** Whether a place only names what it says, or takes a member of it: the place that reads the member counts. */
const isNaming = ({ parent }: ts.Node): boolean =>
  ts.isVariableDeclaration(parent) || ts.isBindingElement(parent) || isAccess(parent);

/** What is read of the environment: `process.env.SHARDS`, or `process.env` where all of it may be meant. */
function ofEnvironment(node: ts.Node, name: string | null | undefined): readonly string[] {
  if (name === null || (name === undefined && !isNaming(node))) return ['process.env'];
  return name !== undefined && perProcess.test(name) ? [`process.env.${name}`] : [];
}

/** What a node of a function says that is a fact of the process; none for any other. */
export function processFacts(fn: MovableFunction, node: ts.Node): readonly string[] {
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'uptime') return ['uptime'];
  if (!isRead(node)) return [];
  const { parent } = node;
  if (ts.isIdentifier(node) && processModules.has(node.text) && declarationOf(node, fn) === null) {
    const member = ts.isPropertyAccessExpression(parent) && parent.expression === node ? [parent.name.text] : [];
    return [[node.text, ...member].join('.')];
  }
  return pathsIn(fn, node).flatMap(({ root, names: [first, second, ...more] }) => {
    if (root !== 'process' || more.length > 0) return [];
    if (first === 'env') return ofEnvironment(node, second);
    if (second !== undefined) return [];
    if (first === undefined) return isNaming(node) ? [] : ['process'];
    return [first === null ? 'process' : `process.${first}`];
  });
}
