/** plan/imports: moves ShardingManager (and what comes with it) from discord.js to shardlift/compat. */
import { addedLine, statementOf } from '../handlers/added-import.ts';
import { memberNames } from '../handlers/member-names.ts';
import type { Companions } from '../managers/companions.ts';
import { coreName } from '../managers/core-names.ts';
import type { Mention } from '../managers/mentions.ts';
import { bindingOf, type ImportBinding } from '../modules/bindings.ts';
import { loneDefault } from '../modules/module-places.ts';
import type { TextStyle } from '../project/source.ts';
import type { Splice } from '../syntax/edits.ts';
import { quoted } from '../syntax/edits.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { endOf, withoutStatement } from '../syntax/statements.ts';
import { descendants, requiredModule } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { type UnusedImports, unusedSplices } from './unused.ts';

const shardlift = 'shardlift';
const compat = 'shardlift/compat';
const hybrid = 'shardlift/compat/hybrid';
const movedNames = new Set(['ShardingManager', 'ShardingManagerOptions', 'Shard', 'ShardClientUtil']);

/** Where a ShardingManager comes from before it moves: discord.js, or, on the way to a ClusterManager, the drop-in. */
const swappable: ReadonlySet<string> = new Set(['discord.js', compat]);
const discord: ReadonlySet<string> = new Set(['discord.js']);

/** The modules that names move away from. */
export const movesFrom = (core: boolean): ReadonlySet<string> => (core ? swappable : discord);

type Element = ts.ImportSpecifier | ts.BindingElement;

interface NamedList {
  readonly elements: readonly Element[];
  readonly statement: ts.Statement;
  readonly module: ts.StringLiteralLike;
  /** Whether the list is all the statement imports. */
  readonly whole: boolean;
}

function listOf(element: Element, { parts }: UnusedImports): NamedList | null {
  const statement = statementOf(element);
  if (
    ts.isImportSpecifier(element) &&
    ts.isImportDeclaration(statement) &&
    ts.isStringLiteral(statement.moduleSpecifier)
  ) {
    const name = statement.importClause?.name;
    const whole = name === undefined || parts.includes(name);
    return { elements: element.parent.elements, statement, module: statement.moduleSpecifier, whole };
  }
  if (!ts.isBindingElement(element) || !ts.isObjectBindingPattern(element.parent)) return null;
  const declaration = element.parent.parent;
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return null;
  if (!swappable.has(requiredModule(declaration.initializer) ?? '')) return null;
  const module = [...descendants(declaration.initializer)].find((node) => ts.isStringLiteralLike(node));
  return module === undefined ? null : { elements: element.parent.elements, statement, module, whole: true };
}

