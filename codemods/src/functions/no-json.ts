/** functions/no-json: whether a context is sure to hold a bigint, for which JSON throws. */
import { dirname } from 'node:path';
import { filesMatching } from '../project/discover.ts';
import { packageFile } from '../project/package-info.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

function holdsBigInt(file: ParsedFile, node: ts.Expression): boolean {
  const at = unwrap(node);
  if (ts.isArrayLiteralExpression(at)) return at.elements.some((one) => holdsBigInt(file, one));
  if (ts.isObjectLiteralExpression(at))
    return at.properties.some((one) => {
      if (ts.isShorthandPropertyAssignment(one)) return holdsBigInt(file, one.name);
      return ts.isPropertyAssignment(one) && holdsBigInt(file, one.initializer);
    });
  if (ts.isBigIntLiteral(at)) return true;
  if (ts.isCallExpression(at) && at.expression.getText() === 'BigInt') return true;
  return file.typed && (file.checker.getTypeAtLocation(at).flags & ts.TypeFlags.BigIntLike) !== 0;
}

/** Whether the bot says what the JSON of a bigint is. */
function givesJson({ source: { path } }: ParsedFile): boolean {
  const manifest = packageFile(dirname(path));
  return manifest !== null && filesMatching(dirname(manifest), /\bBigInt\s*\.\s*prototype\b/).length > 0;
}

/** Whether a call with this context throws whenever it runs. */
export const throwsAsJson = (file: ParsedFile, context: ts.Expression): boolean =>
  holdsBigInt(file, context) && !givesJson(file);
