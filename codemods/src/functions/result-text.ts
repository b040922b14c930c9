/** functions/result-text: the type of the results of a call, where the call has to say it itself. */
import { isAbsolute } from 'node:path';
import type { CallSite, HandedFunction } from '../syntax/call-site.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { ts } from '../typescript.js';
import { printType, resultType, specifierOf } from './types.ts';

/** A type as the call can say it. */
export interface SaidResult {
  /** `null` where it says nothing. */
  readonly text: string | null;
  /** The types that cannot be named at the call. */
  readonly missing: readonly string[];
}

const nothing: SaidResult = { text: null, missing: [] };

/** What a generic function gives for the data of this call. */
function instantiated({ file: { checker }, call }: HandedFunction): ts.Type | null {
  const [parameter] = checker.getResolvedSignature(call)?.getParameters() ?? [];
  const given = parameter === undefined ? null : checker.getTypeOfSymbolAtLocation(parameter, call);
  // Of the text that may be passed instead, nothing is returned.
  const [signature] = given?.getCallSignatures() ?? [];
  const returned = signature === undefined ? null : checker.getReturnTypeOfSignature(signature);
  return returned === null ? null : (checker.getAwaitedType(returned) ?? returned);
}

const anything = ts.SymbolFlags.Type | ts.SymbolFlags.Value | ts.SymbolFlags.Namespace | ts.SymbolFlags.Alias;

/** Whether a name means at the call what it means in the type. */
function isVisible({ file: { checker }, call }: CallSite, name: ts.Identifier): boolean {
  // The compiler keeps it on the names of the types that it writes.
  const { symbol } = name as { readonly symbol?: ts.Symbol };
  const aliased = (one: ts.Symbol): ts.Symbol =>
    (one.flags & ts.SymbolFlags.Alias) === 0 ? checker.getExportSymbolOfSymbol(one) : checker.getAliasedSymbol(one);
  const named = checker.getSymbolsInScope(call, anything).filter((one) => one.name === name.text);
  return symbol !== undefined && named.some((one) => one === symbol || aliased(one) === symbol);
}

/** The module that a call finds a file by, or `null`. */
function moduleOf(file: ParsedFile, path: string): string | null {
  // What the file imports already is written as it is there.
  if (!isAbsolute(path)) return path;
  if (!path.includes('/node_modules/')) return specifierOf(file, path);
  return /\/node_modules\/discord\.js\/typings\/[^/]+$/.test(path) ? 'discord.js' : null;
}

const rootOf = (name: ts.EntityName): ts.Identifier => (ts.isIdentifier(name) ? name : rootOf(name.left));

/** `import("/bot/src/types").Row`, as the compiler writes it, without the module. */
const written = /import\("([^"]+)"\)/g;

/** A type by names that are visible at the call, or by the modules that export them. */
function byImports(at: CallSite, type: ts.Type): SaidResult {
  const { file, call } = at;
  const format = ts.NodeBuilderFlags.NoTruncation | ts.NodeBuilderFlags.UseSingleQuotesForStringLiteralType;
  const node = file.checker.typeToTypeNode(type, call, format);
  if (node === undefined) return nothing;
  const missing: string[] = [];
  const visit = (one: ts.Node): void => {
    const name = ts.isTypeReferenceNode(one) ? one.typeName : ts.isTypeQueryNode(one) ? one.exprName : null;
    const root = name === null || !(ts.isIdentifier(name) || ts.isQualifiedName(name)) ? null : rootOf(name);
    if (root !== null && !isVisible(at, root)) missing.push(root.text);
    ts.forEachChild(one, visit);
  };
  visit(node);
  const printed = ts.createPrinter().printNode(ts.EmitHint.Unspecified, node, file.tree).replace(/; \}/g, ' }');
  const text = printed.replace(written, (whole, path: string) => {
    const module = moduleOf(file, path);
    if (module === null) missing.push(whole);
    return `import('${module}')`;
  });
  return missing.length === 0 && !/\n|\bany\b|resolution-mode/.test(text) ? { text, missing } : { text: null, missing };
}

/** A type as a call can say it. What says `any` is of an author, and of nothing that could not be found or written. */
export function typeAt(at: CallSite, type: ts.Type): SaidResult {
  const plain = printType(at.file, type);
  if (!plain.vague && plain.imports.every((one) => 'node' in one.binding)) return { text: plain.text, missing: [] };
  return byImports(at, type);
}

/** What a call says about its results. */
export function saidResult(at: HandedFunction): SaidResult {
  const { file, fn } = at;
  const type = fn.typeParameters === undefined ? resultType(file.checker, fn) : instantiated(at);
  if (type === null) return nothing;
  const said = typeAt(at, type);
  return said.text !== null && /\bany\b/.test(said.text) ? byImports(at, type) : said;
}
