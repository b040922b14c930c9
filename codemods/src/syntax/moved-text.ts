/** syntax/moved-text: a piece of source on its way to another place: dedented, but never inside a template literal. */
import { ts } from '../typescript.js';
import type { Splice } from './edits.ts';
import { applySplices } from './edits.ts';
import { descendants } from './syntax.ts';

/** One line; a `raw` one starts inside a template literal, so its indent is content. */
interface MovedLine {
  readonly text: string;
  readonly raw: boolean;
}

/** Text without the indent of its old place. */
export type MovedText = readonly MovedLine[];

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

const indentAt = (text: string, at: number): string => /^[ \t]*/.exec(text.slice(lineStart(text, at)))?.[0] ?? '';

/** The ranges of template literals in an expression's text, parsed on its own. */
function templatesIn(text: string, jsx: boolean): readonly (readonly [number, number])[] {
  const name = jsx ? 'moved.tsx' : 'moved.ts';
  const tree = ts.createSourceFile(name, `(${text})`, ts.ScriptTarget.ESNext, true);
  return descendants(tree)
    .filter((node) => ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node))
    .map((node) => [node.getStart() - 1, node.end - 1]);
}

/** Takes a node's text with edits inside it; their positions are those of the file. */
export function moveText(node: ts.Node, edits: readonly Splice[] = []): MovedText {
  const file = node.getSourceFile();
  const start = node.getStart();
  const local = edits.map((one) => ({ ...one, start: one.start - start, end: one.end - start }));
  const text = applySplices(file.text.slice(start, node.end), local);
  const templates = text.includes('`') ? templatesIn(text, /\.([mc]?js|jsx|tsx)$/.test(file.fileName)) : [];
  const base = indentAt(file.text, start);
  let at = 0;
  return text.split('\n').map((whole, index, lines) => {
    const raw = templates.some(([from, to]) => from < at && at < to);
    at += whole.length + 1;
    const line = index === lines.length - 1 ? whole : whole.replace(/\r$/, '');
    return { text: !raw && index > 0 && line.startsWith(base) ? line.slice(base.length) : line, raw };
  });
}

/** Text that is one line already. */
export function oneLine(text: string): MovedText {
  return [{ text, raw: false }];
}

/** Where moved text goes: the indent there, and the line ends. */
export interface TextSpot {
  readonly indent: string;
  readonly eol: string;
  /** What a tab becomes when that is made of spaces; default a tab. */
  readonly unit?: string;
}

/** Puts moved text at a place. */
export function placeText(moved: MovedText, { indent, eol, unit = '\t' }: TextSpot): string {
  const place = (text: string): string => indent + text.replace(/^\t+/, (tabs) => unit.repeat(tabs.length));
  return moved
    .map((line, index) => (index === 0 || line.raw || line.text === '' ? line.text : place(line.text)))
    .join(eol);
}

/** The indent of the line a position is on. */
export function indentOfLine(text: string, at: number): string {
  return indentAt(text, at);
}
