/** analyze/options: reads the second argument of a broadcast: whom it asks and what it hands over. */
import { ts } from 'ts-morph';
import { type Finding, finding } from '../rules/reasons.ts';
import type { ParsedFile } from './program.ts';

/** The parts of a call's options, as nodes. */
export interface CallOptions {
  readonly context: ts.Expression | null;
  readonly shard: ts.Expression | null;
}

const isUndefined = (node: ts.Expression): boolean => ts.isIdentifier(node) && node.text === 'undefined';

/** A shard that may be undefined means every shard, so only a plain number is one. */
function isOneShard(file: ParsedFile, node: ts.Expression): boolean {
  if (isUndefined(node)) return false;
  if (!file.typed) return true;
  const type = file.checker.getTypeAtLocation(node);
  const parts = type.isUnion() ? type.types : [type];
  return parts.every((part) => part.flags & (ts.TypeFlags.NumberLike | ts.TypeFlags.Any));
}

function propertyValue(property: ts.ObjectLiteralElementLike): ts.Expression | null {
  if (ts.isPropertyAssignment(property)) return property.initializer;
  return ts.isShorthandPropertyAssignment(property) ? property.name : null;
}

/** Reads `{ context, shard }`; anything it cannot read is a reason to leave the call. */
export function optionsOf(file: ParsedFile, node: ts.Expression | undefined): CallOptions | Finding {
  if (node === undefined || isUndefined(node)) return { context: null, shard: null };
  if (!ts.isObjectLiteralExpression(node)) return finding('DC-R3', { what: node.getText().slice(0, 40) });
  const parts: Record<'context' | 'shard', ts.Expression | null> = { context: null, shard: null };
  for (const property of node.properties) {
    const name = property.name?.getText();
    const value = propertyValue(property);
    if ((name !== 'context' && name !== 'shard') || value === null) {
      return finding('DC-R3', { what: property.getText().slice(0, 40) });
    }
    parts[name] = value;
  }
  if (parts.shard !== null && !isOneShard(file, parts.shard)) {
    return finding('DC-R3', { what: `${parts.shard.getText()} may be undefined, which means every shard` });
  }
  return parts;
}

/** Reads the shard of `fetchClientValues(path, shard)`; JavaScript needs a literal, since anything else may be undefined. */
export function shardArgument(file: ParsedFile, node: ts.Expression | undefined): ts.Expression | null | Finding {
  if (node === undefined || isUndefined(node)) return null;
  const sure = ts.isNumericLiteral(node) || (file.typed && isOneShard(file, node));
  return sure ? node : finding('DC-R3', { what: node.getText().slice(0, 40) });
}
