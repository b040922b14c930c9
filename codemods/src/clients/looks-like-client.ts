/** clients/looks-like-client: whether code without types speaks of an object as of a client of discord.js. */
import type { ParsedFile } from '../syntax/program.ts';
import { unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { extendedBy } from '../values/class-owner.ts';
import { areOfClient, membersTaken, usedAsClient } from '../values/client-members.ts';
import { saysClient, saysOther } from '../values/client-words.ts';
import type { InstanceRoot, OpenRoot, Root, Roots } from '../values/roots.ts';
import { parentsOf } from './origins.ts';

/** What there is to judge by. */
export interface Evidence {
  readonly file: ParsedFile;
  /** Whether the receiver of a call is proven. */
  readonly isOurs: (call: ts.CallExpression) => boolean;
}

/** The client that a broadcast hands to its function. */
function isGiven({ isOurs }: Evidence, parameter: ts.ParameterDeclaration): boolean {
  const fn = parameter.parent;
  const call = fn.parent;
  if (fn.parameters[0] !== parameter || !ts.isCallExpression(call) || call.arguments[0] !== fn) return false;
  return /broadcastEval$/.test(call.expression.getText()) && isOurs(call);
}

/** A class that is called a client, or extends one. */
function isClientClass(root: InstanceRoot): boolean {
  if (!ts.isClassLike(root.node)) return false;
  const parent = extendedBy(root.node);
  const named = parent === undefined ? undefined : /[\w$]+(?=\W*$)/.exec(parent.getText())?.[0];
  if (saysClient(root.node.name?.text) || saysClient(named)) return true;
  return parentsOf(root).some((one) => (one.kind === 'instance' ? isClientClass(one) : one.names.some(saysClient)));
}

function isOpenClient(evidence: Evidence, { file, node }: OpenRoot): boolean {
  if (node === null) return false;
  if (ts.isParameter(node)) return isGiven(evidence, node);
  // A function of its own may be called on any client; a class says what it is.
  if (node.kind === ts.SyntaxKind.ThisKeyword) return isOutside(node);
  return file === evidence.file && usedAsClient(file, node as ts.Expression);
}

function isOutside(node: ts.Node): boolean {
  let at = node;
  while (!ts.isSourceFile(at) && !ts.isClassLike(at)) at = at.parent;
  return ts.isSourceFile(at);
}

/**
 * Whether a value says itself that it is something else, by any name on its way: `const client = createRedisClient()`.
 * What something is made of tells more than its names: `const worker = new Client()`.
 */
export function saysElse(root: Root): boolean {
  if (root.kind === 'instance' && isClientClass(root)) return false;
  const first = root.names.findLast((name) => saysClient(name) || saysOther(name));
  if (root.kind === 'package' && first !== undefined) return saysOther(first);
  return root.names.some(saysOther) || (root.kind === 'open' && root.other);
}

function isLike(evidence: Evidence, root: Root): boolean {
  if (root.kind === 'type') return root.says;
  if (root.kind === 'instance' && isClientClass(root)) return true;
  if (root.names.some(saysClient) && !saysElse(root)) return true;
  return root.kind === 'open' && isOpenClient(evidence, root);
}

const isOfClientType = (symbol: ts.Symbol | undefined): boolean =>
  symbol !== undefined &&
  (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) !== 0 &&
  saysClient(symbol.name);

const areLike = (evidence: Evidence, roots: Roots): boolean =>
  roots.length > 0 && roots.every((root) => isLike(evidence, root));

/** Whether an object whose `shard` is asked is evidently a client: by its name, its type, its class, what else is read of it. */
export function looksLikeClient(evidence: Evidence, holder: ts.Expression, roots: Roots): boolean {
  const { file } = evidence;
  const at = unwrap(holder);
  return (
    areLike(evidence, roots) || isOfClientType(file.checker.getTypeAtLocation(at).symbol) || usedAsClient(file, at)
  );
}

/** The same of an object that only a pattern sees: `({ client: { shard } }) =>`. */
export function patternLooksLikeClient(evidence: Evidence, pattern: ts.ObjectBindingPattern, roots: Roots): boolean {
  const taken = membersTaken(pattern);
  // What is handed over together with a client belongs to it.
  const together = ts.isParameter(pattern.parent) && taken.some((name) => /^(?:client|bot)$/.test(name));
  return areOfClient(taken) || together || areLike(evidence, roots);
}
