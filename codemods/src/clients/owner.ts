/** clients/owner: whose object an expression is, by where its value comes from. */
import { libraryClassOf } from '../modules/bindings.ts';
import { moduleKind } from '../modules/foreign.ts';
import { globalName, globalValues } from '../modules/global-owner.ts';
import { isAccess, isShardInQuotes } from '../syntax/access.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, dottedNames, isSetting, nameText, unwrap } from '../syntax/syntax.ts';
import { isNothing, type Written, writesToMember, writesToPath, writesToVariable } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { ClassOwners, extendedBy, resolvedSymbol } from '../values/class-owner.ts';
import { saysGuild } from '../values/client-words.ts';
import { testedAs } from '../values/instance-tests.ts';
import { mayBeClient } from '../values/may-be-client.ts';
import { ownMember, spreads } from '../values/own-members.ts';
import type { InstanceRoot, Root, Roots, ValueRoot } from '../values/roots.ts';
import { memberType } from '../values/type-roots.ts';
import { known, type Owner, typingsOfOurs, united } from '../values/typed-owner.ts';
import { asksClient } from './asks-client.ts';
import { type CallersOf, type Handed, handedOver } from './handed-parameters.ts';
import { type Evidence, looksLikeClient, patternLooksLikeClient, saysElse } from './looks-like-client.ts';
import { Origins, parentsOf } from './origins.ts';
import { type OwnerMemory, ownersFor } from './owner-memory.ts';

/** What a package and a call say before any value is followed. */
export interface FlowGiven {
  /** The method that is called: a class of the bot's own may bring another one of that name. */
  readonly method: string;
  /** Whether the package uses discord-hybrid-sharding, so that `client.cluster` is its client. */
  readonly hybrid: boolean;
  /** Whether what the call asks for is a client's, so that a name tells enough of its receiver. */
  readonly asksClient: boolean;
  /** Finds the calls of a function in all files; `null` where some of them are not seen. */
  readonly callersOf?: CallersOf | undefined;
}

/** Follows where a value comes from, by syntax; for JavaScript, and for types that are not installed. */
export class ValueFlow {
  readonly #file: ParsedFile;
  readonly #given: FlowGiven;
  readonly #classes: ClassOwners;
  readonly #owners: OwnerMemory;

  constructor(file: ParsedFile, given: FlowGiven, owners = ownersFor(given)) {
    this.#file = file;
    this.#given = given;
    this.#owners = owners;
    this.#classes = new ClassOwners(file, given.method);
  }

  /** The owner of an expression, followed a few steps back. */
  ownerOf(node: ts.Expression, depth = 6): Owner {
    const at = unwrap(node);
    if (depth === 0) return 'unknown';
    if (ts.isAwaitExpression(at)) return this.ownerOf(at.expression, depth - 1);
    if (ts.isNewExpression(at)) return libraryClassOf(this.#file.checker, at.expression) ?? this.#classes.ofNew(at);
    if (isSetting(at)) return this.ownerOf(at.right, depth - 1);
    if (at.kind === ts.SyntaxKind.ThisKeyword) return this.#classes.ofThis(at);
    if (ts.isConditionalExpression(at)) return this.#either([at.whenTrue, at.whenFalse], depth);
    if (ts.isBinaryExpression(at) && isFallback(at)) return this.#either([at.left, at.right], depth);
    if (ts.isIdentifier(at)) return this.#ofSymbol(resolvedSymbol(this.#file, at), at, depth);
    if (isShardInQuotes(at))
      return this.saidOfPart(at.expression, 'shard', depth) ?? this.#ofEvident(at.expression, 'ShardClientUtil');
    return ts.isPropertyAccessExpression(at) ? this.#ofMember(at, depth) : 'unknown';
  }

  #either(nodes: readonly ts.Expression[], depth: number): Owner {
    return united(nodes.flatMap((node) => (isNothing(node) ? [] : [this.ownerOf(node, depth - 1)])));
  }

