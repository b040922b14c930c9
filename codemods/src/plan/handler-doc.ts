/** plan/handler-doc: the comments above a handler. Editors read one JSDoc block, the nearest. */

const parameters = (type: string): readonly string[] => [
  " * @param {import('discord.js').Client<true>} client",
  ` * @param {${type}} data`,
];

/** Where the last line of comments ends a JSDoc block, the line that opens it; -1 without one. */
function openingOf(comments: readonly string[]): number {
  if (!/\*\/\s*$/.test(comments.at(-1) ?? '')) return -1;
  const at = comments.findLastIndex((line) => line.includes('/*'));
  return /^\s*\/\*\*(?!\/)/.test(comments[at] ?? '') ? at : -1;
}

/**
 * The lines of comments that moved along, with the type of the data where they say nothing of types.
 *
 * @param type - the JSDoc type of the data; `null` where none is to be written
 */
export function documented(comments: readonly string[], type: string | null): readonly string[] {
  if (type === null) return comments;
  const at = openingOf(comments);
  if (at < 0) return [...comments, '/**', ...parameters(type), ' */'];
  const block = comments.slice(at);
  const above = comments.slice(0, at);
  // Their author has written the types, or the shape of this block is one of their own.
  if (block.some((line) => /@(param|type|overload|callback)\b/.test(line))) return comments;
  const single = block.length === 1 ? /^\s*\/\*\*\s*(.*?)\s*\*\/\s*$/.exec(block[0] ?? '') : null;
  if (single !== null) return [...above, '/**', ` * ${single[1]}`, ...parameters(type), ' */'];
  const plain = block[0]?.trim() === '/**' && block.at(-1)?.trim() === '*/';
  return plain ? [...above, ...block.slice(0, -1), ...parameters(type), ...block.slice(-1)] : comments;
}
