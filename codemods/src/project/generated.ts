/** project/generated: files that say at their head that a program writes them; what it writes next would take every edit back. */

/** Comments, and what may stand among them, in front of all code. */
const head = /^(?:#![^\n]*\n)?(?:\s|\/\/[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/|(['"])use strict\1;?)*/;

/** Whether a comment at the head of a text has the mark `@generated`. */
export function isGenerated(text: string): boolean {
  return text.includes('@generated') && /@generated\b/.test(head.exec(text)?.[0] ?? '');
}

const written =
  /@generated\b|\bgenerated (?:by|from|with|using)\b|\bauto(?:matically)?[- ]?generated\b|\bdo not edit\b/i;

/** Whether a text says at its head, in whichever words, that a program writes it. */
export const isMade = (text: string): boolean => written.test(head.exec(text)?.[0] ?? '');

/** Those of some files that are generated. */
export function generatedAmong(
  files: readonly { readonly source: { readonly path: string; readonly text: string } }[],
): ReadonlySet<string> {
  return new Set(files.flatMap(({ source: { path, text } }) => (isGenerated(text) ? [path] : [])));
}
