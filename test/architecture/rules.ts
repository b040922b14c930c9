/** test/architecture/rules: compares the facts of the sources with the table. Pure. */
import type { FunctionFacts, Import, SourceFacts } from './source-facts.ts';
import {
  defaultExporters,
  environmentUsers,
  longFunctions,
  maxFunctionLines,
  maxLines,
  type Room,
  rooms,
} from './table.ts';

/** What may be broken. */
export type Rule =
  | 'import'
  | 'package'
  | 'apart'
  | 'cycle'
  | 'room'
  | 'length'
  | 'function length'
  | 'default export'
  | 'environment';

/** One breach of the rules. */
export interface Violation {
  readonly rule: Rule;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly text: string;
}

/** Every breach in the given files, file by file. */
export function violationsOf(all: readonly SourceFacts[]): readonly Violation[] {
  const byFile = new Map(all.map((facts) => [facts.file, facts]));
  return [...all.flatMap((facts) => [...ofFile(facts), ...ofImports(facts, byFile)]), ...cyclesOf(byFile)];
}

const fits = (file: string, where: string): boolean => (where.endsWith('/') ? file.startsWith(where) : file === where);

/** Folders in which every folder needs a row of its own. */
const roomy: readonly string[] = ['src/', 'codemods/src/'];

/** The room of a file: the one with the longest path that fits. */
export function roomOf(file: string): Room | undefined {
  const fitting = rooms.flatMap((room) =>
    room.where.filter((where) => fits(file, where)).map((where) => ({ room, where })),
  );
  const best = fitting.sort((a, b) => b.where.length - a.where.length)[0];
  const isLoose = best !== undefined && roomy.includes(best.where) && file.slice(best.where.length).includes('/');
  return isLoose ? undefined : best?.room;
}

function ofFile(facts: SourceFacts): readonly Violation[] {
  const { file } = facts;
  const at = (rule: Rule, line: number, text: string): Violation => ({ rule, file, line, text });
  const mayUseEnvironment = Object.keys(environmentUsers).some((where) => fits(file, where));
  return [
    ...(roomOf(file) === undefined ? [at('room', 1, 'belongs to no room: give it a row in the table')] : []),
    ...(facts.lines > maxLines ? [at('length', facts.lines, `has ${facts.lines} lines of ${maxLines}`)] : []),
    ...tooLong(facts).map(({ name, line, lines }) =>
      at('function length', line, `${name} has ${lines} lines of ${maxFunctionLines}`),
    ),
    ...(defaultExporters[file] === undefined ? facts.defaultExports : []).map((line) =>
      at('default export', line, 'names are exported, defaults are not'),
    ),
    ...(mayUseEnvironment ? [] : facts.environmentUses).map((line) => at('environment', line, 'uses process.env')),
  ];
}

/** The functions of a file that are too long and have no leave to be. */
const tooLong = ({ file, functions }: SourceFacts): readonly FunctionFacts[] =>
  functions.filter(({ name, lines }) => lines > maxFunctionLines && longFunctions[`${file} ${name}`] === undefined);

function ofImports(facts: SourceFacts, byFile: ReadonlyMap<string, SourceFacts>): readonly Violation[] {
  const room = roomOf(facts.file);
  if (room === undefined) return [];
  return facts.imports.flatMap((one) => {
    const rule = breachOf(one, facts, room, byFile);
    if (rule === undefined) return [];
    const what = one.typesOnly ? `types of ${one.target}` : one.target;
    return [{ rule, file: facts.file, line: one.line, text: `${room.name} may not import ${what}` }];
  });
}

function breachOf(
  { target, typesOnly }: Import,
  { file, imports }: SourceFacts,
  room: Room,
  byFile: ReadonlyMap<string, SourceFacts>,
): Rule | undefined {
  const opens = (name: string): boolean => typesOnly && allowed(room, `${name} (types)`);
  if (target.startsWith('node:')) return undefined;
  if (!target.includes('/') || target.startsWith('@')) {
    return room.packages.includes(target) || (typesOnly && room.packages.includes(`${target} (types)`))
      ? undefined
      : 'package';
  }
  const other = roomOf(target);
  if (other === undefined) return 'import';
  if (other.name === room.name) {
    const feature = (of: readonly Import[] | undefined) => of?.some((one) => one.target === room.apartBy) === true;
    return feature(imports) && feature(byFile.get(target)?.imports) && target !== file ? 'apart' : undefined;
  }
  const names = [other.name, `${other.name}/${target.split('/').at(-1)?.replace(/\.ts$/, '')}`];
  return names.some((name) => allowed(room, name) || opens(name)) ? undefined : 'import';
}

const allowed = (room: Room, name: string): boolean => room.mayImport.includes(name);

/** Circles of imports that are there at run time, told from the file that comes first in the alphabet. */
function cyclesOf(byFile: ReadonlyMap<string, SourceFacts>): readonly Violation[] {
  const done = new Set<string>();
  const cycles: Violation[] = [];
  const walk = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) {
      cycles.push(cycleOf(path.slice(start)));
      return;
    }
    if (done.has(file)) return;
    for (const { target, typesOnly } of byFile.get(file)?.imports ?? []) {
      if (!typesOnly && byFile.has(target)) walk(target, [...path, file]);
    }
    done.add(file);
  };
  for (const file of [...byFile.keys()].sort()) walk(file, []);
  return cycles;
}

function cycleOf(path: readonly string[]): Violation {
  const first = path.indexOf([...path].sort()[0] ?? '');
  const round = [...path.slice(first), ...path.slice(0, first + 1)];
  return { rule: 'cycle', file: round[0] ?? '', line: 1, text: round.join(' -> ') };
}

/** The table row by row, as `docs/architecture.md` shows it. */
export function tableRows(): readonly (readonly string[])[] {
  const list = (names: readonly string[]): string => (names.length === 0 ? '–' : names.join(', '));
  const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');
  const rows = rooms.map(({ name, where, mayImport, packages }) => [
    name,
    code(where),
    list(mayImport),
    list(packages),
  ]);
  return [['room', 'where', 'may import', 'packages'], ...rows];
}