  /** A member is what it is declared as or set to; where nothing says so, `x.shard` and `x.cluster` are known by name. */
  #ofMember(node: ts.PropertyAccessExpression, depth: number): Owner {
    const named = this.#ofName(node.name.text);
    if (named !== 'unknown') return this.saidOf(node, depth) ?? this.#ofEvident(node.expression, named);
    const global = globalName(node);
    if (global !== null) return this.#ofGlobal(global, depth);
    const declared = this.#ofSymbol(resolvedSymbol(this.#file, node.name), node, depth);
    return declared === 'unknown' ? (this.#ofWrites(writesToMember(node), depth) ?? 'unknown') : declared;
  }

  /**
   * What this bot's own code says a member is, by its declaration or by what is put there; `null` when it says nothing,
   * so that `x.shard` is the one discord.js gives its client.
   */
  saidOf({ expression: holder, name }: ts.PropertyAccessExpression, depth = 6): Owner | null {
    return this.saidOfPart(holder, name.text, depth);
  }

  /** The same of the member `name` of `holder`, however it is taken out of it. */
  saidOfPart(holder: ts.Expression, name: string, depth = 6): Owner | null {
    const declared = this.#declaredPart(holder, name, depth);
    if (declared !== null) return declared;
    const path = dottedNames(holder);
    const written = path === null ? null : this.#ofWrites(writesToPath(holder, [...path, name].join('.')), depth);
    return written ?? this.#ofRoots(this.#rootsOf(holder), name, depth);
  }

  #rootsOf(holder: ts.Expression): Roots {
    return new Origins(this.#file).of(holder);
  }

  /** What the values that a holder may be say of their member; what one of them says, none of the others takes back. */
  #ofRoots(roots: Roots, name: string, depth: number): Owner | null {
    const said = roots.map((root) => this.#ofRoot(root, name, depth));
    const told = said.flatMap((owner) => (owner === null ? [] : [owner]));
    if (told.length === 0) return null;
    return told.length === said.length ? united(told) : 'unknown';
  }

