/** project/source: one text file as it is on disk, and the habits of its author. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { MigrateError } from '../errors.ts';
import { textOnce } from './read-once.ts';

const BOM = '\uFEFF';

/** A file's text without its byte order mark; positions count from the first real character. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
  readonly bom: boolean;
  /** SHA-256 of the bytes read, to notice edits made meanwhile. `null` for a file that does not exist yet. */
  readonly hash: string | null;
}

/** How a file is written; inserted text follows it. */
export interface TextStyle {
  readonly eol: '\n' | '\r\n';
  readonly quote: "'" | '"';
  readonly semicolon: ';' | '';
  readonly indent: string;
}

/** A text that is edited, with the habits of its author. */
export interface StyledText {
  readonly text: string;
  readonly style: TextStyle;
}

/** SHA-256 of bytes, as hex. */
export function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new MigrateError(
      'UNREADABLE',
      { path, reason: (cause as NodeJS.ErrnoException).code ?? String(cause) },
      { cause },
    );
  }
}

/**
 * Reads a file.
 *
 * @param pattern - what its text has to match; of a large project few files do, and only they are looked at closer
 * @returns `null` when it does not match, or is not UTF-8: rewriting its bytes would change more than the edits
 * @throws MigrateError `UNREADABLE`
 */
export function readSource(path: string, pattern?: RegExp): SourceText | null {
  const { text: whole, exact } = textOnce(path, bytesOf);
  if (pattern?.test(whole) === false || !exact) return null;
  const bom = whole.startsWith(BOM);
  return { path, text: bom ? whole.slice(1) : whole, bom, hash: hashOf(Buffer.from(whole)) };
}

/** The text of a source as it goes to disk. */
export function withBom(source: Pick<SourceText, 'bom'>, text: string): string {
  return source.bom ? BOM + text : text;
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** The indent unit: a tab, or the smallest step from no indent that occurs; `null` when nothing is indented. */
function indentOf(text: string): string | null {
  if (count(text, /^\t/gm) > count(text, /^ {2,}/gm)) return '\t';
  const widths = [...text.matchAll(/^( {2,8})\S/gm)].map((m) => m[1]?.length ?? 2);
  if (widths.length === 0) return null;
  const smallest = Math.min(...widths);
  return ' '.repeat(smallest === 3 ? 2 : Math.min(smallest, 4));
}

/** What ties and empty files get. */
const usualStyle: TextStyle = { eol: '\n', quote: "'", semicolon: ';', indent: '  ' };

/** Reads the habits of a file by majority; what it does not show comes from `fallback`. */
export function styleOf(text: string, fallback: TextStyle = usualStyle): TextStyle {
  const crlf = count(text, /\r\n/g);
  const lf = count(text, /\n/g) - crlf;
  const double = count(text, /"[^"'\n]*"/g);
  const single = count(text, /'[^"'\n]*'/g);
  const lines = count(text, /[\w)\]'"`][ \t]*\r?$/gm);
  const ended = count(text, /;[ \t]*\r?$/gm);
  return {
    eol: crlf === lf ? fallback.eol : crlf > lf ? '\r\n' : '\n',
    quote: double === single ? fallback.quote : double > single ? '"' : "'",
    semicolon: ended > 0 ? ';' : lines > 1 ? '' : fallback.semicolon,
    indent: indentOf(text) ?? fallback.indent,
  };
}
