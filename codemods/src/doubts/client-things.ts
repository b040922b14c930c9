/** doubts/client-things: which thing of discord.js a value is that a function takes of its client, by its text alone. */
import { declarationOf } from '../syntax/free-names.ts';
import { type MovableFunction, unwrap } from '../syntax/syntax.ts';
import { isNothing } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { isFixed } from '../values/value-names.ts';
import { pathsIn } from '../values/value-path.ts';
import { choosing, isQuiet, keeping } from './discord-things.ts';
import { listOf } from './made-entries.ts';
import { sidesOf } from './value-sides.ts';

/** A thing of discord.js; `ownUser` is the one of the client itself. */
export type ThingKind =
  | 'application'
  | 'channel'
  | 'emoji'
  | 'guild'
  | 'member'
  | 'message'
  | 'ownUser'
  | 'role'
  | 'sticker'
  | 'user';

type Kinds = ReadonlyMap<string, ThingKind>;

/** What the managers of a client hold, and those of its things. */
const ofClients: Kinds = new Map([
  ['channels', 'channel'],
  ['emojis', 'emoji'],
  ['guilds', 'guild'],
  ['users', 'user'],
]);
const ofThings: Kinds = new Map([
  ['channels', 'channel'],
  ['emojis', 'emoji'],
  ['members', 'member'],
  ['messages', 'message'],
  ['roles', 'role'],
  ['stickers', 'sticker'],
  ['threads', 'channel'],
]);

/** Other things that a client and its things have. */
const beside: Kinds = new Map([
  ['application', 'application'],
  ['user', 'ownUser'],
]);
const parts: Kinds = new Map([
  ['author', 'user'],
  ['channel', 'channel'],
  ['guild', 'guild'],
  ['me', 'member'],
  ['member', 'member'],
  ['owner', 'member'],
  ['role', 'role'],
  ['systemChannel', 'channel'],
  ['user', 'user'],
]);

/** What a method of a thing gives that is another one. */
const given: Kinds = new Map([
  ['createDM', 'channel'],
  ['fetchOwner', 'member'],
  ['reply', 'message'],
  ['send', 'message'],
]);
const ofManager = /^(?:create|fetch|resolve)$/;
/** Methods of a collection that leave its keys beside its values. */
const pairing = /^(?:clone|concat|entries|filter|reverse|sort|sorted)$/;
const itself = /^(?:edit|fetch|leave)$/;

/** Names for one thing, one after the other. */
const deepest = 6;

interface Within {
  readonly fn: MovableFunction;
  readonly depth: number;
}

const deeper = ({ fn, depth }: Within): Within => ({ fn, depth: depth - 1 });

/** The one member of the client of a function that a value surely is. */
function ofClient({ fn }: Within, node: ts.Expression): string | null {
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return null;
  const [path, ...others] = pathsIn(fn, node);
  if (path === undefined || others.length > 0 || path.root !== 'client' || !path.sure) return null;
  const [name, ...more] = path.names;
  return more.length === 0 ? (name ?? null) : null;
}

/** What a manager holds, if a value is the manager of a client or of one of its things. */
function managed(within: Within, node: ts.Expression): ThingKind | null {
  const at = unwrap(node);
  const own = ofClients.get(ofClient(within, at) ?? '');
  if (own !== undefined) return own;
  if (!ts.isPropertyAccessExpression(at) || kindOf(within, at.expression) === null) return null;
  return ofThings.get(at.name.text) ?? null;
}

const common = (kinds: readonly (ThingKind | null)[]): ThingKind | null =>
  kinds.every((kind) => kind === kinds[0]) ? (kinds[0] ?? null) : null;

/** What the entries of a list or a collection are. */
function listed(within: Within, node: ts.Expression): ThingKind | null {
  const at = unwrap(node);
  if (within.depth === 0) return null;
  if (ts.isArrayLiteralExpression(at)) {
    const kinds = at.elements.map((one) =>
      ts.isSpreadElement(one) ? listed(deeper(within), one.expression) : kindOf(deeper(within), one),
    );
    return common(kinds);
  }
  if (ts.isPropertyAccessExpression(at)) return at.name.text === 'cache' ? managed(within, at.expression) : null;
  if (!ts.isCallExpression(at)) return null;
  const callee = unwrap(at.expression);
  const [first] = at.arguments;
  if (callee.getText() === 'Array.from')
    return at.arguments.length === 1 && first !== undefined ? listed(deeper(within), first) : null;
  const keeps = ts.isPropertyAccessExpression(callee) && keeping.test(callee.name.text);
  return keeps ? listed(within, callee.expression) : null;
}

