/** clients/process-facts: what a function reads of its process, and of the variables that a manager sets for each. */
import { type Access, isAccess } from '../syntax/access.ts';
import { declarationOf } from '../syntax/free-names.ts';
import { isNameOnly, type MovableFunction, nameText, requiredModule } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isFolderLoadedFrom } from '../values/loads-from-cwd.ts';
import { pathsIn } from '../values/value-path.ts';
import { acts } from './effects.ts';

/** Names of what tells of the process and its machine. */
const processNames = new Set(['process', 'os', 'performance']);

const processModules = /^(?:node:)?(os|perf_hooks)$/;

/** Whether a node says a module or a global of the process, and no variable of that name. */
export function saysProcess(fn: MovableFunction, node: ts.Node): boolean {
  if (moduleRequired(node) !== null) return true;
  if (!ts.isIdentifier(node) || !processNames.has(node.text)) return false;
  if (isNameOnly(node)) return /^global(This)?\??\.\w+$/.test(node.parent.getText());
  const declared = declarationOf(node, fn);
  return declared === null || (ts.isVariableDeclaration(declared) && requiredModule(declared.initializer) !== null);
}

/** The module of the process that a node requires; `null` for anything else. */
function moduleRequired(node: ts.Node): string | null {
  const module = ts.isCallExpression(node) ? requiredModule(node) : null;
  return processModules.exec(module ?? '')?.[1] ?? null;
}

/** What is taken of a module that is required right there: `require('os').loadavg`, `const { freemem } = require('os')`. */
function takenOf(module: string, node: ts.Node): readonly string[] {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) return [`${module}.${parent.name.text}`];
  if (!ts.isVariableDeclaration(parent)) return [module];
  // What a name holds is read by that name.
  if (!ts.isObjectBindingPattern(parent.name)) return processNames.has(parent.name.getText()) ? [] : [module];
  return parent.name.elements.map((one) => `${module}.${nameText(one.propertyName ?? one.name)}`);
}

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
  const module = moduleRequired(node);
  if (module !== null) return takenOf(module, node);
  if (!isRead(node) || isFolderLoadedFrom(node)) return [];
  const { parent } = node;
  if (ts.isIdentifier(node) && node.text !== 'process' && saysProcess(fn, node)) {
    const member = ts.isPropertyAccessExpression(parent) && parent.expression === node ? [parent.name.text] : [];
    return [[node.text, ...member].join('.')];
  }
  return pathsIn(fn, node).flatMap(({ root, names: [first, second, ...more] }) => {
    if (root !== 'process' || more.length > 0) return [];
    if (first === 'env') return ofEnvironment(node, second);
    if (second !== undefined) return [];
    if (first === undefined) return isNaming(node) ? [] : ['process'];
    // What is done to it is no fact of it.
    if (first !== null && acts.test(first)) return [];
    return [first === null ? 'process' : `process.${first}`];
  });
}
