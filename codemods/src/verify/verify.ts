/** verify: type-checks the planned files over those on disk, and says which sites brought the new errors. */
import { dirname } from 'node:path';
import { ts } from 'ts-morph';
import { type Compilation, compile } from '../analyze/compiler.ts';
import { isTypeScript, parseAlone } from '../analyze/program.ts';
import { descendants } from '../analyze/syntax.ts';
import type { Decision, PackagePlan, PlannedFile } from '../plan/package-plan.ts';
import { touchedBy } from '../plan/source-files.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { PackageSites, Site } from '../sites.ts';
import { type NewError, newErrors, originalPosition } from './compare.ts';
import { newGrammarError } from './grammar.ts';
import { nameErrorsOf } from './name-errors.ts';
import { shardliftTypes } from './shardlift-types.ts';

/** What the check of a plan found. */
export interface Verdict {
  /** Whether every changed file could be checked: TypeScript by its types, JavaScript by its names. */
  readonly checked: boolean;
  /** The sites that brought an error. */
  readonly blamed: ReadonlyMap<Site, Finding>;
}

const isCode = ({ path }: PlannedFile): boolean => !path.endsWith('.json');

function knowsDiscord({ options, roots }: Compilation): boolean {
  const [from] = roots;
  return from !== undefined && ts.resolveModuleName('discord.js', from, options, ts.sys).resolvedModule !== undefined;
}

/** The handler whose text holds a position of the handlers file. */
function handlerAt(file: PlannedFile, at: number): string | null {
  for (const node of descendants(parseAlone(file.path, file.after))) {
    const isHandlers = ts.isCallExpression(node) && node.expression.getText() === 'defineHandlers';
    const object = isHandlers ? node.arguments[0] : undefined;
    if (object === undefined || !ts.isObjectLiteralExpression(object)) continue;
    const property = object.properties.find((one) => one.pos <= at && at < one.end);
    return property?.name?.getText().replace(/^['"]|['"]$/g, '') ?? null;
  }
  return null;
}

/** How far around an error its cause is looked for: the statement, the function, the file. */
function scopesAt(tree: ts.SourceFile, at: number): readonly ts.Node[] {
  const around: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (node.pos > at || at >= node.end) return;
    if (ts.isStatement(node) || ts.isFunctionLike(node) || ts.isClassElement(node)) around.unshift(node);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return [...around, tree];
}

function culprits(file: PlannedFile, error: NewError, decisions: readonly Decision[]): readonly Site[] {
  const rewritten = decisions.filter((one) => one.rewritten);
  const mine = rewritten.map(({ site }) => site).filter((site) => site.file.source.path === file.path);
  const [first] = mine;
  if (first === undefined) {
    // A file without a site of its own changes with the wrapper that its lines call.
    const wrappers = rewritten.map(({ site }) => site).filter((site) => touchedBy(site).includes(file.path));
    if (wrappers.length > 0) return wrappers;
    const name = handlerAt(file, error.at);
    const users = rewritten.filter(
      (one) => one.handler !== null && (name === null || one.handler.split(', ').includes(name)),
    );
    return users.map(({ site }) => site);
  }
  const at = originalPosition(file.splices, error.at);
  for (const scope of scopesAt(first.file.tree, at)) {
    const inside = mine.filter((site) => scope.pos <= site.at && site.at < scope.end);
    const calls = inside.filter(({ verdict }) => verdict.kind === 'call');
    if (calls.length > 0) return calls;
    if (scope === first.file.tree) return inside;
  }
  return mine;
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

function errorsIn(compilation: Compilation, files: readonly PlannedFile[], types: ReadonlyMap<string, string>) {
  const typed = files.some(({ path }) => isTypeScript(path));
  const overlay = new Map([...files.map(({ path, after }) => [path, after] as const), ...(typed ? types : [])]);
  const roots = [...new Set([...compilation.roots, ...files.map(({ path }) => path)])];
  const next = compile(roots, compilation.options, overlay, compilation);
  const diagnostics = (program: ts.Program, path: string): readonly ts.Diagnostic[] => {
    const tree = program.getSourceFile(path);
    if (tree === undefined) return [];
    return typed ? program.getSemanticDiagnostics(tree) : nameErrorsOf(program, tree);
  };
  // The bot file may hold no call of its own, and is not known yet then.
  const old = ({ path, before }: PlannedFile): ts.Program =>
    before === null || compilation.program.getSourceFile(path) !== undefined
      ? compilation.program
      : compile([...compilation.roots, path], compilation.options, new Map([[path, before.text]]), compilation).program;
  return files.map((file) => {
    const after = diagnostics(next.program, file.path);
    // A file without an error has no new one, so what it had before need not be found out.
    const before = file.before === null || after.length === 0 ? [] : diagnostics(old(file), file.path);
    return { file, errors: newErrors(before, after, { splices: file.splices, typed }) };
  });
}

/** Checks a plan. Files that the plan does not change are not checked. */
export function verifyPlan(group: PackageSites, plan: PackagePlan): Verdict {
  const files = plan.files.filter(isCode);
  const types = files.some(({ path }) => isTypeScript(path)) ? shardliftTypes(dirname(rootOf(group))) : new Map();
  const blamed = new Map<Site, Finding>();
  const blame = (file: PlannedFile, error: NewError): void => {
    const what = error.text.slice(0, 160);
    for (const site of culprits(file, error, plan.decisions)) blamed.set(site, finding('DC-V1', { what }));
  };
  for (const file of files) {
    const error = newGrammarError(file.path, file.before?.text ?? null, file.after);
    if (error !== null) blame(file, error);
  }
  let checked = types !== null;
  for (const [compilation, mine] of tasksOf(group, files)) {
    const typed = mine.some(({ path }) => isTypeScript(path));
    if (typed && (types === null || !knowsDiscord(compilation))) {
      checked = false;
      continue;
    }
    for (const { file, errors } of errorsIn(compilation, mine, types ?? new Map())) {
      for (const error of errors) blame(file, error);
    }
  }
  return { checked, blamed };
}

const rootOf = ({ info }: PackageSites): string => info.manifest ?? `${info.root}/package.json`;
