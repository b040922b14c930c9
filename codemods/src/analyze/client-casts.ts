/** analyze/client-casts: a function that calls its client a class of the bot's own, as a handler, whose client is discord.js's. */
import { ts } from '../typescript.js';
import type { FunctionSite } from './call-site.ts';
import type { Splice } from './receiver.ts';
import { descendants, isNameOnly } from './syntax.ts';
import { typingsOfOurs } from './typed-owner.ts';
import { writesToVariable } from './writes.ts';

interface OwnClient {
  readonly name: ts.Identifier;
  readonly type: ts.TypeNode;
}

/** The parameter of a function that is its client, where its written type is a class of the bot's own. */
function ownClient({ file, fn }: FunctionSite): OwnClient | null {
  const [parameter] = fn.parameters;
  if (parameter?.type === undefined || !ts.isIdentifier(parameter.name) || parameter.dotDotDotToken !== undefined)
    return null;
  const { name, type } = parameter;
  const declarations = file.checker.getTypeFromTypeNode(type).symbol?.declarations ?? [];
  const isOwn =
    declarations.length > 0 &&
    declarations.every((one) => ts.isClassLike(one) && !typingsOfOurs.test(one.getSourceFile().fileName));
  return isOwn ? { name, type } : null;
}

/** A name for the parameter that nothing in the function has. */
function otherName({ fn }: FunctionSite, name: string): string {
  const taken = new Set(descendants(fn).flatMap((node) => (ts.isIdentifier(node) ? [node.text] : [])));
  return ['client', 'bot', 'given'].find((one) => !taken.has(one)) ?? `${name}Given`;
}

/** Whether the name may be declared anew in the body: nothing outside of it uses it, and nothing in it is called so. */
function isFree({ file: { checker }, fn }: FunctionSite, name: ts.Identifier, body: ts.Block): boolean {
  const meant = checker.getSymbolAtLocation(name);
  const inside = new Set(descendants(body));
  return descendants(fn).every((node) => {
    if (!ts.isIdentifier(node) || node === name || node.text !== name.text) return true;
    if (!inside.has(node)) return isNameOnly(node) || checker.getSymbolAtLocation(node) !== meant;
    const { parent } = node;
    return !(isBinding(parent) && (parent as ts.NamedDeclaration).name === node);
  });
}

const isBinding = (node: ts.Node): boolean =>
  ts.isVariableDeclaration(node) ||
  ts.isBindingElement(node) ||
  ts.isFunctionDeclaration(node) ||
  ts.isClassDeclaration(node);

/** In a body of statements the name is declared anew, with its type; tests of it hold on as they did. */
function inBlock(at: FunctionSite, { name, type }: OwnClient, body: ts.Block): readonly Splice[] {
  const [first] = body.statements;
  if (first === undefined || !isFree(at, name, body)) return [];
  const start = first.getStart();
  const indent = /\n[ \t]*$/.exec(at.file.tree.text.slice(0, start))?.[0] ?? ' ';
  const given = otherName(at, name.text);
  return [
    { start: name.getStart(), end: type.end, text: given },
    { start, end: start, text: `const ${name.text} = ${given} as ${type.getText()};${indent}` },
  ];
}

/** In an expression each use says it. */
function inExpression({ file: { checker } }: FunctionSite, { name, type }: OwnClient, body: ts.Expression) {
  const meant = checker.getSymbolAtLocation(name);
  const said = `${name.text} as ${type.getText()}`;
  const uses = descendants(body).filter(
    (node): node is ts.Identifier => ts.isIdentifier(node) && node.text === name.text,
  );
  const edits = uses.flatMap((node): Splice[] => {
    const [start, end] = [node.getStart(), node.end];
    if (ts.isShorthandPropertyAssignment(node.parent)) {
      const symbol = checker.getShorthandAssignmentValueSymbol(node.parent);
      return symbol === meant ? [{ start, end, text: `${name.text}: ${said}` }] : [];
    }
    if (isNameOnly(node) || checker.getSymbolAtLocation(node) !== meant) return [];
    return [{ start, end, text: `(${said})` }];
  });
  // `typeof c` takes no more than a name, and a parenthesis that begins a line may call what ends the line before.
  const isOdd = (node: ts.Identifier): boolean =>
    ts.isTypeQueryNode(node.parent) || ts.findAncestor(node, ts.isExpressionStatement)?.getStart() === node.getStart();
  return uses.some(isOdd) ? [] : [{ start: name.end, end: type.end, text: '' }, ...edits];
}

/**
 * The edits that say in a function what its client is, instead of at the parameter: `(c: Bot) => c.x` becomes
 * `(c) => (c as Bot).x`. A handler may be called with any client of discord.js, so that TypeScript does not take the first
 * for one, and forgets the types of all other handlers with it.
 *
 * @returns none where the parameter says nothing of the kind, or is given another value
 */
export function clientCasts(at: FunctionSite): readonly Splice[] {
  const client = at.file.typed ? ownClient(at) : null;
  const { body } = at.fn;
  const meant = client === null ? undefined : at.file.checker.getSymbolAtLocation(client.name);
  if (client === null || body === undefined || meant === undefined) return [];
  if (writesToVariable(at.file, meant).length > 0) return [];
  return ts.isBlock(body) ? inBlock(at, client, body) : inExpression(at, client, body);
}