const replaceModule = (module: ts.StringLiteralLike, text: string = compat): Splice => ({
  start: module.getStart() + 1,
  end: module.end - 1,
  text,
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

/** Takes some elements out of a list, with their commas and, where they have one of their own, their lines. */
export function removals(
  text: string,
  { elements }: Pick<NamedList, 'elements'>,
  moved: ReadonlySet<Element>,
): readonly Splice[] {
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
  const end = plain ? last.end : last.end + (/^(\s*,)?[ \t]*/.exec(text.slice(last.end))?.[0].length ?? 0);
  return [...splices, { start, end, text: '' }];
}

function ofList(file: ParsedFile, { list, moved, dropped, core }: Change, style: TextStyle): readonly Splice[] {
  const { text } = file.source;
  const from = core ? shardlift : compat;
  if (list.whole && list.elements.every((element) => moved.has(element)))
    return [replaceModule(list.module, from), ...(core ? [...moved].map(renamed) : [])];
  if (list.whole && list.elements.every((element) => dropped.has(element))) return [removedLine(text, list.statement)];
  const gone = new Set([...moved, ...dropped]);
  const kept = list.elements.some((element) => !gone.has(element));
  if (!kept && list.whole) {
    const names = core ? [...moved].map(renamed) : [];
    return [replaceModule(list.module, from), ...names, ...removals(text, list, dropped)];
  }
  const emptied = kept ? removals(text, list, gone) : [removedBraces(text, list)];
  if (moved.size === 0) return emptied;
  const texts = list.elements.filter((element) => moved.has(element)).map((element) => element.getText());
  const names = core ? texts.map((one) => one.replace(/\bSharding/, 'Cluster')) : texts;
  const clause = ts.isImportDeclaration(list.statement) ? list.statement.importClause : undefined;
  const typeOnly = clause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  return [...emptied, addedLine(list.statement, { names: names.join(', '), typeOnly, from }, { text, style })];
}

/** `ShardingManager as Manager` -> `ClusterManager as Manager`. */
function renamed(element: Element): Splice {
  const name = element.propertyName ?? element.name;
  return { start: name.getStart(), end: name.end, text: coreName(name.getText()) };
}

/** A statement and the line it stands on; a comment behind it keeps the line. */
function removedLine(text: string, statement: ts.Statement): Splice {
  const end = endOf(statement);
  const tail = /^[ \t]*\r?\n/.exec(text.slice(end))?.[0].length ?? 0;
  return withoutStatement(statement, statement.getStart(), end + tail);
}

/** `import Discord, { ShardingManager } from` -> `import Discord from`. */
function removedBraces(text: string, list: NamedList): Splice {
  const [first] = list.elements;
  const braces = first?.parent;
  if (braces === undefined) return { start: 0, end: 0, text: '' };
  const before = /,\s*$/.exec(text.slice(0, braces.getStart()))?.[0].length ?? 0;
  return { start: braces.getStart() - before, end: braces.end, text: '' };
}

/** The elements to move or drop, by the list they stand in. */
interface Change {
  readonly core: boolean;
  readonly list: NamedList;
  readonly moved: Set<Element>;
  readonly dropped: Set<Element>;
}

function changesOf({ swaps, companions, unused, core = false }: ImportChanges): readonly Change[] {
  const changes = new Map<ts.Node, Change>();
  const changeOf = (element: Element): Change | null => {
    const list = listOf(element, unused);
    if (list === null) return null;
    const change = changes.get(list.module) ?? { core, list, moved: new Set<Element>(), dropped: new Set<Element>() };
    changes.set(list.module, change);
    return change;
  };
  for (const mention of swaps) {
    const element = mention.kind === 'import' ? mention.binding.node : null;
    if (element === null || !(ts.isImportSpecifier(element) || ts.isBindingElement(element))) continue;
    const change = changeOf(element);
    const names = core ? [] : (change?.list.elements ?? []);
    const beside = names.filter((e) => movedNames.has(bindingOf(e)?.imported ?? ''));
    for (const one of [element, ...beside]) change?.moved.add(one);
  }
  for (const element of companions.elements) changeOf(element)?.moved.add(element);
  for (const element of unused.elements) changeOf(element)?.dropped.add(element);
  return [...changes.values()];
}

/** What a file's imports lose: names that move to shardlift/compat, and names nothing in the file uses any more. */
export interface ImportChanges {
  readonly swaps: readonly Mention[];
  readonly companions: Companions;
  readonly unused: UnusedImports;
  /** The manager becomes shardlift's own: ClusterManager, from `shardlift`. */
  readonly core?: boolean;
}

/** `import Cluster from`, `import { default as Cluster } from`: the drop-in has no default, all its names are the same thing. */
function wholeModule(module: ts.StringLiteralLike, unused: UnusedImports, style: TextStyle): readonly Splice[] {
  const statement = module.parent;
  const lone = loneDefault(statement);
  if (lone !== undefined && !unused.elements.includes(lone))
    return [{ start: lone.parent.getStart(), end: lone.parent.end, text: `* as ${lone.name.text}` }];
  const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined;
  const name = clause?.name;
  if (name === undefined || unused.parts.includes(name) || unused.statements.some((one) => one === statement))
    return [];
  const start = name.getStart();
  const whole = { start, end: start, text: '* as ' };
  const beside = clause?.namedBindings;
  if (beside === undefined || unused.parts.some((one) => one === beside)) return [whole];
  const semicolon = statement.getText().endsWith(';') ? ';' : '';
  const text = ` from ${quoted(hybrid, style.quote)}${semicolon}${style.eol}import `;
  return [whole, { start: name.end, end: beside.getStart(), text }];
}

/** The names of lists that move, but for those that nothing uses any more. */
const movedBindings = (changes: readonly Change[]): readonly ImportBinding[] =>
  changes.flatMap(({ moved, dropped }) =>
    [...moved].flatMap((element) => (dropped.has(element) ? [] : (bindingOf(element) ?? []))),
  );

/** `import('discord.js').ShardingManagerOptions` */
const importType = ({ module, name }: Companions['types'][number], core: boolean): readonly Splice[] => [
  replaceModule(module, core ? shardlift : compat),
  ...(core ? [{ start: name.getStart(), end: name.end, text: coreName(name.text) }] : []),
];

/** The splices that swap a file's imports. */
export function importSplices(file: ParsedFile, changes: ImportChanges, style: TextStyle): readonly Splice[] {
  const { swaps, companions, unused, core = false } = changes;
  const lists = changesOf(changes);
  const given = {
    members: [...swaps.filter((m) => m.kind === 'member'), ...companions.members],
    named: movedBindings(lists),
    unused: unused.statements,
    from: core ? shardlift : compat,
    core,
  };
  const members = memberNames(file, given, style);
  const required = swaps.filter((m) => m.kind === 'required').map((m) => replaceModule(m.module));
  const modules = swaps
    .filter((m) => m.kind === 'module')
    .flatMap(({ module }) => [replaceModule(module, hybrid), ...wholeModule(module, unused, style)]);
  return [
    ...lists.flatMap((change) => ofList(file, change, style)),
    ...members.splices,
    ...companions.types.flatMap((one) => importType(one, core)),
    ...required,
    ...modules,
    ...unusedSplices(unused, members.replaced),
  ];
}
