/** syntax/type-syntax: whether a text is written in TypeScript alone. */
import { ts } from '../typescript.js';
import { parseAlone } from './program.ts';
import { descendants } from './syntax.ts';

/** Whether a node is one that JavaScript does not have; what a class extends is a type to the compiler. */
const isTyping = (node: ts.Node): boolean =>
  (ts.isTypeNode(node) && !(ts.isExpressionWithTypeArguments(node) && node.typeArguments === undefined)) ||
  ts.isTypeParameterDeclaration(node) ||
  ts.isAsExpression(node) ||
  ts.isSatisfiesExpression(node) ||
  ts.isNonNullExpression(node) ||
  ts.isEnumDeclaration(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isModuleDeclaration(node) ||
  (ts.isParameter(node) && (node.questionToken !== undefined || (node.modifiers?.length ?? 0) > 0));

/** Whether a text of TypeScript has types in it, or anything else that JavaScript lacks. */
export const hasTypes = (text: string): boolean => descendants(parseAlone('text.ts', text)).some(isTyping);
