/** values/value-next: what is looked at next where a value is followed. */
import type { ts } from '../typescript.js';
import type { Body, Way } from './value-way.ts';

/** Something that a value is, or holds; `promise` where nothing waits for it. */
export interface Part {
  readonly node: ts.Node;
  readonly is: 'value' | 'promise';
  /** Whether it is that and nothing else. */
  readonly sure?: boolean;
}

/** Where the text ends: what is taken there of a parameter, of `this`, or of a global. */
export interface Origin {
  readonly is: 'origin';
  readonly node: ts.Node;
  /** What the global is called; `null` for the others. */
  readonly global: string | null;
  readonly taken: readonly string[];
  readonly sure: boolean;
}

/** A place where a value is surely missing: a variable that is not set, a member that the rest of an object is without. */
export interface Missing {
  readonly is: 'missing';
  readonly node: ts.Node;
}

/** What is found on the way. */
export type Found = Part | Origin | Missing;

/** A part that is found, a value to follow, or functions whose results are followed; without a way, nothing is. */
export type Next =
  | Found
  | { readonly way: Way | null; readonly value: ts.Expression | ts.ParameterDeclaration }
  | { readonly way: Way | null; readonly results: readonly Body[] };

/** What an expression itself is, or the member of that name, as far as that is known; what it holds is nothing to this. */
export type Itself = (node: ts.Expression, name?: string) => readonly ts.Node[];

/** The same way for each of some expressions. */
export const each = (way: Way | null, values: readonly ts.Expression[]): readonly Next[] =>
  values.map((value) => ({ way, value }));
