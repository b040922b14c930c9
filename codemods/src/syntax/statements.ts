/** syntax/statements: where one statement ends and the next begins, also in code without semicolons. */
import { ts } from '../typescript.js';
import { requiredModule } from './syntax.ts';

/**
 * Where a statement ends for its reader: without a `;` that opens a later line to keep what follows there apart.
 *
 * `const a = 1⏎;[2].forEach(f)`: the parser counts that `;` as the end of the first line.
 */
export function endOf(statement: ts.Statement): number {
  const { text } = statement.getSourceFile();
  if (text[statement.end - 1] !== ';') return statement.end;
  const before = statement.getChildren().at(-2)?.end ?? statement.end;
  return /[\r\n]/.test(text.slice(before, statement.end)) ? before : statement.end;
}

/** Behind a comment that ends the line of a statement, where a new line can be added. */
export function behind(statement: ts.Statement): number {
  const end = endOf(statement);
  const rest = statement.getSourceFile().text.slice(end);
  return end + (/^[ \t]*(\/\/[^\r\n]*|\/\*[^\r\n]*\*\/[ \t]*)?(?=\r?\n|$)/.exec(rest)?.[0].length ?? 0);
}

/** Whether a statement imports or requires a module. */
export const loadsModule = (statement: ts.Statement): boolean =>
  ts.isImportDeclaration(statement) ||
  ts.isImportEqualsDeclaration(statement) ||
  (ts.isVariableStatement(statement) &&
    statement.declarationList.declarations.some((one) => requiredModule(one.initializer) !== null));

/** Whether a statement is a text such as `'use strict'`. */
export const isDirective = (statement: ts.Statement): boolean =>
  ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);

/** What a new import goes behind: the last import, or `'use strict'`, above which it would make that a text like any other. */
export const headOf = (statements: readonly ts.Statement[]): ts.Statement | undefined =>
  statements.filter(loadsModule).at(-1) ?? statements.filter(isDirective).at(-1);

/** Whether the text from here on would be read as more of a line above it that has no semicolon. */
export function continuesAbove(text: string, at: number): boolean {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, true, ts.LanguageVariant.Standard, text, undefined, at);
  scanner.scan();
  return /^[[(/+\-*`.,?]/.test(text.slice(scanner.getTokenStart()));
}

const blocks = new Set([
  ts.SyntaxKind.Block,
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.ClassDeclaration,
  ts.SyntaxKind.TryStatement,
  ts.SyntaxKind.SwitchStatement,
  ts.SyntaxKind.InterfaceDeclaration,
  ts.SyntaxKind.EnumDeclaration,
  ts.SyntaxKind.ModuleDeclaration,
  // What follows the name of a module can be nothing but the next statement.
  ts.SyntaxKind.ImportDeclaration,
]);

/** Whether a `(` or `[` below a statement would be read as a part of it. */
function isOpen(statement: ts.Statement): boolean {
  if (blocks.has(statement.kind) || statement.getText().endsWith(';')) return false;
  if (ts.isIfStatement(statement)) return isOpen(statement.elseStatement ?? statement.thenStatement);
  const held =
    ts.isIterationStatement(statement, false) || ts.isLabeledStatement(statement) ? statement.statement : null;
  return held === null || ts.isDoStatement(statement) ? true : isOpen(held);
}

/** Whether a statement that begins with `(` or `[`, at the place of this one, needs a `;` before it. */
export function followsOpen(statement: ts.Statement): boolean {
  const { parent } = statement;
  if (!(ts.isSourceFile(parent) || ts.isBlock(parent) || ts.isCaseOrDefaultClause(parent))) return false;
  // Not the one above alone: that may move away.
  return parent.statements.some((one) => one.end <= statement.pos && isOpen(one));
}

/** Takes a statement away up to `end`, and keeps the one below it apart from the one above. */
export function withoutStatement(statement: ts.Statement, start: number, end: number) {
  const { text } = statement.getSourceFile();
  const glued = continuesAbove(text, end) && followsOpen(statement);
  return { start, end, text: glued ? ';' : '' };
}

/**
 * Takes a whole statement away with the lines it stands on.
 *
 * @param comments - where the comments that go with it begin and end; `null` when they stay
 */
export function linesOf(
  statement: ts.Statement,
  comments: { readonly start: number; readonly end: number } | null,
): ReturnType<typeof withoutStatement> {
  const { text } = statement.getSourceFile();
  const begin = comments?.start ?? statement.getStart();
  const end = comments?.end ?? endOf(statement);
  const start = text.lastIndexOf('\n', begin - 1) + 1;
  const tail = /^[ \t]*\r?\n?/.exec(text.slice(end))?.[0].length ?? 0;
  const alone = text.slice(start, begin).trim() === '' && /^[ \t]*(\r?\n|$)/.test(text.slice(end));
  const gap = alone ? emptyBelow(text, start, end + tail) : 0;
  return withoutStatement(statement, alone ? start : begin, end + tail + gap);
}

/** How long the empty line behind some lines is, where one stands above them as well: one of the two is enough. */
function emptyBelow(text: string, start: number, end: number): number {
  if (!/\n[ \t]*\r?\n$/.test(text.slice(0, start))) return 0;
  return /^[ \t]*\r?\n/.exec(text.slice(end))?.[0].length ?? 0;
}

/** Whether a statement leaves what is behind it: it returns, throws, or goes on with a loop. */
export const leaves = (statement: ts.Statement): boolean => !mayEnd(statement);

/** Whether the end of a block may be reached. */
export function mayEnd(statement: ts.Statement | undefined): boolean {
  if (statement === undefined) return true;
  if (ts.isReturnStatement(statement) || ts.isThrowStatement(statement)) return false;
  if (ts.isBreakOrContinueStatement(statement)) return false;
  if (ts.isBlock(statement)) return mayEnd(statement.statements.at(-1));
  if (ts.isIfStatement(statement))
    return statement.elseStatement === undefined || mayEnd(statement.thenStatement) || mayEnd(statement.elseStatement);
  if (ts.isTryStatement(statement))
    return mayEnd(statement.tryBlock) || (statement.catchClause !== undefined && mayEnd(statement.catchClause.block));
  return true;
}
