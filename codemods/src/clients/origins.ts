/** clients/origins: follows a value to its roots: through names, members, patterns, calls and the files of the bot. */
import { bindingOf } from '../modules/bindings.ts';
import { globalName, globalValues } from '../modules/global-owner.ts';
import type { FileValue } from '../modules/loaded-values.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { dottedNames, nameText, requiredModule, returnedBy, symbolOf, unwrap } from '../syntax/syntax.ts';
import { thisHolder } from '../syntax/this-holder.ts';
import { isNothing, type Written, writesToPath, writesToVariable } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { classOf, extendedBy } from '../values/class-owner.ts';
import { eachOf, takenRoots } from '../values/collection-roots.ts';
import { calledBack, handedTo } from '../values/handed.ts';
import { exportRoots, importRoots, moduleRoots, spaceRoots } from '../values/module-roots.ts';
import { ownMember, spreadIn } from '../values/own-members.ts';
import {
  called,
  type Follower,
  given,
  type InstanceRoot,
  madeBy,
  open,
  partOf,
  type Root,
  type Roots,
  type ValueRoot,
} from '../values/roots.ts';
import { typedMember, typeRoots, writtenType } from '../values/type-roots.ts';

/** Steps from one name to the next, and from one file to the next. */
const deepest = 12;

type Found = Map<ts.Node, Roots>;

/** Follows the values of one file; what leads into another one is followed there. */
export class Origins implements Follower {
  readonly file: ParsedFile;
  /** What each declaration was led back to; nothing while that is still being asked. */
  readonly #found: Found;
  readonly #depth: number;

  constructor(file: ParsedFile, found: Found = new Map(), depth = deepest) {
    this.file = file;
    this.#found = found;
    this.#depth = depth;
  }

