/** managers/cluster-types: fields `cluster` of clients whose type or `override` has to be written once the library's import moves. */
import { isNamed } from '../clients/own-cluster.ts';
import { importOf, libraryClassOf } from '../modules/bindings.ts';
import type { Splice } from '../syntax/edits.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { extendedBy, resolvedSymbol } from '../values/class-owner.ts';
import { typingsOfOurs } from '../values/typed-owner.ts';

/** An edit of some file. */
export interface PlacedSplice {
  readonly path: string;
  readonly splice: Splice;
}

/** The type or the `override` of a field, and the file that takes the library's class for it. */
interface ClusterType extends PlacedSplice {
  readonly library: string;
}

/** Classes of the bot's own between one and the library's. */
const deepest = 8;

function declaredClass(file: ParsedFile, named: ts.Expression): ts.ClassLikeDeclaration | undefined {
  const name = ts.isPropertyAccessExpression(named) ? named.name : named;
  return ts.isIdentifier(name) ? resolvedSymbol(file, name)?.declarations?.find(ts.isClassLike) : undefined;
}

/** `Client` or `Discord.Client`, as discord.js has it; where it is not installed, its import is all there is. */
function isImportedClient({ checker }: ParsedFile, base: ts.Expression): boolean {
  const root = ts.isPropertyAccessExpression(base) ? base.expression : base;
  const binding = ts.isIdentifier(root) ? importOf(checker, root) : null;
  if (binding?.specifier !== 'discord.js') return false;
  return (ts.isPropertyAccessExpression(base) ? base.name.text : binding.imported) === 'Client';
}

function extendsClient(file: ParsedFile, node: ts.ClassLikeDeclaration, depth = deepest): boolean {
  const base = extendedBy(node);
  if (base === undefined || depth === 0) return false;
  if (isImportedClient(file, base)) return true;
  const declared = declaredClass(file, base);
  if (declared === undefined) return false;
  const isTheirs = declared.name?.text === 'Client' && typingsOfOurs.test(declared.getSourceFile().fileName);
  return isTheirs || extendsClient(file, declared, depth - 1);
}

/** The file whose import of the library a class is built on; `null` for a class of something else. */
function libraryOf(file: ParsedFile, named: ts.Expression, depth = deepest): ts.SourceFile | null {
  if (libraryClassOf(file.checker, named) === 'ClusterClient') return named.getSourceFile();
  const base = declaredClass(file, named);
  const next = base === undefined || depth === 0 ? undefined : extendedBy(base);
  return next === undefined ? null : libraryOf(file, next, depth - 1);
}

/** The type of `new X()` or `new X<A>()` as it can be written; `null` where something of it is inferred. */
function writtenType(file: ParsedFile, made: ts.NewExpression): string | null {
  const { expression, typeArguments } = made;
  const name = expression.getText();
  if (typeArguments !== undefined) return `${name}<${typeArguments.map((one) => one.getText()).join(', ')}>`;
  const isGeneric =
    libraryClassOf(file.checker, expression) !== null || declaredClass(file, expression)?.typeParameters;
  return isGeneric ? null : name;
}

/** The name of the class that a field holds, by its type or by what it is made of. */
function classNamed({ type, initializer }: ts.PropertyDeclaration): ts.Expression | null {
  if (type !== undefined) return ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) ? type.typeName : null;
  return initializer !== undefined && ts.isNewExpression(initializer) ? initializer.expression : null;
}

/** The type of a field that says none; `null` where it has one, or it cannot be written. */
function typeOf(file: ParsedFile, { type, initializer, name }: ts.PropertyDeclaration): Splice | null {
  if (type !== undefined || initializer === undefined || !ts.isNewExpression(initializer)) return null;
  const written = writtenType(file, initializer);
  return written === null ? null : { start: name.end, end: name.end, text: `: ${written}` };
}

/** The `override` of a field, before `readonly`; `null` where the project asks for none, or it is there. */
function overrideOf({ compilation }: ParsedFile, { modifiers, name }: ts.PropertyDeclaration): Splice | null {
  if (compilation.options.noImplicitOverride !== true) return null;
  const has = (kind: ts.SyntaxKind) => modifiers?.find((one) => one.kind === kind);
  // TypeScript allows none on a field that is declared only.
  if (has(ts.SyntaxKind.OverrideKeyword) ?? has(ts.SyntaxKind.DeclareKeyword)) return null;
  const start = (has(ts.SyntaxKind.ReadonlyKeyword) ?? has(ts.SyntaxKind.AccessorKeyword) ?? name).getStart();
  return { start, end: start, text: 'override ' };
}

function typesIn(file: ParsedFile): readonly ClusterType[] {
  return descendants(file.tree).flatMap((node): readonly ClusterType[] => {
    if (!ts.isPropertyDeclaration(node) || !isNamed(node.name) || !extendsClient(file, node.parent)) return [];
    if (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Static) return [];
    const named = classNamed(node);
    const library = named === null ? undefined : libraryOf(file, named)?.fileName;
    if (library === undefined) return [];
    const splices = [overrideOf(file, node), typeOf(file, node)];
    return splices.flatMap((splice) => (splice === null ? [] : [{ path: file.source.path, library, splice }]));
  });
}

// What is found holds for one run, and each run reads its files anew.
const found = new WeakMap<readonly ParsedFile[], readonly ClusterType[]>();

/**
 * What to write when the import of discord-hybrid-sharding in a file moves. shardlift declares `cluster` for each client of
 * discord.js, so TypeScript compares such a field with it, and asks for its type before it can say what it is made of; with
 * `noImplicitOverride` it asks for `override`, which was an error before.
 */
export function clusterTypes(files: readonly ParsedFile[], { tree }: ParsedFile): readonly PlacedSplice[] {
  const all = found.get(files) ?? files.filter(({ typed }) => typed).flatMap(typesIn);
  found.set(files, all);
  return all.filter(({ library }) => library === tree.fileName);
}
