/** clients/effects: what a function does to its client and its process, which several shards share now. */
import { type Access, isAccess } from '../syntax/access.ts';
import { shortText } from '../syntax/short-text.ts';
import { descendants, dottedNames, type MovableFunction, unwrap } from '../syntax/syntax.ts';
import { writtenBy } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { botGlobalOf, nameAt, pathsIn, type ValuePath } from '../values/value-path.ts';
import { computedName } from './computed-members.ts';
import { lasts, neverFails } from './lasting.ts';

/** One thing that is done, as it is written, and the member of the client or the global (`global.x`) it is done to. */
export interface DoneTo {
  readonly what: string;
  readonly to: string;
}

/** What a function does, as far as its text tells. */
export interface Effects {
  /** What it does to its client or its process: once for each shard, when it runs once for each shard. */
  readonly done: readonly string[];
  /** What of that is done to a member. */
  readonly doneTo: readonly DoneTo[];
  /** Members of its client and globals of the bot (`global.x`) that it sets, calls, or calls a changing method of. */
  readonly actsOn: readonly string[];
  /** Those of them that it surely sets or changes: it does more than call a method that nobody knows. */
  readonly changes: readonly string[];
  /** Methods further in such members that are not known to read alone: `c.manager.players.get(id).skip`. */
  readonly calls: readonly DoneTo[];
  /** Does one thing after the other and waits for each, so that it may take longer than a request waits. */
  readonly lasts: boolean;
  /** Waits for several things, one after another, and catches whatever fails. */
  readonly neverFails: boolean;
}

/** A function of which nothing is known, or that is none. */
export const noEffects: Effects = {
  done: [],
  doneTo: [],
  actsOn: [],
  changes: [],
  calls: [],
  lasts: false,
  neverFails: false,
};

/** Methods by which a function acts on what sends events. */
export const acts =
  /^(on|once|off|addListener|prependListener|removeListener|removeAllListeners|emit|destroy|login|setMaxListeners|chdir)$/;

function clientName(fn: MovableFunction): string {
  const name = fn.parameters[0]?.name;
  return name !== undefined && ts.isIdentifier(name) ? name.text : 'this';
}

/** The paths to a member of what an expression is itself; a copy of it is something else. */
const pathsTo = (fn: MovableFunction, access: Access): readonly ValuePath[] =>
  pathsIn(fn, access.expression).map((path) => ({ ...path, names: [...path.names, nameAt(access)] }));

/** What a node sets or calls, where that is a member of something. */
function memberAt(node: ts.Node): Access | null {
  const target = ts.isCallExpression(node) ? node.expression : writtenBy(node);
  const at = target === null ? null : unwrap(target);
  return at !== null && isAccess(at) ? at : null;
}

/** What a timer does, beside waking who waits for it: `setTimeout(() => channel.send('x'), 5)`. */
function isWork(timer: ts.CallExpression): boolean {
  const [fn] = timer.arguments;
  if (timer.expression.getText() === 'setInterval') return true;
  if (timer.expression.getText() !== 'setTimeout' || fn === undefined) return false;
  const isWritten = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn);
  return isWritten && descendants(fn.body).some((one) => ts.isCallExpression(one) && isAccess(unwrap(one.expression)));
}

/** What lasts as long as the process does: `c.x`, `global.x`, `process.env.X`. */
const isLasting = ({ root, names }: ValuePath): boolean =>
  /^(client|global|named|process)$/.test(root) && !names.includes(null);

const defines = /^(?:Object|Reflect)\.(?:assign|definePropert(?:y|ies)|set)$/;

/** What a call puts members into: `Object.assign(c, { mode })`. */
function definedAt(fn: MovableFunction, call: ts.CallExpression): ts.Expression | null {
  const [target] = call.arguments;
  if (target === undefined || !defines.test(call.expression.getText())) return null;
  return pathsIn(fn, target).some(isLasting) ? target : null;
}

/** Whether a path is that of a method that acts on a client, its process, or what sends events for them. */
function isActing({ root, names }: ValuePath): boolean {
  const emitters = root === 'client' ? /^(?:(?:ws|rest)\.)?$/ : root === 'process' ? /^$/ : null;
  const holder = names.slice(0, -1).map((name) => `${name}.`);
  return emitters?.test(holder.join('')) === true && acts.test(names.at(-1) ?? '');
}

