/** functions/client-casts: a function whose client is of a type of the bot's own, as a handler, whose client is discord.js's. */
import type { FunctionSite } from '../syntax/call-site.ts';
import type { Splice } from '../syntax/edits.ts';
import { clientMembers } from '../syntax/globals.ts';
import { descendants, isNameOnly } from '../syntax/syntax.ts';
import { writesToVariable } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { typingsOfOurs } from '../values/typed-owner.ts';
import type { NeededImport } from './captures.ts';
import { printType, type WrittenType } from './types.ts';

interface OwnClient {
  readonly name: ts.BindingName;
  /** What its class is, and the imports that say it. */
  readonly type: Pick<WrittenType, 'text' | 'imports'>;
  /** Where what is written of the parameter ends. */
  readonly end: number;
}

/** What says in a function what its client is. */
export interface ClientCasts {
  readonly edits: readonly Splice[];
  readonly imports: readonly NeededImport[];
}

/** Where that is declared which each client of discord.js has: beside discord.js itself, its emitter and JavaScript. */
const typingsOfClients = /[\\/]node_modules[\\/](?:@types[\\/]node|@discordjs|@vladfrangu|typescript[\\/]lib)[\\/]/;

function hasOfClients(member: ts.Symbol): boolean {
  if ((member.flags & ts.SymbolFlags.Optional) !== 0 || clientMembers.has(member.name)) return true;
  return (member.declarations ?? []).some((one) => {
    const { fileName } = one.getSourceFile();
    return typingsOfOurs.test(fileName) || typingsOfClients.test(fileName);
  });
}

/** Whether a type takes any client of discord.js: it is its class, or asks for nothing that not every one has. */
function takesEveryClient(type: ts.Type): boolean {
  if (type.isUnion()) return type.types.some(takesEveryClient);
  const isOfOurs = (type.symbol?.declarations ?? []).some((one) => typingsOfOurs.test(one.getSourceFile().fileName));
  return isOfOurs || type.getProperties().every(hasOfClients);
}

/** The parameter of a function that is its client, where its type does not take any client of discord.js. */
function ownClient({ file, fn }: FunctionSite): OwnClient | null {
  const [parameter] = fn.parameters;
  if (parameter === undefined || parameter.dotDotDotToken !== undefined || parameter.initializer !== undefined)
    return null;
  const { name, type } = parameter;
  const { checker } = file;
  const meant = type === undefined ? checker.getTypeAtLocation(parameter) : checker.getTypeFromTypeNode(type);
  if (takesEveryClient(meant)) return null;
  if (type !== undefined) return { name, type: { text: writableOf(file, type).getText(), imports: [] }, end: type.end };
  // A class that hands over itself, `everywhere(this, ...)`, has no name for that outside of it.
  if (meant.isTypeParameter()) return null;
  // A function of the bot that it is handed to says the type: `everywhere(bot, (b) => b.words.size)`.
  const written = printType(file, meant);
  return written.text === 'any' ? null : { name, type: written, end: name.end };
}

/** The type that `Readonly<...>` is made of: TypeScript takes no client of discord.js for one of those by a cast. */
function writableOf({ checker }: FunctionSite['file'], type: ts.TypeNode): ts.TypeNode {
  if (!ts.isTypeReferenceNode(type) || type.typeName.getText() !== 'Readonly') return type;
  const declared = checker.getSymbolAtLocation(type.typeName)?.declarations ?? [];
  const isOwn = declared.every((one) => !/[\\/]lib\.[\w.]+\.d\.ts$/.test(one.getSourceFile().fileName));
  return isOwn ? type : (type.typeArguments?.[0] ?? type);
}

/** A name for the parameter that nothing in the function has. */
function otherName({ fn }: FunctionSite, name: string): string {
  const taken = new Set(descendants(fn).flatMap((node) => (ts.isIdentifier(node) ? [node.text] : [])));
  return ['client', 'bot', 'given'].find((one) => !taken.has(one)) ?? `${name}Given`;
}

/** The names that a parameter declares. */
const namesIn = (name: ts.BindingName): readonly ts.Identifier[] =>
  ts.isIdentifier(name) ? [name] : name.elements.flatMap((one) => (ts.isBindingElement(one) ? namesIn(one.name) : []));

/** Whether the name may be declared anew in the body: nothing outside of it uses it, and nothing of its own is called so. */
function isFree({ file: { checker }, fn }: FunctionSite, name: ts.Identifier, body: ts.ConciseBody): boolean {
  const meant = checker.getSymbolAtLocation(name);
  const inside = new Set(descendants(body));
  return descendants(fn).every((node) => {
    if (!ts.isIdentifier(node) || node === name || node.text !== name.text) return true;
    if (!inside.has(node)) return isNameOnly(node) || checker.getSymbolAtLocation(node) !== meant;
    return !isDeclaredIn(body, node);
  });
}

