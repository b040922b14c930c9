/** clients/receiver: proves that a call is discord.js's, and says how its receiver is written after the rewrite. */
import type { Method } from '../rules/methods.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import { type Access, dottedShard, isAccess, isShardInQuotes } from '../syntax/access.ts';
import type { Splice } from '../syntax/edits.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { followsOpen } from '../syntax/statements.ts';
import { descendants, dottedNames, symbolOf, unwrap } from '../syntax/syntax.ts';
import { writtenAt } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { isClientByType, type Owner, typedOwner } from '../values/typed-owner.ts';
import { shortened } from '../wording/shortened.ts';
import { asksClient } from './asks-client.ts';
import { packageOfHolder } from './holder-package.ts';
import { type FlowGiven, ValueFlow } from './owner.ts';
import { proofFor } from './receiver-proof.ts';

/** A proven receiver and the splices that turn it into the new one (`client.shard!` -> `client.cluster`). */
export interface Receiver {
  readonly splices: readonly Splice[];
  /** hybrid-sharding's: one result per cluster already, and options of its own. */
  readonly hybrid: boolean;
  /** Whether it is reached through `client.cluster`. */
  readonly ofClient: boolean;
  /** The list of results was JSON once more on its way to whoever asked: a bot does, its manager has it as it is. */
  readonly listAsJson: boolean;
}

/** What the package says about its receivers. */
export interface ReceiverGiven {
  readonly method: Method;
  /** Another Discord library the package is built on. */
  readonly otherLibrary: string | null;
  /** Whether the package uses discord-hybrid-sharding. */
  readonly hybrid: boolean;
  /** What somebody with types of their own knows of a receiver; `null` where they know nothing. */
  readonly told?: ((access: Access, method: string) => Owner | null) | undefined;
  /** Finds the calls of the functions that a receiver is handed to. */
  readonly callersOf?: FlowGiven['callersOf'];
}

function rootOf(node: ts.Expression): ts.Expression {
  const at = unwrap(node);
  return isAccess(at) ? rootOf(at.expression) : at;
}

/** The function or class whose `this` a node sees. */
export function thisScope(node: ts.Node): ts.Node {
  let at = node.parent;
  while (!ts.isSourceFile(at) && (ts.isArrowFunction(at) || !(ts.isFunctionLike(at) || ts.isClassLike(at)))) {
    at = at.parent;
  }
  return at;
}

/** Whether a dotted name means at `to` what it means at its own place. */
export function meansTheSame(file: ParsedFile, name: ts.Expression, to: ts.Node): boolean {
  const root = rootOf(name);
  if (root.kind === ts.SyntaxKind.ThisKeyword) return thisScope(root) === thisScope(to);
  if (!ts.isIdentifier(root)) return false;
  const visible = file.checker.getSymbolsInScope(to, ts.SymbolFlags.Value).find((s) => s.name === root.text);
  return visible !== undefined && visible === symbolOf(file.checker, root);
}

/** Whether the function around a variable puts something else into what the variable was taken from. */
function changesLater(variable: ts.VariableDeclaration, right: ts.Expression): boolean {
  let around: ts.Node = variable;
  while (!ts.isSourceFile(around) && !ts.isFunctionLike(around)) around = around.parent;
  const taken = `${dottedShard(right)?.join('.')}.`;
  return descendants(around).some((node) => {
    const names = ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) ? dottedNames(node) : null;
    return (
      names !== null && node.pos > variable.end && taken.startsWith(`${names.join('.')}.`) && writtenAt(node).length > 0
    );
  });
}

/**
 * Whether what holds a `shard` is a client: by its type, or where nothing says that the member is something else.
 * `this.shard = client.shard` makes `this` no client: only what is in the field leads to the cluster.
 */
function holdsCluster(file: ParsedFile, holder: ts.Expression, given: ReceiverGiven): boolean {
  if (file.typed && isClientByType(file, holder)) return true;
  return new ValueFlow(file, { ...given, asksClient: false }).saidOfPart(holder, 'shard') === null;
}

/** Follows `const shard = client.shard`, `const shard = client['shard']` and `const { shard } = client` to the text of `client`. */
function holderOf(file: ParsedFile, node: ts.Expression, given: ReceiverGiven): string | null {
  if (!ts.isIdentifier(node)) return null;
  const declaration = symbolOf(file.checker, node)?.valueDeclaration;
  const variable =
    declaration !== undefined && ts.isBindingElement(declaration) ? declaration.parent.parent : declaration;
  if (declaration === undefined || variable === undefined || !ts.isVariableDeclaration(variable)) return null;
  if (!(variable.parent.flags & ts.NodeFlags.Const) || variable.initializer === undefined) return null;
  const right = unwrap(variable.initializer);
  if (dottedShard(right) === null || !meansTheSame(file, right, node) || changesLater(variable, right)) return null;
  if (ts.isBindingElement(declaration)) return holdsCluster(file, right, given) ? right.getText() : null;
  if (!isAccess(right) || dottedShard(right)?.at(-1) !== 'shard') return null;
  if (!holdsCluster(file, right.expression, given)) return null;
  return `${right.expression.getText()}${right.questionDotToken === undefined ? '' : '?'}`;
}

