/** analyze/core-manager: a ShardingManager as shardlift's own ClusterManager: what changes, or why it cannot be one. */
import { ts } from '../typescript.js';
import { type ManagerSite, optionsLiteral } from './managers.ts';
import type { ParsedFile } from './program.ts';
import type { Splice } from './receiver.ts';
import { descendants, isNameOnly, symbolOf, wrapped } from './syntax.ts';

/** The edits that turn one manager into a ClusterManager; `why` when something about it has no counterpart. */
export interface CoreManager {
  readonly splices: readonly Splice[];
  readonly why: string | null;
  /** Whether listeners hear of clusters now where they heard of shards. */
  readonly perCluster: boolean;
}

const refused = (why: string): CoreManager => ({ splices: [], why, perCluster: false });

/** Options that mean the same in both. */
const sameOptions = new Set('token totalShards mode respawn silent shardArgs execArgv hybrid'.split(' '));

/** `hybrid: { a, b }` -> `a, b`. */
function hoisted(options: ts.ObjectLiteralExpression): readonly Splice[] | string {
  for (const property of options.properties) {
    const name = property.name?.getText() ?? property.getText();
    if (!sameOptions.has(name)) return `its option ${name}`;
    if (name !== 'hybrid') continue;
    const value = ts.isPropertyAssignment(property) ? property.initializer : null;
    if (value === null || !ts.isObjectLiteralExpression(value))
      return 'hybrid, which is not written there as an object';
    if (value.properties.some((one) => one.name === undefined || one.name.getText() === 'evals'))
      return 'evals, or a spread, in hybrid';
    const [first] = value.properties;
    const last = value.properties.at(-1);
    if (first === undefined || last === undefined) return 'an empty hybrid';
    return [
      { start: property.getStart(), end: first.getStart(), text: '' },
      { start: last.end, end: property.end, text: '' },
    ];
  }
  return [];
}

const spawnNames: Readonly<Record<string, string>> = { timeout: 'timeoutMs', delay: 'delayMs' };

/** `spawn({ timeout: 1, delay: 2 })` -> `spawn({ timeoutMs: 1, delayMs: 2 })`; -1 and Infinity wait for nothing there. */
function spawnEdits(call: ts.CallExpression): readonly Splice[] | string {
  const [options, more] = call.arguments;
  if (options === undefined) return [];
  if (more !== undefined || !ts.isObjectLiteralExpression(options)) return 'the arguments of spawn';
  const edits: Splice[] = [];
  for (const property of options.properties) {
    const name = spawnNames[property.name?.getText() ?? ''];
    if (name === undefined || property.name === undefined || !ts.isPropertyAssignment(property))
      return `${property.getText()} of spawn`;
    edits.push({ start: property.name.getStart(), end: property.name.end, text: name });
    const value = property.initializer;
    if (name === 'timeoutMs' && /^(-1|Infinity|Number\.POSITIVE_INFINITY)$/.test(value.getText()))
      edits.push({ start: value.getStart(), end: value.end, text: 'null' });
  }
  return edits;
}

/** Whether the value of a call goes nowhere: it is another one now. */
function isIgnored(call: ts.Expression): boolean {
  const { parent } = wrapped(call);
  if (ts.isExpressionStatement(parent)) return true;
  if (ts.isAwaitExpression(parent) || ts.isVoidExpression(parent)) return isIgnored(parent);
  if (!ts.isPropertyAccessExpression(parent) || !ts.isCallExpression(parent.parent)) return false;
  const [callback] = parent.parent.arguments;
  if (parent.name.text === 'catch' || parent.name.text === 'finally') return isIgnored(parent.parent);
  const blind = callback !== undefined && ts.isArrowFunction(callback) && callback.parameters.length === 0;
  return parent.name.text === 'then' && parent.parent.arguments.length === 1 && blind;
}

/** Events of a Shard that a Cluster has as well; `death` tells something else. */
const sharedEvents = new Set(['spawn', 'ready', 'message']);

/** What one use of a listener's shard asks that a cluster cannot do; `null` when it can. */
function shardProblem(use: ts.Identifier): string | null {
  const access = use.parent;
  if (!ts.isPropertyAccessExpression(access) || access.expression !== use) return 'the shard itself, in a listener';
  const member = access.name.text;
  if (member === 'id') return null;
  const call = access.parent;
  const [event, heard] = ts.isCallExpression(call) ? call.arguments : [];
  const named = event !== undefined && ts.isStringLiteralLike(event) ? event.text : '';
  const blind = heard !== undefined && ts.isArrowFunction(heard) && heard.parameters.length === 0;
  const same = sharedEvents.has(named) || (named === 'death' && blind);
  return /^(on|once)$/.test(member) && same ? null : `shard.${member}${named === '' ? '' : ` ('${named}')`}`;
}

