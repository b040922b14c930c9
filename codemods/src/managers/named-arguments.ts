/** managers/named-arguments: arguments that discord.js 11 and 12 take in an order, and later ones by name. */
import { hybridArguments } from '../project/dependency-version.ts';
import { evaluatesTexts } from '../project/discord-version.ts';
import { type Library, orders } from '../rules/ordered-arguments.ts';
import { type Access, isAccess } from '../syntax/access.ts';
import { constValue } from '../syntax/const-value.ts';
import type { Splice } from '../syntax/edits.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { shownPlace } from '../syntax/source-place.ts';
import { descendants, unwrap, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { accessName } from '../values/puts.ts';
import type { PlacedSplice } from './cluster-types.ts';
import { starterOf } from './starters.ts';

/** A library that takes its arguments in an order, and whether the bot surely has such a version of it. */
interface OrderedIn {
  readonly library: Library;
  readonly sure: boolean;
}

interface OrderedCall {
  readonly receiver: ts.Expression;
  readonly method: string;
  readonly names: readonly string[];
  readonly given: readonly ts.Expression[];
}

/** A call whose arguments go by their order; one that is an object already is of a later version. */
function orderedCall(file: ParsedFile, node: ts.Node, library: Library): OrderedCall | null {
  if (!ts.isCallExpression(node) || !isAccess(node.expression)) return null;
  const method = accessName(node.expression);
  const names = orders[library].get(method);
  const given = [...node.arguments];
  const [first] = given;
  if (names === undefined || first === undefined) return null;
  if (ts.isObjectLiteralExpression(constValue(file, first))) return null;
  return { receiver: node.expression.expression, method, names, given };
}

/** Whether each argument can get its name. */
const canBeNamed = ({ given, names }: OrderedCall): boolean =>
  given.length <= names.length && !given.some(ts.isSpreadElement);

/** How long a start may take; once one could only say whether it is waited for at all. */
const waits: Partial<Record<ts.SyntaxKind, string>> = {
  [ts.SyntaxKind.TrueKeyword]: 'undefined',
  [ts.SyntaxKind.FalseKeyword]: '-1',
};

/** `spawn(4, 5000)` -> `spawn({ amount: 4, delay: 5000 })` */
function namedSplices({ names, given }: OrderedCall): readonly Splice[] {
  return given.flatMap((argument, i) => {
    const [name = '', start] = [names[i], argument.getStart()];
    const begin = `${i === 0 ? '{ ' : ''}${argument.getText() === name ? '' : `${name}: `}`;
    const close = i === given.length - 1 ? ' }' : '';
    const waited = name === 'timeout' ? waits[unwrap(argument).kind] : undefined;
    if (waited !== undefined) return [{ start, end: argument.end, text: `${begin}${waited}${close}` }];
    return [
      { start, end: start, text: begin },
      { start: argument.end, end: argument.end, text: close },
    ].filter(({ text }) => text !== '');
  });
}

/** Whether a member is taken and not called: what gets it may hand over anything. */
function isHandedOn(access: Access): boolean {
  const at = wrapped(access);
  const called = ts.isCallExpression(at.parent) && at.parent.expression === at;
  return !called && !ts.isExpressionStatement(at.parent);
}

const shards = /(^|\.)(?:shards|clusters)\b|(^|\.)(?:shard|cluster)$/;

/** Whether a call starts one shard anew with what discord.js 12 takes in an order: a delay, and a time limit. */
function respawnsOrdered({ expression: callee, arguments: [first] }: ts.CallExpression): boolean {
  if (!isAccess(callee) || accessName(callee) !== 'respawn' || first === undefined) return false;
  if (ts.isObjectLiteralExpression(unwrap(first))) return false;
  const receiver = unwrap(callee.expression);
  if (shards.test(receiver.getText())) return true;
  const fn = ts.findAncestor(
    callee,
    (one) => ts.isFunctionLike(one) && one.parameters[0]?.name.getText() === receiver.getText(),
  );
  const around = fn?.parent;
  if (around === undefined || !ts.isCallExpression(around) || !isAccess(around.expression)) return false;
  return (
    shards.test(around.expression.expression.getText()) ||
    /^(?:shard|cluster)Create$/.test(around.arguments[0]?.getText().slice(1, -1) ?? '')
  );
}

/** Whether arguments that start shards go by their order, and nobody has named them; `open` where nothing tells. */
type Naming = 'named' | 'unnamed' | 'open';

const unnamedIf = (is: boolean): Naming => (is ? 'unnamed' : 'named');

/** How a node hands over the arguments that it may start shards with; what starts none has nothing to name. */
function namingOf(file: ParsedFile, node: ts.Node, { library, sure }: OrderedIn): Naming {
  if (isAccess(node) && orders[library].has(accessName(node)) && isHandedOn(node))
    return unnamedIf(starterOf(file, { receiver: node.expression, method: accessName(node), library }) === 'surely');
  const call = orderedCall(file, node, library);
  if (call === null) return unnamedIf(ts.isCallExpression(node) && respawnsOrdered(node));
  const starter = starterOf(file, { ...call, library }, call.given);
  if (starter === 'open') return 'open';
  return unnamedIf(starter === 'perhaps' || (starter === 'surely' && !(sure && canBeNamed(call))));
}

/** What there is to do, and to say, of arguments that go by their order. */
export interface OrderedArguments {
  readonly beside: readonly PlacedSplice[];
  /** Places where arguments may go by their order, and that stay as they are. */
  readonly unnamed: readonly string[];
  /** Places of which nothing tells whether they start shards. */
  readonly unknown: readonly string[];
}

const none: OrderedArguments = { beside: [], unnamed: [], unknown: [] };

/** How a package's library takes its arguments; `null` where it takes them by name. */
function orderedIn(root: string, library: Library): OrderedIn | null {
  if (library === 'discord') return evaluatesTexts(root) ? { library, sure: true } : null;
  const takes = hybridArguments(root);
  return takes === 'named' ? null : { library, sure: takes === 'ordered' };
}

function orderedAt(file: ParsedFile, node: ts.Node, given: OrderedIn, cwd: string): OrderedArguments {
  const { path } = file.source;
  const naming = namingOf(file, node, given);
  const where = naming === 'named' ? [] : [shownPlace({ path, tree: file.tree, at: node.getStart() }, cwd)];
  const call = given.sure ? orderedCall(file, node, given.library) : null;
  const isOurs = call !== null && canBeNamed(call) && starterOf(file, { ...call, ...given }, call.given) === 'surely';
  const [unnamed, unknown] = naming === 'open' ? [[], where] : [where, []];
  return { unnamed, unknown, beside: isOurs ? namedSplices(call).map((splice) => ({ path, splice })) : [] };
}

// What is found holds for one run, and each run reads its files anew.
const found = new WeakMap<readonly ParsedFile[], Map<Library, OrderedArguments>>();

/**
 * The arguments of `spawn` and `respawnAll` in files of a package whose library takes them in an order, and the edits that
 * name them: what comes from `shardlift/compat` takes them as later versions do, and would start another number of shards.
 */
export function orderedArguments(
  files: readonly ParsedFile[],
  { root, cwd, library }: { readonly root: string; readonly cwd: string; readonly library: Library },
): OrderedArguments {
  const given = orderedIn(root, library);
  if (given === null) return none;
  const known = found.get(files) ?? new Map<Library, OrderedArguments>();
  found.set(files, known);
  const before = known.get(library);
  if (before !== undefined) return before;
  const all = files.flatMap((file) => descendants(file.tree).map((node) => orderedAt(file, node, given, cwd)));
  const made = {
    beside: all.flatMap((one) => one.beside),
    unnamed: [...new Set(all.flatMap((one) => one.unnamed))],
    unknown: [...new Set(all.flatMap((one) => one.unknown))],
  };
  known.set(library, made);
  return made;
}
