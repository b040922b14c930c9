/** analyze/owner: whose object an expression is: discord.js's, hybrid-sharding's, another's, or nobody knows. */
import { ts } from 'ts-morph';
import type { Method } from '../report/types.ts';
import { importOf, isDiscordModule, isHybridModule, managerClassOf } from './bindings.ts';
import { globalName, globalValues } from './global-owner.ts';
import type { ParsedFile } from './program.ts';
import { descendants, dottedNames, symbolOf, unwrap } from './syntax.ts';

/** The class an object is of; `both` is sometimes a ShardingManager and sometimes a ShardClientUtil. */
export type Owner =
  | 'ShardingManager'
  | 'ShardClientUtil'
  | 'ClusterManager'
  | 'ClusterClient'
  | 'both'
  | 'other'
  | 'unknown';

const known: ReadonlySet<string> = new Set(['ShardingManager', 'ShardClientUtil', 'ClusterManager', 'ClusterClient']);

const typingsOfOurs =
  /[\\/]discord\.js[\\/]typings[\\/]index\.d\.m?ts$|[\\/]shardlift[\\/]|[\\/]discord-hybrid-sharding[\\/]/;

/** One owner for several possible values. */
function united(owners: readonly Owner[]): Owner {
  const all = new Set(owners);
  const [only = 'unknown'] = all;
  if (all.size <= 1) return only;
  const pair = all.has('ShardingManager') && (all.has('ShardClientUtil') || all.has('both'));
  return [...all].every((one) => ['ShardingManager', 'ShardClientUtil', 'both'].includes(one)) && pair
    ? 'both'
    : all.has('unknown')
      ? 'unknown'
      : 'other';
}

function ownerOfConstituent(type: ts.Type, method: Method): Owner {
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return 'unknown';
  const declaration = type.getProperty(method)?.declarations?.[0];
  // No such property although the code calls it: its class extends something that is not installed here.
  if (declaration === undefined) return 'unknown';
  if (!typingsOfOurs.test(declaration.getSourceFile().fileName)) return 'other';
  const holder = declaration.parent;
  const name = ts.isClassDeclaration(holder) || ts.isInterfaceDeclaration(holder) ? holder.name?.text : undefined;
  return name !== undefined && known.has(name) ? (name as Owner) : 'other';
}

/** What the type of an expression says. */
export function typedOwner(file: ParsedFile, receiver: ts.Expression, method: Method): Owner {
  const type = file.checker.getNonNullableType(file.checker.getTypeAtLocation(receiver));
  return united((type.isUnion() ? type.types : [type]).map((part) => ownerOfConstituent(part, method)));
}

/** Follows where a value comes from, by syntax; for JavaScript, and for types that are not installed. */
export class ValueFlow {
  readonly #file: ParsedFile;
  readonly #hybrid: boolean;

  /** @param hybrid - whether the package uses discord-hybrid-sharding, so that `client.cluster` is its client */
  constructor(file: ParsedFile, hybrid: boolean) {
    this.#file = file;
    this.#hybrid = hybrid;
  }

  /** The owner of an expression, followed a few steps back. */
  ownerOf(node: ts.Expression, depth = 6): Owner {
    const at = unwrap(node);
    if (depth === 0) return 'unknown';
    if (ts.isAwaitExpression(at)) return this.ownerOf(at.expression, depth - 1);
    if (ts.isNewExpression(at)) return managerClassOf(this.#file.checker, at.expression) ?? this.#ofClass(at);
    if (at.kind === ts.SyntaxKind.ThisKeyword) return this.#ofThis(at);
    if (ts.isConditionalExpression(at)) return this.#either([at.whenTrue, at.whenFalse], depth);
    if (ts.isBinaryExpression(at) && isFallback(at)) return this.#either([at.left, at.right], depth);
    if (ts.isIdentifier(at)) return this.#ofSymbol(this.#resolved(at), at, depth);
    return ts.isPropertyAccessExpression(at) ? this.#ofMember(at, depth) : 'unknown';
  }

  #either(nodes: readonly ts.Expression[], depth: number): Owner {
    const values = nodes.filter((node) => node.kind !== ts.SyntaxKind.NullKeyword && node.getText() !== 'undefined');
    return united(values.map((node) => this.ownerOf(node, depth - 1)));
  }

