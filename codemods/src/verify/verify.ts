/** verify: type-checks the planned files over those on disk, and says which sites brought the new errors. */
import { basename } from 'node:path';
import { type Compilation, compile } from '../analyze/compiler.ts';
import { parseAlone } from '../analyze/program.ts';
import { positionOf } from '../analyze/syntax.ts';
import type { Decision, PackagePlan, PlannedFile } from '../plan/package-plan.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import { shortened } from '../shortened.ts';
import type { Site } from '../sites.ts';
import type { ts } from '../typescript.js';
import { type NewError, nameIn, newErrors, originalPosition } from './compare.ts';
import { culprits, isInHandler } from './culprits.ts';
import { type UnusedDirective, unusedDirective } from './directives.ts';
import { newGrammarError } from './grammar.ts';
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

/** The program a file was in. The bot file may hold no call of its own, and is in none yet then. */
function programBefore(compilation: Compilation, { path, before }: PlannedFile): ts.Program {
  if (before === null || compilation.program.getSourceFile(path) !== undefined) return compilation.program;
  const { options } = compilation;
  const roots = [...compilation.roots, path];
  return compile({ roots, options, overlay: new Map([[path, before.text]]), before: compilation }).program;
}

/** The errors that texts had where they stood before they moved to another file. */
function movedErrors({ files, before }: ResultPart): readonly ts.Diagnostic[] {
  return files.flatMap((file) => {
    const program = file.before === null ? null : programBefore(before, file);
    const tree = program?.getSourceFile(file.path);
    if (program === null || tree === undefined) return [];
    const isMoved = ({ start = 0 }: ts.Diagnostic): boolean =>
      file.splices.some((one) => one.start <= start && start < one.end);
    // At its new place such an error is known by its words alone.
    return program.getSemanticDiagnostics(tree).flatMap((one) => (isMoved(one) ? [{ ...one, start: -1 }] : []));
  });
}

/** The new errors of every file of one program. */
function errorsIn(part: ResultPart) {
  const { files, typed, before, after } = part;
  if (after === null) return [];
  let moved: readonly ts.Diagnostic[] | null = null;
  return files.map((file) => {
    const programs = { before: () => programBefore(before, file), after: after.program };
    const found = typed ? typeErrorsIn(programs, file.path) : nameErrorsIn(programs, file);
    if (typed && found.after.length > 0) moved ??= movedErrors(part);
    const old = [...(file.before === null ? [] : found.before), ...(moved ?? [])];
    return { file, errors: newErrors(old, found.after, { path: file.path, splices: file.splices, typed }) };
  });
}

/** The new errors of files that stay and load a planned one. */
function readersErrorsIn({ readers, before, after }: ResultPart) {
  if (after === null || readers.length === 0) return [];
  let old: ts.Program | null = null;
  const programs = {
    before: () => {
      old ??= programWith(before, readers);
      return old;
    },
    after: after.program,
  };
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

/** Why a site is left that brought an error. */
function refusal({ verdict }: Site, why: { readonly what: string; readonly at?: number }): Finding {
  const names = (verdict.kind === 'call' ? verdict.plan.unsaid : []).map((name) => `\`${name}\``);
  return names.length === 0 ? finding('DC-V1', why) : finding('DC-G4', { names: names.join(', '), what: why.what });
}

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
    else for (const site of sites) if (!blamed.has(site)) blamed.set(site, finding('DC-V1', { what }));
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
  const checked = [...grammarErrorsIn(parts.flatMap(({ files }) => files)), ...parts.flatMap(errorsIn)];
  const all: readonly FoundError[] = checked.flatMap(({ file, errors }) => errors.map((error) => ({ file, error })));
  const found = all.filter(({ file, error }) => {
    const comment = error.unused === true ? commentOf(file, error, decisions) : null;
    if (comment !== null) unused.push(comment);
    return comment === null;
  });
  for (const { file, error } of firstOf(found)) {
    const what = shortened(error.text, 160);
    const at = originalPosition(file.splices, error.at);
    for (const site of culprits(file, error, decisions))
      blamed.set(site, refusal(site, site.file.source.path === file.path ? { what, at } : { what }));
  }
  // Errors of the changed files may be the cause of those of others.
  const readers = found.length > 0 ? null : ofReaders(parts, decisions);
  return { checked: complete, blamed: readers?.blamed ?? blamed, unused: [...unused, ...(readers?.unused ?? [])] };
}
