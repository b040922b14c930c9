/** managers/core-manager: a ShardingManager as shardlift's own ClusterManager: what changes, or why it cannot be one. */
import { isAccess } from '../syntax/access.ts';
import type { Splice } from '../syntax/edits.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, isNameOnly, isSetting, nameText, symbolOf, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { listenerProblem, type Obstacle } from './core-listener.ts';
import { type ManagerSite, optionsLiteral } from './managers.ts';
import { calledThrough } from './mentions.ts';

/** The edits that turn one manager into a ClusterManager; `why` when something about it has no counterpart. */
export interface CoreManager {
  readonly splices: readonly Splice[];
  readonly why: Obstacle | null;
  /** Whether listeners hear of clusters now where they heard of shards. */
  readonly perCluster: boolean;
}

const refused = (what: string, node: ts.Node): CoreManager => ({ splices: [], why: { what, node }, perCluster: false });

/** Options that mean the same in both. */
const sameOptions = new Set('token totalShards mode respawn silent shardArgs execArgv hybrid'.split(' '));

/** The name of a property, in quotes or not; the text of a spread. */
const nameOf = (property: ts.ObjectLiteralElementLike): string =>
  property.name === undefined ? property.getText() : nameText(property.name);

/** `hybrid: { a, b }` -> `a, b`. */
function hoisted(options: ts.ObjectLiteralExpression): readonly Splice[] | Obstacle {
  for (const property of options.properties) {
    const name = nameOf(property);
    const stay = (what: string, node: ts.Node = property): Obstacle => ({ what, node });
    if (!sameOptions.has(name)) return stay(`its option ${name}`);
    if (name !== 'hybrid') continue;
    const value = ts.isPropertyAssignment(property) ? property.initializer : null;
    if (value === null || !ts.isObjectLiteralExpression(value))
      return stay('hybrid, which is not written there as an object');
    const other = value.properties.find((one) => one.name === undefined || nameOf(one) === 'evals');
    if (other !== undefined) return stay('evals, or a spread, in hybrid', other);
    const [first] = value.properties;
    const last = value.properties.at(-1);
    if (first === undefined || last === undefined) return stay('an empty hybrid');
    return [
      { start: property.getStart(), end: first.getStart(), text: '' },
      { start: last.end, end: property.end, text: '' },
    ];
  }
  return [];
}

const spawnNames: Readonly<Record<string, string>> = { timeout: 'timeoutMs', delay: 'delayMs' };

