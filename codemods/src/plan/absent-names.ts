/** plan/absent-names: what discord-hybrid-sharding has and shardlift/compat/hybrid has not, and where code uses it. */
import { isAccess } from '../syntax/access.ts';
import { lastName } from '../syntax/defining.ts';
import { declarationOf } from '../syntax/free-names.ts';
import { nameText, unwrap, wrapped } from '../syntax/syntax.ts';
import { memberOf, plainName, topConst } from '../syntax/written-names.ts';
import { ts } from '../typescript.js';
import { extendedBy } from '../values/class-owner.ts';
import { saysOther } from '../values/client-words.ts';
import { accessName } from '../values/puts.ts';
import { isFixed } from '../values/value-names.ts';
import { type WrittenClass, writtenClass } from './written-classes.ts';

/** What is not there: what it does from now on, and what to use. */
interface Absent {
  readonly does: string;
  readonly instead: string;
}

const throwing = (instead: string): Absent => ({ does: 'throws NOT_SUPPORTED', instead });
const undefinedNow = (instead: string): Absent => ({ does: 'is undefined', instead });

const growing = throwing(
  "manager.hybrid.guilds.count(), and start the bot anew with totalShards: 'auto' when it has grown; it did nothing in discord-hybrid-sharding either",
);
const queued = undefinedNow('manager.queue.next(), stop() and resume(); spawn() fills the queue');
const beating = undefinedNow('manager.hybrid.stats(), which says how the clusters are');

type Table = ReadonlyMap<string, Absent>;

const members: Table = new Map([
  [
    'evalOnManager',
    throwing('manager.hybrid.ipc.handle(name, handler), and cluster.ipc.requestManager(name) in the bot'),
  ],
  ['createCluster', throwing('spawn(), or queue: { auto: false } and manager.queue.next()')],
  ['THREAD', undefinedNow('cluster.thread')],
  ['messageHandler', undefinedNow("cluster.on('message', listener)")],
]);
const classes: Table = new Map([
  ['AutoResharderManager', growing],
  ['AutoResharderClusterClient', growing],
]);
/** Options of a manager. */
const options: Table = new Map([
  ['clusterList', throwing('the numbers that clusters have, 0, 1, 2 and so on, and clusterData to tell hosts apart')],
  ['clusterOptions', throwing('execArgv, shardArgs or clusterData of the manager; silent and resourceLimits may stay')],
]);
/** Members of what a manager holds. */
const parts: Table = new Map([
  ['queue.start', queued],
  ['queue.add', queued],
  ['queue.queue', queued],
  ['heartbeat.clusters', beating],
  ['heartbeat.start', beating],
  ['heartbeat.stop', beating],
  ['heartbeat.ack', beating],
]);
/** Each by its name, as docs/from-hybrid-sharding.md has it. */
export const absent: Table = new Map([...members, ...classes, ...options, ...parts]);

/** Files in which one of them may be used. */
export const mayUseAbsent =
  /\b(?:evalOnManager|createCluster|AutoResharder\w+|ClusterManager|HeartbeatManager|clusterList|clusterOptions|discord-hybrid-sharding|THREAD|messageHandler)\b/;

/** Whether a receiver may be a manager or a cluster; other libraries create clusters as well. */
function mayHave(receiver: ts.Expression, name: string): boolean {
  const of = lastName(receiver);
  if (name === 'THREAD' || name === 'messageHandler') return of !== null && /cluster/i.test(of);
  if (name === 'createCluster' && of !== null) return /manager|shard|cluster/i.test(of);
  return of === null || !saysOther(of);
}

/** The class that a name of a file is built of. */
function classOf(node: ts.Expression): string | null {
  const at = unwrap(node);
  const value = ts.isIdentifier(at) ? topConst(at.getSourceFile(), at.text) : undefined;
  const made = value === undefined ? undefined : unwrap(value);
  return made !== undefined && ts.isNewExpression(made) ? writtenClass(made.expression).name : null;
}

const isManager = (name: string | null): boolean => name === 'ClusterManager' || name === 'Manager';

/** `manager.queue`, and what is built as a HeartbeatManager, by the name that its members have in the table. */
function partAt(node: ts.Expression): string | null {
  const at = unwrap(node);
  if (classOf(at) === 'HeartbeatManager') return 'heartbeat';
  return isAccess(at) && isManager(classOf(at.expression)) ? memberOf(at) : null;
}