  /** The roots of an expression. */
  of(node: ts.Expression): Roots {
    const at = unwrap(node);
    if (this.#depth === 0) return [open(this.file, null, at)];
    const next = new Origins(this.file, this.#found, this.#depth - 1);
    if (ts.isAwaitExpression(at)) return next.of(at.expression);
    if (ts.isConditionalExpression(at)) return next.ofAll([at.whenTrue, at.whenFalse]);
    if (ts.isBinaryExpression(at)) return next.#ofOperator(at);
    if (ts.isIdentifier(at)) return next.#ofName(at);
    if (at.kind === ts.SyntaxKind.ThisKeyword) return next.#ofThis(at);
    if (ts.isNewExpression(at)) return next.#ofNew(at);
    if (ts.isCallExpression(at)) return next.#ofCall(at);
    if (ts.isObjectLiteralExpression(at) || ts.isClassExpression(at) || ts.isFunctionLike(at))
      return [{ kind: 'value', file: this.file, names: [], node: at }];
    if (ts.isPropertyAccessExpression(at)) return next.#ofMember(at, at.name.text);
    if (!ts.isElementAccessExpression(at)) return [open(this.file, null, at)];
    const key = at.argumentExpression;
    return ts.isStringLiteralLike(key)
      ? next.#ofMember(at, key.text)
      : (takenRoots(next, at) ?? next.#ofMember(at, null));
  }

  /** The roots of what a pattern takes apart. */
  ofPattern(pattern: ts.ObjectBindingPattern): Roots {
    const { parent } = pattern;
    if (ts.isBindingElement(parent)) return this.#ofElement(parent);
    if (ts.isParameter(parent)) return this.#ofParameter(parent);
    return this.#ofVariable(parent);
  }

  /** The roots of a member that is taken out. */
  member(roots: Roots, name: string | null): Roots {
    return roots.flatMap((root) => this.#memberOf(root, name));
  }

  /** The same in another file. */
  inside(file: ParsedFile): Origins {
    return new Origins(file, this.#found, this.#depth);
  }

  /** The roots of all values that may be in one place. */
  ofAll(values: readonly Written[]): Roots {
    const told = values.filter((value) => value === null || !isNothing(value));
    return told.flatMap((value) => (value === null ? [open(this.file, null)] : this.of(value)));
  }

  #ofOperator({ left, right, operatorToken: { kind } }: ts.BinaryExpression): Roots {
    if (kind === ts.SyntaxKind.EqualsToken || kind === ts.SyntaxKind.CommaToken) return this.of(right);
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return this.of(right);
    return this.ofAll([left, right]);
  }

  /** The roots of a value of any file. */
  elsewhere({ file, value }: FileValue): Roots {
    if (this.#depth === 0) return [open(file, null)];
    if (ts.isClassDeclaration(value) || ts.isFunctionDeclaration(value))
      return [{ kind: 'value', file, names: [], node: value }];
    return new Origins(file, this.#found, this.#depth - 1).of(value);
  }

  #ofName(at: ts.Identifier): Roots {
    const symbol = symbolOf(this.file.checker, at);
    const declaration = symbol?.valueDeclaration ?? symbol?.declarations?.[0];
    if (symbol === undefined || declaration === undefined || declaration.getSourceFile() !== this.file.tree) {
      const values = globalValues(this.file.source.path, at.text).flatMap((one) => this.elsewhere(one));
      return values.length > 0 ? called(values, at.text) : [open(this.file, at.text, at)];
    }
    const known = this.#found.get(declaration);
    if (known !== undefined) return known;
    this.#found.set(declaration, []);
    const roots = this.#ofDeclaration(declaration, symbol, at);
    this.#found.set(declaration, roots);
    return roots;
  }

  #ofDeclaration(declaration: ts.Declaration, symbol: ts.Symbol, at: ts.Identifier): Roots {
    const binding = bindingOf(declaration);
    if (binding !== null) return called(importRoots(this, binding), at.text);
    if (ts.isClassLike(declaration) || ts.isFunctionDeclaration(declaration))
      return [{ kind: 'value', file: this.file, names: [at.text], node: declaration }];
    const first = this.#declared(declaration, at);
    if (first === null) return [open(this.file, at.text, at)];
    const type = ts.isBindingElement(declaration) ? undefined : writtenType(declaration);
    const later = type !== undefined && typeRoots(this.file, type) !== null ? [] : this.#later(declaration, symbol);
    // A name of several values says of none what it is.
    if (later.length > 0 && first.length > 0) return [...first, ...later];
    const all = [...first, ...later];
    return all.length === 0 ? [open(this.file, at.text, at)] : called(all, at.text);
  }

  #declared(declaration: ts.Declaration, at: ts.Identifier): Roots | null {
    if (ts.isBindingElement(declaration)) return this.#ofElement(declaration);
    if (ts.isParameter(declaration)) return called(this.#ofParameter(declaration), at.text);
    return ts.isVariableDeclaration(declaration) ? this.#ofVariable(declaration) : null;
  }

  #later(declaration: ts.Declaration, symbol: ts.Symbol): Roots {
    const list = ts.isVariableDeclaration(declaration) ? declaration.parent : null;
    const fixed = list !== null && (list.flags & ts.NodeFlags.Const) !== 0;
    return fixed ? [] : this.ofAll(writesToVariable(this.file, symbol));
  }

  #ofVariable(variable: ts.VariableDeclaration): Roots {
    const type = writtenType(variable);
    const typed = type === undefined ? null : typeRoots(this.file, type);
    if (typed !== null) return typed;
    if (variable.initializer !== undefined) return this.ofAll([variable.initializer]);
    const loop = variable.parent.parent;
    return ts.isForOfStatement(loop) ? eachOf(this, loop.expression) : [];
  }

  /** `{ client: x = y }`: what is taken out, and what is there instead where it is missing. */
  #ofElement({ parent, propertyName, name, initializer }: ts.BindingElement): Roots {
    if (!ts.isObjectBindingPattern(parent)) return this.#ofListPattern(parent);
    const member = nameText(propertyName ?? name);
    const taken = this.member(this.ofPattern(parent), member);
    const instead = initializer === undefined || isEmpty(initializer) ? [] : this.ofAll([initializer]);
    return [...taken, ...instead];
  }

  #ofListPattern({ parent }: ts.ArrayBindingPattern): Roots {
    if (!ts.isVariableDeclaration(parent)) return [open(this.file, null)];
    return parent.initializer === undefined ? this.#ofVariable(parent) : eachOf(this, parent.initializer);
  }

