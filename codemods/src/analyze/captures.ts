/** analyze/captures: what a function takes from outside itself. */
import { type Finding, finding } from '../rules/reasons.ts';
import { ts } from '../typescript.js';
import { bindingOf, type ImportBinding } from './bindings.ts';
import { isBotGlobal } from './bot-globals.ts';
import { clientDefaultEdits, isClientDefault } from './client-default.ts';
import { clientEdits, isThisType } from './client-this.ts';
import { endsProcess } from './ends-process.ts';
import { isClientScopeName, isFileBound, isGlobalName } from './globals.ts';
import { constEnumEdit, type Had, hadBy } from './had-names.ts';
import { exportEdits } from './own-text.ts';
import { loadsPackage } from './package-require.ts';
import type { ParsedFile } from './program.ts';
import type { Splice } from './receiver.ts';
import { isNameOnly, type MovableFunction, positionOf, symbolOf } from './syntax.ts';
import { printType } from './types.ts';

/** An import the handlers file must repeat. */
export interface NeededImport {
  readonly binding: Pick<ImportBinding, 'style' | 'kind' | 'specifier' | 'imported' | 'local' | 'attributes'>;
  readonly typeOnly: boolean;
  /** Why the function had it until now: the compiler wrote its value, or discord.js's own file has that name. */
  readonly had?: Had | undefined;
  /** The file and name that declare it, where the checker knows; equal for two ways to write one import. */
  readonly declaredAt?: string | undefined;
}

/** Where a type or a value of this project is declared, through any import. */
function declaredAt(file: ParsedFile, node: ts.Identifier): string | undefined {
  const symbol = symbolOf(file.checker, node);
  const target =
    symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias ? file.checker.getAliasedSymbol(symbol) : symbol;
  const declaration = target?.declarations?.[0];
  return declaration === undefined ? undefined : `${declaration.getSourceFile().fileName}:${declaration.pos}`;
}

/** Stands for the path of the file a function comes from, in an import of one of its own exports. */
export const ownFile = '\0own';

/** What a function takes from outside; `blocked` is the first thing that stops it from moving. */
export interface Captures {
  readonly blocked: Finding | null;
  readonly imports: readonly NeededImport[];
  /** It calls `require` with the name of a package; in discord.js's file, where the text ran, that is always there. */
  readonly requires: boolean;
  /** Names only found because discord.js evaluates inside its own file. */
  readonly clientScope: readonly string[];
  /** Globals that another file of the package sets (`global.x = ...`). */
  readonly botGlobals: readonly string[];
  /** What changes in the function's text as it moves. */
  readonly edits: readonly Splice[];
  /** Names of variables from outside, with every place that reads them. */
  readonly outer: ReadonlyMap<string, readonly ts.Identifier[]>;
  /** A type had to be left open. */
  readonly vague: boolean;
}

interface Collected {
  readonly clientThis: ts.Node[];
  readonly outer: Map<string, ts.Identifier[]>;
  readonly typeEdits: Splice[];
  vague: boolean;
  requires: boolean;
  readonly unknown: Map<string, number>;
  readonly fileBound: Map<string, number>;
  readonly imports: Map<string, NeededImport>;
  readonly clientScope: Set<string>;
  readonly botGlobals: Set<string>;
  readonly findings: Finding[];
  readonly nested: ReadonlySet<ts.Node>;
}

const isInside = (node: ts.Node, fn: ts.Node): boolean => node.pos >= fn.pos && node.end <= fn.end;

const isTypePosition = (node: ts.Identifier): boolean => {
  let at: ts.Node = node;
  while (ts.isQualifiedName(at.parent)) at = at.parent;
  return ts.isPartOfTypeNode(at) || ts.isTypeQueryNode(at.parent);
};

function collectLocalType(node: ts.Identifier, declaration: ts.Declaration, into: Collected): void {
  if (ts.isTypeParameterDeclaration(declaration)) {
    into.findings.push(finding('DC-G1', { names: node.text }));
    return;
  }
  const modifiers = ts.getCombinedModifierFlags(declaration);
  const exported = modifiers & ts.ModifierFlags.Export;
  const nameable =
    ts.isInterfaceDeclaration(declaration) ||
    ts.isTypeAliasDeclaration(declaration) ||
    ts.isClassDeclaration(declaration);
  if (!exported || !nameable || !ts.isSourceFile(declaration.parent)) {
    into.findings.push(finding('DC-G2', { names: node.text }));
    return;
  }
  // The handlers file gets the real path in place of this stand-in.
  const binding = {
    style: 'import',
    kind: modifiers & ts.ModifierFlags.Default ? 'default' : 'named',
    specifier: ownFile,
    imported: modifiers & ts.ModifierFlags.Default ? 'default' : node.text,
    local: node.text,
  } as const;
  const at = `${declaration.getSourceFile().fileName}:${declaration.pos}`;
  into.imports.set(node.text, { binding, typeOnly: true, declaredAt: at });
}

