/** handlers/told-data: the comment above a handler of an earlier run, which says what all its callers pass. */
import type { Splice } from '../syntax/edits.ts';
import { plainName } from '../syntax/written-names.ts';
import { ts } from '../typescript.js';
import { eitherType } from './handler-doc.ts';

/** What one more call hands to a handler that is there. */
export interface ToldData {
  readonly name: string;
  /** Its JSDoc type; `null` without data. */
  readonly dataDoc: string | null;
}

/** How the comments begin that say a handler's types, and nobody's own do. */
const client = "import('discord.js').Client<true>";

const typeOf = (tag: ts.JSDocParameterTag | undefined): ts.TypeNode | undefined => tag?.typeExpression?.type;

/** The type of the data in the comment above a handler, where that was written along with it. */
function dataTypeOf(handler: ts.ObjectLiteralElementLike): ts.TypeNode | null {
  const [first, second] = ts.getJSDocTags(handler).filter(ts.isJSDocParameterTag);
  return typeOf(first)?.getText() === client ? (typeOf(second) ?? null) : null;
}

/** The edits that let the comments above some handlers say what calls hand to them as well. */
export function toldSplices({ properties }: ts.ObjectLiteralExpression, told: readonly ToldData[]): readonly Splice[] {
  return properties.flatMap((handler): readonly Splice[] => {
    const more = told.filter(({ name }) => name === plainName(handler.name));
    const type = more.length === 0 ? null : dataTypeOf(handler);
    if (type === null) return [];
    const before = type.getText();
    const text = more.reduce<string | null>((so, { dataDoc }) => eitherType(so, dataDoc), before) ?? before;
    return text === before ? [] : [{ start: type.getStart(), end: type.end, text }];
  });
}