const isBinding = (node: ts.Node): node is ts.NamedDeclaration =>
  ts.isVariableDeclaration(node) ||
  ts.isBindingElement(node) ||
  ts.isFunctionDeclaration(node) ||
  ts.isClassDeclaration(node);

const isScope = (node: ts.Node): boolean =>
  ts.isBlock(node) || ts.isCaseBlock(node) || ts.isIterationStatement(node, false) || ts.isCatchClause(node);

/** Whether a name is declared in a body itself, and not in a block or a function of its own there. */
function isDeclaredIn(body: ts.Node, name: ts.Identifier): boolean {
  const { parent } = name;
  if (!isBinding(parent) || parent.name !== name) return false;
  const list = ts.findAncestor(parent, ts.isVariableDeclarationList);
  const isVar = list !== undefined && (list.flags & ts.NodeFlags.BlockScoped) === 0;
  for (let at: ts.Node = parent.parent; at !== body; at = at.parent) {
    if (ts.isSourceFile(at) || ts.isFunctionLike(at) || (!isVar && isScope(at))) return false;
  }
  return true;
}

/** The client under another name, and what the body then begins with. */
function declaredAnew(at: FunctionSite, { name, type, end }: OwnClient) {
  const [first] = namesIn(name);
  const given = otherName(at, first?.text ?? '');
  const parameter: Splice = { start: name.getStart(), end, text: given };
  return { parameter, statement: `const ${name.getText()} = ${given} as ${type.text};` };
}

/** In a body of statements the name is declared anew, with its type; tests of it hold on as they did. */
function inBlock(at: FunctionSite, client: OwnClient, body: ts.Block): readonly Splice[] {
  const [first] = body.statements;
  if (first === undefined || !namesIn(client.name).every((name) => isFree(at, name, body))) return [];
  const start = first.getStart();
  const indent = /\n[ \t]*$/.exec(at.file.tree.text.slice(0, start))?.[0] ?? ' ';
  const { parameter, statement } = declaredAnew(at, client);
  return [parameter, { start, end: start, text: `${statement}${indent}` }];
}

/** An expression that is given parts of the client becomes a body of statements. */
function asBlock(at: FunctionSite, client: OwnClient, body: ts.Expression): readonly Splice[] {
  if (!namesIn(client.name).every((name) => isFree(at, name, body))) return [];
  const [start, end] = [body.getStart(), body.end];
  const { parameter, statement } = declaredAnew(at, client);
  return [parameter, { start, end: start, text: `{ ${statement} return ` }, { start: end, end, text: '; }' }];
}

/** In an expression each use says it. */
function inExpression(
  { file: { checker } }: FunctionSite,
  { name, type, end: written }: OwnClient & { readonly name: ts.Identifier },
  body: ts.Expression,
): readonly Splice[] {
  const meant = checker.getSymbolAtLocation(name);
  const said = `${name.text} as ${type.text}`;
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
  return uses.some(isOdd) ? [] : [{ start: name.end, end: written, text: '' }, ...edits];
}

function castsOf(at: FunctionSite, client: OwnClient, others: readonly Splice[]): readonly Splice[] {
  const { body } = at.fn;
  if (body === undefined) return [];
  const isWritten = (name: ts.Identifier): boolean => {
    const meant = at.file.checker.getSymbolAtLocation(name);
    return meant === undefined || writesToVariable(at.file, meant).length > 0;
  };
  if (namesIn(client.name).some(isWritten)) return [];
  if (ts.isBlock(body)) return inBlock(at, client, body);
  const { name } = client;
  if (ts.isIdentifier(name)) return inExpression(at, { ...client, name }, body);
  const touches = ({ start, end }: Splice): boolean => start === body.getStart() || end === body.end;
  return others.some(touches) ? [] : asBlock(at, client, body);
}

/**
 * What says in a function what its client is, instead of its parameter: `(c: Bot) => c.x` becomes `(c) => (c as Bot).x`,
 * with the imports that a type needs which was written nowhere. A handler may be called with any client of discord.js, so
 * that TypeScript does not take the first for one, and forgets the types of all other handlers with it.
 *
 * @param others - what changes in the function for other reasons
 * @returns no edits where the parameter says nothing of the kind, is given another value, or cannot be said elsewhere
 */
export function clientCasts(at: FunctionSite, others: readonly Splice[]): ClientCasts {
  const client = at.file.typed ? ownClient(at) : null;
  const edits = client === null ? [] : castsOf(at, client, others);
  return { edits, imports: edits.length === 0 ? [] : (client?.type.imports ?? []) };
}
