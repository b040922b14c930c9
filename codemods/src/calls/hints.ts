/** calls/hints: names a handler could have, from what the code around the call means. Never from values. */
import { basename } from 'node:path';
import type { HandedFunction } from '../syntax/call-site.ts';
import { descendants, dottedNames, type MovableFunction, unwrap, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

const longest = 40;
const emptyNames =
  /^(results?|res|responses?|data|values?|r|x|ret|out|arr(ay)?|promises?|reply|all|tmp|temp|found|info|shards?|clusters?|_+)$/i;
const emptyFunctions =
  /^(execute|run|exec|main|default|handler?|handle|callback|constructor|invoke|action|process|init|start|setup|load|fn|func|register|send|reply|get|fetch|update|check|then|chatInputRun|messageRun|on[A-Z].*)$/;
/** Properties of what a bot sends: they say where the result is shown, not what it is. */
const ofMessages = /^(content|embeds?|fields?|title|description|name|text|body|footer|context)$/;
const reserved = new Set(
  (
    'break case catch class const continue debugger default delete do else enum export extends false finally for function ' +
    'if import in instanceof new null return super switch this throw true try typeof var void while with yield let static ' +
    'await async of get set constructor prototype hasOwnProperty toString valueOf toLocaleString isPrototypeOf propertyIsEnumerable'
  ).split(' '),
);

/** Joins words as camelCase, at most 40 characters; `null` when nothing of an identifier is left. */
export function camelCase(words: readonly string[]): string | null {
  const parts = words.flatMap((word) => word.split(/[^\p{L}\p{N}]+/u)).filter((part) => part !== '');
  const [first, ...rest] = parts;
  if (first === undefined) return null;
  const head = first === first.toUpperCase() ? first.toLowerCase() : first.slice(0, 1).toLowerCase() + first.slice(1);
  const name = [head, ...rest.map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))].join('').slice(0, longest);
  if (reserved.has(name)) return `${name}Value`;
  return /^\p{N}/u.test(name) ? `get${name}` : name;
}

/** The name of a dotted path: `guilds.cache.size` -> `guildsCacheSize`. */
export function pathName(names: readonly string[]): string {
  return camelCase(names) ?? 'value';
}

const singular = (name: string): string => name.replace(/ies$/, 'y').replace(/s$/, '');

function resultOf(fn: MovableFunction): ts.Expression | null {
  if (!ts.isBlock(fn.body)) return unwrap(fn.body);
  const [only] = fn.body.statements;
  if (fn.body.statements.length !== 1 || only === undefined || !ts.isReturnStatement(only)) return null;
  return only.expression === undefined ? null : unwrap(only.expression);
}

/** `c.guilds.cache.size` -> guildsCacheSize, `c.users.cache.get(id)?.tag` -> userTag, `c.user.setPresence(x)` -> userSetPresence. */
function ofBody(fn: MovableFunction): string | null {
  const client = fn.parameters[0]?.name;
  const result = resultOf(fn);
  if (result === null || (client !== undefined && !ts.isIdentifier(client))) return null;
  // In an evaluated text the client is `this`.
  return (client === undefined ? null : ofExpression(result, client.text, [])) ?? ofExpression(result, 'this', []);
}

/** `after` holds the members read from the expression, nearest last. */
function ofExpression(at: ts.Expression, client: string, after: readonly string[]): string | null {
  const names = dottedNames(at);
  if (names !== null) return names[0] === client && names.length > 1 ? camelCase([...names.slice(1), ...after]) : null;
  if (ts.isPropertyAccessExpression(at)) return ofExpression(unwrap(at.expression), client, [at.name.text, ...after]);
  if (ts.isAwaitExpression(at)) return ofExpression(unwrap(at.expression), client, after);
  if (!ts.isCallExpression(at) || !ts.isPropertyAccessExpression(at.expression)) return null;
  const { text: method } = at.expression.name;
  if (method === 'broadcastEval' || method === 'fetchClientValues') return ofNested(at);
  const path = dottedNames(at.expression);
  if (path === null || path[0] !== client) return null;
  const [event] = at.arguments;
  if (method === 'emit' && event !== undefined && ts.isStringLiteralLike(event)) return camelCase(['emit', event.text]);
  return path[path.length - 1] === 'reduce' ? ofReduce(path, at) : ofCalledPath(path.slice(1), after);
}

