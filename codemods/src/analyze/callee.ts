/** analyze/callee: finds the function a broadcastEval call sends, when it is written right there. */
import { ts } from 'ts-morph';
import { type Finding, finding } from '../rules/reasons.ts';
import type { ParsedFile } from './program.ts';
import { type MovableFunction, symbolOf, unwrap } from './syntax.ts';

function ofIdentifier(file: ParsedFile, node: ts.Identifier): Finding {
  const declaration = symbolOf(file.checker, node)?.declarations?.[0];
  const isParameter = declaration !== undefined && ts.isParameter(declaration);
  if (declaration === undefined || isParameter) return finding('DC-D1', { what: node.text });
  const initializer = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  const value = initializer === undefined ? undefined : unwrap(initializer);
  const isFunction = value !== undefined && (ts.isArrowFunction(value) || ts.isFunctionExpression(value));
  const byReference =
    isFunction ||
    ts.isFunctionDeclaration(declaration) ||
    ts.isImportSpecifier(declaration) ||
    ts.isImportClause(declaration);
  return finding(byReference ? 'DC-D6' : 'DC-D1', { what: node.text });
}

/** The inline function of a call, or why there is none to move. */
export function calleeOf(file: ParsedFile, argument: ts.Expression | undefined): MovableFunction | Finding {
  if (argument === undefined) return finding('DC-D1', { what: 'no argument' });
  const at = unwrap(argument);
  if (ts.isArrowFunction(at) || ts.isFunctionExpression(at)) return at;
  if (ts.isStringLiteralLike(at) || ts.isTemplateExpression(at)) return finding('DC-D3');
  if (ts.isBinaryExpression(at) && at.getText().match(/['"`]/)) return finding('DC-D3');
  if (ts.isIdentifier(at)) return ofIdentifier(file, at);
  if (ts.isPropertyAccessExpression(at)) return finding('DC-D2', { what: at.getText() });
  if (ts.isNewExpression(at) || ts.isCallExpression(at)) {
    const code = /^(Function|eval)$/.test(at.expression.getText());
    return finding(code ? 'DC-D4' : 'DC-D1', { what: at.getText().slice(0, 40) });
  }
  return finding('DC-D1', { what: at.getText().slice(0, 40) });
}
