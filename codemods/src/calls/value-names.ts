/** calls/value-names: names made of the path that leads to a value, `guilds.cache.size` -> guildsCacheSize; never of values. */
import { descendants, dottedNames, type MovableFunction, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

const longest = 40;
const reserved = new Set(
  (
    'break case catch class const continue debugger default delete do else enum export extends false finally for function ' +
    'if import in instanceof new null return super switch this throw true try typeof var void while with yield let static ' +
    'await async of get set constructor prototype hasOwnProperty toString valueOf toLocaleString isPrototypeOf propertyIsEnumerable'
  ).split(' '),
);

const identifier = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;

// A letter or digit with what is written on it; what only says in which style a character is shown is left out.
const parted = /[\p{L}\p{Nd}](?:[\p{L}\p{Nd}]|(?!\p{VS})[\p{Mn}\p{Mc}])*/gu;

/** Joins words as camelCase, at most 40 characters; `null` when nothing of an identifier is left. */
export function camelCase(words: readonly string[]): string | null {
  const parts = words.flatMap((word) => word.match(parted) ?? []);
  const [first, ...rest] = parts;
  if (first === undefined) return null;
  const head = first === first.toUpperCase() ? first.toLowerCase() : first.slice(0, 1).toLowerCase() + first.slice(1);
  const whole = [head, ...rest.map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))].join('');
  // Half of a character of two units is none.
  const cut = [...whole].slice(0, longest).join('');
  const name = /^\p{Nd}/u.test(cut) ? `get${cut}` : cut;
  if (reserved.has(name)) return `${name}Value`;
  return identifier.test(name) ? name : null;
}

/** The name of a dotted path: `guilds.cache.size` -> `guildsCacheSize`. */
export function pathName(names: readonly string[]): string {
  return camelCase(names) ?? 'value';
}

const singular = (name: string): string => name.replace(/ies$/, 'y').replace(/s$/, '');

/** What a function gives that does nothing else. */
function resultOf(fn: MovableFunction): ts.Expression | null {
  if (!ts.isBlock(fn.body)) return fn.body;
  const [only] = fn.body.statements;
  if (fn.body.statements.length !== 1 || only === undefined || !ts.isReturnStatement(only)) return null;
  return only.expression ?? null;
}

/** Names a function that only gives something: `(c) => c.guilds.cache.size` -> guildsCacheSize, `(c) => c.user.setPresence(x)` -> userSetPresence. */
export function nameOfResult(fn: MovableFunction): string | null {
  const result = resultOf(fn);
  return result === null ? null : nameOfValue(fn, result);
}

/** Where names of a function are looked up. */
interface Scope {
  /** The name of its client; `this` in an evaluated text. */
  readonly client: string;
  /** What its own constants are set to. */
  readonly locals: ReadonlyMap<string, ts.Expression>;
}

/** The constants of a function's own, by their names. */
function localsOf(fn: MovableFunction): ReadonlyMap<string, ts.Expression> {
  const found = descendants(fn.body).flatMap((node) =>
    ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined
      ? [[node.name.text, node.initializer] as const]
      : [],
  );
  return new Map(found);
}

/** Names an expression of a function by what it reads or calls of the function's client: `c.users.cache.get(id)?.tag` -> userTag. */
export function nameOfValue(fn: MovableFunction, at: ts.Expression): string | null {
  const client = fn.parameters[0]?.name;
  if (client !== undefined && !ts.isIdentifier(client)) return null;
  const locals = localsOf(fn);
  // In an evaluated text the client is `this`.
  const names = client === undefined ? ['this'] : [client.text, 'this'];
  for (const name of names) {
    const found = ofExpression(unwrap(at), { client: name, locals }, []);
    if (found !== null) return found;
  }
  return null;
}

