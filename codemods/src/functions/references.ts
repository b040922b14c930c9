/** functions/references: the names a function takes from outside itself, sorted by what becomes of them. */
import { bindingOf } from '../modules/bindings.ts';
import { isBotGlobal } from '../modules/global-owner.ts';
import { loadsPackage } from '../modules/package-require.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { FunctionSite } from '../syntax/call-site.ts';
import type { Splice } from '../syntax/edits.ts';
import { isClientScopeName, isFileBound, isGlobalName } from '../syntax/globals.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { isTypePosition, positionOf, symbolOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { requiresFromCwd } from '../values/loads-from-cwd.ts';
import type { NeededImport } from './captures.ts';
import { constEnumEdit, hadBy } from './had-names.ts';
import { alsoDone, ownImport } from './own-import.ts';
import { printType } from './types.ts';

/** Where a type or a value of this project is declared, through any import. */
function declaredAt(file: ParsedFile, node: ts.Identifier): string | undefined {
  const symbol = symbolOf(file.checker, node);
  const target =
    symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias ? file.checker.getAliasedSymbol(symbol) : symbol;
  const declaration = target?.declarations?.[0];
  return declaration === undefined ? undefined : placeOf(declaration);
}

const placeOf = (declaration: ts.Declaration): string => `${declaration.getSourceFile().fileName}:${declaration.pos}`;

const isInside = (node: ts.Node, fn: ts.Node): boolean => node.pos >= fn.pos && node.end <= fn.end;

/** A name that each file has; to the compiler the first `module` of `module.exports` declares it. */
const isOfFile = ({ text }: ts.Identifier, declared: ts.Node | undefined): boolean =>
  isFileBound(text) && (declared === undefined || ts.isIdentifier(declared));

/** Whether a declaration is one: in JavaScript the compiler takes `console.info = ...` for one of `console` as well. */
const declares = (node: ts.Declaration): boolean =>
  !ts.isExpression(node) || ts.isFunctionExpression(node) || ts.isClassExpression(node) || isFileBound(node.getText());

/** Takes one name after the other. */
export class References {
  readonly #at: FunctionSite;
  readonly imports = new Map<string, NeededImport>();
  /** Names that nothing declares, and those that each file has for itself, with their line. */
  readonly unknown = new Map<string, number>();
  readonly fileBound = new Map<string, number>();
  readonly clientScope = new Set<string>();
  readonly botGlobals = new Set<string>();
  readonly outer = new Map<string, ts.Identifier[]>();
  /** Why those of them that the file exports are not imported from it. */
  readonly unloaded = new Map<string, string>();
  /** Every place that reads a name of the file, by name. */
  readonly read = new Map<string, ts.Identifier[]>();
  readonly edits: Splice[] = [];
  readonly findings: Finding[] = [];
  requires = false;

  constructor(at: FunctionSite) {
    this.#at = at;
  }

  /** Takes a name that refers to something. */
  add(node: ts.Identifier): void {
    const { file, fn } = this.#at;
    const { line } = positionOf(file.tree, node.getStart());
    const symbol = symbolOf(file.checker, node);
    const declarations = (symbol?.declarations ?? []).filter(declares);
    const here = declarations.find((d) => d.getSourceFile() === file.tree);
    if (here !== undefined && isInside(here, fn)) return;
    if (loadsPackage(node) || requiresFromCwd(node)) {
      this.requires = true;
      return;
    }
    if (isOfFile(node, here)) {
      this.fileBound.set(node.text, line);
      return;
    }
    if (here !== undefined) this.#addDeclared(node, here);
    else if (symbol === undefined || (declarations.length === 0 && !isGlobalName(node.text)))
      this.#addUnresolved(node, line);
  }

  #addDeclared(node: ts.Identifier, here: ts.Declaration): void {
    const { file } = this.#at;
    const inType = isTypePosition(node);
    if (!inType) this.read.set(node.text, [...(this.read.get(node.text) ?? []), node]);
    const binding = bindingOf(here);
    if (binding !== null) {
      const typeOnly = inType && (this.imports.get(node.text)?.typeOnly ?? true);
      const had = hadBy(file, node, binding);
      this.imports.set(node.text, { binding, typeOnly, had, declaredAt: declaredAt(file, node) });
    } else if (inType) {
      this.#addLocalType(node, here);
    } else {
      const inlined = constEnumEdit(file, node);
      if (inlined !== null) this.edits.push(inlined);
      else this.#addLocalValue(node, here);
    }
  }

  /** An exported value comes from its file, as one of another file does, where nothing else happens by that. */
  #addLocalValue(node: ts.Identifier, declaration: ts.Declaration): void {
    const { file } = this.#at;
    const binding = ownImport(file, node.text, declaration);
    const why = binding === null ? null : alsoDone(file);
    if (binding !== null && why === null) {
      const had = hadBy(file, node, binding);
      this.imports.set(node.text, { binding, typeOnly: false, had, declaredAt: placeOf(declaration) });
      return;
    }
    if (why !== null) this.unloaded.set(node.text, why);
    this.outer.set(node.text, [...(this.outer.get(node.text) ?? []), node]);
  }

  #addLocalType(node: ts.Identifier, declaration: ts.Declaration): void {
    if (ts.isTypeParameterDeclaration(declaration)) {
      this.findings.push(finding('DC-G1', { names: node.text }));
      return;
    }
    const binding = ownImport(this.#at.file, node.text, declaration);
    if (binding === null) {
      if (!ts.isParameter(declaration) || !this.#writeOut(node))
        this.findings.push(finding('DC-G2', { names: node.text }));
      return;
    }
    const typeOnly = this.imports.get(node.text)?.typeOnly ?? true;
    this.imports.set(node.text, { binding, typeOnly, declaredAt: placeOf(declaration) });
  }

  /** Writes the type that `typeof x` stands for, which no import can bring of a parameter; not where it cannot be written. */
  #writeOut(node: ts.Identifier): boolean {
    const { file } = this.#at;
    const query = ts.findAncestor(node, ts.isTypeQueryNode);
    if (query === undefined || !file.typed) return false;
    const written = printType(file, file.checker.getTypeFromTypeNode(query));
    if (written.text === 'any') return false;
    this.edits.push({ start: query.getStart(), end: query.end, text: written.text });
    for (const one of written.imports) this.imports.set(one.binding.local, one);
    return true;
  }

  #addUnresolved(node: ts.Identifier, line: number): void {
    const { text } = node;
    const { file } = this.#at;
    // Without types the compiler knows none of the language's own either.
    if (isGlobalName(text) || (!file.typed && isTypePosition(node))) return;
    if (isBotGlobal(file.source.path, text)) this.botGlobals.add(text);
    else if (isClientScopeName(text)) this.clientScope.add(text);
    else this.unknown.set(text, line);
  }
}