function clusterSplices(shard: ts.PropertyAccessExpression, receiver: ts.Expression): readonly Splice[] {
  const { name } = shard;
  const renamed = { start: name.getStart(), end: name.getEnd(), text: 'cluster' };
  let bangs: ts.Expression = receiver;
  while (ts.isNonNullExpression(bangs)) bangs = bangs.expression;
  if (bangs === shard) return receiver.end === name.end ? [renamed] : [{ ...renamed, end: receiver.end }];
  // Parentheses or a cast around `client.shard` go with it: the cluster needs neither.
  return [{ start: receiver.getStart(), end: receiver.end, text: `${shard.expression.getText()}.cluster` }];
}

/** A ShardClientUtil knows its client, and the client its cluster. */
function throughClient(receiver: ts.Expression, access: Access): Splice {
  const mark = access.questionDotToken === undefined ? '' : '?';
  return { start: receiver.end, end: receiver.end, text: `${mark}.client.cluster` };
}

function utilSplices(file: ParsedFile, access: Access, given: ReceiverGiven): readonly Splice[] {
  const receiver = access.expression;
  const at = unwrap(receiver);
  if (ts.isPropertyAccessExpression(at) && at.name.text === 'shard') {
    const ofClient = holdsCluster(file, at.expression, given);
    return ofClient ? clusterSplices(at, receiver) : [throughClient(receiver, access)];
  }
  if (isShardInQuotes(at)) {
    if (!holdsCluster(file, at.expression, given)) return [throughClient(receiver, access)];
    const mark = at.questionDotToken === undefined ? '' : '?';
    return [{ start: receiver.getStart(), end: receiver.end, text: `${at.expression.getText()}${mark}.cluster` }];
  }
  const holder = holderOf(file, at, given);
  if (holder === null) return [throughClient(receiver, access)];
  return [{ start: receiver.getStart(), end: receiver.end, text: `${holder}.cluster` }];
}

/** The statement that begins with a node, if one does. */
function wholeStatement(node: ts.Node): ts.ExpressionStatement | null {
  let at = node;
  while (at.parent.getStart() === node.getStart() && !ts.isStatement(at)) at = at.parent;
  return ts.isExpressionStatement(at) ? at : null;
}

/** The manager of shardlift/compat has an `ipc` of its own; a ShardClientUtil leads to the one of its cluster. */
function eitherSplices(receiver: ts.Expression, access: Access): readonly Splice[] | Finding {
  const text = unwrap(receiver).getText();
  const plain = dottedNames(receiver) !== null && access.questionDotToken === undefined && !text.includes('?');
  if (!plain) return finding('DC-R6', { receiver: receiver.getText() });
  const statement = wholeStatement(receiver);
  // Without semicolons, what begins with a parenthesis calls the line above.
  const apart = statement !== null && followsOpen(statement) ? ';' : '';
  const either = `${apart}('ipc' in ${text} ? ${text} : ${text}.client.cluster)`;
  return [{ start: receiver.getStart(), end: receiver.end, text: either }];
}

/** The owner of a receiver, by type if there is one and by where it comes from if not. */
function ownerOf(file: ParsedFile, access: Access, { method, hybrid, told, callersOf }: ReceiverGiven): Owner {
  const receiver = access.expression;
  const given = told?.(access, method) ?? null;
  if (given !== null) return given;
  const typed = file.typed ? typedOwner(file, receiver, method) : 'unknown';
  if (typed !== 'unknown') return typed;
  return new ValueFlow(file, { method, hybrid, asksClient: asksClient(file, access), callersOf }).ownerOf(receiver);
}

/** Proves the receiver of a call, or says why it cannot be proven. */
export function receiverOf(file: ParsedFile, access: Access, given: ReceiverGiven): Receiver | Finding {
  const receiver = access.expression;
  const { method, otherLibrary } = given;
  const proven = (
    splices: readonly Splice[],
    { hybrid = false, ofClient = false, listAsJson = true } = {},
  ): Receiver => ({
    splices,
    hybrid,
    ofClient,
    listAsJson,
  });
  if (otherLibrary !== null) return finding('DC-S1', { method, owner: otherLibrary });
  if (receiver.kind === ts.SyntaxKind.SuperKeyword) return finding('DC-R7', { method });
  const owner = ownerOf(file, access, given);
  if (owner === 'other') return finding('DC-S1', { method, owner: receiver.getText() });
  if (owner === 'ShardClientUtil') return proven(utilSplices(file, access, given), { ofClient: true });
  if (owner === 'ShardingManager') return proven([], { listAsJson: false });
  if (owner === 'ClusterManager') return proven([], { hybrid: true, listAsJson: false });
  if (owner === 'ClusterClient' || owner === 'hybrid') return proven([], { hybrid: true });
  if (owner === 'both') {
    const splices = eitherSplices(receiver, access);
    return 'code' in splices ? splices : proven(splices, { ofClient: true });
  }
  const names = dottedNames(receiver);
  const looksHybrid = names !== null && names[names.length - 1] === 'cluster';
  const owned = looksHybrid ? packageOfHolder(file, receiver) : null;
  if (owned !== null) return finding('DC-S1', { method, owner: owned });
  if (looksHybrid) return finding('DC-S6', { receiver: receiver.getText(), method });
  return finding('DC-S3', { receiver: shortened(receiver.getText(), 80), method, ...proofFor(receiver, given) });
}
