/** handlers/handler-doc: the comments above a handler. Editors read one JSDoc block, the nearest. */
import type { Splice } from '../syntax/edits.ts';
import { applySplices } from '../syntax/edits.ts';
import { descendants } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** The first of some names that is not taken. */
const freeOf = (names: readonly string[], taken: string | null): string =>
  names.find((name) => name !== taken) ?? names.join('');

const nameOf = (parameter: ts.ParameterDeclaration | undefined): string | null =>
  parameter !== undefined && ts.isIdentifier(parameter.name) ? parameter.name.text : null;

/**
 * The lines that say the types of a handler's parameters, by the names these have.
 *
 * TypeScript finds a parameter by its name (TS8024 where there is none), and one that is taken apart by its place.
 *
 * @param text - the handler, as it is written
 * @param type - the JSDoc type of its data
 * @see https://www.typescriptlang.org/docs/handbook/jsdoc-supported-types.html
 */
export function parameterLines(text: string, type: string): readonly string[] {
  const tree = ts.createSourceFile('handler.js', `(${text})`, ts.ScriptTarget.ESNext, true);
  const [client, data] = descendants(tree).find(ts.isFunctionLike)?.parameters ?? [];
  // A rest parameter holds the data in a list.
  if (client === undefined || client.dotDotDotToken !== undefined) return [];
  const clientName = nameOf(client) ?? freeOf(['client', 'bot'], nameOf(data));
  const lines = [` * @param {import('discord.js').Client<true>} ${clientName}`];
  if (data === undefined || data.dotDotDotToken !== undefined) return lines;
  return [...lines, ` * @param {${type}} ${nameOf(data) ?? freeOf(['data', 'given'], clientName)}`];
}

/**
 * A function of JavaScript as TypeScript takes it, which reads no JSDoc there: types are written behind its parameters.
 *
 * @param text - the handler, as it is written
 * @param types - the JSDoc types of its client and of its data, where they are to be said
 */
export function withTypes(text: string, types: readonly (string | null)[]): string {
  if (types.every((type) => type === null)) return text;
  const tree = ts.createSourceFile('handler.ts', `(${text})`, ts.ScriptTarget.ESNext, true);
  const fn = descendants(tree).find(ts.isFunctionLike);
  const bare = fn !== undefined && ts.isArrowFunction(fn) && !/^(async\s*)?\(/.test(fn.getText());
  const splices = (fn?.parameters ?? []).flatMap(({ name, type, dotDotDotToken }, index): Splice[] => {
    const said = types[index] ?? null;
    if (said === null || type !== undefined || dotDotDotToken !== undefined) return [];
    // The text stands behind a parenthesis in the tree.
    const [start, end] = [name.getStart() - 1, name.end - 1];
    const written = `: ${said.replaceAll(', ', '; ')}`;
    return bare ? [{ start, end, text: `(${name.getText()}${written})` }] : [{ start: end, end, text: written }];
  });
  return applySplices(text, splices);
}

/** The JSDoc type of what one caller of a handler passes, or another; `null` for one that passes nothing. */
export function eitherType(first: string | null, second: string | null): string | null {
  if (first === second) return first;
  const parts = [first, second].flatMap((one) => one?.split(' | ') ?? []);
  if (parts.includes('any')) return 'any';
  const nothing = first === null || second === null ? ['undefined'] : [];
  return [...new Set([...parts, ...nothing])].join(' | ');
}

/** Where the last line of comments ends a JSDoc block, the line that opens it; -1 without one. */
function openingOf(comments: readonly string[]): number {
  if (!/\*\/\s*$/.test(comments.at(-1) ?? '')) return -1;
  const at = comments.findLastIndex((line) => line.includes('/*'));
  return /^\s*\/\*\*(?!\/)/.test(comments[at] ?? '') ? at : -1;
}

/**
 * The lines of comments that moved along, with the types of the parameters where they say nothing of types.
 *
 * @param parameters - the lines that say the types; none where none is to be written
 */
export function documented(comments: readonly string[], parameters: readonly string[]): readonly string[] {
  if (parameters.length === 0) return comments;
  const at = openingOf(comments);
  if (at < 0) return [...comments, '/**', ...parameters, ' */'];
  const block = comments.slice(at);
  const above = comments.slice(0, at);
  // Their author has written the types, or the shape of this block is one of their own.
  if (block.some((line) => /@(param|type|overload|callback)\b/.test(line))) return comments;
  const single = block.length === 1 ? /^\s*\/\*\*\s*(.*?)\s*\*\/\s*$/.exec(block[0] ?? '') : null;
  if (single !== null) return [...above, '/**', ` * ${single[1]}`, ...parameters, ' */'];
  const plain = block[0]?.trim() === '/**' && block.at(-1)?.trim() === '*/';
  return plain ? [...above, ...block.slice(0, -1), ...parameters, ...block.slice(-1)] : comments;
}