function doneByCall(fn: MovableFunction, call: ts.CallExpression): string | null {
  if (isWork(call)) return call.expression.getText();
  if (definedAt(fn, call) !== null) return `${call.expression.getText()}(${call.arguments[0]?.getText()}, ...)`;
  const member = memberAt(call);
  const done = member === null ? undefined : pathsTo(fn, member).find(isActing);
  if (done === undefined) return null;
  return `${done.root === 'client' ? clientName(fn) : done.root}.${done.names.join('.')}`;
}

function doneAt(fn: MovableFunction, node: ts.Node): string | null {
  if (ts.isCallExpression(node)) return doneByCall(fn, node);
  const member = memberAt(node);
  if (member === null || !pathsTo(fn, member).some(isLasting)) return null;
  return `${dottedNames(member)?.join('.') ?? member.getText()} = ...`;
}

/** Methods that change what they are called on. */
export const changing = /^(set|delete|clear|add|push|pop|shift|unshift|splice|sort|reverse|fill|sweep|(re|un)?load)$/;

/**
 * The member of its client that a node sets (`c.mode = m`, `c.hits++`), calls (`c.reload()`) or changes
 * (`c.commands.delete(x)`), or the global of the bot.
 */
function actedOn(fn: MovableFunction, node: ts.Node): string | null {
  const defined = ts.isCallExpression(node) ? definedAt(fn, node) : null;
  const own = defined === null ? undefined : pathsIn(fn, defined).find(({ names: [first] }) => first !== undefined);
  if (own !== undefined) return own.names[0] ?? null;
  const member = memberAt(node);
  const paths = member === null ? [] : pathsTo(fn, member);
  const found = paths.flatMap((path) => {
    const { names } = path;
    const acted = !ts.isCallExpression(node) || names.length === 1 || changing.test(names.at(-1) ?? '');
    return acted && member !== null ? ownerAt(path, member) : [];
  });
  return found[0] ?? null;
}

/** Whether what a node does to a member is known to change it, beside a call of a method with a name of its own. */
function isChange(node: ts.Node): boolean {
  if (!ts.isCallExpression(node) || defines.test(node.expression.getText())) return true;
  const member = memberAt(node);
  return member !== null && changing.test(nameAt(member) ?? '');
}

/** The member of the client that a path goes through, or the global of the bot. */
function ownerAt(path: ValuePath, member: Access): readonly string[] {
  const global = botGlobalOf(path);
  const [first] = path.names;
  const ofClient = first === null ? computedName(member) : first;
  const name = path.root === 'client' ? ofClient : global === null ? null : `global.${global}`;
  return typeof name === 'string' ? [name] : [];
}

/** Methods of lists, maps, texts, numbers and dates that change nothing, and names that say so. */
export const reading =
  /^((get|has|is|to)([A-Z]\w*)?|at|array|charAt|clone|concat|difference|each|endsWith|entries|equals|every|filter|find(Index|Key|Last|LastIndex)?|first(Key)?|flat|flatMap|forEach|includes|indexOf|intersect|join|key(s|Array)|last(Key|IndexOf)?|map(Values)?|match|pad(Start|End)|partition|random(Key)?|reduce(Right)?|repeat|replace(All)?|slice|some|split|startsWith|substring|tap|trim|valueOf|values)$/;

/** The method that a node calls on something that a member of the client holds, unless it only reads. */
function calledAt(fn: MovableFunction, node: ts.Node): readonly DoneTo[] {
  const member = ts.isCallExpression(node) ? memberAt(node) : null;
  if (member === null || reading.test(nameAt(member) ?? '')) return [];
  const [to] = pathsTo(fn, member).flatMap((path) => (path.names.length > 1 ? ownerAt(path, member) : []));
  return to === undefined ? [] : [{ what: dottedNames(member)?.join('.') ?? shortText(member), to }];
}

/** Reads what a function does. */
export function effectsOf(fn: MovableFunction): Effects {
  const nodes = descendants(fn.body);
  const all = nodes.map((node) => ({ node, what: doneAt(fn, node), to: actedOn(fn, node) }));
  const acted = all.flatMap(({ node, to }) => (to === null ? [] : [{ node, to }]));
  return {
    done: [...new Set(all.flatMap(({ what }) => what ?? []))],
    doneTo: all.flatMap(({ what, to }) => (what === null || to === null ? [] : [{ what, to }])),
    actsOn: [...new Set(acted.map(({ to }) => to))],
    changes: [...new Set(acted.flatMap(({ node, to }) => (isChange(node) ? [to] : [])))],
    calls: nodes.flatMap((node) => calledAt(fn, node)),
    lasts: lasts(fn),
    neverFails: neverFails(fn),
  };
}
