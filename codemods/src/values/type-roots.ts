/** values/type-roots: what a written type, or the one that a comment names, says of a value. */
import { importOf } from '../modules/bindings.ts';
import { exportedType, type FileType } from '../modules/exported-types.ts';
import { moduleKind } from '../modules/foreign.ts';
import { exportedAs, type FileValue, loadedFile } from '../modules/loaded-values.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { symbolOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { saysClient } from './client-words.ts';
import { isInComment, onlyClass, saysNothing } from './comment-types.ts';
import { called, fromPackage, given, open, partOf, type Root, type Roots, type TypeRoot } from './roots.ts';

/** Types that are what they are of. */
const around = /^(?:Promise|PromiseLike|Awaited|NonNullable|Partial|Required|Readonly)$/;

/** `any`, `unknown` and `object` leave everything open. */
const isOpen = (type: ts.TypeNode): boolean =>
  !ts.isJSDocTypeLiteral(type) && /^(?:any|unknown|[oO]bject|\*)$/.test(type.getText());

/** `null`, `undefined` and literals stand beside what a value is. */
const isBeside = (type: ts.TypeNode): boolean =>
  ts.isLiteralTypeNode(type) || /^(?:undefined|void|null)$/.test(type.getText());

const lastOf = (name: ts.EntityName): string => (ts.isQualifiedName(name) ? name.right.text : name.text);

const said = (file: ParsedFile, type: ts.TypeNode, says: boolean): Roots => [
  { kind: 'type', file, names: [], type, says },
];

const ofClass = (file: ParsedFile, node: ts.ClassLikeDeclaration): Root => ({
  kind: 'instance',
  file,
  names: [],
  node,
});

interface Named {
  readonly specifier: string;
  readonly name: string;
}

/** The classes that an exported value is: itself, or what its name means, also from a further file. */
function classesOf({ file, value }: FileValue, depth: number): Roots {
  if (ts.isClassLike(value)) return [ofClass(file, value)];
  if (!ts.isIdentifier(value) || depth === 0) return [];
  const binding = importOf(file.checker, value);
  if (binding !== null && moduleKind(binding.specifier, file) === 'file') {
    const there = loadedFile(file.source.path, binding.specifier);
    return there === null ? [] : exportedAs(there, binding.imported).flatMap((one) => classesOf(one, depth - 1));
  }
  const own = symbolOf(file.checker, value)?.declarations?.find(ts.isClassLike);
  return own === undefined ? [] : [ofClass(file, own)];
}

/** A type of another module: the class it names, or its package. */
function imported(file: ParsedFile, type: ts.TypeNode, { specifier, name }: Named): Roots {
  const kind = moduleKind(specifier, file);
  if (kind === 'other' || kind === 'unknown') return [given(fromPackage(file, specifier, name))];
  const there = kind === 'file' ? loadedFile(file.source.path, specifier) : null;
  const classes = there === null ? [] : exportedAs(there, name).flatMap((one) => classesOf(one, 4));
  if (classes.length > 0) return classes;
  const declared = there === null ? null : exportedType(there, name);
  return declared === null ? said(file, type, saysClient(name)) : ofType(file, type, declared);
}

/** A type that stands in another file; what its members are is not followed there. */
function ofType(file: ParsedFile, type: ts.TypeNode, { file: there, declaration }: FileType): Roots {
  const isAlias = ts.isTypeAliasDeclaration(declaration);
  return (isAlias ? typeRoots(there, declaration.type) : null) ?? said(file, type, saysOfName(declaration));
}

/** Whether the name of a type is a client's, or the one of what it builds on. */
function saysOfName(declaration: ts.Declaration): boolean {
  const bases = ts.isInterfaceDeclaration(declaration) ? (declaration.heritageClauses ?? []) : [];
  const based = bases.some(({ types }) =>
    types.some((one) => saysClient(/[\w$]+$/.exec(one.expression.getText())?.[0])),
  );
  const name = ts.getNameOfDeclaration(declaration);
  return based || (name !== undefined && saysClient(name.getText()));
}

function ofDeclaration(
  file: ParsedFile,
  type: ts.TypeReferenceNode,
  declaration: ts.Declaration,
  depth: number,
): Roots | null {
  const name = lastOf(type.typeName);
  if (ts.isClassLike(declaration) && declaration.getSourceFile() === file.tree) return [ofClass(file, declaration)];
  if (ts.isTypeParameterDeclaration(declaration))
    return declaration.constraint === undefined ? null : typeRoots(file, declaration.constraint, depth - 1);
  if (ts.isTypeAliasDeclaration(declaration)) return typeRoots(file, declaration.type, depth - 1);
  if (ts.isJSDocTypedefTag(declaration)) {
    const made = declaration.typeExpression;
    const inner = made !== undefined && ts.isJSDocTypeExpression(made) ? made.type : made;
    return inner === undefined || inner.kind === ts.SyntaxKind.JSDocTypeLiteral
      ? said(file, type, false)
      : typeRoots(file, inner as ts.TypeNode, depth - 1);
  }
  if (ts.isJSDocCallbackTag(declaration)) return said(file, type, false);
  return said(file, type, saysOfName(declaration) || saysClient(name));
}

