/** handlers/import-lines: the imports of handlers as lines of their file, and where new lines go. */
import type { NeededImport } from '../functions/captures.ts';
import { requireOfModule } from '../modules/package-require.ts';
import type { TextStyle } from '../project/source.ts';
import type { Splice } from '../syntax/edits.ts';
import { quoted } from '../syntax/edits.ts';
import { behind, continuesAbove } from '../syntax/statements.ts';
import type { ts } from '../typescript.js';
import { isCreatedRequire, isImportEquals } from './file-locals.ts';
import type { HandlersForm } from './handlers-file.ts';

/** Imports, as the language of the file writes them. */
export function importLines(imports: readonly NeededImport[], form: HandlersForm): readonly string[] {
  const made = imports.find(isCreatedRequire);
  const below = made === undefined ? [] : [`const ${made.binding.local} = ${requireOfModule}${form.style.semicolon}`];
  return [
    ...new Set(imports.map((one) => importLine(form.kind === 'cjs' ? [one] : ofModule(imports, one), form))),
    ...below,
  ];
}

/** The imports that stand in one line with another: types that are taken of the same package by their names. */
function ofModule(imports: readonly NeededImport[], one: NeededImport): readonly [NeededImport, ...NeededImport[]] {
  const isType = ({ binding, typeOnly }: NeededImport): boolean =>
    typeOnly &&
    binding.kind === 'named' &&
    !binding.specifier.startsWith('.') &&
    !isImportEquals(binding) &&
    !isCreatedRequire({ binding, typeOnly });
  const { specifier, attributes } = one.binding;
  if (!isType(one)) return [one];
  const [first = one, ...more] = imports.filter(
    (other) => isType(other) && other.binding.specifier === specifier && other.binding.attributes === attributes,
  );
  return [first, ...more];
}

/** `Client`, `Client as Bot` */
const pairOf = ({ imported, local }: NeededImport['binding'], as: string): string =>
  imported === local ? local : imported + as + local;

function importLine(together: readonly [NeededImport, ...NeededImport[]], { kind, style }: HandlersForm): string {
  const [needed] = together;
  const { binding } = needed;
  const module = quoted(binding.specifier, style.quote);
  if (kind === 'cjs') {
    return `const ${binding.kind === 'named' ? `{ ${pairOf(binding, ': ')} }` : binding.local} = require(${module})${style.semicolon}`;
  }
  if (isImportEquals(binding)) return `import ${binding.local} = require(${module})${style.semicolon}`;
  const type = needed.typeOnly ? 'type ' : '';
  if (isCreatedRequire(needed)) return `import { ${binding.imported} } from ${module}${style.semicolon}`;
  const pairs = [...new Set(together.map((one) => pairOf(one.binding, ' as ')))].join(', ');
  const names = { named: `{ ${pairs} }`, default: binding.local, namespace: `* as ${binding.local}` }[binding.kind];
  const attributes = binding.attributes === undefined ? '' : ` ${binding.attributes}`;
  return `import ${type}${names} from ${module}${attributes}${style.semicolon}`;
}

/** The `;` that lines without one need where code follows on their last line, or begins with a bracket below it. */
export const apart = (text: string, at: number, { semicolon }: TextStyle): string =>
  semicolon === '' && (continuesAbove(text, at) || /^[ \t]*\S/.test(text.slice(at))) ? ';' : '';

/** Where new lines go: below the head of a file, or at a place where it has none. */
interface Spot {
  readonly text: string;
  readonly head: ts.Statement | undefined;
  /** Where a line begins; behind the line for the shell by default. */
  readonly top?: number | undefined;
}

/** The edit that writes lines below the head of a file. */
export function linesBelow({ text, head, top }: Spot, lines: readonly string[], style: TextStyle): Splice {
  if (head !== undefined) {
    const at = behind(head);
    return { start: at, end: at, text: lines.map((line) => style.eol + line).join('') + apart(text, at, style) };
  }
  const at = top ?? /^#!.*\r?\n?/.exec(text)?.[0].length ?? 0;
  const closing = style.semicolon === '' && continuesAbove(text, at) ? ';' : '';
  return { start: at, end: at, text: lines.join(style.eol) + closing + style.eol };
}
