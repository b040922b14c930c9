/** test/cases/case: one row of the tables, and a table of them. */
import type { Files } from '../project.ts';

/** One file before and after a run. */
export interface Case {
  /** Its number among the fifty cases the codemod has to know; several rows may share one. */
  readonly no: number;
  readonly title: string;
  readonly before: string;
  /** Left out where not one byte may change. */
  readonly after?: string;
  /** What the handlers file has to hold for it, indent included. */
  readonly handlers?: readonly string[];
  /** What the report says of each of its mentions: `rewritten`, `note CODE` or `left CODE`. */
  readonly sites: readonly string[];
}

/** The rows that are migrated together, as the files of one bot. */
export interface Table {
  readonly name: string;
  /** The bot around the rows. */
  readonly bot: Files;
  /** Where rows go, with `NN` for the number. */
  readonly path: string;
  readonly handlers: string;
  readonly options?: { readonly legacy?: boolean; readonly fixCaptures?: boolean };
  readonly rows: readonly Case[];
}

/** Lines as one text with a final newline. */
export const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`;

/** A row whose file stays as it is. */
export const stays = (no: number, title: string, before: string, ...sites: readonly string[]): Case => ({
  no,
  title,
  before,
  sites,
});