function usedAtAccess(node: Parameters<typeof accessName>[0]): string | null {
  const name = accessName(node);
  const ofPart = `${partAt(node.expression)}.${name}`;
  if (parts.has(ofPart)) return ofPart;
  return members.has(name) && mayHave(node.expression, name) ? name : null;
}

/** `[0, 1, 2]`: the numbers that clusters have anyway. */
const isCounted = (value: ts.Expression): boolean =>
  ts.isArrayLiteralExpression(value) && value.elements.every((one, index) => one.getText() === String(index));

function literalOf(node: ts.Expression | undefined): ts.ObjectLiteralExpression | null {
  const at = node === undefined ? undefined : unwrap(node);
  const declared = at !== undefined && ts.isIdentifier(at) ? declarationOf(at, at.getSourceFile()) : null;
  const isKept = declared !== null && ts.isVariableDeclaration(declared) && isFixed(at as ts.Identifier, declared);
  const value = isKept ? declared.initializer : at;
  const written = value === undefined ? undefined : unwrap(value);
  return written !== undefined && ts.isObjectLiteralExpression(written) ? written : null;
}

const isAllowed = (of: ts.ObjectLiteralElementLike): boolean =>
  /^(?:silent|resourceLimits)$/.test(plainName(of.name) ?? '');

/** Whether an option of a manager is one that is refused, for all that is written of it. */
function isRefused(option: ts.ObjectLiteralElementLike): boolean {
  const name = plainName(option.name);
  const value = ts.isPropertyAssignment(option) ? unwrap(option.initializer) : null;
  if (name === 'clusterList') return value === null || !isCounted(value);
  if (name === null || !options.has(name)) return false;
  const given = literalOf(value ?? undefined);
  return given === null || !given.properties.every(isAllowed);
}

/** The class that a `new`, or the `super(...)` of a subclass, builds. */
function builtBy(node: ts.NewExpression | ts.CallExpression): WrittenClass | null {
  if (ts.isNewExpression(node)) return writtenClass(node.expression);
  if (node.expression.kind !== ts.SyntaxKind.SuperKeyword) return null;
  const around = ts.findAncestor(node, ts.isClassLike);
  const parent = around === undefined ? undefined : extendedBy(around);
  return parent === undefined ? null : writtenClass(parent);
}

/** Options that are refused, of a manager or of what may be one: nothing else has options of these names. */
function refusedBy(node: ts.NewExpression | ts.CallExpression): readonly Use[] {
  const built = builtBy(node);
  const mayBe = built !== null && (isManager(built.name) || built.isElsewhere);
  const given = mayBe ? literalOf(node.arguments?.[1]) : null;
  return (given?.properties ?? []).filter(isRefused).map((at) => ({ name: plainName(at.name) ?? '', at }));
}

/** Whether a class gets another name, or becomes the base of another class: what is built of that is not known by its name. */
function isRenamed(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent) || ts.isBindingElement(parent))
    return parent.propertyName === node && parent.name.getText() !== node.text;
  const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
  const at = wrapped(isMember ? parent : node);
  if (ts.isVariableDeclaration(at.parent))
    return at.parent.initializer === at && at.parent.name.getText() !== node.text;
  return ts.isExpressionWithTypeArguments(at.parent) && ts.isClassLike(at.parent.parent.parent);
}

/** A use of what is not there. */
interface Use {
  readonly name: string;
  readonly at: ts.Node;
}

/** What one node uses that is not there, each with its place. */
export function absentAt(node: ts.Node): readonly Use[] {
  const named = (name: string | null): readonly Use[] => (name === null ? [] : [{ name, at: node }]);
  if (isAccess(node)) return named(usedAtAccess(node));
  if (ts.isIdentifier(node)) return named(classes.has(node.text) && isRenamed(node) ? node.text : null);
  if (ts.isCallExpression(node)) return refusedBy(node);
  if (ts.isNewExpression(node)) {
    const name = lastName(node.expression);
    return name !== null && classes.has(name) ? named(name) : refusedBy(node);
  }
  if (!ts.isBindingElement(node) || !ts.isObjectBindingPattern(node.parent)) return [];
  const name = nameText(node.propertyName ?? node.name);
  return named(name === 'evalOnManager' || name === 'createCluster' ? name : null);
}