function collectUnresolved(file: ParsedFile, node: ts.Identifier, line: number, into: Collected): void {
  if (isGlobalName(node.text)) return;
  if (isBotGlobal(file.source.path, node.text)) {
    into.botGlobals.add(node.text);
    return;
  }
  if (isClientScopeName(node.text)) into.clientScope.add(node.text);
  else into.unknown.set(node.text, line);
}

/** A name that each file has; to the compiler the first `module` of `module.exports` declares it. */
const isOfFile = ({ text }: ts.Identifier, declared: ts.Node | undefined): boolean =>
  isFileBound(text) && (declared === undefined || ts.isIdentifier(declared));

function collectReference(file: ParsedFile, fn: MovableFunction, node: ts.Identifier, into: Collected): void {
  const { line } = positionOf(file.tree, node.getStart());
  const symbol = symbolOf(file.checker, node);
  const declarations = symbol?.declarations ?? [];
  const here = declarations.find((d) => d.getSourceFile() === file.tree);
  if (here !== undefined && isInside(here, fn)) return;
  if (loadsPackage(node)) {
    into.requires = true;
    return;
  }
  if (isOfFile(node, here)) {
    into.fileBound.set(node.text, line);
    return;
  }
  if (here === undefined) {
    if (symbol === undefined || (declarations.length === 0 && !isGlobalName(node.text)))
      collectUnresolved(file, node, line, into);
    return;
  }
  const inType = isTypePosition(node);
  const binding = bindingOf(here);
  if (binding !== null) {
    const before = into.imports.get(node.text);
    const typeOnly = inType && (before?.typeOnly ?? true);
    into.imports.set(node.text, {
      binding,
      typeOnly,
      had: hadBy(file, node, binding),
      declaredAt: declaredAt(file, node),
    });
  } else if (inType) {
    collectLocalType(node, here, into);
  } else {
    const inlined = constEnumEdit(file, node);
    if (inlined !== null) into.typeEdits.push(inlined);
    else into.outer.set(node.text, [...(into.outer.get(node.text) ?? []), node]);
  }
}

const oddities: Partial<Record<ts.SyntaxKind, string>> = {
  [ts.SyntaxKind.SuperKeyword]: 'super',
  [ts.SyntaxKind.MetaProperty]: 'import.meta or new.target',
};

/** Of a call that becomes a request, what stays in the function: the receiver and the data. */
function visitNested(file: ParsedFile, fn: MovableFunction, node: ts.CallExpression, into: Collected): void {
  const parts = [node.expression, ...node.arguments.slice(1)];
  for (const part of parts) visit(file, fn, part, true, into);
}

const runsText = /^(_?eval|Function|runIn(New|This)?Context|compileFunction)$/;

function collectCall(file: ParsedFile, node: ts.CallExpression | ts.NewExpression, into: Collected): void {
  const callee = node.expression;
  const { line } = positionOf(file.tree, node.getStart());
  const [first] = node.arguments ?? [];
  if (
    callee.kind === ts.SyntaxKind.ImportKeyword &&
    (first === undefined || !ts.isStringLiteralLike(first) || first.text.startsWith('.'))
  ) {
    into.fileBound.set('import()', line);
  }
  const name = ts.isIdentifier(callee) ? callee.text : ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
  if (runsText.test(name)) into.findings.push(finding('DC-D4', { what: name }));
  if (name === 'broadcastEval' || name === 'fetchClientValues') into.findings.push(finding('DC-W4'));
}

/** `typeof this.client` means nothing in a handlers file: the type it stands for is written out. */
function writeOut(file: ParsedFile, node: ts.TypeQueryNode, into: Collected): void {
  const written = printType(file, file.checker.getTypeFromTypeNode(node));
  into.vague ||= written.text === 'any';
  into.typeEdits.push({ start: node.getStart(), end: node.end, text: written.text });
  for (const one of written.imports) into.imports.set(one.binding.local, one);
}

