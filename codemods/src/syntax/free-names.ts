/** syntax/free-names: which names a parameter of a text may have, so that what the text declares itself stays apart. */
import { ts } from '../typescript.js';
import { descendants, isNameOnly, isWithin, placesOf } from './syntax.ts';

/** The functions and blocks around a node, from the inside out, without the file. */
function scopesAround(node: ts.Node): readonly ts.Node[] {
  const scopes: ts.Node[] = [];
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isFunctionLike(at) || ts.isBlock(at) || ts.isCatchClause(at) || isLoop(at)) scopes.push(at);
  }
  return scopes;
}

const isLoop = (node: ts.Node): boolean =>
  ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node);

/** Whether something is only said to be global: `declare global { var jukebox }`. */
const isOfGlobalObject = (node: ts.Node): boolean =>
  ts.findAncestor(node, (one) => ts.isModuleDeclaration(one) && (one.flags & ts.NodeFlags.GlobalAugmentation) !== 0) !==
  undefined;

/** The declaration that an identifier is the name of. */
function declares(node: ts.Identifier): ts.Node | null {
  const { parent } = node;
  const named =
    ts.isVariableDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isBindingElement(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isFunctionExpression(parent) ||
    ts.isClassLike(parent);
  return named && parent.name === node && !isOfGlobalObject(parent) ? parent : null;
}

const scopesOf = new WeakMap<ts.Node, ts.Node | null>();

/** Where a declared name can be seen; `null` for the whole text. */
function scopeOf(declaration: ts.Node): ts.Node | null {
  const known = scopesOf.get(declaration);
  const scope = known === undefined ? findScope(declaration) : known;
  scopesOf.set(declaration, scope);
  return scope;
}

function findScope(declaration: ts.Node): ts.Node | null {
  // A function expression knows its own name inside alone.
  if (ts.isFunctionExpression(declaration)) return declaration;
  let at = declaration;
  while (ts.isBindingElement(at) || ts.isObjectBindingPattern(at) || ts.isArrayBindingPattern(at)) at = at.parent;
  const outward = scopesAround(at);
  const wide = ts.isVariableDeclarationList(at.parent) && !(at.parent.flags & ts.NodeFlags.BlockScoped);
  return (wide ? outward.find(ts.isFunctionLike) : outward[0]) ?? null;
}

/** Tells which names are free at places of a text. */
export class FreeNames {
  readonly #used = new Map<string, ts.Identifier[]>();
  readonly #body: ts.Node | null;

  /** @param body - the body of the function that the whole text is, if it is one */
  constructor(tree: ts.SourceFile, body: ts.Node | null) {
    this.#body = body;
    for (const node of descendants(tree)) {
      if (!ts.isIdentifier(node) || isNameOnly(node)) continue;
      this.#used.set(node.text, [...(this.#used.get(node.text) ?? []), node]);
    }
  }

  /** Whether a parameter of this name is what the name means at each of the places, and changes what it means nowhere else. */
  isFree(name: string, places: readonly ts.Node[]): boolean {
    const used = this.#used.get(name) ?? [];
    const scopes = used.flatMap((node) => {
      const declaration = declares(node);
      return declaration === null ? [] : [scopeOf(declaration)];
    });
    const own = scopes.filter((scope) => scope !== null && scope !== this.#body);
    const inside = (node: ts.Node): boolean => own.some((scope) => scope !== null && isWithin(node, scope));
    // Each use is one of a declaration further in, and no place is.
    return own.length === scopes.length && used.every(inside) && !places.some(inside);
  }
}

/** Names that a tree declares, by what they are called. */
const declaringIn = new WeakMap<ts.SourceFile, Map<string, readonly ts.Identifier[]>>();

/** The places of a file that declare a name. */
function declaring(tree: ts.SourceFile, name: string): readonly ts.Identifier[] {
  const names = declaringIn.get(tree) ?? new Map<string, readonly ts.Identifier[]>();
  declaringIn.set(tree, names);
  const found =
    names.get(name) ??
    placesOf(tree, name).filter((node): node is ts.Identifier => ts.isIdentifier(node) && declares(node) !== null);
  names.set(name, found);
  return found;
}

const isFile = (within: ts.ReadonlyTextRange): boolean => 'kind' in within && within.kind === ts.SyntaxKind.SourceFile;

const meantInFile = new WeakMap<ts.Identifier, { readonly declaration: ts.Node | null }>();

/** The declaration that a name means where it stands, among those of a function or a file; no checker has to know the text. */
export function declarationOf(name: ts.Identifier, within: ts.ReadonlyTextRange): ts.Node | null {
  if (!isFile(within)) return nearestOf(name, within);
  const known = meantInFile.get(name) ?? { declaration: nearestOf(name, within) };
  meantInFile.set(name, known);
  return known.declaration;
}

/** Every place of a function's body, or of a file, that says a declared name and means it; `null` for what an import declares. */
export const placesMeaning = (declared: ts.Node | null, name: ts.Identifier, body: ts.Node): readonly ts.Identifier[] =>
  placesOf(body.getSourceFile(), name.text).filter(
    (one): one is ts.Identifier =>
      ts.isIdentifier(one) &&
      one !== name &&
      isWithin(one, body) &&
      !isNameOnly(one) &&
      declarationOf(one, body) === declared,
  );

/** Every other place of a file that means what a name declares there. */
export const placesOfDeclared = (name: ts.Identifier): readonly ts.Identifier[] => {
  const tree = name.getSourceFile();
  return placesMeaning(declarationOf(name, tree), name, tree);
};

function nearestOf(name: ts.Identifier, within: ts.ReadonlyTextRange): ts.Node | null {
  let nearest: { readonly declaration: ts.Node; readonly scope: ts.Node } | null = null;
  for (const node of declaring(name.getSourceFile(), name.text)) {
    if (!isWithin(node, within)) continue;
    const declaration = declares(node);
    const scope = declaration === null ? null : (scopeOf(declaration) ?? node.getSourceFile());
    if (declaration === null || scope === null || !isWithin(name, scope)) continue;
    if (nearest === null || isWithin(scope, nearest.scope)) nearest = { declaration, scope };
  }
  return nearest?.declaration ?? null;
}
