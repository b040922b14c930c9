/** values/roots: what a value can be led back to. */
import type { FileValue } from '../modules/loaded-values.ts';
import type { ParsedFile } from '../syntax/program.ts';
import type { Written } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { saysService } from './client-words.ts';
import type { Holder } from './own-members.ts';

interface Led {
  readonly file: ParsedFile;
  /** The names it goes by on the way to where it is used, as far as each of them always means it. */
  readonly names: readonly string[];
}

/** What a package gives, or the package itself. */
export interface PackageRoot extends Led {
  readonly kind: 'package';
  readonly specifier: string;
  /** Whether one of its functions or classes gave it. */
  readonly made: boolean;
  /** The call or the `new` that did. */
  readonly node: ts.Node | null;
}

/** A file of the bot that is imported as a whole. */
export interface ModuleRoot extends Led {
  readonly kind: 'module';
  readonly specifier: string;
}

/** What a class, or a function, of the bot makes. */
export interface InstanceRoot extends Led {
  readonly kind: 'instance';
  readonly node: ts.ClassLikeDeclaration | ts.SignatureDeclaration;
}

/** An object, a class or a function that is written in the bot. */
export interface ValueRoot extends Led {
  readonly kind: 'value';
  readonly node: Holder;
}

/** Of which only the written type is known. */
export interface TypeRoot extends Led {
  readonly kind: 'type';
  readonly type: ts.TypeNode;
  readonly says: boolean;
}

/** What nothing more is known of. */
export interface OpenRoot extends Led {
  readonly kind: 'open';
  /** The expression or the parameter, where there is one. */
  readonly node: ts.Node | null;
  /** Whether it is a part of something else that a bot talks to. */
  readonly other: boolean;
}

/** What a value was made of, or comes from. */
export type Root = PackageRoot | ModuleRoot | InstanceRoot | ValueRoot | TypeRoot | OpenRoot;

/** Several, where a value may be one of several. */
export type Roots = readonly Root[];

/** Who follows the values of a file, and those of others. */
export interface Follower {
  readonly file: ParsedFile;
  of(node: ts.Expression): Roots;
  ofAll(values: readonly Written[]): Roots;
  member(roots: Roots, name: string | null): Roots;
  elsewhere(one: FileValue): Roots;
  inside(file: ParsedFile): Follower;
}

/** Something unknown by a name. */
export function open(file: ParsedFile, name: string | null, node: ts.Node | null = null): OpenRoot {
  return { kind: 'open', file, names: name === null ? [] : [name], node, other: false };
}

/** A member of something unknown: what holds it tells only what it is not. */
export function partOf(root: Root, name: string): OpenRoot {
  const other = (root.kind === 'open' && root.other) || root.names.some(saysService);
  return { ...open(root.file, name), other };
}

/** The same by one more name. */
export function called(roots: Roots, name: string | null): Roots {
  return name === null ? roots : roots.map((root) => ({ ...root, names: [name, ...root.names] }));
}

/** What a package has under a name; the package itself by none. */
export function fromPackage(file: ParsedFile, specifier: string, name?: string): PackageRoot {
  return { kind: 'package', file, names: name === undefined ? [] : [name], specifier, made: false, node: null };
}

/** `new` of a class or a function makes an instance of it. */
export function madeBy(root: Root, node: ts.Node | null = null): Root {
  if (root.kind !== 'value' || ts.isObjectLiteralExpression(root.node)) return given(root, node);
  return { ...root, kind: 'instance', node: root.node };
}

/** What a function or a class gives is no longer the thing itself. */
export function given(root: Root, node: ts.Node | null = null): Root {
  if (root.kind === 'package') return { ...root, made: true, node };
  if (root.kind === 'open') return { ...root, node: node ?? root.node };
  return root.kind === 'instance' || root.kind === 'value' ? open(root.file, null) : root;
}