function ofReference(file: ParsedFile, type: ts.TypeReferenceNode, depth: number): Roots | null {
  const { typeName } = type;
  const name = lastOf(typeName);
  const [inner] = type.typeArguments ?? [];
  if (around.test(name)) return inner === undefined ? null : typeRoots(file, inner, depth - 1);
  let root = typeName;
  while (ts.isQualifiedName(root)) root = root.left;
  const binding = importOf(file.checker, root);
  if (binding !== null) {
    const own = root === typeName && binding.kind !== 'namespace' ? binding.imported : name;
    return imported(file, type, { specifier: binding.specifier, name: own === 'default' ? name : own });
  }
  const [declaration] = file.checker.getSymbolAtLocation(typeName)?.declarations ?? [];
  if (declaration !== undefined) return ofDeclaration(file, type, declaration, depth);
  const isWritten = !isInComment(type);
  const made = isWritten ? null : onlyClass(file, name);
  if (made !== null) return [made];
  return isWritten || !saysNothing(file, name) ? said(file, type, saysClient(name)) : null;
}

/** `Client & { db: Pool }` is a client and more. */
function ofParts(file: ParsedFile, type: ts.IntersectionTypeNode, depth: number): Roots {
  const parts = type.types.map((one) => typeRoots(file, one, depth - 1) ?? []);
  const telling = parts.find((roots) => roots.some((root) => root.kind !== 'type' || root.says));
  return telling ?? said(file, type, false);
}

function ofImport(file: ParsedFile, type: ts.ImportTypeNode): Roots {
  const { argument, qualifier } = type;
  const specifier = ts.isLiteralTypeNode(argument) && ts.isStringLiteral(argument.literal) ? argument.literal.text : '';
  const last = qualifier === undefined ? /[\w$-]*$/.exec(specifier)?.[0] : lastOf(qualifier);
  return imported(file, type, { specifier, name: last ?? '' });
}

/** What a type says; `null` where it says nothing. */
export function typeRoots(file: ParsedFile, type: ts.TypeNode, depth = 6): Roots | null {
  if (depth === 0 || isOpen(type)) return null;
  if (ts.isJSDocNullableType(type) || ts.isJSDocNonNullableType(type) || ts.isJSDocOptionalType(type))
    return typeRoots(file, type.type, depth);
  if (ts.isParenthesizedTypeNode(type)) return typeRoots(file, type.type, depth);
  if (ts.isUnionTypeNode(type)) {
    const all = type.types.filter((one) => !isBeside(one)).map((one) => typeRoots(file, one, depth - 1));
    return all.every((one) => one !== null) ? all.flat() : null;
  }
  if (isBeside(type) || ts.isThisTypeNode(type)) return null;
  if (ts.isIntersectionTypeNode(type)) return ofParts(file, type, depth);
  if (ts.isTypeReferenceNode(type)) return ofReference(file, type, depth);
  if (ts.isImportTypeNode(type)) return ofImport(file, type);
  if (ts.isTypeQueryNode(type)) return said(file, type, saysClient(lastOf(type.exprName)));
  if (ts.isIndexedAccessTypeNode(type)) return said(file, type, saysClient(/(\w+)["']\]$/.exec(type.getText())?.[1]));
  return said(file, type, false);
}

/** The written type of a declaration, or the one of its comment. */
export function writtenType(node: ts.Node): ts.TypeNode | undefined {
  const { type } = node as { readonly type?: ts.TypeNode };
  return type ?? ts.getJSDocType(node);
}

/** Whether the type of a variable or a parameter is a client's. */
export function typeSaysClient(file: ParsedFile, node: ts.Node): boolean {
  const type = writtenType(node);
  const roots = type === undefined ? null : typeRoots(file, type);
  return (
    roots !== null &&
    roots.length > 0 &&
    roots.every((root) => (root.kind === 'type' ? root.says : root.kind === 'instance' && saysClassClient(root.node)))
  );
}

const saysClassClient = (node: ts.Node): boolean =>
  ts.isClassLike(node) &&
  (saysClient(node.name?.text) ||
    (node.heritageClauses ?? []).some((one) => saysClient(/[\w$]+(?=\W*$)/.exec(one.getText())?.[0])));

/** The declaration of a member that a type lists. */
function listedMember({ file, type }: TypeRoot, name: string): ts.Declaration | undefined {
  if (ts.isJSDocTypeLiteral(type)) return type.jsDocPropertyTags?.find((tag) => lastOf(tag.name) === name);
  const declared = file.checker.getTypeAtLocation(type).getProperty(name)?.declarations?.[0];
  return declared?.getSourceFile() === file.tree ? declared : undefined;
}

/** The roots of a member of what only a type is known of. */
export function typedMember(root: TypeRoot, name: string): Roots {
  const declared = listedMember(root, name);
  const type = declared === undefined ? undefined : memberType(declared);
  const roots = type === undefined ? null : typeRoots(root.file, type);
  return roots === null ? [partOf(open(root.file, null), name)] : called(roots, name);
}

/** The written type of a member, also where a comment lists it. */
export function memberType(node: ts.Declaration): ts.TypeNode | undefined {
  if (!ts.isJSDocPropertyLikeTag(node)) return writtenType(node);
  const made = node.typeExpression;
  return made !== undefined && ts.isJSDocTypeExpression(made) ? made.type : undefined;
}
