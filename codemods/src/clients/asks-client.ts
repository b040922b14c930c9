/** clients/asks-client: whether a call itself says that it asks clients of discord.js: by its path, or by its function. */
import type { Access } from '../syntax/access.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { symbolOf, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { areOfClient, membersTaken, pathsRead } from '../values/client-members.ts';
import { typeSaysClient } from '../values/type-roots.ts';

/** The user of a client; what is asked of somebody else's user is nothing of these. */
const ofUser = /^user\.(?:id|tag|username|discriminator|presence|set[A-Z]\w*|displayAvatarURL)(?:\.|$)/;

const areAsked = (paths: readonly string[]): boolean => areOfClient(paths) || paths.some((path) => ofUser.test(path));

/** The function that is passed, also by its name. */
function functionOf(file: ParsedFile, node: ts.Expression): ts.SignatureDeclaration | null {
  const at = unwrap(node);
  if (ts.isArrowFunction(at) || ts.isFunctionExpression(at)) return at;
  const declared = ts.isIdentifier(at) ? symbolOf(file.checker, at)?.valueDeclaration : undefined;
  if (declared === undefined) return null;
  if (ts.isFunctionDeclaration(declared)) return declared;
  const value = ts.isVariableDeclaration(declared) && declared.initializer ? unwrap(declared.initializer) : null;
  return value !== null && (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) ? value : null;
}

function isOfClient(file: ParsedFile, fn: ts.SignatureDeclaration): boolean {
  const [first] = fn.parameters;
  if (first === undefined) return false;
  if (typeSaysClient(file, first)) return true;
  if (ts.isObjectBindingPattern(first.name)) return areOfClient(membersTaken(first.name));
  return areAsked(pathsRead(fn, first.name.getText()));
}

/** Whether what a call asks for is what a client of discord.js has. */
export function asksClient(file: ParsedFile, access: Access): boolean {
  const call = access.parent;
  const [asked] = ts.isCallExpression(call) && call.expression === access ? call.arguments : [];
  if (asked === undefined) return false;
  const at = unwrap(asked);
  if (ts.isStringLiteralLike(at)) return areAsked([at.text.replace(/^this\./, '')]);
  const fn = functionOf(file, at);
  return fn !== null && isOfClient(file, fn);
}
