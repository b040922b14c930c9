/** verify/result: the files of a plan as they will be, each read once: for its syntax, and for its types and names. */
import type { PackagePlan, PlannedFile } from '../plan/decision.ts';
import type { PackageSites } from '../sites/sites.ts';
import { type Compilation, compile } from '../syntax/compiler.ts';
import { isTypeScript, parses, syntaxErrors } from '../syntax/program.ts';
import { ts } from '../typescript.js';
import { type Reader, readersOf, withReaders } from './readers.ts';
import { shardliftTypes } from './shardlift-types.ts';

/** Some planned files in the program they belong to. */
export interface ResultPart {
  readonly files: readonly PlannedFile[];
  /** Other files, whose types change with what these import. */
  readonly readers: readonly Reader[];
  readonly typed: boolean;
  readonly before: Compilation;
  /** What shardlift declares, where it is not installed: the files are compared under the same declarations. */
  readonly types: ReadonlyMap<string, string>;
  /** The program with the edits; `null` where nothing says what discord.js or shardlift declare. */
  readonly after: Compilation | null;
}

const isCode = ({ path }: PlannedFile): boolean => !path.endsWith('.json');

function knowsDiscord({ options, roots }: Compilation): boolean {
  const [from] = roots;
  return from !== undefined && ts.resolveModuleName('discord.js', from, options, ts.sys).resolvedModule !== undefined;
}

/** The programs of a package with the files each has to check. */
function tasksOf(group: PackageSites, files: readonly PlannedFile[]): ReadonlyMap<Compilation, PlannedFile[]> {
  const tasks = new Map<Compilation, PlannedFile[]>();
  const add = (compilation: Compilation, file: PlannedFile): void => {
    tasks.set(compilation, [...(tasks.get(compilation) ?? []), file]);
  };
  for (const file of files) {
    const parsed = group.files.find((one) => one.source.path === file.path);
    // A file that is new here belongs to every program in its language: the types of the handlers reach them all.
    const homes = parsed === undefined ? group.files.filter((one) => one.typed === isTypeScript(file.path)) : [parsed];
    for (const compilation of new Set(homes.map((one) => one.compilation))) add(compilation, file);
  }
  return tasks;
}

/** The result of a plan, read. */
export interface Result {
  readonly parts: readonly ResultPart[];
  /** Whether everything is known that the check of its TypeScript needs. */
  readonly complete: boolean;
  /** The files that do not parse. */
  readonly broken: readonly PlannedFile[];
}

function brokenOf(files: readonly PlannedFile[], parts: readonly ResultPart[]): readonly PlannedFile[] {
  return files.filter((file) => {
    const part = parts.find((one) => one.files.includes(file));
    const tree = part?.after?.program.getSourceFile(file.path);
    return tree === undefined ? !parses(file.path, file.after) : syntaxErrors(tree).length > 0;
  });
}

/** Reads the planned files in the place of those on disk. */
export function resultOf(
  group: PackageSites,
  { files: planned, decisions }: Pick<PackagePlan, 'files' | 'decisions'>,
): Result {
  const files = planned.filter(isCode);
  const types = files.some(({ path }) => isTypeScript(path)) ? shardliftTypes(group.info.root) : new Map();
  const parts = [...tasksOf(group, files)].map(([before, mine]): ResultPart => {
    const typed = mine.some(({ path }) => isTypeScript(path));
    if (typed && (types === null || !knowsDiscord(before)))
      return { files: mine, readers: [], typed, before, types: new Map(), after: null };
    const readers = typed ? readersOf(mine, decisions, before) : [];
    // Where JavaScript is compiled as well, what it loads declares things for all: `client.cluster` among them.
    const loading = typed && before.options.allowJs === true ? files.filter(({ path }) => !isTypeScript(path)) : [];
    const declared = typed ? (types ?? new Map<string, string>()) : new Map<string, string>();
    const overlay = new Map([...[...mine, ...loading].map(({ path, after }) => [path, after] as const), ...declared]);
    const roots = [...new Set([...before.roots, ...[...mine, ...loading, ...readers].map(({ path }) => path)])];
    const given = { roots, options: before.options, overlay, before, within: withReaders(before, readers) };
    return { files: mine, readers, typed, before, types: declared, after: compile(given) };
  });
  const complete = types !== null && parts.every(({ after }) => after !== null);
  return { parts, complete, broken: brokenOf(files, parts) };
}
