/** clients/computed-members: members of a client by a name that is computed: `c[key]`, which may be one of the bot's own. */
import { isAccess } from '../syntax/access.ts';
import { declarationOf } from '../syntax/free-names.ts';
import { unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isFixed } from '../values/value-names.ts';

/** The text that a name holds for good, where the file says it. */
function constText(node: ts.Expression): string | null {
  const at = unwrap(node);
  if (ts.isStringLiteralLike(at)) return at.text;
  const declared = ts.isIdentifier(at) ? declarationOf(at, at.getSourceFile()) : null;
  if (declared === null || !ts.isVariableDeclaration(declared) || !ts.isIdentifier(at)) return null;
  return declared.initializer === undefined || !isFixed(at, declared) ? null : constText(declared.initializer);
}

const longest = 40;

function nameOf(key: ts.Expression): string {
  const text = key.getText().replace(/\s+/g, ' ');
  return constText(key) ?? `[${text.length > longest ? '...' : text}]`;
}

/** What a member is called where nothing says how its name is computed. */
const unknown = '[...]';

/** Whether a member is called by what computes its name. */
export const isComputed = (name: string): boolean => name.startsWith('[');

/** Whether a name says nothing that another of them does not say better. */
export const isVague = (name: string, among: readonly string[]): boolean =>
  name === unknown && among.some((one) => one !== unknown && isComputed(one));

/** What a member is called whose name is computed, nearest to what it is taken of: `[key]`, or its name where that is written. */
export function computedName(node: ts.Expression): string {
  const at = unwrap(node);
  if (ts.isIdentifier(at)) return ofDeclared(at);
  if (!isAccess(at)) return unknown;
  const nearer = computedName(at.expression);
  return nearer === unknown && ts.isElementAccessExpression(at) ? nameOf(at.argumentExpression) : nearer;
}

/** What a name was taken by: `const { [key]: held } = c`, `const held = c[key]`. */
function ofDeclared(name: ts.Identifier): string {
  const declared = declarationOf(name, name.getSourceFile());
  if (declared === null) return unknown;
  if (ts.isBindingElement(declared)) {
    const { propertyName } = declared;
    const isThere = propertyName !== undefined && ts.isComputedPropertyName(propertyName);
    return isThere ? nameOf(propertyName.expression) : unknown;
  }
  const made = ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
  return made !== undefined && isAccess(unwrap(made)) ? computedName(made) : unknown;
}
