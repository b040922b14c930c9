/** handlers/added-import: one more import or require, in the way of the statement that it goes behind. */
import type { StyledText } from '../project/source.ts';
import type { Splice } from '../syntax/edits.ts';
import { quoted } from '../syntax/edits.ts';
import { behind, endOf } from '../syntax/statements.ts';
import { ts } from '../typescript.js';

/** The statement a node is part of. */
export function statementOf(node: ts.Node): ts.Statement {
  let at = node;
  while (!ts.isStatement(at)) at = at.parent;
  return at;
}

/** What a new import brings. */
interface Imported {
  /** As they stand between the braces. */
  readonly names: string;
  readonly typeOnly: boolean;
  readonly from: string;
}

/** The line that imports names in the way a statement does, behind it. */
export function addedLine(
  statement: ts.Statement,
  { names, typeOnly, from }: Imported,
  { text, style }: StyledText,
): Splice {
  const at = behind(statement);
  const semicolon = text[endOf(statement) - 1] === ';' ? ';' : '';
  const lineStart = text.lastIndexOf('\n', statement.getStart() - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
  const module = quoted(from, style.quote);
  const keyword = ts.isVariableStatement(statement)
    ? (/^(const|let|var)/.exec(statement.getText())?.[0] ?? 'const')
    : null;
  const line =
    keyword === null
      ? `import ${typeOnly ? 'type ' : ''}{ ${names} } from ${module}${semicolon}`
      : `${keyword} { ${names} } = require(${module})${semicolon}`;
  return { start: at, end: at, text: `${style.eol}${indent}${line}` };
}
