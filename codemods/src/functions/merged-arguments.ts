/** functions/merged-arguments: whether a method that a bot has written merges or lists an object that it is handed. */
import { dirname } from 'node:path';
import { packageFile } from '../project/package-info.ts';
import { isAccess } from '../syntax/access.ts';
import { descendants, isNameOnly, unwrap, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { accessName } from '../values/puts.ts';
import type { Body } from '../values/value-way.ts';
import { writtenUnder } from '../values/written-functions.ts';

const listing = /^Object\.(keys|values|entries)$/;

/** `{ ...old, ...patch }`, `Object.assign(old, patch)`, `Object.entries(patch)`, `for (const key in patch)` */
function isMerged(use: ts.Expression): boolean {
  const at = wrapped(use);
  const { parent } = at;
  if (ts.isSpreadAssignment(parent)) return parent.parent.properties.indexOf(parent) > 0;
  if (ts.isForInStatement(parent)) return parent.expression === at;
  if (!ts.isCallExpression(parent) || parent.expression === at) return false;
  const callee = parent.expression.getText();
  return listing.test(callee) || (callee === 'Object.assign' && parent.arguments[0] !== at);
}

function merges(fn: Body, index: number): boolean {
  const name = fn.parameters[index]?.name;
  if (name === undefined || !ts.isIdentifier(name)) return false;
  return descendants(fn).some(
    (node) => ts.isIdentifier(node) && node.text === name.text && !isNameOnly(node) && isMerged(node),
  );
}

/**
 * Whether a value is an argument of a method which the files of the bot write, and which merges or lists what it gets.
 *
 * @param path - the file of the call
 */
export function isMergedByMethod(path: string, value: ts.Expression): boolean {
  const at = wrapped(value);
  const { parent: call } = at;
  const manifest = packageFile(dirname(path));
  if (manifest === null || !ts.isCallExpression(call)) return false;
  const callee = unwrap(call.expression);
  const index = call.arguments.indexOf(at);
  if (!isAccess(callee) || index < 0) return false;
  return writtenUnder(dirname(manifest), accessName(callee)).methods.some((fn) => merges(fn, index));
}
