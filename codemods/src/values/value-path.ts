/** values/value-path: what a name or a member is taken of in a function: its client, its data, its process, the globals. */
import type { Access } from '../syntax/access.ts';
import { isClientScopeName, isFileBound, isGlobalName } from '../syntax/globals.ts';
import { isTypePosition, type MovableFunction, placesOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { accessName } from './puts.ts';
import { askedOnce, isFollowed } from './value-asked.ts';
import type { Found, Origin } from './value-next.ts';
import { entriesOf, meaningsOf, originsOf } from './value-parts.ts';

/** What a function is given, or finds in its process: `named` for a global of the bot that it says by its name alone. */
export type Root = 'client' | 'data' | 'process' | 'global' | 'named';

/** A value by the names that lead to it, `null` for those that are computed: `c.a[key]` is `['a', null]` of the client. */
export interface ValuePath {
  readonly root: Root;
  readonly names: readonly (string | null)[];
  /** Whether it is that and nothing else. */
  readonly sure: boolean;
}

/** Whether a node sees the `this` of an arrow function, which is the client where that function is evaluated. */
function seesThisOf(fn: MovableFunction, node: ts.Node): boolean {
  if (!ts.isArrowFunction(fn)) return false;
  let at = node;
  while (at !== fn && !ts.isSourceFile(at) && (ts.isArrowFunction(at) || !ts.isFunctionLike(at))) at = at.parent;
  return at === fn;
}

/** What an argument of a function is, by its place. */
const argumentAt = (index: number): Root | null => (index === 0 ? 'client' : index === 1 ? 'data' : null);

function rootOf(fn: MovableFunction, { node, global }: Origin): Root | null {
  if (ts.isParameter(node)) return node.parent === fn ? argumentAt(fn.parameters.indexOf(node)) : null;
  if (node.kind === ts.SyntaxKind.ThisKeyword) return seesThisOf(fn, node) ? 'client' : null;
  if (global === 'process') return 'process';
  if (global === null) return null;
  if (/^global(This)?$/.test(global)) return 'global';
  const isKnown = isGlobalName(global) || isFileBound(global) || isClientScopeName(global) || global === 'arguments';
  return isKnown || isTypePosition(node) || isDeclaredHere(node, global) ? null : 'named';
}

/** Whether the file of a node declares what has a name and is no variable. */
const isDeclaredHere = (node: ts.Node, name: string): boolean =>
  placesOf(node.getSourceFile(), name).some(({ parent }) => {
    const declares = ts.isEnumDeclaration(parent) || ts.isModuleDeclaration(parent);
    return (declares || ts.isImportEqualsDeclaration(parent)) && parent.name.getText() === name;
  });

const nameOf = (step: string): string | null => (/^[*#@]$/.test(step) ? null : step);

/** The name of a member that an expression takes; `null` for one that is computed. */
export const nameAt = (access: Access): string | null => nameOf(accessName(access));

/** The argument that is taken of all that are left for the last parameter: `(c, ...rest) => rest[0]`. */
function ofRest(index: number, { taken: [first, ...more], sure }: Origin): ValuePath | null {
  const root = argumentAt(index + Number(first));
  return root === null ? null : { root, names: more.map(nameOf), sure };
}

function pathTo(fn: MovableFunction, origin: Origin): ValuePath | null {
  const { node } = origin;
  if (ts.isParameter(node) && node.parent === fn && node.dotDotDotToken !== undefined)
    return ofRest(fn.parameters.indexOf(node), origin);
  const root = rootOf(fn, origin);
  if (root === null) return null;
  const taken = origin.taken.map(nameOf);
  const names = root === 'named' ? [origin.global, ...taken] : taken;
  const ofGlobal = root === 'global' && names[0] === 'process';
  return { root: ofGlobal ? 'process' : root, names: ofGlobal ? names.slice(1) : names, sure: origin.sure };
}

/** What a name or a member may be: a path where one is known, or what is found of it. */
export type Meaning = ValuePath | Found;

const meaningOf = (fn: MovableFunction, one: Found): Meaning => (one.is === 'origin' ? (pathTo(fn, one) ?? one) : one);

/** What was found in a function; where that is too large to be followed, anything may be missing. */
function asFollowed(ask: typeof entriesOf, fn: MovableFunction, node: ts.Expression): readonly Meaning[] {
  const found = isFollowed(fn) ? ask(fn, node) : [];
  return isFollowed(fn) ? found.map((one) => meaningOf(fn, one)) : [{ is: 'missing', node }];
}

const meaningsWithin = askedOnce((fn: MovableFunction, node: ts.Expression) => asFollowed(meaningsOf, fn, node));

/** What a name or a member may be in a function, as far as its text tells; it is followed to where a text says a value. */
export const meaningsIn = (fn: MovableFunction | null, node: ts.Expression): readonly Meaning[] =>
  fn === null ? meaningsOf(fn, node) : meaningsWithin(fn, node);

/** What the entries of a list may be in a function. */
export const entriesIn = askedOnce((fn: MovableFunction, node: ts.Expression) => asFollowed(entriesOf, fn, node));

/** Every path by which an expression may be reached in a function, through whatever is set, chosen and called on the way. */
export const pathsIn = askedOnce((fn: MovableFunction, node: ts.Expression): readonly ValuePath[] =>
  isFollowed(fn) ? originsOf(fn, node).flatMap((one) => pathTo(fn, one) ?? []) : [],
);

/** The names by which a node may be read of the client of a function: none of them for the client itself. */
export const ofClient = (fn: MovableFunction, node: ts.Expression): readonly ValuePath['names'][] =>
  pathsIn(fn, node).flatMap(({ root, names }) => (root === 'client' ? [names] : []));

/** The global of the bot that a path leads to; `null` for one that is JavaScript's or Node's, and for anything else. */
export function botGlobalOf({ root, names: [first] }: ValuePath): string | null {
  if ((root !== 'global' && root !== 'named') || typeof first !== 'string') return null;
  return isGlobalName(first) ? null : first;
}
