/** syntax/ends-process: code that ends its process, so that it can never answer. */
import { ts } from '../typescript.js';

/** `process.exit`, called or handed on; `const { exit } = process`. */
export function endsProcess(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node))
    return /^process\s*(\?\.|\.|\[\s*['"`])\s*(exit|kill|abort|reallyExit)\b/.test(node.getText());
  if (!ts.isVariableDeclaration(node) || node.initializer?.getText() !== 'process') return false;
  return ts.isObjectBindingPattern(node.name) && /\b(exit|kill|abort|reallyExit)\b/.test(node.name.getText());
}
