/** syntax/grammar: errors that keep a JavaScript file from its start and that a parser of types lets pass. */
import { Script } from 'node:vm';
import { ts } from '../typescript.js';
import { applySplices } from './edits.ts';
import { parseAlone } from './program.ts';
import { descendants } from './syntax.ts';

/** The first error of a text, as the engine words it. */
export interface GrammarError {
  readonly at: number;
  readonly text: string;
}

const blank = (text: string): string => text.replace(/[^\r\n]/g, ' ');

/** What only a module may hold, in words of the same length that a function may hold. */
function moduleSplices(tree: ts.SourceFile) {
  const { text } = tree;
  const over = (start: number, end: number, word = '') => ({
    start,
    end,
    text: word + blank(text.slice(start + word.length, end)),
  });
  return descendants(tree).flatMap((node) => {
    const start = node.getStart();
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return [over(start, node.end)];
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)
      return [over(start, node.end, 'null')];
    // `export default` is as long as it takes to say `void`.
    if (ts.isExportAssignment(node)) return [over(start, node.expression.getStart(), 'void ')];
    const [first, second] = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
    if (first?.kind !== ts.SyntaxKind.ExportKeyword) return [];
    const isDefault = second?.kind === ts.SyntaxKind.DefaultKeyword;
    return [over(start, (isDefault ? second : first).end, isDefault ? 'void ' : '')];
  });
}

/** How Node.js runs a file of CommonJS. */
const commonHead = '(function (exports, require, module, __filename, __dirname) {';
const moduleHead = "(async function () { 'use strict';";

const dialects = new Set([
  ts.SyntaxKind.JsxElement,
  ts.SyntaxKind.JsxSelfClosingElement,
  ts.SyntaxKind.JsxFragment,
  ts.SyntaxKind.Decorator,
]);

/** Where the engine found an error: the line it names, and the column its mark stands under. */
function placeOf(stack: string, head: string, text: string): number {
  const [first = '', , mark = ''] = stack.split('\n');
  const line = Number(/:(\d+)$/.exec(first)?.[1] ?? 1) - 1;
  const column = Math.max(0, mark.indexOf('^')) - (line === 0 ? head.length : 0);
  const before = text.split('\n').slice(0, line);
  return before.join('\n').length + (line === 0 ? 0 : 1) + Math.max(0, column);
}

/** Reads a text as the body of a function. Nothing of it is run. */
function bodyError(head: string, text: string): GrammarError | null {
  try {
    new Script(`${head}${text.replace(/^#!.*/, blank)}\n})`, { filename: 'file.js' });
    return null;
  } catch (error) {
    // Whatever else goes wrong here says nothing about the file.
    if (!(error instanceof SyntaxError)) return null;
    return { at: placeOf(error.stack ?? '', head, text), text: error.message };
  }
}

/** The first reason why the engine would not take a file, or `null`; `null` as well for what no engine takes as it is. */
export function grammarErrorOf(path: string, text: string): GrammarError | null {
  const common = bodyError(commonHead, text);
  if (common === null) return null;
  const tree = parseAlone(path, text);
  if (descendants(tree).some(({ kind }) => dialects.has(kind))) return null;
  const isModule = path.endsWith('.mjs') || ts.isExternalModule(tree);
  return isModule ? bodyError(moduleHead, applySplices(text, moduleSplices(tree))) : common;
}

/** The error that edits bring to a file of JavaScript; one that it had before is its author's. */
export function newGrammarError(path: string, before: string | null, after: string): GrammarError | null {
  if (!/\.[mc]?js$/.test(path)) return null;
  const error = grammarErrorOf(path, after);
  return error === null || (before !== null && grammarErrorOf(path, before) !== null) ? null : error;
}
