/** syntax/tokens: the tokens of a piece of code, by which functions are compared. */
import { ts } from '../typescript.js';

/** What a `;` ends, or the end of its line. */
const mayEndWithLine = (node: ts.Node): boolean =>
  ts.isExpressionStatement(node) ||
  ts.isVariableStatement(node) ||
  ts.isReturnStatement(node) ||
  ts.isThrowStatement(node) ||
  ts.isBreakOrContinueStatement(node) ||
  ts.isDoStatement(node) ||
  ts.isDebuggerStatement(node) ||
  ts.isPropertyDeclaration(node);

/**
 * The tokens of a node: without comments, without a comma before a closing bracket, and with each `;` that the end of a
 * line stands for. Blanks within strings, templates and regular expressions stay.
 *
 * @param nameOf - what stands for an identifier; its text by default
 */
export function tokensOf(
  root: ts.Node,
  nameOf: (name: ts.Identifier) => string = ({ text }) => text,
): readonly string[] {
  const tree = root.getSourceFile();
  const tokens: string[] = [];
  const textOf = (leaf: ts.Node): string => {
    if (ts.isIdentifier(leaf)) return nameOf(leaf);
    // White space in front of it is part of the text between two tags.
    return ts.isJsxText(leaf) ? leaf.text : leaf.getText(tree);
  };
  const visit = (node: ts.Node): void => {
    const children = node.getChildren(tree);
    for (const child of children) if (!ts.isJSDoc(child)) visit(child);
    const text = children.length === 0 ? textOf(node) : '';
    // The empty place in `[, x]` counts.
    if (text !== '' || ts.isOmittedExpression(node)) tokens.push(text);
    if (mayEndWithLine(node) && tokens.at(-1) !== ';') tokens.push(';');
  };
  visit(root);
  return tokens.filter((token, i) => !(token === ',' && /^[)\]}]$/.test(tokens[i + 1] ?? '')));
}

/** How many tokens of a node begin in front of a position of its file: the same for functions that only look different. */
export function tokensBefore(root: ts.Node, positions: readonly number[]): readonly number[] {
  const tree = root.getSourceFile();
  const starts: number[] = [];
  const visit = (node: ts.Node): void => {
    const children = node.getChildren(tree).filter((child) => !ts.isJSDoc(child));
    if (children.length === 0 && node.getWidth(tree) > 0) starts.push(node.getStart(tree));
    for (const child of children) visit(child);
  };
  visit(root);
  return positions.map((at) => starts.filter((start) => start < at).length);
}
