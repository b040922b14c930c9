/** handlers/inline-text: a function of the client as an inline handler, which takes the data first: `(data, { client })`. */
import type { Splice } from '../syntax/edits.ts';
import { applySplices } from '../syntax/edits.ts';
import type { MovedText } from '../syntax/moved-text.ts';
import { descendants, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** `(...given) => stats(...given)`, which hands everything on to a function of another file. */
const handsOn = /^\(\.\.\.given.*\) => ([\w$]+)\(\.\.\.given\)$/;

/** The client as a part of the context: `{ client: c }`. Nobody but itself tells a generic function what it gets. */
const contextOf = ({ name, type, parent }: ts.ParameterDeclaration): string => {
  const text = name.getText();
  const typed = parent.typeParameters === undefined || type === undefined ? '' : `: { client: ${type.getText()} }`;
  return (text === 'client' ? '{ client }' : `{ client: ${text} }`) + typed;
};

/** A name for data that nobody reads, which hides no other. */
function unreadData(fn: ts.Node): string {
  const names = new Set(descendants(fn).flatMap((node) => (ts.isIdentifier(node) ? [node.text] : [])));
  const free = (name: string): string => (names.has(name) ? free(`_${name}`) : name);
  return free('_data');
}

function parameterSplices(fn: ts.FunctionExpression | ts.ArrowFunction): readonly Splice[] | null {
  const [client, data, more] = fn.parameters;
  const odd = fn.parameters.some((one) => one.dotDotDotToken !== undefined) || more !== undefined;
  if (odd || client?.initializer !== undefined) return null;
  if (client === undefined) return [];
  const context = contextOf(client);
  if (data !== undefined) {
    return [
      { start: client.getStart(), end: data.getStart(), text: '' },
      { start: data.end, end: data.end, text: `, ${context}` },
    ];
  }
  const before = fn.getText().slice(0, client.getStart() - fn.getStart());
  const written = `${unreadData(fn)}, ${context}`;
  return [{ start: client.getStart(), end: client.end, text: before.includes('(') ? written : `(${written})` }];
}

/** Turns the parameters round; `null` when they are not plainly a client and data. */
export function inlineText(text: MovedText): MovedText | null {
  const whole = text.map((line) => line.text).join('\n');
  const other = handsOn.exec(whole)?.[1];
  if (other !== undefined) return [{ text: `(data, { client }) => ${other}(client, data)`, raw: false }];
  const tree = ts.createSourceFile('inline.ts', `(${whole})`, ts.ScriptTarget.ESNext, true);
  const [statement] = tree.statements;
  const fn = statement !== undefined && ts.isExpressionStatement(statement) ? unwrap(statement.expression) : null;
  if (fn === null || !(ts.isArrowFunction(fn) || ts.isFunctionExpression(fn))) return null;
  const splices = parameterSplices(fn);
  if (splices === null) return null;
  const lines = applySplices(`(${whole})`, splices).slice(1, -1).split('\n');
  // Which lines belong to a template literal is known by their number only.
  if (lines.length !== text.length && text.some(({ raw }) => raw)) return null;
  return lines.map((line, i) => ({ text: line, raw: lines.length === text.length && (text[i]?.raw ?? false) }));
}
