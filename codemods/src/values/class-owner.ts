/** values/class-owner: whose objects the instances of a class or of a written type are. */
import { hybridClassOf, importOf, isDiscordModule, isHybridModule, libraryClassOf } from '../modules/bindings.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { symbolOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { known, type Owner, united } from './typed-owner.ts';

/** The class whose `this` a node sees; `null` outside of one. */
export function classOf(node: ts.Node): ts.ClassLikeDeclaration | null {
  let at = node;
  while (!ts.isSourceFile(at) && !ts.isClassLike(at)) {
    // A function has a `this` of its own, which may be any client.
    if (ts.isFunctionDeclaration(at) || ts.isFunctionExpression(at)) return null;
    at = at.parent;
  }
  return ts.isClassLike(at) ? at : null;
}

/** The expression a class extends. */
export function extendedBy(node: ts.ClassLikeDeclaration): ts.Expression | undefined {
  return node.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)?.types[0]?.expression;
}

/** What a name means, through any import. */
export function resolvedSymbol({ checker }: ParsedFile, node: ts.Identifier | ts.MemberName): ts.Symbol | undefined {
  const symbol = ts.isIdentifier(node) ? symbolOf(checker, node) : checker.getSymbolAtLocation(node);
  return symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** `import('discord.js').ShardingManager`, as comments have it. */
function ofImported({ argument, qualifier, isTypeOf }: ts.ImportTypeNode): Owner {
  const module = ts.isLiteralTypeNode(argument) && ts.isStringLiteral(argument.literal) ? argument.literal.text : '';
  const name = qualifier === undefined || isTypeOf ? '' : qualifier.getText();
  if (isHybridModule(module)) return hybridClassOf(name) ?? 'unknown';
  return isDiscordModule(module) && known.has(name) ? (name as Owner) : 'unknown';
}

/** Looks at the classes and the written types of one file. */
export class ClassOwners {
  readonly #file: ParsedFile;
  readonly #method: string;

  /** @param method - a class of the bot's own may bring another method of that name */
  constructor(file: ParsedFile, method: string) {
    this.#file = file;
    this.#method = method;
  }

  /** What a written type says: `manager: ShardingManager`, also when discord.js is not installed here. */
  ofType(type: ts.TypeNode): Owner {
    if (ts.isJSDocNullableType(type) || ts.isJSDocNonNullableType(type) || ts.isJSDocOptionalType(type)) {
      return this.ofType(type.type);
    }
    const parts = ts.isUnionTypeNode(type) ? type.types : [type];
    const owners = parts.flatMap((part): readonly Owner[] => {
      if (ts.isLiteralTypeNode(part) || part.kind === ts.SyntaxKind.UndefinedKeyword) return [];
      // `Client['shard']`
      if (ts.isIndexedAccessTypeNode(part))
        return [/\[["']shard["']\]$/.test(part.getText()) ? 'ShardClientUtil' : 'unknown'];
      if (ts.isImportTypeNode(part)) return [ofImported(part)];
      if (!ts.isTypeReferenceNode(part)) return ['unknown'];
      const [inner] = part.typeName.getText() === 'NonNullable' ? (part.typeArguments ?? []) : [];
      return [inner === undefined ? this.#ofTypeName(part) : this.ofType(inner)];
    });
    return united(owners);
  }

  #ofTypeName(node: ts.TypeReferenceNode): Owner {
    const { checker } = this.#file;
    const left = ts.isQualifiedName(node.typeName) ? node.typeName.left : node.typeName;
    const binding = ts.isIdentifier(left) ? importOf(checker, left) : null;
    const name = ts.isQualifiedName(node.typeName) ? node.typeName.right.text : binding?.imported;
    const theirs = binding !== null && isHybridModule(binding.specifier) ? hybridClassOf(name ?? '') : null;
    if (theirs !== null) return theirs;
    const library = binding !== null && isDiscordModule(binding.specifier);
    if (library && name !== undefined && known.has(name)) return name as Owner;
    // A JSDoc comment names the classes of discord.js without importing them.
    const inComment = binding === null && (node.flags & ts.NodeFlags.JSDoc) !== 0 && ts.isIdentifier(node.typeName);
    if (inComment && known.has(left.getText()) && (checker.getSymbolAtLocation(left)?.declarations ?? []).length === 0)
      return left.getText() as Owner;
    const declarations = checker.getTypeAtLocation(node).symbol?.declarations ?? [];
    return this.#ofSubclass(declarations);
  }

  /** What `new X()` makes. */
  ofNew(node: ts.NewExpression): Owner {
    const { checker } = this.#file;
    if (!ts.isIdentifier(node.expression)) return 'unknown';
    return this.#ofSubclass(
      resolvedSymbol(this.#file, node.expression)?.declarations ??
        checker.getTypeAtLocation(node).symbol?.declarations ??
        [],
    );
  }

  #ofSubclass(declarations: readonly ts.Declaration[]): Owner {
    for (const declaration of declarations) {
      if (!ts.isClassLike(declaration)) continue;
      const parent = extendedBy(declaration);
      if (parent === undefined) continue;
      // A method of the bot's own does more than the library's, or something else.
      if (declaration.members.some((one) => one.name?.getText() === this.#method)) return 'other';
      const direct = libraryClassOf(this.#file.checker, parent);
      if (direct !== null) return direct;
      if (ts.isIdentifier(parent)) return this.#ofSubclass(resolvedSymbol(this.#file, parent)?.declarations ?? []);
    }
    return 'unknown';
  }

  /** What `this` is in the class around it. */
  ofThis(node: ts.Node): Owner {
    for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) {
      if (ts.isClassLike(at)) return this.#ofSubclass([at]);
    }
    return 'unknown';
  }
}