/** What the values are of a collection whose keys are looked at, too: `c.guilds.cache`, `[...c.guilds.cache]`. */
function paired(within: Within, node: ts.Expression): ThingKind | null {
  const at = unwrap(node);
  if (within.depth === 0) return null;
  if (ts.isPropertyAccessExpression(at)) return at.name.text === 'cache' ? managed(within, at.expression) : null;
  if (ts.isArrayLiteralExpression(at)) {
    const [only, more] = at.elements;
    const isCopy = only !== undefined && more === undefined && ts.isSpreadElement(only);
    return isCopy ? paired(deeper(within), only.expression) : null;
  }
  const callee = ts.isCallExpression(at) ? unwrap(at.expression) : null;
  if (callee === null || !ts.isPropertyAccessExpression(callee)) return null;
  return pairing.test(callee.name.text) ? paired(deeper(within), callee.expression) : null;
}

/** The collection whose values a name is, one after the other: `for (const [id, guild] of c.guilds.cache)`. */
function pairsOf(declared: ts.Node): ts.Expression | null {
  if (!ts.isBindingElement(declared) || declared.dotDotDotToken !== undefined) return null;
  const { parent: pattern } = declared;
  const isValue = ts.isArrayBindingPattern(pattern) && pattern.elements.indexOf(declared) === 1;
  const holder = pattern.parent;
  return isValue && (ts.isVariableDeclaration(holder) || ts.isParameter(holder)) ? listOf(holder) : null;
}

/** What a name is set to once, or is one of. */
function ofName(within: Within, name: ts.Identifier): ThingKind | null {
  const declared = declarationOf(name, name.getSourceFile());
  if (declared === null || !isFixed(name, declared)) return null;
  const pairs = pairsOf(declared);
  if (pairs !== null) return paired(within, pairs);
  const list = listOf(declared as ts.Declaration);
  if (list !== null) return listed(within, list);
  const value = ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
  return value === undefined ? null : kindOf(within, value);
}

function ofCall(within: Within, { expression, arguments: [first] }: ts.CallExpression): ThingKind | null {
  const callee = unwrap(expression);
  if (!ts.isPropertyAccessExpression(callee)) return null;
  const { name, expression: of } = callee;
  const { text } = name;
  if (choosing.test(text)) return listed(within, of);
  if (text === 'fetchMe') return managed(within, of) === 'member' ? 'member' : null;
  if (text === 'finally' || (text === 'catch' && isQuiet(first))) return kindOf(within, of);
  const held = ofManager.test(text) ? managed(within, of) : null;
  if (held !== null) return held;
  const kind = itself.test(text) || given.has(text) ? kindOf(within, of) : null;
  return kind === null || itself.test(text) ? kind : (given.get(text) ?? null);
}

/** A member of a thing that is another one; `guild.members.me` is one of a manager. */
function ofMember(within: Within, { name, expression }: ts.PropertyAccessExpression): ThingKind | null {
  const part = parts.get(name.text);
  if (part === undefined) return null;
  const isOfManager = name.text === 'me' && managed(within, expression) === 'member';
  return isOfManager || kindOf(within, expression) !== null ? part : null;
}

function kindOf(within: Within, node: ts.Expression): ThingKind | null {
  const at = unwrap(node);
  if (within.depth === 0) return null;
  const own = beside.get(ofClient(within, at) ?? '');
  if (own !== undefined) return own;
  if (ts.isIdentifier(at)) return ofName(deeper(within), at);
  if (ts.isCallExpression(at)) return ofCall(deeper(within), at);
  // Nothing has no method, so a side that is nothing throws.
  const sides = sidesOf(at)?.filter((one) => !isNothing(one)) ?? null;
  if (sides !== null)
    return common(sides.map((one) => kindOf(ts.isAwaitExpression(at) ? within : deeper(within), one)));
  return ts.isPropertyAccessExpression(at) ? ofMember(deeper(within), at) : null;
}

/** Which thing a value is, if all that leads to it starts at the client that the function is given. */
export const thingOfClient = (fn: MovableFunction, node: ts.Expression): ThingKind | null =>
  kindOf({ fn, depth: deepest }, node);