/** What a listener does with its shard, as far as a cluster cannot. */
function listenerProblem(file: ParsedFile, listener: ts.Expression | undefined): string | null {
  if (listener === undefined || !(ts.isArrowFunction(listener) || ts.isFunctionExpression(listener)))
    return 'a listener of shardCreate that is declared elsewhere';
  const name = listener.parameters[0]?.name;
  if (name === undefined) return null;
  if (!ts.isIdentifier(name)) return 'a listener of shardCreate that takes the shard apart';
  const symbol = symbolOf(file.checker, name);
  const uses = descendants(listener.body).filter(
    (node): node is ts.Identifier =>
      ts.isIdentifier(node) && node.text === name.text && symbolOf(file.checker, node) === symbol,
  );
  return uses.map(shardProblem).find((problem) => problem !== null) ?? null;
}

const done = (splices: readonly Splice[], perCluster = false): CoreManager => ({ splices, why: null, perCluster });

/** One call of a method of the manager. */
interface MethodCall {
  readonly file: ParsedFile;
  readonly call: ts.CallExpression;
  readonly member: string;
}

/** What a call of a method becomes. */
function callEdits({ file, call, member }: MethodCall, asks: (call: ts.Node) => boolean): CoreManager {
  if (asks(call)) return done([]);
  if (member === 'spawn') {
    const edits = isIgnored(call) ? spawnEdits(call) : 'what spawn resolves to';
    return typeof edits === 'string' ? refused(edits) : done(edits);
  }
  if (member === 'respawnAll') return call.arguments.length === 0 && isIgnored(call) ? done([]) : refused('respawnAll');
  const [event, listener] = call.arguments;
  const created = event !== undefined && ts.isStringLiteralLike(event) && event.text === 'shardCreate';
  if (!/^(on|once)$/.test(member) || !created) return refused(`manager.${member}`);
  const problem = listenerProblem(file, listener);
  if (problem !== null) return refused(problem);
  const renamed = { start: event.getStart() + 1, end: event.end - 1, text: 'clusterCreate' };
  // `manager.on(...).spawn()` goes on with the same manager.
  const rest = useEdits(file, call, asks);
  return rest.why === null ? done([renamed, ...rest.splices], true) : rest;
}

/** What one use of the manager becomes: edits, or what stands in the way. */
function useEdits(file: ParsedFile, use: ts.Expression, asks: (call: ts.Node) => boolean): CoreManager {
  const access = wrapped(use).parent;
  if (ts.isExpressionStatement(access)) return done([]);
  if (!ts.isPropertyAccessExpression(access)) return refused('a manager that other code gets');
  const member = access.name.text;
  if (member === 'ipc' || member === 'totalShards') return done([]);
  if (member === 'hybrid' && ts.isPropertyAccessExpression(access.parent))
    return done([{ start: access.expression.end, end: access.end, text: '' }]);
  const call = access.parent;
  if (!ts.isCallExpression(call) || call.expression !== access) return refused(`manager.${member}`);
  return callEdits({ file, call, member }, asks);
}

/** Every expression that is the manager: the `new` itself, or the variable that holds it. */
function usesOf({ file, node }: ManagerSite): readonly ts.Expression[] | null {
  if (!ts.isNewExpression(node)) return null;
  const holder = wrapped(node).parent;
  if (!ts.isVariableDeclaration(holder)) return [node];
  const statement = holder.parent.parent;
  const exported = ts.isVariableStatement(statement) && (ts.getModifiers(statement) ?? []).length > 0;
  if (!ts.isIdentifier(holder.name) || !(holder.parent.flags & ts.NodeFlags.Const) || exported) return null;
  const { name } = holder;
  const symbol = symbolOf(file.checker, name);
  return descendants(file.tree).filter(
    (one): one is ts.Identifier =>
      ts.isIdentifier(one) &&
      one !== name &&
      one.text === name.text &&
      !isNameOnly(one) &&
      symbolOf(file.checker, one) === symbol,
  );
}

/** Looks at one manager and everything its file does with it. `asks` tells calls that become requests. */
export function coreManager(manager: ManagerSite, asks: (call: ts.Node) => boolean): CoreManager {
  const { file, node } = manager;
  const uses = usesOf(manager);
  const [, options, more] = node.arguments ?? [];
  if (uses === null || more !== undefined) return refused('a manager that other files can see, or a class of its own');
  const literal = options === undefined ? null : optionsLiteral(file, options);
  if (options !== undefined && literal === null) return refused('options that are not written there');
  const edits = literal === null ? [] : hoisted(literal);
  if (typeof edits === 'string') return refused(edits);
  const each = uses.map((use) => useEdits(file, use, asks));
  const problem = each.find(({ why }) => why !== null);
  if (problem !== undefined) return problem;
  const splices = [...edits, ...each.flatMap((one) => one.splices)];
  return { splices, why: null, perCluster: each.some((one) => one.perCluster) };
}
