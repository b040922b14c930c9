/** test/cases/variants: the same text as other people's editors save it. */

/** A manner of saving files. */
export interface Variant {
  readonly name: string;
  /** The text of a file of code that was there before. */
  readonly code: (text: string) => string;
  /** The text of any other file: data, and what is new. */
  readonly other: (text: string) => string;
}

const same = (text: string): string => text;
const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
const tabs = (text: string): string => text.replace(/^( {2})+/gm, (spaces) => '\t'.repeat(spaces.length / 2));

/** As the rows are written. */
export const asWritten: Variant = { name: 'LF', code: same, other: same };

const shebang = '#!/usr/bin/env node\n';

/** A shebang and a licence are no part of the first statement, whatever happens to that. */
const headed = (text: string): string =>
  `${shebang}/*! Licence: MIT. */\n${text.startsWith(shebang) ? text.slice(shebang.length) : text}`;
const unended = (text: string): string => text.replace(/\n$/, '');

/** Every other manner. A byte order mark stays where it is; what is new has none. */
export const variants: readonly Variant[] = [
  { name: 'CRLF and no final newline', code: (text) => crlf(unended(text)), other: crlf },
  { name: 'tabs, a shebang and a licence', code: (text) => headed(tabs(text)), other: tabs },
  { name: 'a byte order mark', code: (text) => `\uFEFF${text}`, other: same },
];