/** `after` holds the members read from the expression, nearest last. */
function ofExpression(at: ts.Expression, scope: Scope, after: readonly string[]): string | null {
  const names = dottedNames(at);
  if (names !== null) return ofNames(names, scope, after);
  if (ts.isPropertyAccessExpression(at)) return ofExpression(unwrap(at.expression), scope, [at.name.text, ...after]);
  if (ts.isAwaitExpression(at)) return ofExpression(unwrap(at.expression), scope, after);
  if (ts.isArrayLiteralExpression(at)) return ofSpread(at, scope, after);
  if (!ts.isCallExpression(at) || !ts.isPropertyAccessExpression(at.expression)) return null;
  const { text: method } = at.expression.name;
  if (method === 'broadcastEval' || method === 'fetchClientValues') return ofNested(at);
  if (/^(then|catch|finally)$/.test(method)) return ofExpression(unwrap(at.expression.expression), scope, after);
  const mapped = method === 'reduce' ? ofMapped(unwrap(at.expression.expression), scope) : null;
  if (mapped !== null) return mapped;
  const path = dottedNames(at.expression);
  // `c.channels.cache.get(id)?.send(x)`, `channel.send(x)`.
  if (path === null || path[0] !== scope.client) return ofExpression(at.expression, scope, after);
  const [event] = at.arguments;
  if (method === 'emit' && event !== undefined && ts.isStringLiteralLike(event)) return camelCase(['emit', event.text]);
  return path[path.length - 1] === 'reduce' ? ofReduce(path, at) : ofCalledPath(path.slice(1), after);
}

/** `[...c.players.values()].map(f)` is named like `c.players.values().map(f)`. */
function ofSpread({ elements: [only, more] }: ts.ArrayLiteralExpression, scope: Scope, after: readonly string[]) {
  if (only === undefined || more !== undefined || !ts.isSpreadElement(only)) return null;
  return ofExpression(unwrap(only.expression), scope, after);
}

function ofNames([first = '', ...rest]: readonly string[], scope: Scope, after: readonly string[]): string | null {
  const names = [...rest, ...after];
  if (first === scope.client) return rest.length === 0 ? null : camelCase(names);
  const local = scope.locals.get(first);
  if (local === undefined) return null;
  const locals = new Map([...scope.locals].filter(([name]) => name !== first));
  return ofExpression(unwrap(local), { ...scope, locals }, names);
}

/** A function that asks all the others: `c.shard.broadcastEval((d) => d.ws.ping)` -> allWsPing. */
function ofNested({ arguments: [asked] }: ts.CallExpression): string | null {
  const at = asked === undefined ? null : unwrap(asked);
  if (at === null) return null;
  const isFunction = ts.isArrowFunction(at) || ts.isFunctionExpression(at);
  const inner = isFunction ? nameOfResult(at) : ts.isStringLiteralLike(at) ? camelCase(at.text.split('.')) : null;
  return inner === null ? null : camelCase(['all', inner]);
}

/** `c.guilds.cache.reduce((sum, guild) => sum + guild.memberCount, 0)` -> guildMemberCount. */
function ofReduce(path: readonly string[], call: ts.CallExpression): string | null {
  const [fn] = call.arguments;
  if (fn === undefined) return null;
  const members = descendants(fn).flatMap((n) => (ts.isPropertyAccessExpression(n) ? [n.name.text] : []));
  const [things = ''] = path.slice(1).filter((part) => part !== 'cache');
  const [last] = members.filter((name) => name !== 'cache' && name !== 'size');
  return last === undefined ? null : camelCase([singular(things), last]);
}

/** `c.guilds.cache.map((guild) => guild.memberCount)`, which is added up: guildMemberCount. */
function ofMapped(at: ts.Expression, { client }: Scope): string | null {
  if (!ts.isCallExpression(at) || !ts.isPropertyAccessExpression(at.expression)) return null;
  const path = at.expression.name.text === 'map' ? dottedNames(at.expression) : null;
  return path?.[0] === client ? ofReduce(path, at) : null;
}

const lookup = /^(get|has|fetch|find|resolve)$/;

/** `c.guilds.cache.get(id).channels.cache.get(other).send(x)` -> channelSend, `c.users.fetch(id)` -> fetchUser. */
function ofCalledPath(path: readonly string[], after: readonly string[]): string | null {
  const whole = [...path, ...after];
  const at = whole.findLastIndex((name, i) => i > 0 && lookup.test(name));
  const method = whole[at];
  if (method === undefined) return camelCase(whole);
  const before = whole.slice(0, at);
  const things = before.slice(before.findLastIndex((name, i) => i > 0 && lookup.test(name)) + 1);
  const thing = singular(things.filter((part) => part !== 'cache').join(' '));
  const members = whole.slice(at + 1);
  return members.length > 0 ? camelCase([thing, ...members]) : camelCase([method, thing]);
}
