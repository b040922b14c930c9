/** clients/own-methods: what methods and getters that a bot has written tell by what they give: of their process, or of one shard. */
import { dirname } from 'node:path';
import { packageFile } from '../project/package-info.ts';
import { askedOnce } from '../project/read-once.ts';
import { isAccess, isCallee } from '../syntax/access.ts';
import { declarationOf } from '../syntax/free-names.ts';
import { clientMembers } from '../syntax/globals.ts';
import { descendants, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { accessName } from '../values/puts.ts';
import { meaningsOf } from '../values/value-parts.ts';
import { type Body, hasBody } from '../values/value-way.ts';
import { writtenUnder } from '../values/written-functions.ts';
import { isAlone } from './call-alone.ts';
import { changing, reading } from './effects.ts';
import { isReading } from './only-reads.ts';
import { isClientOf, isDividedRead, isOfBot, isOfProcess, seesView, type Written } from './own-roots.ts';
import { wholeTaken } from './whole-taken.ts';

/**
 * What a method tells by what it gives: `own` of what its process has; `view` of what the `this` of it has, which is the
 * client of one shard where a shard is asked; `nothing` where it gives a thing by its id, or makes something of what it gets.
 */
export type Told = 'nothing' | 'view' | 'own';

/** Whether a member is called, or read. */
export type Taken = 'called' | 'read';

interface Search {
  readonly folder: string;
  /** What has been looked at, so that functions which call one another end somewhere. */
  readonly seen: Set<string>;
}

/** Of functions that call more than this nothing is known. */
const most = 40;

/** What all of several tell; behind the first that tells of its process nothing more can be told. */
function mostOf<One>(all: readonly One[], tell: (one: One) => Told): Told {
  let most: Told = 'nothing';
  for (const one of all) {
    const told = tell(one);
    if (told === 'own') return 'own';
    if (told === 'view') most = 'view';
  }
  return most;
}

/** Methods that give one thing by what they get, as their names say: `getBalance(id)`. */
const byId = /^(get|has|is|find|fetch)([A-Z]\w*)?$/;

/** Whether a call asks a method for one thing by its id, as far as the name of the method says. */
export const asksById = (call: ts.CallExpression, name: string): boolean =>
  byId.test(name) && call.arguments.length > 0;

/** Whether a call is one of a list, a map, a text or a number, none of which is a method that a bot has written. */
export const isPlainCall = (call: ts.CallExpression, name: string): boolean =>
  isReading(call) || changing.test(name) || (reading.test(name) && !/^(get|has|is|to)[A-Z]/.test(name));

/** A method that is looked at. */
interface Method extends Written, Search {}

/** What a call in a method tells. */
function toldByCall(method: Method, call: ts.CallExpression): Told {
  const { folder } = method;
  const callee = unwrap(call.expression);
  if (isAlone(call)) return 'nothing';
  if (ts.isIdentifier(callee)) return toldByName(method, call, callee);
  if (!isAccess(callee)) return 'nothing';
  const name = accessName(callee);
  if (isPlainCall(call, name) || !isOfBot(method, callee.expression)) return 'nothing';
  if (isClientOf(folder, callee.expression) && clientMembers.has(name)) return 'nothing';
  const found = toldUnder(name, 'called', method);
  if (found !== null) return found;
  return isClientOrThis(folder, callee.expression) && !asksById(call, name) ? 'own' : 'nothing';
}

/** What the call of a function by its name tells: one of the bot's files, or of a package that gets its client. */
function toldByName(method: Method, call: ts.CallExpression, callee: ts.Identifier): Told {
  const { fn, folder } = method;
  // What is declared in the method is looked at with it.
  if (declarationOf(callee, fn) !== null) return 'nothing';
  const bodies = meaningsOf(fn, callee).flatMap(({ node, is }) => (is === 'value' && hasBody(node) ? [node] : []));
  if (bodies.length > 0) return mostOf(bodies, (one) => toldIn(one, method));
  return call.arguments.some((one) => isClientOf(folder, one)) ? 'own' : 'nothing';
}

/** What a node of a method tells. */
function toldAt(method: Method, node: ts.Node): Told {
  const { folder } = method;
  if (isDividedRead(folder, node)) return seesView(method, node) ? 'view' : 'own';
  if (isOfProcess(node)) return 'own';
  const list = wholeTaken(node);
  if (list !== null && isOfBot(method, list)) return 'own';
  if (ts.isCallExpression(node)) return toldByCall(method, node);
  if (!ts.isPropertyAccessExpression(node) || isCallee(node)) return 'nothing';
  if (!isClientOrThis(folder, node.expression) || clientMembers.has(node.name.text)) return 'nothing';
  return toldUnder(node.name.text, 'read', method) ?? 'nothing';
}

const isClientOrThis = (folder: string, node: ts.Expression): boolean =>
  unwrap(node).kind === ts.SyntaxKind.ThisKeyword || isClientOf(folder, node);

/** Whether a method reads members of the bot's own of its `this`: `this.players`. */
const readsOwn = (fn: Body): boolean =>
  descendants(fn).some(
    (node) =>
      isAccess(node) &&
      unwrap(node.expression).kind === ts.SyntaxKind.ThisKeyword &&
      !isCallee(node) &&
      !clientMembers.has(accessName(node)),
  );

/** What a function tells. */
function toldIn(fn: Body, search: Search): Told {
  const key = `${fn.getSourceFile().fileName}#${fn.pos}`;
  if (search.seen.has(key)) return 'nothing';
  search.seen.add(key);
  if (search.seen.size > most) return 'own';
  const told = mostOf(descendants(fn), (node) => toldAt({ ...search, fn }, node));
  return told === 'view' && readsOwn(fn) ? 'own' : told;
}

/** What is told by what the files of a bot write under a name; `null` where they write nothing there. */
function toldUnder(name: string, taken: Taken, search: Search): Told | null {
  const { methods, getters, open } = writtenUnder(search.folder, name);
  const bodies = taken === 'called' ? methods : getters;
  if (bodies.length === 0) return null;
  return open && taken === 'called' ? 'own' : mostOf(bodies, (one) => toldIn(one, search));
}

const askedFor = askedOnce<{ readonly told: Told | null }>();

/**
 * What a member of the bot's own tells where it is called, or read as a getter; `null` where the package around a file
 * writes no function of that name.
 */
export function toldBy(path: string, name: string, taken: Taken): Told | null {
  const manifest = packageFile(dirname(path));
  if (manifest === null) return null;
  const folder = dirname(manifest);
  return askedFor(`${folder}#${taken}#${name}`, () => ({ told: toldUnder(name, taken, { folder, seen: new Set() }) }))
    .told;
}
