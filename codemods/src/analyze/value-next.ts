/** analyze/value-next: what is looked at next where a value is followed. */
import type { ts } from '../typescript.js';
import type { Body, Way } from './value-way.ts';

/** Something that a value is, or holds; `promise` where nothing waits for it. */
export interface Part {
  readonly node: ts.Node;
  readonly is: 'value' | 'promise';
}

/** A part that is found, a value to follow, or functions whose results are followed; without a way, nothing is. */
export type Next =
  | Part
  | { readonly way: Way | null; readonly value: ts.Expression }
  | { readonly way: Way | null; readonly results: readonly Body[] };

/** What an expression itself is, or the member of that name, as far as that is known; what it holds is nothing to this. */
export type Itself = (node: ts.Expression, name?: string) => readonly ts.Node[];

/** The same way for each of some expressions. */
export const each = (way: Way | null, values: readonly ts.Expression[]): readonly Next[] =>
  values.map((value) => ({ way, value }));
