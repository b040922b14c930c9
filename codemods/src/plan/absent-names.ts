/** plan/absent-names: what discord-hybrid-sharding has and shardlift/compat/hybrid has not, and where code uses it. */
import { type Access, isAccess } from '../syntax/access.ts';
import { lastName } from '../syntax/defining.ts';
import { nameText, unwrap, wrapped } from '../syntax/syntax.ts';
import { writtenAt } from '../syntax/writes.ts';
import { memberOf, plainName, topConst } from '../syntax/written-names.ts';
import { ts } from '../typescript.js';
import { extendedBy } from '../values/class-owner.ts';
import { saysOther } from '../values/client-words.ts';
import { accessName } from '../values/puts.ts';
import { isBaseCall, seenOptions } from './manager-options.ts';
import { type WrittenClass, writtenClass } from './written-classes.ts';

/** What is not there: what it does from now on, and what to use. */
interface Absent {
  readonly does: string;
  readonly instead: string;
}

const throwing = (instead: string): Absent => ({ does: 'throws NOT_SUPPORTED', instead });
const refusing = (instead: string): Absent => ({
  does: 'throws NOT_SUPPORTED where a manager is built with it, and counts for nothing where it is set later',
  instead,
});
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
export const options: Table = new Map([
  ['clusterList', refusing('the numbers that clusters have, 0, 1, 2 and so on, and clusterData to tell hosts apart')],
  ['clusterOptions', refusing('execArgv, shardArgs or clusterData of the manager; silent and resourceLimits may stay')],
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

/** Whether a class of that name is the library's manager. */
export const isManager = (name: string | null): boolean => name === 'ClusterManager' || name === 'Manager';

/** Whether what a member is taken of is a manager, or is called one. */
export function isOfManager({ expression }: Access): boolean {
  const at = unwrap(expression);
  if (at.kind !== ts.SyntaxKind.ThisKeyword) return isManager(classOf(at)) || /manager$/i.test(lastName(at) ?? '');
  const around = ts.findAncestor(at, ts.isClassLike);
  const parent = around === undefined ? undefined : extendedBy(around);
  return parent !== undefined && isManager(writtenClass(parent).name);
}

/** `manager.queue`, and what is built as a HeartbeatManager, by the name that its members have in the table. */
function partAt(node: ts.Expression): string | null {
  const at = unwrap(node);
  if (classOf(at) === 'HeartbeatManager') return 'heartbeat';
  return isAccess(at) && isManager(classOf(at.expression)) ? memberOf(at) : null;
}

function usedAtAccess(node: Access): string | null {
  const name = accessName(node);
  const ofPart = `${partAt(node.expression)}.${name}`;
  if (parts.has(ofPart)) return ofPart;
  if (isSetLater(node)) return name;
  return members.has(name) && mayHave(node.expression, name) ? name : null;
}

/** `[0, 1, 2]`: the numbers that clusters have anyway. */
const isCounted = (value: ts.Expression): boolean =>
  ts.isArrayLiteralExpression(value) && value.elements.every((one, index) => one.getText() === String(index));

const isAllowed = (of: ts.ObjectLiteralElementLike): boolean =>
  /^(?:silent|resourceLimits)$/.test(plainName(of.name) ?? '');

/** Whether a value is one that an option of that name is refused for, for all that is written of it. */
function isRefusedValue(name: string | null, value: ts.Expression | null): boolean {
  if (name === 'clusterList') return value === null || !isCounted(unwrap(value));
  if (name === null || !options.has(name)) return false;
  const given = value === null ? null : seenOptions(value);
  return given === null || given.open || !given.members.every(isAllowed);
}

/** Whether an option of a manager is one that is refused. */
export const isRefused = (option: ts.ObjectLiteralElementLike): boolean =>
  isRefusedValue(plainName(option.name), ts.isPropertyAssignment(option) ? option.initializer : null);

/** An option that a manager gets when it is built already: nothing reads it then. */
function isSetLater(node: Access): boolean {
  const name = accessName(node);
  return options.has(name) && isOfManager(node) && writtenAt(node).some((value) => isRefusedValue(name, value));
}

/** The class that a `new`, or the `super(...)` of a subclass, builds. */
export function builtBy(node: ts.NewExpression | ts.CallExpression): WrittenClass | null {
  if (ts.isNewExpression(node)) return writtenClass(node.expression);
  if (!isBaseCall(node)) return null;
  const around = ts.findAncestor(node, ts.isClassLike);
  const parent = around === undefined ? undefined : extendedBy(around);
  return parent === undefined ? null : writtenClass(parent);
}

/** Options that are refused, of a manager or of what may be one: nothing else has options of these names. */
function refusedBy(node: ts.NewExpression | ts.CallExpression): readonly Use[] {
  const built = builtBy(node);
  const mayBe = built !== null && (isManager(built.name) || built.isElsewhere);
  const given = mayBe ? node.arguments?.[1] : undefined;
  return (given === undefined ? [] : seenOptions(given).members)
    .filter(isRefused)
    .map((at) => ({ name: plainName(at.name) ?? '', at }));
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
export interface Use {
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
