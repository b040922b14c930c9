/** managers/core-listener: what a listener of shardCreate does with its shard that a cluster cannot do. */
import { thisScope } from '../clients/receiver.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, symbolOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** What keeps a manager from being a ClusterManager, and where that stands. */
export interface Obstacle {
  readonly what: string;
  readonly node: ts.Node;
}

/** Events of a Shard that a Cluster has as well; `death` tells something else. */
const sharedEvents = new Set(['spawn', 'ready', 'message']);

type Listener = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration;

const isListener = (node: ts.Node | undefined): node is Listener =>
  node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isFunctionDeclaration(node));

/** The function that is handed over, also by a name of its file. */
function functionOf({ checker }: ParsedFile, node: ts.Expression): Listener | null {
  if (isListener(node)) return node;
  const declared = ts.isIdentifier(node) ? symbolOf(checker, node)?.valueDeclaration : undefined;
  const value = declared !== undefined && ts.isVariableDeclaration(declared) ? declared.initializer : declared;
  return isListener(value) ? value : null;
}

/** Where a listener says `this` or `arguments`: the emitter, and what it was called with, without their names. */
function unnamedUse(listener: Listener): Obstacle | null {
  if (ts.isArrowFunction(listener)) return null;
  const node = descendants(listener).find(
    (one) =>
      (one.kind === ts.SyntaxKind.ThisKeyword || (ts.isIdentifier(one) && one.text === 'arguments')) &&
      thisScope(one) === listener,
  );
  return node === undefined ? null : { what: `\`${node.getText()}\` in a listener`, node };
}

/** What one use of a listener's shard asks that a cluster cannot do; `null` when it can. */
function shardProblem(file: ParsedFile, use: ts.Identifier): Obstacle | null {
  const access = use.parent;
  if (!ts.isPropertyAccessExpression(access) || access.expression !== use)
    return { what: 'the shard itself, in a listener', node: use };
  const member = access.name.text;
  if (member === 'id') return null;
  const call = access.parent;
  const [event, heard] = ts.isCallExpression(call) ? call.arguments : [];
  const named = event !== undefined && ts.isStringLiteralLike(event) ? event.text : '';
  const blind = heard !== undefined && ts.isArrowFunction(heard) && heard.parameters.length === 0;
  const same = sharedEvents.has(named) || (named === 'death' && blind);
  if (!/^(on|once)$/.test(member) || !same)
    return { what: `shard.${member}${named === '' ? '' : ` ('${named}')`}`, node: use };
  const listener = heard === undefined ? null : functionOf(file, heard);
  return listener === null ? null : unnamedUse(listener);
}

/** What a listener of shardCreate does with its shard, as far as a cluster cannot. */
export function listenerProblem(file: ParsedFile, call: ts.CallExpression): Obstacle | null {
  const [, listener] = call.arguments;
  if (!isListener(listener))
    return { what: 'a listener of shardCreate that is declared elsewhere', node: listener ?? call };
  const unnamed = unnamedUse(listener);
  if (unnamed !== null) return unnamed;
  const name = listener.parameters.find((one) => one.name.getText() !== 'this')?.name;
  if (name === undefined) return null;
  if (!ts.isIdentifier(name)) return { what: 'a listener of shardCreate that takes the shard apart', node: name };
  const symbol = symbolOf(file.checker, name);
  const uses = descendants(listener).filter(
    (node): node is ts.Identifier =>
      ts.isIdentifier(node) && node !== name && node.text === name.text && symbolOf(file.checker, node) === symbol,
  );
  return uses.map((use) => shardProblem(file, use)).find((problem) => problem !== null) ?? null;
}
