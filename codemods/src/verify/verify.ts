/** verify: type-checks the planned files over those on disk, and says which sites brought the new errors. */
import { basename } from 'node:path';
import { once } from '../once.ts';
import type { Decision, PackagePlan, PlannedFile } from '../plan/decision.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { Site } from '../sites/sites.ts';
import { type Compilation, compile } from '../syntax/compiler.ts';
import { newGrammarError } from '../syntax/grammar.ts';
import { parseAlone } from '../syntax/program.ts';
import { positionOf } from '../syntax/syntax.ts';
import type { ts } from '../typescript.js';
import { shortened } from '../wording/shortened.ts';
import { type NewError, nameIn, newErrors, originalPosition } from './compare.ts';
import { type Blame, culprits, isInHandler } from './culprits.ts';
import { type UnusedDirective, unusedDirective } from './directives.ts';
import { misfits } from './lost-types.ts';
import { missingImports } from './missing-imports.ts';
import { MovedFunctions } from './moved-functions.ts';
import { nameErrorsOf } from './name-errors.ts';
import { programWith } from './readers.ts';
import type { Result, ResultPart } from './result.ts';
import { touchedNames } from './touched-names.ts';

/** What the check of a plan found. */
export interface Verdict {
  /** Whether every changed file could be checked: TypeScript by its types, JavaScript by its names. */
  readonly checked: boolean;
  /** The sites that brought an error. */
  readonly blamed: ReadonlyMap<Site, Finding>;
  /** Comments that hide nothing any more since an import moves; they are no error of a site. */
  readonly unused: readonly UnusedDirective[];
}

interface FileErrors {
  readonly before: readonly ts.Diagnostic[];
  readonly after: readonly ts.Diagnostic[];
}

/** A file as it is and as it will be. What it was is read only where there is something to compare. */
interface Programs {
  readonly before: () => ts.Program;
  readonly after: ts.Program;
}

// A file without an error has no new one, so what it had before is found out only when there is something to compare.
function typeErrorsIn({ before, after }: Programs, path: string): FileErrors {
  const of = (program: ts.Program): readonly ts.Diagnostic[] => {
    const tree = program.getSourceFile(path);
    return tree === undefined ? [] : program.getSemanticDiagnostics(tree);
  };
  const now = of(after);
  return { after: now, before: now.length === 0 ? [] : of(before()) };
}

function nameErrorsIn({ before, after }: Programs, file: PlannedFile): FileErrors {
  const of = (program: ts.Program, asked: (name: string) => boolean): readonly ts.Diagnostic[] => {
    const tree = program.getSourceFile(file.path);
    return tree === undefined ? [] : nameErrorsOf(program, tree, asked);
  };
  const now = of(after, touchedNames(file.before?.text ?? null, file.splices));
  const missing = new Set(now.map(nameIn));
  return { after: now, before: now.length === 0 ? [] : of(before(), (name) => missing.has(name)) };
}

/**
 * The files of a part as they were, in a program that nothing was asked of yet: what is asked of a checker before it checks
 * a file takes some errors from what it then says of it. A bot file that holds no call of its own is read here for the first
 * time.
 */
function programBefore({ files, before, types }: ResultPart): ts.Program {
  const there = files.flatMap(({ path, before: was }) => (was === null ? [] : [[path, was.text] as const]));
  const roots = [...new Set([...before.roots, ...there.map(([path]) => path)])];
  return compile({ roots, options: before.options, overlay: new Map([...there, ...types]), before }).program;
}

/** The new errors of every file of a part. */
function errorsIn(part: ResultPart, moved: MovedFunctions, before: (compilation: Compilation) => ts.Program | null) {
  const { files, typed, after } = part;
  if (after === null) return [];
  const own = (): ts.Program => before(part.before) ?? part.before.program;
  return files.map((file) => {
    const programs = { before: own, after: after.program };
    const found = typed ? typeErrorsIn(programs, file.path) : nameErrorsIn(programs, file);
    const splices = { path: file.path, splices: file.splices, typed };
    if (!typed || found.after.length === 0) return { file, errors: newErrors(found.before, found.after, splices) };
    // What a handler brings from its old place is no news, and nothing of what is left there.
    const brought = found.after.filter((one) => !moved.had(file, one, ({ file: from }) => before(from.compilation)));
    const isGone = ({ start = 0 }: ts.Diagnostic): boolean =>
      moved.covers(file.path, start) && file.splices.some((one) => one.start <= start && start < one.end);
    const stood = file.before === null ? [] : found.before.filter((one) => !isGone(one));
    return { file, errors: newErrors([...stood, ...missingImports(own(), brought)], brought, splices) };
  });
}

/** The new errors of files that stay and load a planned one. */
function readersErrorsIn({ readers, before, after, types }: ResultPart) {
  if (after === null || readers.length === 0) return [];
  const programs = { before: once(() => programWith({ before, types }, readers)), after: after.program };
  return readers.flatMap(({ path, sites }) => {
    const found = typeErrorsIn(programs, path);
    const errors = newErrors(found.before, found.after, { path, splices: [], typed: true });
    const tree = after.program.getSourceFile(path);
    if (tree === undefined) return [];
    return errors.map((error) => {
      const where = `${basename(path)}:${positionOf(tree, error.at).line}`;
      return { sites, error, tree, what: shortened(`${where}: ${error.text}`, 160) };
    });
  });
}

/** What keeps a planned file from its start, and did not before. */
function grammarErrorsIn(files: readonly PlannedFile[]) {
  return files.map((file) => {
    const error = newGrammarError(file.path, file.before?.text ?? null, file.after);
    return { file, errors: error === null ? [] : [error] };
  });
}