/** `spawn({ timeout: 1, delay: 2 })` -> `spawn({ timeoutMs: 1, delayMs: 2 })`; -1 and Infinity wait for nothing there. */
function spawnEdits(call: ts.CallExpression): readonly Splice[] | Obstacle {
  const [options, more] = call.arguments;
  if (options === undefined) return [];
  if (more !== undefined || !ts.isObjectLiteralExpression(options))
    return { what: 'the arguments of spawn', node: more ?? options };
  const edits: Splice[] = [];
  for (const property of options.properties) {
    const name = spawnNames[nameOf(property)];
    if (name === undefined || property.name === undefined || !ts.isPropertyAssignment(property))
      return { what: `${property.getText()} of spawn`, node: property };
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

const done = (splices: readonly Splice[], perCluster = false): CoreManager => ({ splices, why: null, perCluster });

/** One call of a method of the manager. */
interface MethodCall {
  readonly file: ParsedFile;
  readonly call: ts.CallExpression;
  readonly member: string;
}

/** What a call of a method becomes. */
function callEdits({ file, call, member }: MethodCall, asks: (call: ts.Node) => boolean): CoreManager {
  if (member === 'spawn') {
    const edits = isIgnored(call) ? spawnEdits(call) : { what: 'what spawn resolves to', node: call };
    return 'what' in edits ? refused(edits.what, edits.node) : done(edits);
  }
  if (member === 'respawnAll')
    return call.arguments.length === 0 && isIgnored(call) ? done([]) : refused('respawnAll', call);
  const [event] = call.arguments;
  const created = event !== undefined && ts.isStringLiteralLike(event) && event.text === 'shardCreate';
  if (!/^(on|once)$/.test(member) || !created) return refused(`manager.${member}`, call);
  const problem = listenerProblem(file, call);
  if (problem !== null) return refused(problem.what, problem.node);
  const renamed = { start: event.getStart() + 1, end: event.end - 1, text: 'clusterCreate' };
  // `manager.on(...).spawn()` goes on with the same manager.
  const rest = useEdits(file, call, asks);
  return rest.why === null ? done([renamed, ...rest.splices], true) : rest;
}

const keptOtherwise = 'a manager that is kept in something else than a const';

/** Whether an expression is put into a member, or into a variable that was declared before. */
function isKept(use: ts.Expression): boolean {
  const at = wrapped(use);
  const { parent } = at;
  return ts.isPropertyDeclaration(parent) || (isSetting(parent) && parent.right === at);
}

/** `manager instanceof ShardingManager`: the class has another name there, too. */
function isCompared(use: ts.Expression): boolean {
  const at = wrapped(use);
  const { parent } = at;
  const compares = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword;
  return compares && parent.left === at;
}

/** What one use of the manager becomes: edits, or what stands in the way. */
function useEdits(file: ParsedFile, use: ts.Expression, asks: (call: ts.Node) => boolean): CoreManager {
  const at = wrapped(use);
  const access = at.parent;
  if (ts.isExpressionStatement(access) || isCompared(use)) return done([]);
  const asked = isAccess(access) && access.expression === at ? calledThrough(access) : null;
  if (asked !== null && asks(asked)) return done([]);
  if (ts.isElementAccessExpression(access) && access.expression === at)
    return refused(`manager[${access.argumentExpression.getText()}]`, use);
  if (!ts.isPropertyAccessExpression(access))
    return refused(isKept(use) ? keptOtherwise : 'a manager that other code gets', use);
  const member = access.name.text;
  if (member === 'ipc' || member === 'totalShards') return done([]);
  if (member === 'hybrid' && ts.isPropertyAccessExpression(access.parent))
    return done([{ start: access.expression.end, end: access.end, text: '' }]);
  const call = access.parent;
  if (!ts.isCallExpression(call) || call.expression !== access) return refused(`manager.${member}`, use);
  return callEdits({ file, call, member }, asks);
}

/** Every expression that is the manager: the `new` itself, or the variable that holds it; or why not all are known. */
function usesOf({ file, node }: ManagerSite): readonly ts.Expression[] | string {
  if (!ts.isNewExpression(node)) return 'a class of your own';
  const holder = wrapped(node).parent;
  if (!ts.isVariableDeclaration(holder)) return [node];
  const statement = holder.parent.parent;
  if (ts.isVariableStatement(statement) && (ts.getModifiers(statement) ?? []).length > 0)
    return 'a manager that other files can see';
  if (!ts.isIdentifier(holder.name) || !(holder.parent.flags & ts.NodeFlags.Const)) return keptOtherwise;
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
  if (typeof uses === 'string') return refused(uses, node);
  const [, options, more] = node.arguments ?? [];
  const literal = options === undefined ? null : optionsLiteral(file, options);
  const unread = more ?? (literal === null ? options : undefined);
  if (unread !== undefined) return refused('options that are not written there', unread);
  const edits = literal === null ? [] : hoisted(literal);
  if ('what' in edits) return refused(edits.what, edits.node);
  const each = uses.map((use) => useEdits(file, use, asks));
  const problem = each.find(({ why }) => why !== null);
  if (problem !== undefined) return problem;
  const splices = [...edits, ...each.flatMap((one) => one.splices)];
  return { splices, why: null, perCluster: each.some((one) => one.perCluster) };
}