/** A function that asks all the others: `c.shard.broadcastEval((d) => d.ws.ping)` -> allWsPing. */
function ofNested({ arguments: [asked] }: ts.CallExpression): string | null {
  const at = asked === undefined ? null : unwrap(asked);
  if (at === null) return null;
  const isFunction = ts.isArrowFunction(at) || ts.isFunctionExpression(at);
  const inner = isFunction ? ofBody(at) : ts.isStringLiteralLike(at) ? camelCase(at.text.split('.')) : null;
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

function ofCalledPath(path: readonly string[], after: readonly string[]): string | null {
  const method = path[path.length - 1] ?? '';
  const lookup = path.length > 1 && /^(get|has|fetch|find|resolve)$/.test(method);
  if (!lookup) return camelCase([...path, ...after]);
  const thing = singular(
    path
      .filter((part) => part !== 'cache')
      .slice(0, -1)
      .join(' '),
  );
  return after.length > 0 ? camelCase([thing, ...after]) : camelCase([method, thing]);
}

/** The variable or the property that receives the result: `const totalGuilds = await ...`, `{ memory: await ... }`. */
function ofReceivingName(call: ts.CallExpression): string | null {
  let handedOn = false;
  for (let at: ts.Expression = call; ; ) {
    const { parent } = wrapped(at);
    handedOn ||= ts.isCallExpression(parent) && unwrap(parent.expression) !== unwrap(at);
    if (ts.isAwaitExpression(parent) || ts.isPropertyAccessExpression(parent) || ts.isCallExpression(parent))
      at = parent;
    else if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) {
      return emptyNames.test(parent.name.text) ? null : camelCase([parent.name.text]);
    } else if (ts.isPropertyAssignment(parent) && ts.isIdentifier(parent.name) && !handedOn) {
      const { text } = parent.name;
      return emptyNames.test(text) || ofMessages.test(text) ? null : camelCase([text]);
    } else return null;
  }
}

function ofEnclosingFunction(call: ts.CallExpression): string | null {
  for (let at: ts.Node = call; !ts.isSourceFile(at); at = at.parent) {
    const named = ts.isFunctionDeclaration(at) || ts.isMethodDeclaration(at) ? at.name : undefined;
    const holder =
      (ts.isArrowFunction(at) || ts.isFunctionExpression(at)) && ts.isVariableDeclaration(at.parent)
        ? at.parent.name
        : undefined;
    const name = named ?? holder;
    if (name !== undefined && ts.isIdentifier(name) && !emptyFunctions.test(name.text)) return camelCase([name.text]);
  }
  return null;
}

/** What the author calls the function itself: `function oldest(c)`, `const oldest = (c) =>`. */
function givenName(fn: MovableFunction): string | null {
  const holder = ts.isVariableDeclaration(fn.parent) && ts.isIdentifier(fn.parent.name) ? fn.parent.name.text : null;
  const name = ts.isArrowFunction(fn) ? holder : (fn.name?.text ?? holder);
  if (name === null || name.length < 3 || emptyNames.test(name) || emptyFunctions.test(name)) return null;
  return camelCase([name]);
}

/** Names that fit a call's function, best first; the file's name is always last. */
export function nameHints({ file, call, fn }: HandedFunction): readonly string[] {
  const own = givenName(fn);
  const stem = basename(file.source.path).replace(/\.[^.]+$/, '');
  const hints = [own, ofBody(fn), ofReceivingName(call), ofEnclosingFunction(call), camelCase([stem])];
  return [...hints.filter((hint) => hint !== null), 'handler'];
}
