/** plan/wired: the handlers files that a manager's options name already. */
import { dirname, resolve } from 'node:path';
import { optionsLiteral } from '../analyze/managers.ts';
import { ts } from '../typescript.js';
import { sourceOf } from './entry.ts';
import type { LocatedManager } from './place.ts';

/** A property of an object literal by its name. */
export const propertyOf = (
  literal: ts.ObjectLiteralExpression,
  name: string,
): ts.ObjectLiteralElementLike | undefined =>
  literal.properties.find(
    (p) => p.name !== undefined && (ts.isIdentifier(p.name) || ts.isStringLiteral(p.name)) && p.name.text === name,
  );

const optionOf = (literal: ts.ObjectLiteralExpression | undefined, name: string): ts.Expression | undefined => {
  const property = literal === undefined ? undefined : propertyOf(literal, name);
  return property !== undefined && ts.isPropertyAssignment(property) ? property.initializer : undefined;
};

/** The files behind `hybrid: { handlers }` of a ShardingManager or `handlers` of a ClusterManager, as sources. */
export function wiredFiles({ manager: { file, node }, entry }: LocatedManager): readonly string[] {
  const given = node.arguments?.[1];
  const options = given === undefined ? null : optionsLiteral(file, given);
  if (options === null) return [];
  const hybrid = optionOf(options, 'hybrid');
  const inner = hybrid !== undefined && ts.isObjectLiteralExpression(hybrid) ? hybrid : undefined;
  const value = optionOf(inner, 'handlers') ?? optionOf(options, 'handlers');
  const named = value !== undefined && ts.isArrayLiteralExpression(value) ? value.elements : [value];
  return named.flatMap((one) => {
    const path =
      one !== undefined && ts.isStringLiteralLike(one) ? sourceOf(resolve(dirname(entry.path), one.text)) : null;
    return path === null ? [] : [path];
  });
}
