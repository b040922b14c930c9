/** calls/wrapper-own: what the file of a function itself does with it. */
import { asMethod, asValue, byKeyword } from '../modules/exported-as.ts';
import { isExportsObject } from '../syntax/exported.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { none, obstacleAt, readsOf, type Uses, united } from './wrapper-loads.ts';

/** What a function is called in its own file, and what other files know it as. */
export interface Known {
  readonly name: ts.Identifier | ts.PrivateIdentifier | null;
  readonly exported: readonly string[];
}

/** Whether only its class may call a method: it says so in one declaration, and nothing else takes it from there. */
const isPrivate = (fn: ts.MethodDeclaration): boolean => {
  const words = fn.modifiers ?? [];
  const said = words.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword);
  const named = (one: ts.ClassElement): boolean => one.name?.getText() === fn.name.getText();
  return (
    said && !words.some(ts.isDecorator) && ts.isClassLike(fn.parent) && fn.parent.members.filter(named).length === 1
  );
};

/** Finds out how a function can be called; `null` when that cannot be told. */
export function knownAs(fn: ts.SignatureDeclaration): Known | null {
  if (ts.isFunctionDeclaration(fn)) return { name: fn.name ?? null, exported: byKeyword(fn, fn.name?.text) };
  if (ts.isMethodDeclaration(fn)) {
    if (ts.isPrivateIdentifier(fn.name)) return { name: fn.name, exported: [] };
    if (isPrivate(fn) && ts.isIdentifier(fn.name)) return { name: fn.name, exported: [] };
    const exported = asMethod(fn);
    return exported === null ? null : { name: null, exported };
  }
  if (!(ts.isArrowFunction(fn) || ts.isFunctionExpression(fn))) return null;
  const { parent } = fn;
  if (!ts.isVariableDeclaration(parent)) {
    const exported = asValue(fn);
    return exported === null || exported.length === 0 ? null : { name: null, exported };
  }
  const fixed = (parent.parent.flags & ts.NodeFlags.Const) !== 0 && ts.isIdentifier(parent.name);
  if (!fixed || !ts.isIdentifier(parent.name)) return null;
  return { name: parent.name, exported: byKeyword(parent.parent.parent, parent.name.text) };
}

const privateUses = (file: ParsedFile, name: ts.PrivateIdentifier): readonly ts.PrivateIdentifier[] => {
  const symbol = file.checker.getSymbolAtLocation(name);
  return descendants(file.tree).filter(
    (node): node is ts.PrivateIdentifier =>
      ts.isPrivateIdentifier(node) &&
      node !== name &&
      node.text === name.text &&
      file.checker.getSymbolAtLocation(node) === symbol,
  );
};

/** What a file does with a private method. A name that may mean it stands in the way. */
function methodUses(file: ParsedFile, name: ts.Identifier): readonly Uses[] {
  const stop = (node: ts.Node, why: string): Uses => ({ ...none, obstacle: obstacleAt(file.source.path, node, why) });
  return descendants(file.tree).flatMap((node): readonly Uses[] => {
    const isName = ts.isIdentifier(node) || ts.isStringLiteralLike(node);
    if (!isName || node === name || node.text !== name.text) return [];
    const { parent } = node;
    if (ts.isElementAccessExpression(parent)) return [stop(node, 'its name stands in brackets')];
    const taken = ts.isBindingElement(parent) && (parent.propertyName ?? parent.name) === node;
    if (taken && ts.isObjectBindingPattern(parent.parent)) return [stop(node, passedOn)];
    if (!ts.isIdentifier(node) || !ts.isPropertyAccessExpression(parent) || parent.name !== node) return [];
    const symbol = file.checker.getSymbolAtLocation(node);
    if (symbol === undefined) return [stop(node, 'this may be a call of it')];
    if (symbol.valueDeclaration !== name.parent) return [];
    const use = ofRead(file, node);
    return 'uses' in use ? [use] : [stop(node, passedOn)];
  });
}

const passedOn = 'it is passed on instead of called';

/** What one place of the file does with the function: calls it, exports it under a name, or something else. */
function ofRead(file: ParsedFile, node: ts.Identifier | ts.PrivateIdentifier): Uses | readonly string[] {
  const callee = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node ? node.parent : node;
  const { parent } = callee;
  if (ts.isCallExpression(parent) && parent.expression === callee) return { ...none, uses: [{ file, node: callee }] };
  if (ts.isExportSpecifier(parent)) return [parent.name.text];
  const names = ts.isIdentifier(callee) ? asValue(callee) : null;
  return names !== null && names.length > 0
    ? names
    : { ...none, obstacle: obstacleAt(file.source.path, node, passedOn) };
}

/** `exports.ask(...)` in the same file. */
function throughExports(file: ParsedFile, names: ReadonlySet<string>): readonly Uses[] {
  return descendants(file.tree).flatMap((node): readonly Uses[] => {
    if (!ts.isPropertyAccessExpression(node) || !names.has(node.name.text)) return [];
    const called = ts.isCallExpression(node.parent) && node.parent.expression === node;
    if (isExportsObject(node.expression) && called) return [{ ...none, uses: [{ file, node }] }];
    if (node.expression.kind !== ts.SyntaxKind.ThisKeyword) return [];
    return [{ ...none, obstacle: obstacleAt(file.source.path, node, 'what `this` is there is not known') }];
  });
}

/** What the file of a function does with it, and every name it exports it by. */
export function ownUses(
  file: ParsedFile,
  { name, exported }: Known,
): { readonly found: Uses; readonly exported: ReadonlySet<string> } {
  if (name !== null && ts.isIdentifier(name) && ts.isMethodDeclaration(name.parent))
    return { found: united(methodUses(file, name)), exported: new Set() };
  const reads = name === null ? [] : ts.isIdentifier(name) ? readsOf(file, name) : privateUses(file, name);
  const parts = reads.map((node) => ofRead(file, node));
  const names = new Set([...exported, ...parts.flatMap((part) => ('uses' in part ? [] : part))]);
  const uses = parts.flatMap((part) => ('uses' in part ? [part] : []));
  return { found: united([...uses, ...throughExports(file, names)]), exported: names };
}