  /** `x.shard` and `x.cluster` are known by name; anything else by what the member is declared as or set to. */
  #ofMember(node: ts.PropertyAccessExpression, depth: number): Owner {
    const named = this.#ofName(node.name.text);
    if (named !== 'unknown') return named;
    const global = globalName(node);
    if (global !== null) return this.#ofGlobal(global, depth);
    const declared = this.#ofSymbol(this.#resolved(node.name), node, depth);
    return declared === 'unknown' ? this.#ofAssignments(node, depth) : declared;
  }

  /** What every file of the package puts there has to agree. */
  #ofGlobal(name: string, depth: number): Owner {
    const values = globalValues(this.#file.source.path, name);
    return united(values.map(({ file, value }) => new ValueFlow(file, this.#hybrid).ownerOf(value, depth - 1)));
  }

  #ofName(name: string): Owner {
    if (name === 'shard') return 'ShardClientUtil';
    return name === 'cluster' && this.#hybrid ? 'ClusterClient' : 'unknown';
  }

  #resolved(node: ts.Identifier | ts.MemberName): ts.Symbol | undefined {
    const { checker } = this.#file;
    const symbol = ts.isIdentifier(node) ? symbolOf(checker, node) : checker.getSymbolAtLocation(node);
    return symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  }

  #ofSymbol(symbol: ts.Symbol | undefined, use: ts.Expression, depth: number): Owner {
    const declaration = symbol?.valueDeclaration;
    if (declaration === undefined) return 'unknown';
    if (ts.isBindingElement(declaration)) {
      const { parent, propertyName, name } = declaration;
      return ts.isObjectBindingPattern(parent) ? this.#ofName((propertyName ?? name).getText()) : 'unknown';
    }
    if (ts.isPropertySignature(declaration) || ts.isGetAccessor(declaration)) {
      return declaration.type === undefined ? 'unknown' : this.#ofType(declaration.type);
    }
    const holds =
      ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration) || ts.isParameter(declaration);
    if (!holds) return 'unknown';
    const type = declaration.type ?? ts.getJSDocType(declaration);
    const annotated = type === undefined ? 'unknown' : this.#ofType(type);
    if (annotated !== 'unknown') return annotated;
    if (ts.isParameter(declaration)) return this.#ofParameter(declaration, depth);
    if (declaration.initializer !== undefined) {
      const owner = this.ownerOf(declaration.initializer, depth - 1);
      if (owner !== 'unknown') return owner;
    }
    return ts.isIdentifier(use) ? this.#ofAssignments(use, depth) : 'unknown';
  }

  /** What a written type says: `manager: ShardingManager`, also when discord.js is not installed here. */
  #ofType(type: ts.TypeNode): Owner {
    if (ts.isJSDocNullableType(type) || ts.isJSDocNonNullableType(type) || ts.isJSDocOptionalType(type)) {
      return this.#ofType(type.type);
    }
    const parts = ts.isUnionTypeNode(type) ? type.types : [type];
    const owners = parts.flatMap((part): readonly Owner[] => {
      if (ts.isLiteralTypeNode(part) || part.kind === ts.SyntaxKind.UndefinedKeyword) return [];
      if (!ts.isTypeReferenceNode(part)) return ['unknown'];
      return [this.#ofTypeName(part)];
    });
    return united(owners);
  }

  #ofTypeName(node: ts.TypeReferenceNode): Owner {
    const { checker } = this.#file;
    const left = ts.isQualifiedName(node.typeName) ? node.typeName.left : node.typeName;
    const binding = ts.isIdentifier(left) ? importOf(checker, left) : null;
    const name = ts.isQualifiedName(node.typeName) ? node.typeName.right.text : binding?.imported;
    const library = binding !== null && (isDiscordModule(binding.specifier) || isHybridModule(binding.specifier));
    if (library && name !== undefined && known.has(name)) return name as Owner;
    // A JSDoc comment names the classes of discord.js without importing them.
    const inComment = binding === null && (node.flags & ts.NodeFlags.JSDoc) !== 0 && ts.isIdentifier(node.typeName);
    if (inComment && known.has(left.getText()) && (checker.getSymbolAtLocation(left)?.declarations ?? []).length === 0)
      return left.getText() as Owner;
    const declarations = checker.getTypeAtLocation(node).symbol?.declarations ?? [];
    return this.#ofSubclass(declarations);
  }

  /** What every caller in this file hands over, or what the function tests it to be. */
  #ofParameter(parameter: ts.ParameterDeclaration, depth: number): Owner {
    const fn = parameter.parent;
    if (!ts.isIdentifier(parameter.name) || !('body' in fn) || fn.body === undefined) return 'unknown';
    const name = parameter.name.text;
    const tested = new RegExp(`\\b${name}\\s+instanceof\\s+[\\w.]*\\b(ShardingManager|ShardClientUtil)\\b`).exec(
      fn.getText(),
    );
    if (tested !== null) return tested[1] as Owner;
    const index = fn.parameters.indexOf(parameter);
    const declared = ts.isVariableDeclaration(fn.parent) ? fn.parent.name : fn.name;
    if (declared === undefined || !ts.isIdentifier(declared)) return 'unknown';
    const symbol = this.#file.checker.getSymbolAtLocation(declared);
    const given = [...descendants(fn.getSourceFile())].flatMap((node) => {
      if (!ts.isIdentifier(node) || node === declared || node.text !== declared.text) return [];
      if (this.#file.checker.getSymbolAtLocation(node) !== symbol) return [];
      const call = node.parent;
      return [ts.isCallExpression(call) && call.expression === node ? call.arguments[index] : undefined];
    });
    return united(given.map((node) => (node === undefined ? 'unknown' : this.ownerOf(node, depth - 1))));
  }

  #ofClass(node: ts.NewExpression): Owner {
    const { checker } = this.#file;
    if (!ts.isIdentifier(node.expression)) return 'unknown';
    return this.#ofSubclass(
      this.#resolved(node.expression)?.declarations ?? checker.getTypeAtLocation(node).symbol?.declarations ?? [],
    );
  }

  #ofSubclass(declarations: readonly ts.Declaration[]): Owner {
    for (const declaration of declarations) {
      if (!ts.isClassLike(declaration)) continue;
      const parent = extendedBy(declaration);
      if (parent === undefined) continue;
      const direct = managerClassOf(this.#file.checker, parent);
      if (direct !== null) return direct;
    }
    return 'unknown';
  }

  #ofThis(node: ts.Node): Owner {
    for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) {
      if (ts.isClassLike(at)) return this.#ofSubclass([at]);
    }
    return 'unknown';
  }

  /** Everything this file assigns to the same dotted path (`this.manager = new ShardingManager()`). */
  #ofAssignments(target: ts.Expression, depth: number): Owner {
    const path = dottedNames(target)?.join('.');
    if (path === undefined) return 'unknown';
    const owners: Owner[] = [];
    for (const node of descendants(target.getSourceFile())) {
      const assigns = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
      if (assigns && dottedNames(node.left)?.join('.') === path) owners.push(this.ownerOf(node.right, depth - 1));
      if (ts.isPropertyDeclaration(node) && path === `this.${node.name.getText()}`) {
        if (node.initializer !== undefined) owners.push(this.ownerOf(node.initializer, depth - 1));
      }
    }
    return united(owners);
  }
}

const isFallback = (node: ts.BinaryExpression): boolean =>
  node.operatorToken.kind === ts.SyntaxKind.BarBarToken ||
  node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken;

/** The expression a class extends. */
export function extendedBy(node: ts.ClassLikeDeclaration): ts.Expression | undefined {
  return node.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)?.types[0]?.expression;
}
