/** calls/handed-already: captured variables that the data of their call holds already. */
import type { MovableFunction } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** What a property of written data is set to, as text; `null` where that is not written there. */
export function valueIn(property: ts.ObjectLiteralElementLike): string | null {
  if (ts.isShorthandPropertyAssignment(property)) return property.name.text;
  return ts.isPropertyAssignment(property) ? property.initializer.getText() : null;
}

/**
 * Says how a function would read the captured variables that its data holds already; `null` where there are none, or it
 * has no name for its data.
 */
export function handedAlready(
  { properties }: ts.ObjectLiteralExpression,
  fn: MovableFunction,
  variables: readonly string[],
): string | null {
  const data = fn.parameters[1]?.name;
  if (data === undefined || !ts.isIdentifier(data)) return null;
  const reads = variables.flatMap((variable) => {
    const key = properties.find((one) => valueIn(one) === variable)?.name;
    return key !== undefined && ts.isIdentifier(key) ? [`\`${data.text}.${key.text}\``] : [];
  });
  return reads.length === 0
    ? null
    : `the call hands ${reads.length === 1 ? 'it' : 'them'} over already, so write ${reads.join(', ')}`;
}