  /** What every caller in this file hands over; where there are others, nothing is known. */
  #ofParameter(parameter: ts.ParameterDeclaration): Roots {
    const type = writtenType(parameter);
    const typed = type === undefined ? null : typeRoots(this.file, type);
    if (typed !== null) return typed;
    const back = calledBack(parameter);
    if (back !== null) return back.each ? eachOf(this, back.from) : this.of(back.from);
    const name = ts.isIdentifier(parameter.name) ? parameter.name.text : null;
    const unknown = open(this.file, name, parameter);
    const given = handedTo(this.file, parameter) ?? [];
    const others = given.length === 0 || given.some((one) => one === undefined);
    const values = [...given, parameter.initializer].flatMap((one) => (one === undefined ? [] : [one]));
    return [...(others ? [unknown] : []), ...this.ofAll(values)];
  }

  /** `this` is of its class, or the object that its function was put into. */
  #ofThis(at: ts.Expression): Roots {
    const own = classOf(at);
    if (own !== null) return [{ kind: 'instance', file: this.file, names: [], node: own }];
    const holder = thisHolder(at);
    if (holder === null) return [open(this.file, null, at)];
    if (ts.isObjectLiteralExpression(holder)) return this.of(holder);
    const made = ts.isPropertyAccessExpression(holder) && holder.name.text === 'prototype' ? holder.expression : null;
    return made === null ? this.of(holder) : this.of(made).map((root) => madeBy(root));
  }

  #ofNew(node: ts.NewExpression): Roots {
    return this.of(node.expression).map((root) => madeBy(root, node));
  }

  #ofCall(call: ts.CallExpression): Roots {
    const { expression } = call;
    const [first] = call.arguments;
    const loads = expression.kind === ts.SyntaxKind.ImportKeyword && first !== undefined ? first : null;
    if (loads !== null) return ts.isStringLiteralLike(loads) ? spaceRoots(this, loads.text) : [open(this.file, null)];
    const specifier = requiredModule(call);
    if (specifier !== null) return moduleRoots(this, specifier);
    if (/\bguilds\s*(?:\.\s*cache\s*)?\??\.\s*(?:get|find|first|resolve|fetch|random|at)$/.test(expression.getText()))
      return [open(this.file, 'guild')];
    if (expression.getText() === 'Object.assign' && first !== undefined)
      return this.ofAll([first, ...call.arguments.slice(1).filter(holdsShard)]);
    const name = dottedNames(expression)?.at(-1) ?? null;
    return takenRoots(this, call) ?? this.of(expression).flatMap((root) => this.#result(root, name, call));
  }

  #result(root: Root, name: string | null, call: ts.CallExpression): Roots {
    if (root.kind !== 'value' || !('body' in root.node) || root.node.body === undefined) return [given(root, call)];
    const { type, body } = root.node;
    const typed = type === undefined ? null : typeRoots(root.file, type);
    return called(typed ?? this.inside(root.file).ofAll(returnedBy({ body: body as ts.ConciseBody })), name);
  }

  #ofMember(at: ts.PropertyAccessExpression | ts.ElementAccessExpression, name: string | null): Roots {
    const global = globalName(at);
    if (global !== null) {
      const values = globalValues(this.file.source.path, global).flatMap((one) => this.elsewhere(one));
      return values.length > 0 ? called(values, global) : [open(this.file, global, at)];
    }
    const held = this.of(at.expression);
    const path = dottedNames(at)?.join('.');
    const own = held.length > 0 && held.every(({ kind }) => kind === 'instance');
    const written = path === undefined || own ? [] : this.ofAll(writesToPath(at, path));
    const taken = this.member(held, name).map((root) =>
      root.kind === 'open' ? { ...root, node: root.node ?? at } : root,
    );
    if (written.length === 0) return taken;
    const declared = taken.filter(({ kind }) => kind !== 'open');
    return declared.length === 0 && written.length === 1 ? called(written, name) : [...declared, ...written];
  }

  #memberOf(root: Root, name: string | null): Roots {
    if (root.kind === 'package') return [{ ...root, names: name === null ? [] : [name], node: null }];
    if (root.kind === 'module') return exportRoots(this.inside(root.file), root.specifier, name);
    if (root.kind === 'type') return typedMember(root, name ?? '');
    if (root.kind === 'open' || name === null) return [partOf(root, name ?? '')];
    const own = ownMember(root.node, name);
    if (own === null) return this.#inherited(root, name);
    const typed = own.type === undefined ? null : typeRoots(root.file, own.type);
    const roots = typed ?? (this.#depth === 0 ? [open(root.file, name)] : this.inside(root.file).ofAll(own.values));
    return typed !== null || own.values.length === 1 ? called(roots, name) : roots;
  }

  /** A class has what the one has that it extends, an object what is spread in it; what others put there is unknown. */
  #inherited(root: Root, name: string): Roots {
    const spread = root.kind === 'value' ? this.#spread(root, name) : [];
    if (spread.length > 0) return spread;
    const parents = root.kind === 'instance' ? parentsOf(root, this.#found, this.#depth) : [];
    const own = parents.flatMap((parent) => (parent.kind === 'instance' ? this.#memberOf(parent, name) : []));
    return own.length > 0 ? own : [partOf(open(root.file, null), name)];
  }

  /** Of several that are spread, a package may have any name, and says nothing. */
  #spread({ file, node }: ValueRoot, name: string): Roots {
    const all = this.#depth === 0 ? [] : spreadIn(node);
    const taken = all.flatMap((one) => this.member(this.inside(file).of(one), name));
    return taken.filter(({ kind }) => kind !== 'open' && (kind !== 'package' || all.length === 1));
  }
}

/** What the class of an instance extends, as an instance of that. */
export function parentsOf({ file, node }: InstanceRoot, found: Found = new Map(), depth = deepest): Roots {
  const parent = ts.isClassLike(node) ? extendedBy(node) : undefined;
  return parent === undefined || depth === 0
    ? []
    : new Origins(file, found, depth - 1).of(parent).map((root) => madeBy(root));
}

const isEmpty = (node: ts.Expression): boolean => ts.isObjectLiteralExpression(node) && node.properties.length === 0;

const holdsShard = (node: ts.Expression): boolean =>
  ts.isObjectLiteralExpression(node) &&
  node.properties.some(({ name }) => name !== undefined && /^(?:shard|cluster)$/.test(nameText(name)));
