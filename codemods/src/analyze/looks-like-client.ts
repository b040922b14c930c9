/** analyze/looks-like-client: whether code without types speaks of an object as of a client of discord.js. */
import { ts } from '../typescript.js';
import type { ParsedFile } from './program.ts';
import { descendants, symbolOf, unwrap } from './syntax.ts';

const clientName = /client|bot|discord/i;
/** Members that a client has, and hardly anything else that has a `shard`. */
const member = /^(guilds|users|user|ws|readyAt|isReady)$/;
const ofShard = /^(ids|count|id|mode|respawnAll|parentPort)$/;

const says = (text: string | undefined): boolean => text !== undefined && clientName.test(text);

/** The last name of an expression: of `a.b` and of `a.b()` it is `b`. */
function lastName(node: ts.Expression): string | null {
  const at = unwrap(node);
  if (ts.isIdentifier(at)) return at.text;
  if (ts.isPropertyAccessExpression(at)) return at.name.text;
  if (ts.isAwaitExpression(at)) return lastName(at.expression);
  return ts.isCallExpression(at) || ts.isNewExpression(at) ? lastName(at.expression) : null;
}

function classAround(node: ts.Node): ts.ClassLikeDeclaration | null {
  let at = node;
  while (!ts.isSourceFile(at) && !ts.isClassLike(at)) at = at.parent;
  return ts.isClassLike(at) ? at : null;
}

/** What is written where a name is declared: its type, or the class it is made of. */
function declaredLike(file: ParsedFile, node: ts.Identifier): boolean {
  const declaration = symbolOf(file.checker, node)?.valueDeclaration;
  if (declaration === undefined || !(ts.isVariableDeclaration(declaration) || ts.isParameter(declaration)))
    return false;
  const type = declaration.type ?? ts.getJSDocType(declaration);
  const value = declaration.initializer;
  return says(type?.getText()) || (value !== undefined && says(lastName(value) ?? undefined));
}

/** Whether this file reads what only a client has of the same name elsewhere. */
function usedLike(file: ParsedFile, name: string): boolean {
  return descendants(file.tree).some((node) => {
    if (!ts.isPropertyAccessExpression(node) || lastName(node.expression) !== name) return false;
    const around = node.parent;
    const further = ts.isPropertyAccessExpression(around) && around.expression === node ? around.name.text : '';
    return member.test(node.name.text) || (node.name.text === 'shard' && ofShard.test(further));
  });
}

const typeOf = (parameter: ts.ParameterDeclaration | undefined): string | undefined =>
  parameter === undefined ? undefined : (parameter.type ?? ts.getJSDocType(parameter))?.getText();

/** The client that a broadcast hands to its function. */
function isGiven(file: ParsedFile, node: ts.Identifier): boolean {
  const declared = symbolOf(file.checker, node)?.valueDeclaration;
  if (declared === undefined || !ts.isParameter(declared) || declared.parent.parameters[0] !== declared) return false;
  const call = declared.parent.parent;
  return ts.isCallExpression(call) && /broadcastEval$/.test(call.expression.getText());
}

/** Whether the call's own function says of its parameter that it is a client. */
function asksClient(holder: ts.Node): boolean {
  let at = holder;
  while (!ts.isStatement(at) && !(ts.isCallExpression(at) && at.arguments.length > 0)) at = at.parent;
  const fn = ts.isCallExpression(at) ? at.arguments[0] : undefined;
  return fn !== undefined && (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) && says(typeOf(fn.parameters[0]));
}

/** Whether an object whose `shard` is asked is evidently a client: by its name, its type, its class, what else is read of it. */
export function looksLikeClient(file: ParsedFile, holder: ts.Expression): boolean {
  const at = unwrap(holder);
  if (at.kind === ts.SyntaxKind.ThisKeyword) {
    const own = classAround(at);
    // A function of its own may be called on any client; a class says what it is.
    return own === null || says(own.name?.text) || (own.heritageClauses ?? []).some((one) => says(one.getText()));
  }
  const name = lastName(at);
  if (name !== null && says(name)) return true;
  if (says(file.checker.getTypeAtLocation(at).symbol?.name)) return true;
  if (ts.isIdentifier(at) && (declaredLike(file, at) || isGiven(file, at))) return true;
  return asksClient(at) || (name !== null && usedLike(file, name));
}