interface FoundError {
  readonly file: PlannedFile;
  readonly error: NewError;
}

/** The errors to blame somebody for now: those in handlers while there are any, since others can come from them. */
function firstOf(found: readonly FoundError[]): readonly FoundError[] {
  const inHandlers = found.filter(({ file, error }) => isInHandler(file, error));
  return inHandlers.length > 0 ? inHandlers : found;
}

/** Whether an error says that a client has no cluster, in a program where nothing declares it. */
function isUntold({ file, error }: FoundError, parts: readonly ResultPart[]): boolean {
  const program = parts.find(({ files }) => files.includes(file))?.after?.program;
  const isShardlift = ({ fileName }: ts.SourceFile): boolean => fileName.includes('/node_modules/shardlift/');
  return /^Property 'cluster' does not exist/.test(error.text) && program?.getSourceFiles().some(isShardlift) === false;
}

/** An error, and who may have brought it. */
interface BlamedError extends FoundError {
  readonly blame: Blame;
}

/** The errors to blame somebody for now: those that something leads to from a site. Others may come of the same. */
function tracedOf(found: readonly FoundError[], decisions: readonly Decision[]): readonly BlamedError[] {
  const all = found.map((one) => ({ ...one, blame: culprits(one.file, one.error, decisions) }));
  const traced = all.filter(({ blame }) => blame.led);
  return traced.length > 0 ? traced : all;
}

/** What is said of an error: where it stands, as far as that is in the file as it is. */
function toldOf({ file, error }: FoundError): string {
  const { path, before } = file;
  if (before === null || isInHandler(file, error)) return shortened(error.text, 160);
  const { line } = positionOf(parseAlone(path, before.text), originalPosition(file.splices, error.at));
  return shortened(`${basename(path)}:${line}: ${error.text}`, 160);
}

/** Why a site is left that brought an error, or may have. */
function refusal({ file: { source }, verdict }: Site, one: BlamedError): Finding {
  const { file, error, blame } = one;
  const what = toldOf(one);
  const names = (verdict.kind === 'call' ? verdict.plan.unsaid : []).map((name) => `\`${name}\``);
  if (names.length > 0) return finding('DC-G4', { names: names.join(', '), what });
  const at = source.path === file.path ? { at: originalPosition(file.splices, error.at) } : {};
  const isTold = blame.led || verdict.kind !== 'call';
  const whose = isTold ? {} : { of: 'this call or another one, it is not known which,' };
  return finding('DC-V1', { what, error: shortened(error.text, 160), ...at, ...whose, ...leftAt(verdict) });
}

/** What is left at a site that is no call. */
const leftAt = ({ kind }: Site['verdict']): Finding['details'] =>
  kind === 'call' ? {} : { of: 'this import', by: 'change it' };

/** The comment of a changed file that an error says hides nothing; `null` where somebody is to blame. */
function commentOf({ path, before, splices }: PlannedFile, { at }: NewError, decisions: readonly Decision[]) {
  if (before === null) return null;
  return unusedDirective(parseAlone(path, before.text), originalPosition(splices, at), decisions);
}

/** The errors of readers: each site is told of the first, but for comments that hide nothing. */
function ofReaders(parts: readonly ResultPart[], decisions: readonly Decision[]): Omit<Verdict, 'checked'> {
  const blamed = new Map<Site, Finding>();
  const unused: UnusedDirective[] = [];
  for (const { sites, what, error, tree } of parts.flatMap(readersErrorsIn)) {
    const comment = error.unused === true ? unusedDirective(tree, error.at, decisions, sites) : null;
    if (comment !== null) unused.push(comment);
    else
      for (const site of sites)
        if (!blamed.has(site)) blamed.set(site, finding('DC-V1', { what, ...leftAt(site.verdict) }));
  }
  return { blamed, unused };
}

/**
 * Checks a plan by its result. Of the files that it does not change those are checked that load one whose import moves:
 * what they get from there is of another library then.
 */
export function verifyPlan({ decisions }: Pick<PackagePlan, 'decisions'>, { parts, complete }: Result): Verdict {
  const blamed = new Map<Site, Finding>();
  const unused: UnusedDirective[] = [];
  const moved = new MovedFunctions(decisions);
  const programs = new Map(parts.map((part) => [part.before, once(() => programBefore(part))] as const));
  const before = (compilation: Compilation): ts.Program | null => programs.get(compilation)?.() ?? null;
  const types = parts.flatMap((part) => errorsIn(part, moved, before));
  const checked = [...grammarErrorsIn(parts.flatMap(({ files }) => files)), ...types];
  const all: readonly FoundError[] = checked.flatMap(({ file, errors }) => errors.map((error) => ({ file, error })));
  const found = all.filter(({ file, error }) => {
    const comment = error.unused === true ? commentOf(file, error, decisions) : null;
    if (comment !== null) unused.push(comment);
    return comment === null;
  });
  const inHandlers = found.some(({ file, error }) => isInHandler(file, error));
  const first = found.length === 0 || inHandlers ? new Map<Site, Finding>() : misfits(parts, decisions);
  for (const [site, why] of first) blamed.set(site, why);
  for (const one of first.size > 0 ? [] : tracedOf(firstOf(found), decisions)) {
    const untold = isUntold(one, parts) ? finding('DC-V4') : null;
    for (const site of one.blame.sites) blamed.set(site, untold ?? refusal(site, one));
  }
  // Errors of the changed files may be the cause of those of others.
  const readers = found.length > 0 ? null : ofReaders(parts, decisions);
  return { checked: complete, blamed: readers?.blamed ?? blamed, unused: [...unused, ...(readers?.unused ?? [])] };
}
