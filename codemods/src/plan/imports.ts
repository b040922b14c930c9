/** plan/imports: moves ShardingManager (and what comes with it) from discord.js to shardlift/compat. */
import { ts } from 'ts-morph';
import { bindingOf, type ImportBinding } from '../analyze/bindings.ts';
import type { Mention } from '../analyze/mentions.ts';
import type { ParsedFile } from '../analyze/program.ts';
import type { Splice } from '../analyze/receiver.ts';
import { descendants, requiredModule } from '../analyze/syntax.ts';
import type { TextStyle } from '../source.ts';
import { quoted } from './edits.ts';

const compat = 'shardlift/compat';
const movedNames = new Set(['ShardingManager', 'Shard', 'ShardClientUtil']);

type Element = ts.ImportSpecifier | ts.BindingElement;

interface NamedList {
  readonly elements: readonly Element[];
  readonly statement: ts.Statement;
  readonly module: ts.StringLiteralLike;
  /** Whether the list is all the statement imports. */
  readonly whole: boolean;
}

function statementOf(node: ts.Node): ts.Statement {
  let at = node;
  while (!ts.isStatement(at)) at = at.parent;
  return at;
}

function listOf(element: Element): NamedList | null {
  const statement = statementOf(element);
  if (
    ts.isImportSpecifier(element) &&
    ts.isImportDeclaration(statement) &&
    ts.isStringLiteral(statement.moduleSpecifier)
  ) {
    const whole = statement.importClause?.name === undefined;
    return { elements: element.parent.elements, statement, module: statement.moduleSpecifier, whole };
  }
  if (!ts.isBindingElement(element) || !ts.isObjectBindingPattern(element.parent)) return null;
  const declaration = element.parent.parent;
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return null;
  if (requiredModule(declaration.initializer) !== 'discord.js') return null;
  const module = [...descendants(declaration.initializer)].find((node) => ts.isStringLiteralLike(node));
  return module === undefined ? null : { elements: element.parent.elements, statement, module, whole: true };
}

const replaceModule = (module: ts.StringLiteralLike): Splice => ({
  start: module.getStart() + 1,
  end: module.end - 1,
  text: compat,
});

/** Removes one element together with its comma, and its line when it has one of its own. */
function removeForward(text: string, element: Element): Splice {
  const start = element.getStart();
  const comma = /^\s*,/.exec(text.slice(element.end))?.[0].length ?? 0;
  const end = element.end + comma;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const tail = /^[ \t]*\r?\n/.exec(text.slice(end))?.[0];
  if (tail !== undefined && text.slice(lineStart, start).trim() === '') {
    return { start: lineStart, end: end + tail.length, text: '' };
  }
  return { start, end: end + (/^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0), text: '' };
}

function removals(text: string, { elements }: NamedList, moved: ReadonlySet<Element>): readonly Splice[] {
  let tail = elements.length;
  while (tail > 0 && moved.has(elements[tail - 1] as Element)) tail -= 1;
  const splices = elements
    .slice(0, tail)
    .flatMap((element) => (moved.has(element) ? [removeForward(text, element)] : []));
  const [first, last] = [elements[tail], elements[elements.length - 1]];
  const kept = elements[tail - 1];
  if (first === undefined || last === undefined || kept === undefined) return splices;
  // The tail goes from the comma before it; comments in between stay where they are.
  const between = text.slice(kept.end, first.getStart());
  const plain = /^\s*,\s*$/.test(between);
  const start = plain ? kept.end : first.getStart();
  const end = plain ? last.end : last.end + (/^\s*,/.exec(text.slice(last.end))?.[0].length ?? 0);
  return [...splices, { start, end, text: '' }];
}

/** Where a line can be added below a statement: after a comment that ends its line. */
function belowStatement(text: string, statement: ts.Statement): number {
  const rest = /^[ \t]*(\/\/[^\r\n]*|\/\*[^\r\n]*\*\/[ \t]*)?(?=\r?\n|$)/.exec(text.slice(statement.end))?.[0];
  return statement.end + (rest?.length ?? 0);
}

