/** calls/idioms/data-values: what an expression of the far function is here, where its data is made. */
import { descendants, isInert, unwrap } from '../../syntax/syntax.ts';
import { ts } from '../../typescript.js';
import type { Understanding } from './direct.ts';

/** The value the context gives to one member of the data. */
function memberOf(context: ts.Expression, name: string): ts.Expression | null {
  const literal = unwrap(context);
  if (!ts.isObjectLiteralExpression(literal)) return null;
  for (const property of literal.properties) {
    if (property.name?.getText() !== name) continue;
    if (ts.isShorthandPropertyAssignment(property)) return property.name;
    return ts.isPropertyAssignment(property) ? property.initializer : null;
  }
  return null;
}

/** The value behind `id` (of `{ id }`), `data.id` or `data`; `null` when it is anything else. */
export function valueHere({ fn, context }: Understanding, node: ts.Expression): ts.Expression | null {
  const second = fn?.parameters[1];
  const at = unwrap(node);
  if (second === undefined || context === null || second.initializer !== undefined) return null;
  if (ts.isIdentifier(second.name)) {
    if (ts.isIdentifier(at)) return at.text === second.name.text ? context : null;
    const member = ts.isPropertyAccessExpression(at) && at.expression.getText() === second.name.text ? at : null;
    return member === null ? null : memberOf(context, member.name.text);
  }
  if (!ts.isObjectBindingPattern(second.name) || !ts.isIdentifier(at)) return null;
  const element = second.name.elements.find((one) => one.name.getText() === at.text);
  if (element === undefined || element.initializer !== undefined || element.dotDotDotToken !== undefined) return null;
  return memberOf(context, (element.propertyName ?? element.name).getText());
}

/**
 * The text of an expression of the far function as it reads here: each piece of data is put in, once.
 *
 * @returns `null` when it uses anything else than data, plain literals and objects of them
 */
export function textHere(given: Understanding, node: ts.Expression): string | null {
  const at = unwrap(node);
  const value = valueHere(given, at);
  if (value !== null) return value.getText();
  if (ts.isStringLiteralLike(at) || ts.isNumericLiteral(at)) return at.getText();
  if (at.kind === ts.SyntaxKind.TrueKeyword || at.kind === ts.SyntaxKind.FalseKeyword) return at.getText();
  if (ts.isArrayLiteralExpression(at)) {
    const parts = at.elements.map((one) => textHere(given, one));
    return parts.includes(null) ? null : `[${parts.join(', ')}]`;
  }
  if (!ts.isObjectLiteralExpression(at)) return null;
  const parts = at.properties.map((one) => {
    const name = one.name?.getText();
    const inner = ts.isPropertyAssignment(one)
      ? one.initializer
      : ts.isShorthandPropertyAssignment(one)
        ? one.name
        : null;
    const text = inner === null ? null : textHere(given, inner);
    if (name === undefined || text === null) return null;
    return text === name ? name : `${name}: ${text}`;
  });
  return parts.includes(null) ? null : `{ ${parts.join(', ')} }`;
}

/**
 * Whether nothing is lost with the context of a call, when only the data in some expressions of the far function is written
 * here: what else it holds does nothing by itself.
 */
export function losesNothing(given: Understanding, used: readonly ts.Expression[]): boolean {
  const context = given.context === null ? null : unwrap(given.context);
  if (context === null || !ts.isObjectLiteralExpression(context)) return true;
  const names = used.flatMap((one) => descendants(one).filter(ts.isExpression));
  const written = new Set(names.map((name) => valueHere(given, name)));
  return context.properties.every((member) => {
    if (ts.isShorthandPropertyAssignment(member)) return true;
    if (member.name === undefined || ts.isComputedPropertyName(member.name)) return false;
    return ts.isPropertyAssignment(member) && (written.has(member.initializer) || isInert(member.initializer));
  });
}
