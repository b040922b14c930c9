/** doubts/result-kinds: values without types that JSON changed: dates, maps, sets and their like. */
import { withArticle } from '../syntax/json-types.ts';
import { type MovableFunction, nameText, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import type { Found } from '../values/value-next.ts';
import { partsOf, partsOfResult } from '../values/value-parts.ts';

const classes =
  /^(Date|Map|Set|RegExp|\w*Error|ArrayBuffer|DataView|Buffer|(Ui|I)nt(8|16|32)Array|Uint8ClampedArray|Float(16|32|64)Array|Big(Ui|I)nt64Array)$/;

/** Members of discord.js's structures, and of a client, that are dates. */
const dates =
  /^(createdAt|joinedAt|readyAt|editedAt|premiumSince|communicationDisabledUntil|scheduledStartAt|scheduledEndAt|expiresAt|syncedAt|archivedAt|lastPinAt|requestToSpeakTimestampAt)$/;

/** What has permissions as a bigint; the intents of a client are a number. */
const permissions = /permissions(in|for)?$|^(allow|deny)$/i;

/** Whether a value is what somebody may do, by what it is called: `role.permissions`, `member.permissionsIn(channel)`. */
function isPermissions(node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isCallExpression(at)) return isPermissions(at.expression);
  if (ts.isIdentifier(at)) return permissions.test(at.text);
  return ts.isPropertyAccessExpression(at) && permissions.test(at.name.text);
}

/** What a member of discord.js's structures is that JSON changed, by its name and what has it; `null` for others. */
function ofMember(name: string, of: ts.Expression | undefined): string | null {
  if (dates.test(name)) return 'a Date';
  return name === 'bitfield' && of !== undefined && isPermissions(of) ? 'a bigint' : null;
}

/** What a pattern takes apart, where that is written beside it. */
const takenApart = ({ parent: { parent } }: ts.BindingElement): ts.Expression | undefined =>
  ts.isVariableDeclaration(parent) ? parent.initializer : undefined;

/** Whether a path of a client ends at a date. */
export const isDatePath = (path: string): boolean => dates.test(path.split('.').at(-1) ?? '');

function kindOf(node: ts.Node): string | null {
  if (ts.isNewExpression(node)) {
    const name = classes.exec(node.expression.getText())?.[1];
    return name === undefined ? null : withArticle(name);
  }
  if (ts.isRegularExpressionLiteral(node)) return 'a RegExp';
  if (ts.isBigIntLiteral(node)) return 'a bigint';
  if (ts.isPropertyAccessExpression(node)) return ofMember(node.name.text, node.expression);
  if (ts.isBindingElement(node)) return ofMember(nameText(node.propertyName ?? node.name), takenApart(node));
  if (!ts.isCallExpression(node)) return null;
  const callee = node.expression.getText();
  if (/^(BigInt(\.\w+)?|process\.hrtime\.bigint)$/.test(callee)) return 'a bigint';
  return /^Buffer\.(from|alloc|allocUnsafe|concat)$/.test(callee) ? 'a Buffer' : null;
}

function changedIn(parts: Iterable<Found>): string | null {
  for (const { node, is } of parts) {
    const kind = is === 'value' ? kindOf(node) : null;
    if (kind !== null) return kind;
  }
  return null;
}

/** Names the first thing in what a function gives that JSON changed, or `null`. */
export const changedInText = (fn: MovableFunction): string | null => changedIn(partsOfResult(fn));

/** Names the first thing in a value that JSON changed, or `null`. */
export const changedInValue = (node: ts.Expression): string | null => changedIn(partsOf(node));