function addedLine(
  file: ParsedFile,
  statement: ts.Statement,
  names: string,
  style: TextStyle,
  typeOnly: boolean,
): Splice {
  const { text } = file.source;
  const semicolon = statement.getText().endsWith(';') ? ';' : style.semicolon;
  const at = belowStatement(text, statement);
  const lineStart = text.lastIndexOf('\n', statement.getStart() - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
  const module = quoted(compat, style.quote);
  const keyword = ts.isVariableStatement(statement)
    ? (/^(const|let|var)/.exec(statement.getText())?.[0] ?? 'const')
    : null;
  const line =
    keyword === null
      ? `import ${typeOnly ? 'type ' : ''}{ ${names} } from ${module}${semicolon}`
      : `${keyword} { ${names} } = require(${module})${semicolon}`;
  return { start: at, end: at, text: `${style.eol}${indent}${line}` };
}

function ofList(file: ParsedFile, list: NamedList, moved: ReadonlySet<Element>, style: TextStyle): readonly Splice[] {
  if (list.whole && list.elements.every((element) => moved.has(element))) return [replaceModule(list.module)];
  const names = list.elements.filter((element) => moved.has(element)).map((element) => element.getText());
  const typeOnly =
    ts.isImportDeclaration(list.statement) && list.statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  const kept = list.elements.some((element) => !moved.has(element));
  const emptied = kept ? removals(file.source.text, list, moved) : [removedBraces(file.source.text, list)];
  return [...emptied, addedLine(file, list.statement, names.join(', '), style, typeOnly)];
}

/** `import Discord, { ShardingManager } from` -> `import Discord from`. */
function removedBraces(text: string, list: NamedList): Splice {
  const [first] = list.elements;
  const braces = first?.parent;
  if (braces === undefined) return { start: 0, end: 0, text: '' };
  const before = /,\s*$/.exec(text.slice(0, braces.getStart()))?.[0].length ?? 0;
  return { start: braces.getStart() - before, end: braces.end, text: '' };
}

function declaresName(file: ParsedFile, name: string): boolean {
  return [...descendants(file.tree)].some(
    (node) =>
      ts.isIdentifier(node) &&
      node.text === name &&
      !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) &&
      !(ts.isQualifiedName(node.parent) && node.parent.right === node),
  );
}

function ofMembers(
  file: ParsedFile,
  members: readonly Extract<Mention, { kind: 'member' }>[],
  style: TextStyle,
): readonly Splice[] {
  if (members.length === 0) return [];
  const local = declaresName(file, 'ShardingManager') ? 'ShardliftShardingManager' : 'ShardingManager';
  const [first] = members;
  if (first === undefined) return [];
  const names = local === 'ShardingManager' ? local : importedAs(first.binding, local);
  const uses = members.map(({ node }) => ({ start: node.getStart(), end: node.end, text: local }));
  const statement = statementOf(first.binding.node);
  return [
    ...uses,
    addedLine(
      file,
      statement,
      names,
      style,
      members.every((m) => m.binding.typeOnly),
    ),
  ];
}

const importedAs = (binding: ImportBinding, local: string): string =>
  binding.style === 'import' || ts.isImportEqualsDeclaration(binding.node)
    ? `ShardingManager as ${local}`
    : `ShardingManager: ${local}`;

/** The splices that swap a file's imports. `mentions` are those of the file that name ShardingManager. */
export function importSplices(file: ParsedFile, mentions: readonly Mention[], style: TextStyle): readonly Splice[] {
  const lists = new Map<ts.Node, { readonly list: NamedList; readonly moved: Set<Element> }>();
  for (const mention of mentions) {
    if (mention.kind !== 'import') continue;
    const element = mention.binding.node;
    if (!ts.isImportSpecifier(element) && !ts.isBindingElement(element)) continue;
    const list = listOf(element);
    if (list === null) continue;
    const beside = list.elements.filter((e) => movedNames.has(bindingOf(e)?.imported ?? ''));
    const known = lists.get(list.module) ?? { list, moved: new Set<Element>() };
    for (const one of [element, ...beside]) known.moved.add(one);
    lists.set(list.module, known);
  }
  const named = [...lists.values()].flatMap(({ list, moved }) => ofList(file, list, moved, style));
  const members = mentions.filter((m) => m.kind === 'member');
  const required = mentions.filter((m) => m.kind === 'required').map((m) => replaceModule(m.module));
  return [...named, ...ofMembers(file, members, style), ...required];
}
