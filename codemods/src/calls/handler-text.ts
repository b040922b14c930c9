/** calls/handler-text: the text of a function as a handler: unchanged, but for the type of its data. */
import type { Captures, NeededImport } from '../functions/captures.ts';
import { stillUsed } from '../functions/still-used.ts';
import { type WrittenType, writeType } from '../functions/types.ts';
import { ownFile } from '../modules/bindings.ts';
import { createdRequire } from '../modules/package-require.ts';
import type { FunctionSite } from '../syntax/call-site.ts';
import type { Splice } from '../syntax/edits.ts';
import { moveText } from '../syntax/moved-text.ts';
import { isNameOnly, symbolOf } from '../syntax/syntax.ts';
import { tokensBefore, tokensOf } from '../syntax/tokens.ts';
import { ts } from '../typescript.js';
import type { HandlerSource } from './understood.ts';

const noType: WrittenType = { text: '', imports: [], vague: false };

/** A value that the data holds beside the context of the call. */
export interface AddedMember {
  readonly name: string;
  readonly type: Pick<WrittenType, 'text' | 'imports'>;
}

function withMembers(type: WrittenType, added: readonly AddedMember[]): WrittenType {
  if (added.length === 0) return type;
  const members = added.map((one) => `${one.name}: ${one.type.text}`).join('; ');
  const imports = [...type.imports, ...added.flatMap((one) => one.type.imports)];
  return { ...type, text: `${type.text} & { ${members} }`, imports };
}

/** The type to write after the second parameter, or none when it has one. */
function dataType(
  { file, fn }: FunctionSite,
  context: ts.Expression | null,
  added: readonly AddedMember[],
): WrittenType {
  const second = fn.parameters[1];
  if (!file.typed || second === undefined || second.type !== undefined || second.dotDotDotToken !== undefined)
    return noType;
  if (context !== null) return withMembers(writeType(file, context), added);
  return second.initializer === undefined ? { ...noType, text: 'undefined' } : noType;
}

const simpleTypes: Partial<Record<ts.SyntaxKind, string>> = {
  [ts.SyntaxKind.StringLiteral]: 'string',
  [ts.SyntaxKind.TemplateExpression]: 'string',
  [ts.SyntaxKind.NoSubstitutionTemplateLiteral]: 'string',
  [ts.SyntaxKind.NumericLiteral]: 'number',
  [ts.SyntaxKind.TrueKeyword]: 'boolean',
  [ts.SyntaxKind.FalseKeyword]: 'boolean',
};

/** The JSDoc type of a context in JavaScript: its keys, and what literals tell about values. */
function docType(context: ts.Expression): string {
  const simple = simpleTypes[context.kind];
  if (simple !== undefined) return simple;
  if (!ts.isObjectLiteralExpression(context)) return 'any';
  const parts = context.properties.map((property) => {
    const name = property.name?.getText();
    if (name === undefined || !/^[\w$]+$/.test(name)) return null;
    return ts.isPropertyAssignment(property) ? `${name}: ${docType(property.initializer)}` : `${name}: any`;
  });
  return parts.includes(null) ? 'any' : parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

/** The JSDoc type of all data; `null` without any. */
function dataDocOf(context: ts.Expression | null, added: readonly AddedMember[]): string | null {
  const type = context === null ? null : docType(context);
  const members = added.map(({ name }) => `${name}: any`).join(', ');
  if (members === '' || type === 'any') return type;
  return type === null || type === '{}' ? `{ ${members} }` : type.replace(/ \}$/, `, ${members} }`);
}

/** What stands for a parameter: no name that a function could have itself. */
const parameterNamed = (index: number): string => `#${index}`;

/** What changes in a function, and between which of its tokens. */
function changesOf({ fn }: FunctionSite, edits: readonly Splice[]): string {
  if (edits.length === 0) return '';
  const places = tokensBefore(
    fn,
    edits.flatMap(({ start, end }) => [start, end]),
  );
  return JSON.stringify(edits.map(({ text }, index) => [places[2 * index], places[2 * index + 1], text]));
}

/** The function's tokens without comments and blanks, its parameters by number: equal for equal functions. */
function keyOf({ file, fn }: FunctionSite, type: string, imports: readonly NeededImport[]): string {
  const parameters = fn.parameters.map((p) => (ts.isIdentifier(p.name) ? symbolOf(file.checker, p.name) : undefined));
  const tokens = tokensOf(fn, (name) => {
    const index = isNameOnly(name) ? -1 : parameters.indexOf(symbolOf(file.checker, name));
    if (index < 0 || parameters[index] === undefined) return name.text;
    return ts.isShorthandPropertyAssignment(name.parent)
      ? `${name.text} : ${parameterNamed(index)}`
      : parameterNamed(index);
  });
  const from = imports.map(({ binding }) => `${binding.local}<${binding.specifier}#${binding.imported}`).sort();
  // `c => x` and `(c) => x` are one function.
  const [first = ''] = tokens;
  const opened = first === parameterNamed(0) && tokens[1] === '=>' ? ['(', first, ')', ...tokens.slice(1)] : tokens;
  return [
    opened.join(' '),
    type,
    ...from,
    from.some((f) => f.includes('<.') || f.includes(ownFile)) ? file.source.path : '',
  ].join('|');
}

/** The key of `(client) => client.a.b`, so that a path and a function that reads it share a handler. */
export function pathKey(names: readonly string[]): string {
  const client = parameterNamed(0);
  return [[`( ${client} ) => ${client}`, ...names].join(' . '), '', ''].join('|');
}

/** Takes a function as a handler: its text with the type of the data, its imports and its key. */
export function handlerText(
  at: FunctionSite,
  context: ts.Expression | null,
  captures: Captures & { readonly added?: readonly AddedMember[] },
): { readonly source: Omit<HandlerSource, 'hints'>; readonly vague: boolean } {
  const { file, fn } = at;
  const { added = [] } = captures;
  const type = dataType(at, context, added);
  const second = fn.parameters[1];
  const end = second === undefined ? null : (second.questionToken ?? second.name).end;
  const typing = type.text === '' || end === null ? [] : [{ start: end, end, text: `: ${type.text}` }];
  const scope = captures.clientScope.map((name): NeededImport => {
    const binding = { style: 'import', kind: 'named', specifier: 'discord.js', imported: name, local: name } as const;
    return { binding, typeOnly: false };
  });
  const own = captures.requires ? [{ binding: createdRequire, typeOnly: false }] : [];
  const edits = [...captures.edits, ...typing];
  const imports = [...stillUsed(fn, [...captures.imports, ...scope, ...own], edits), ...type.imports];
  const source = {
    key: keyOf(at, changesOf(at, captures.edits) + type.text, imports),
    text: moveText(fn, edits),
    imports,
    dataDoc: file.typed ? null : dataDocOf(context, added),
    lead: null,
    from: file.source.path,
  };
  return { source, vague: type.vague };
}
