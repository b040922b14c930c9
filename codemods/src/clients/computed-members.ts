/** clients/computed-members: members of a client by a name that is computed: `c[key]`, which may be one of the bot's own. */
import { isAccess } from '../syntax/access.ts';
import { declarationOf } from '../syntax/free-names.ts';
import { unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isFixed } from '../values/value-names.ts';

/** What has been looked at, so that names which are set from one another end somewhere. */
type Seen = ReadonlySet<ts.Node>;

/** The text that a name holds for good, where the file says it. */
function constText(node: ts.Expression, seen: Seen = new Set()): string | null {
  const at = unwrap(node);
  if (ts.isStringLiteralLike(at)) return at.text;
  const declared = ts.isIdentifier(at) ? declarationOf(at, at.getSourceFile()) : null;
  if (declared === null || seen.has(declared) || !ts.isVariableDeclaration(declared) || !ts.isIdentifier(at))
    return null;
  const { initializer } = declared;
  return initializer === undefined || !isFixed(at, declared)
    ? null
    : constText(initializer, new Set([...seen, declared]));
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
export const computedName = (node: ts.Expression): string => nameTaken(node, new Set());

function nameTaken(node: ts.Expression, seen: Seen): string {
  const at = unwrap(node);
  if (ts.isIdentifier(at)) return ofDeclared(at, seen);
  if (!isAccess(at)) return unknown;
  const nearer = nameTaken(at.expression, seen);
  return nearer === unknown && ts.isElementAccessExpression(at) ? nameOf(at.argumentExpression) : nearer;
}

/** What a name was taken by: `const { [key]: held } = c`, `const held = c[key]`. */
function ofDeclared(name: ts.Identifier, seen: Seen): string {
  const declared = declarationOf(name, name.getSourceFile());
  if (declared === null || seen.has(declared)) return unknown;
  if (ts.isBindingElement(declared)) {
    const { propertyName } = declared;
    const isThere = propertyName !== undefined && ts.isComputedPropertyName(propertyName);
    return isThere ? nameOf(propertyName.expression) : unknown;
  }
  const made = ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
  return made !== undefined && isAccess(unwrap(made)) ? nameTaken(made, new Set([...seen, declared])) : unknown;
}