/** What belongs to the function itself and not to one inside it. */
function collectOwn(fn: MovableFunction, node: ts.Node, line: number, into: Collected): void {
  const odd = oddities[node.kind];
  if (odd !== undefined) into.findings.push(finding('DC-T2', { what: odd, line }));
  if (node.kind !== ts.SyntaxKind.ThisKeyword) return;
  // In an arrow function it is the client that evaluates the text, whatever class surrounds the call.
  if (ts.isArrowFunction(fn)) into.clientThis.push(node);
  else into.findings.push(finding('DC-T1', { line }));
}

function visit(file: ParsedFile, fn: MovableFunction, node: ts.Node, own: boolean, into: Collected): void {
  const { line } = positionOf(file.tree, node.getStart());
  if (own) collectOwn(fn, node, line, into);
  if (isThisType(fn, node) || isClientDefault(fn, node)) return;
  if (ts.isTypeQueryNode(node) && /^this\b/.test(node.exprName.getText())) {
    writeOut(file, node, into);
    return;
  }
  if (into.nested.has(node) && ts.isCallExpression(node)) {
    visitNested(file, fn, node, into);
    return;
  }
  if (endsProcess(node)) into.findings.push(finding('DC-E2', { what: node.getText() }));
  if (ts.isPrivateIdentifier(node)) into.findings.push(finding('DC-T3', { what: node.text, line }));
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) collectCall(file, node, into);
  if (ts.isIdentifier(node)) {
    // `typeof this.client` in a type holds `this` as an identifier.
    if (node.text === 'this') into.findings.push(finding('DC-T1', { line }));
    else if (isNameOnly(node)) return;
    else if (node.text !== 'arguments') collectReference(file, fn, node, into);
    // A function inside has its own.
    else if (own) into.findings.push(finding('DC-T2', { what: 'arguments', line }));
    return;
  }
  const rebinds =
    node !== fn &&
    (ts.isFunctionExpression(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isMethodDeclaration(node) ||
      ts.isClassLike(node));
  ts.forEachChild(node, (child) => visit(file, fn, child, own && !rebinds, into));
}

/** The names a function captures, with their lines, for a message. */
export function capturedNames({ outer }: Pick<Captures, 'outer'>): string {
  const lines = [...outer].map(([name, [first]]) => {
    const line = first === undefined ? 0 : positionOf(first.getSourceFile(), first.getStart()).line;
    return [name, line] as const;
  });
  return listed(new Map(lines));
}

const listed = (names: ReadonlyMap<string, number>): string =>
  [...names].map(([name, line]) => `\`${name}\` (line ${line})`).join(', ');

function firstBlock(found: Collected): Finding | null {
  const [odd] = found.findings;
  if (odd !== undefined) return odd;
  if (found.fileBound.size > 0) return finding('DC-C5', { names: listed(found.fileBound) });
  if (found.unknown.size > 0) return finding('DC-C4', { names: listed(found.unknown) });
  return null;
}

/**
 * Classifies everything a function refers to.
 *
 * @param nested - broadcasts inside it that become requests, so that their own functions are no part of it any more
 */
export function capturesOf(file: ParsedFile, fn: MovableFunction, nested: ReadonlySet<ts.Node> = new Set()): Captures {
  const found: Collected = {
    outer: new Map(),
    unknown: new Map(),
    fileBound: new Map(),
    imports: new Map(),
    clientScope: new Set(),
    botGlobals: new Set(),
    findings: [],
    clientThis: [],
    typeEdits: [],
    vague: false,
    requires: false,
    nested,
  };
  if (fn.asteriskToken !== undefined) {
    found.findings.push(finding('DC-T2', { what: 'a generator', line: positionOf(file.tree, fn.getStart()).line }));
  }
  visit(file, fn, fn, true, found);
  const client = clientEdits(fn, found.clientThis);
  if (client.refused !== null) found.findings.push(client.refused);
  return {
    blocked: firstBlock(found),
    imports: [...found.imports.values()],
    requires: found.requires,
    clientScope: [...found.clientScope],
    botGlobals: [...found.botGlobals],
    edits: [...client.edits, ...found.typeEdits, ...clientDefaultEdits(fn), ...exportEdits(fn)],
    outer: found.outer,
    vague: found.vague,
  };
}