  #ofRoot(root: Root, name: string, depth: number): Owner | null {
    if (depth === 0) return null;
    if (root.kind === 'package') {
      const kind = moduleKind(root.specifier, root.file);
      return kind === 'other' || kind === 'unknown' ? kind : null;
    }
    // What a module has is its own; a client is no module of an import.
    if (root.kind === 'module') return 'unknown';
    if (root.kind === 'type') return root.says ? null : 'unknown';
    if (root.kind === 'open') return root.other ? 'unknown' : null;
    return this.#ofOwn(root, name, depth);
  }

  #ofOwn(root: InstanceRoot | ValueRoot, name: string, depth: number): Owner | null {
    const own = ownMember(root.node, name);
    if (own !== null) {
      const flow = this.#in(root.file);
      const typed = own.type === undefined || isOpen(own.type) ? null : flow.#classes.ofType(own.type);
      return typed ?? flow.#ofWrites(own.values, depth - 1);
    }
    if (root.kind === 'value') return spreads(root.node) ? null : 'unknown';
    if (!ts.isClassLike(root.node)) return null;
    // A class that builds on nothing is no client, and nothing was put there.
    if (extendedBy(root.node) === undefined) return 'unknown';
    return this.#ofRoots(parentsOf(root), name, depth - 1);
  }

  /** What the type of an expression or of a pattern declares its member to be. */
  #declaredPart(holder: ts.Node, name: string, depth: number): Owner | null {
    const { checker } = this.#file;
    const declaration = checker
      .getNonNullableType(checker.getTypeAtLocation(holder))
      .getProperty(name)?.valueDeclaration;
    const own = declaration !== undefined && !typingsOfOurs.test(declaration.getSourceFile().fileName);
    if (own && ts.isJSDocPropertyLikeTag(declaration)) {
      const type = memberType(declaration);
      return type === undefined || isOpen(type) ? null : this.#classes.ofType(type);
    }
    return own && isMember(declaration) ? this.#ofDeclared(declaration, depth) : null;
  }

  /** `null` for a declaration that leaves it open: no type and no value, or any. */
  #ofDeclared(declaration: ts.Declaration, depth: number): Owner | null {
    if (ts.isShorthandPropertyAssignment(declaration)) return this.ownerOf(declaration.name, depth - 1);
    if (ts.isPropertyAssignment(declaration)) return this.ownerOf(declaration.initializer, depth - 1);
    if (ts.isMethodDeclaration(declaration)) return 'unknown';
    const { type } = declaration as ts.PropertyDeclaration;
    const written = type ?? ts.getJSDocType(declaration);
    if (written !== undefined && !isOpen(written)) return this.#classes.ofType(written);
    if (ts.isGetAccessor(declaration)) {
      const returned = descendants(declaration).filter(ts.isReturnStatement);
      return this.#ofWrites(
        returned.map(({ expression }) => expression ?? null),
        depth,
      );
    }
    const value = ts.isPropertyDeclaration(declaration) ? declaration.initializer : undefined;
    return value === undefined || isNothing(value) ? null : this.ownerOf(value, depth - 1);
  }

  /** What every file of the package puts there has to agree. */
  #ofGlobal(name: string, depth: number): Owner {
    const values = globalValues(this.#file.source.path, name);
    return united(values.map(({ file, value }) => this.#in(file).ownerOf(value, depth - 1)));
  }

  #ofName(name: string): Owner {
    if (name === 'shard') return 'ShardClientUtil';
    return name === 'cluster' && this.#given.hybrid ? 'ClusterClient' : 'unknown';
  }

  /** A name alone says nothing of an object that may be anything. */
  #ofEvident(holder: ts.Expression, named: Owner): Owner {
    const roots = this.#rootsOf(holder);
    if (isGuild(roots)) return 'unknown';
    const asked = this.#given.asksClient && mayBeClient(this.#file, holder) && !roots.some(saysElse);
    return named === 'unknown' || asked || looksLikeClient(this.#evidence(), holder, roots) ? named : 'unknown';
  }

  #evidence(): Evidence {
    const isOurs = (call: ts.CallExpression): boolean => {
      const access = call.expression;
      if (!isAccess(access)) return false;
      const given = { ...this.#given, asksClient: asksClient(this.#file, access) };
      return known.has(new ValueFlow(this.#file, given).ownerOf(access.expression));
    };
    return { file: this.#file, isOurs };
  }

  #ofSymbol(symbol: ts.Symbol | undefined, use: ts.Expression, depth: number): Owner {
    const declaration = symbol?.valueDeclaration;
    if (symbol === undefined || declaration === undefined) return 'unknown';
    if (ts.isBindingElement(declaration)) return this.#ofBinding(declaration, depth);
    if (ts.isPropertySignature(declaration) || ts.isGetAccessor(declaration)) {
      return declaration.type === undefined ? 'unknown' : this.#classes.ofType(declaration.type);
    }
    const holds =
      ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration) || ts.isParameter(declaration);
    if (!holds) return 'unknown';
    const type = declaration.type ?? ts.getJSDocType(declaration);
    const annotated = type === undefined ? 'unknown' : this.#classes.ofType(type);
    if (annotated !== 'unknown') return annotated;
    if (ts.isPropertyDeclaration(declaration)) {
      return this.#ofWrites(writesToPath(declaration, `this.${declaration.name.getText()}`), depth) ?? 'unknown';
    }
    const fixed = declaration.parent.flags & ts.NodeFlags.Const;
    const later = fixed ? [] : writesToVariable(this.#file, symbol);
    if (ts.isParameter(declaration)) {
      const given = this.#ofParameter(declaration, use, depth);
      return united([given, this.#ofWrites(later, depth) ?? given]);
    }
    const first = declaration.initializer === undefined ? [] : [declaration.initializer];
    return this.#ofWrites([...first, ...later], depth) ?? 'unknown';
  }

  /** `const { shard } = client`, and what is there instead where it is missing. */
  #ofBinding(element: ts.BindingElement, depth: number): Owner {
    const { initializer } = element;
    const taken = this.#taken(element, depth);
    return initializer === undefined || isNothing(initializer)
      ? taken
      : united([taken, this.ownerOf(initializer, depth - 1)]);
  }

  #taken({ parent, propertyName, name }: ts.BindingElement, depth: number): Owner {
    if (!ts.isObjectBindingPattern(parent)) return 'unknown';
    const member = nameText(propertyName ?? name);
    const from = ts.isVariableDeclaration(parent.parent) ? parent.parent.initializer : undefined;
    const named = this.#ofName(member);
    if (from !== undefined) return this.saidOfPart(unwrap(from), member, depth - 1) ?? this.#ofEvident(from, named);
    const roots = new Origins(this.#file).ofPattern(parent);
    const said = this.#declaredPart(parent, member, depth) ?? this.#ofRoots(roots, member, depth);
    if (said !== null || isGuild(roots)) return said ?? 'unknown';
    const asked = this.#given.asksClient && ts.isParameter(parent.parent) && !roots.some(saysElse);
    return named === 'unknown' || asked || patternLooksLikeClient(this.#evidence(), parent, roots) ? named : 'unknown';
  }

  /** What every caller hands over, or what the function tests it to be. */
  #ofParameter(parameter: ts.ParameterDeclaration, use: ts.Expression, depth: number): Owner {
    const fn = parameter.parent;
    if (!ts.isIdentifier(parameter.name) || !('body' in fn) || fn.body === undefined) return 'unknown';
    const tested = testedAs(use, parameter.name.text, fn);
    if (tested !== null) return tested;
    return this.#owners.of(parameter, depth, () => {
      const handed = handedOver({ file: this.#file, parameter }, this.#given.callersOf);
      return united(handed.flatMap((one) => this.#ofHanded(one, depth) ?? []));
    });
  }

  /** What one caller hands over; `null` for a client, which has no such method, from whom hands it to many functions. */
  #ofHanded({ file, node, byMadeName }: Handed, depth: number): Owner | null {
    if (node === undefined) return 'unknown';
    const owner = this.#in(file).ownerOf(node, depth - 1);
    if (owner !== 'unknown' || !byMadeName) return owner;
    return new ValueFlow(file, { ...this.#given, asksClient: false }).#isClient(node) ? null : owner;
  }

  #isClient(node: ts.Expression): boolean {
    return (this.saidOfPart(node, 'shard') ?? this.#ofEvident(node, 'ShardClientUtil')) === 'ShardClientUtil';
  }

  #in(file: ParsedFile): ValueFlow {
    return file === this.#file ? this : new ValueFlow(file, this.#given, this.#owners);
  }

  /** What all that is put into one place have in common; `null` when nothing is. */
  #ofWrites(written: readonly Written[], depth: number): Owner | null {
    const values = written.filter((value) => value === null || !isNothing(value));
    if (values.length === 0) return null;
    return united(values.map((value) => (value === null ? 'unknown' : this.ownerOf(value, depth - 1))));
  }
}

const isGuild = (roots: Roots): boolean => roots.some(({ names }) => names.some(saysGuild));

const isMember = (node: ts.Declaration): boolean =>
  ts.isPropertySignature(node) ||
  ts.isPropertyDeclaration(node) ||
  ts.isGetAccessor(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isPropertyAssignment(node) ||
  ts.isShorthandPropertyAssignment(node) ||
  ts.isParameter(node);

/** `any`, `unknown` and `object` say nothing about a member. */
const isOpen = (type: ts.TypeNode): boolean => /^(any|unknown|object|\*)$/.test(type.getText());

const isFallback = (node: ts.BinaryExpression): boolean =>
  node.operatorToken.kind === ts.SyntaxKind.BarBarToken ||
  node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken;
