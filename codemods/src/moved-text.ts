/** moved-text: a piece of source on its way to another place: dedented, but never inside a template literal. */
import { ts } from 'ts-morph';
import { descendants } from './analyze/syntax.ts';

/** One line; a `raw` one starts inside a template literal, so its indent is content. */
interface MovedLine {
  readonly text: string;
  readonly raw: boolean;
}

/** Text without the indent of its old place. */
export type MovedText = readonly MovedLine[];

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

const indentAt = (text: string, at: number): string => /^[ \t]*/.exec(text.slice(lineStart(text, at)))?.[0] ?? '';

/** Takes a node's text, with `insert` put in at its position. */
export function moveText(
  node: ts.Node,
  insert: { readonly at: number; readonly text: string } | null = null,
): MovedText {
  const { text } = node.getSourceFile();
  const start = node.getStart();
  const end = node.end;
  const literals = [...descendants(node)].filter(
    (n) => ts.isTemplateExpression(n) || ts.isNoSubstitutionTemplateLiteral(n),
  );
  const base = indentAt(text, start);
  const lines: MovedLine[] = [];
  for (let at = start; at <= end; ) {
    const next = text.indexOf('\n', at);
    const stop = next === -1 || next >= end ? end : next;
    const raw = literals.some((literal) => literal.getStart() < at && at < literal.end);
    let line = text.slice(at, stop);
    if (insert !== null && insert.at >= at && insert.at <= stop) {
      line = line.slice(0, insert.at - at) + insert.text + line.slice(insert.at - at);
    }
    if (!raw && at !== start && line.startsWith(base)) line = line.slice(base.length);
    lines.push({ text: stop === end ? line : line.replace(/\r$/, ''), raw });
    at = stop + 1;
  }
  return lines;
}

/** Text that is one line already. */
export function oneLine(text: string): MovedText {
  return [{ text, raw: false }];
}

/** Puts moved text at a place with this indent and these line ends; tabs become `unit` when that is made of spaces. */
export function placeText(moved: MovedText, indent: string, eol: string, unit = '\t'): string {
  const place = (text: string): string => indent + text.replace(/^\t+/, (tabs) => unit.repeat(tabs.length));
  return moved
    .map((line, index) => (index === 0 || line.raw || line.text === '' ? line.text : place(line.text)))
    .join(eol);
}

/** The indent of the line a position is on. */
export function indentOfLine(text: string, at: number): string {
  return indentAt(text, at);
}
