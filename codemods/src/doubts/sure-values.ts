/** doubts/sure-values: expressions whose text is a number or a boolean, so that a text that holds them holds data. */
import type { ParsedFile } from '../syntax/program.ts';
import { isDeclarationName, isNameOnly, isTypePosition, unwrap } from '../syntax/syntax.ts';
import { writtenAt } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { isNumber } from './numbers.ts';

const ofOwnShard = /(?:^|\.)(?:shard|cluster)[!?]*\.id$/;

const { SyntaxKind, TypeFlags } = ts;

/** What is written as it stands: `null` and `undefined` are what their texts mean. */
const plainFlags = TypeFlags.NumberLike | TypeFlags.BooleanLike | TypeFlags.Undefined | TypeFlags.Null;

const compares = (kind: ts.SyntaxKind): boolean =>
  (kind >= SyntaxKind.LessThanToken && kind <= SyntaxKind.ExclamationEqualsEqualsToken) ||
  kind === SyntaxKind.InstanceOfKeyword ||
  kind === SyntaxKind.InKeyword;

function isBoolean(node: ts.Expression): boolean {
  const at = unwrap(node);
  if (at.kind === SyntaxKind.TrueKeyword || at.kind === SyntaxKind.FalseKeyword) return true;
  if (ts.isPrefixUnaryExpression(at)) return at.operator === SyntaxKind.ExclamationToken;
  if (ts.isBinaryExpression(at)) return compares(at.operatorToken.kind);
  return ts.isCallExpression(at) && at.expression.getText() === 'Boolean';
}

function isPlainByType(file: ParsedFile, node: ts.Expression): boolean {
  if (!file.typed) return false;
  const type = file.checker.getTypeAtLocation(node);
  return (type.isUnion() ? type.types : [type]).every((part) => part.flags & plainFlags);
}

/** Whether an expression is sure to be a number or a boolean, or nothing. */
export const isNumberOrBoolean = (file: ParsedFile, node: ts.Expression): boolean =>
  isPlainByType(file, node) || isBoolean(node) || isNumber(file, node) || ofOwnShard.test(unwrap(node).getText());

/** Whether a name stands where its value is read, and where any other value might stand. */
export const isOperand = (node: ts.Identifier): boolean =>
  !isNameOnly(node) &&
  !isDeclarationName(node) &&
  !isTypePosition(node) &&
  !ts.isShorthandPropertyAssignment(node.parent) &&
  !ts.isBindingElement(node.parent) &&
  writtenAt(node).length === 0;
