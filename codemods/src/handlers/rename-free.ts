/** handlers/rename-free: gives a name that a moved function takes from outside another spelling. */
import { compileAlone } from '../syntax/compiler.ts';
import type { Splice } from '../syntax/edits.ts';
import { applySplices } from '../syntax/edits.ts';
import type { MovedText } from '../syntax/moved-text.ts';
import { descendants, isNameOnly, symbolOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** A name and what it becomes. */
interface Rename {
  readonly from: string;
  readonly to: string;
}

// Parsed on its own, a text declares everything it brings along; what has no declaration comes from outside.
function freeIn(path: string, text: string): readonly ts.Identifier[] {
  const { program } = compileAlone(path, text);
  const tree = program.getSourceFile(path);
  if (tree === undefined) return [];
  const checker = program.getTypeChecker();
  return descendants(tree)
    .filter(ts.isIdentifier)
    .filter((node) => !isNameOnly(node) && (symbolOf(checker, node)?.declarations ?? []).length === 0);
}

function splicesFor(text: string, { from, to }: Rename, path: string): readonly Splice[] {
  return freeIn(path, text).flatMap((node): readonly Splice[] => {
    if (node.text !== from) return [];
    const shorthand = ts.isShorthandPropertyAssignment(node.parent);
    return [{ start: node.getStart(), end: node.end, text: shorthand ? `${from}: ${to}` : to }];
  });
}

const moved = (text: MovedText): string => `(${text.map((line) => line.text).join('\n')})`;

const pathOf = (written: string): string => (/\.[mc]?ts$/.test(written) ? '/moved.ts' : '/moved.tsx');

/** The names that a text takes from outside itself. */
export function freeNames(path: string, text: string): ReadonlySet<string> {
  return new Set(freeIn(path, text).map((node) => node.text));
}

/**
 * The names that a function takes from outside itself.
 *
 * @param written - the file the function comes from, as for `renameFree`
 */
export function freeNamesOf(text: MovedText, written: string): ReadonlySet<string> {
  return freeNames(pathOf(written), moved(text));
}

/** Every name that occurs in a text, so that a new one can be told from them. */
export function namesIn(text: MovedText): ReadonlySet<string> {
  const whole = text.map((line) => line.text).join('\n');
  const names = whole.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? [];
  return new Set(names);
}

/**
 * Renames the free uses of a name; what the function declares itself, and members of that name, stay.
 *
 * @param written - the file the function comes from: it says whether `<` may open an element
 */
export function renameFree(text: MovedText, rename: Rename, written: string): MovedText {
  const whole = moved(text);
  const renamed = applySplices(whole, splicesFor(whole, rename, pathOf(written))).slice(1, -1);
  // A name never spans lines, so each line is still the same one.
  return renamed.split('\n').map((line, i) => ({ text: line, raw: text[i]?.raw ?? false }));
}
