/** modules/held: how a value holds a module that is followed, and what is known of it where a file ends. */
import { nameText } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** How a value holds the module that is followed. */
export interface Held {
  /** The members on the way to the module, or `call`; none where the value is the module. */
  readonly path: readonly string[];
  /** Whether the names of the module stand among others. */
  readonly mixed: boolean;
  /** Whether its `default` is the value once more: that of a CommonJS file is. */
  readonly again: boolean;
}

/** A name that is taken out of the module. */
export interface TakenName {
  readonly name: string;
  readonly node: ts.Node;
  /** Whether it may be one of others that stand beside those of the module. */
  readonly mixed: boolean;
}

/** What a file does with a module. */
export interface Taken {
  /** `default` for the default; as far as they can be read. */
  readonly names: readonly TakenName[];
  /** What of its exports holds the module: its path begins with the name of the export, or has none for all of them. */
  readonly exports: readonly Held[];
  /** The first place that the module is handed to and that is not followed. */
  readonly open: ts.Node | null;
  /** Whether something is taken by a name that is made. */
  readonly unread: boolean;
}

/** The module itself, as a package gives it. */
export const itself: Held = { path: [], mixed: false, again: false };

/** In a path: what the call of a function gives. */
export const call = '()';

/** Longer paths are those of an object that holds itself. */
export const longest = 6;

/** A value with a member that is the one given. */
export const under = (name: string, held: Held): Held => ({ ...held, path: [name, ...held.path], again: false });

/** The same with other names beside those of the module. */
export const among = (held: Held): Held => ({ ...held, mixed: held.mixed || held.path.length === 0 });

/** Whether an operator gives one of its sides. */
export const chooses = ({ kind }: ts.Node): boolean =>
  kind === ts.SyntaxKind.BarBarToken ||
  kind === ts.SyntaxKind.QuestionQuestionToken ||
  kind === ts.SyntaxKind.AmpersandAmpersandToken;

/** The text of a name; nothing for one that is computed. */
export function readable(name: ts.PropertyName | ts.BindingName): readonly string[] {
  const computed = ts.isComputedPropertyName(name) && !ts.isStringLiteralLike(name.expression);
  return computed ? [] : [nameText(name)];
}
