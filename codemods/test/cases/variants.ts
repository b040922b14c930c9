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

/** Every other manner. A byte order mark stays where it is; what is new has none. */
export const variants: readonly Variant[] = [
  { name: 'CRLF', code: crlf, other: crlf },
  { name: 'tabs', code: tabs, other: tabs },
  { name: 'a byte order mark', code: (text) => `\uFEFF${text}`, other: same },
];
