/** verify/moved-functions: the errors that functions had where they stood before they became handlers. */
import type { Decision, PlannedFile } from '../plan/decision.ts';
import type { Site } from '../sites/sites.ts';
import { descendants, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { handlersAround } from './planned-handlers.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

/** A function that moves, in its file. */
interface MovedFunction {
  readonly path: string;
  readonly movedFrom: Range;
}

/** A rewritten call, with the functions it handed over and the names they have as handlers. */
interface MovedCall {
  readonly site: Site;
  readonly handlers: readonly string[];
  readonly functions: readonly MovedFunction[];
}

/** An error of a function, at a place that stays the same wherever the function stands. */
interface OldError {
  readonly code: number;
  readonly place: string;
}

function movedCall({ site, rewritten, handler }: Decision): MovedCall | null {
  if (!rewritten || handler === null || site.verdict.kind !== 'call') return null;
  const { movedFrom, wrapper, choice } = site.verdict.plan;
  const closures = [...(wrapper?.closures ?? []), ...(choice?.closures ?? [])];
  const own = { path: site.file.source.path, movedFrom };
  return { site, handlers: handler.split(', '), functions: [own, ...closures] };
}

// The function is no such function as is asked for: at a call, in an object, among overloads.
const doesNotFit: ReadonlySet<number> = new Set([2322, 2345, 2769]);
const whole = { code: 2345, place: '' };

const holds = ({ start, end }: Range, at: number): boolean => start <= at && at < end;

const isFunction = (node: ts.Node): node is ts.FunctionLikeDeclaration => ts.isFunctionLike(node) && 'body' in node;

/** Whether a statement says what the client is, as a handler begins whose parameter said it: `const c = client as Bot;` */
function isCast(fn: ts.FunctionLikeDeclaration, statement: ts.Statement): boolean {
  const [declared] = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [];
  const value = declared?.initializer;
  if (value === undefined || !ts.isAsExpression(value) || !ts.isIdentifier(value.expression)) return false;
  const name = fn.parameters[0]?.name;
  return name !== undefined && ts.isIdentifier(name) && value.expression.text === name.text;
}

/** What a body is made of; one that only gives a value is that value, whichever way it is written. */
function bodyOf(fn: ts.FunctionLikeDeclaration): ts.Node | readonly ts.Statement[] | undefined {
  const { body } = fn;
  if (body === undefined || !ts.isBlock(body)) return body;
  const [first, ...rest] = body.statements;
  const statements = first !== undefined && isCast(fn, first) ? rest : body.statements;
  const [only, second] = statements;
  const given = only !== undefined && second === undefined && ts.isReturnStatement(only) ? only.expression : undefined;
  return given ?? statements;
}

/**
 * Where a position is in a function: which parameter, or the body, and which child of which child. Types that are written
 * beside its parameters and results change none of it.
 */
function placeIn(fn: ts.FunctionLikeDeclaration, tree: ts.SourceFile, at: number): string {
  const around = (node: ts.Node): boolean => node.getStart(tree) <= at && at < node.end;
  const body = bodyOf(fn);
  const statements = body === undefined || 'kind' in body ? [body] : body;
  // Handlers may have one parameter less or more: the body counts from behind all of them.
  const parts: readonly (ts.Node | undefined)[] = [
    ...Array.from({ length: 9 }, (_, i) => fn.parameters[i]),
    ...statements,
  ];
  let index = parts.findIndex((part) => part !== undefined && around(part));
  let node = parts[index];
  const path: number[] = [];
  while (node !== undefined) {
    path.push(index);
    const children: ts.Node[] = [];
    ts.forEachChild(node, (child) => {
      children.push(child);
    });
    index = children.findIndex(around);
    node = children[index];
  }
  return path.join('.');
}

const placed = (code: number, place: string): OldError =>
  doesNotFit.has(code) && place === '' ? whole : { code, place };

const sameError = (a: OldError) => (b: OldError) => a.code === b.code && a.place === b.place;

/** The function of a handler: what its property holds, or what is registered. */
function functionOf(handler: ts.Node): ts.FunctionLikeDeclaration | null {
  const value = ts.isPropertyAssignment(handler) ? unwrap(handler.initializer) : handler;
  return isFunction(value) ? value : null;
}

/** What the functions of a plan had of errors before they moved. */
export class MovedFunctions {
  readonly #calls: readonly MovedCall[];
  readonly #errors = new Map<MovedCall, readonly OldError[]>();

  constructor(decisions: readonly Decision[]) {
    this.#calls = decisions.flatMap((one) => movedCall(one) ?? []);
  }

  /** Whether a position was in a function that is a handler now. */
  covers(path: string, at: number): boolean {
    return this.#calls.some(({ functions }) => functions.some((one) => one.path === path && holds(one.movedFrom, at)));
  }

  /** Whether an error of a handler is one of the function that it was. */
  had(file: PlannedFile, { code, start = 0 }: ts.Diagnostic, programOf: (site: Site) => ts.Program | null): boolean {
    const { tree, around } = handlersAround(file, start);
    return around.some(([name, handler]) => {
      const fn = functionOf(handler);
      const place = fn === null ? '' : placeIn(fn, tree, start);
      const same = sameError(placed(code, place));
      return this.#calls.some((call) => call.handlers.includes(name) && this.#errorsOf(call, programOf).some(same));
    });
  }

  #errorsOf(call: MovedCall, programOf: (site: Site) => ts.Program | null): readonly OldError[] {
    const known = this.#errors.get(call);
    if (known !== undefined) return known;
    const program = programOf(call.site);
    const errors =
      program === null ? [] : [...call.functions.flatMap((one) => errorsOf(one, program)), ...misfit(call, program)];
    this.#errors.set(call, errors);
    return errors;
  }
}

function errorsOf({ path, movedFrom }: MovedFunction, program: ts.Program): readonly OldError[] {
  const tree = program.getSourceFile(path);
  if (tree === undefined) return [];
  const fn = descendants(tree)
    .filter(isFunction)
    .find(({ pos, end }) => pos === movedFrom.start && end === movedFrom.end);
  if (fn === undefined) return [];
  const errors = program.getSemanticDiagnostics(tree).filter(({ start = 0 }) => holds(movedFrom, start));
  return errors.map(({ code, start = 0 }) => placed(code, placeIn(fn, tree, start)));
}

/** The error that a call did not take its function: it is told of the argument, or of all of the call. */
function misfit({ site }: MovedCall, program: ts.Program): readonly OldError[] {
  const tree = program.getSourceFile(site.file.source.path);
  if (tree === undefined || site.verdict.kind !== 'call') return [];
  const { accessStart, callEnd, movedFrom } = site.verdict.plan;
  const isOfCall = (at: number): boolean =>
    accessStart <= at && at < callEnd && (!holds(movedFrom, at) || tree.text.slice(movedFrom.start, at).trim() === '');
  const errors = program.getSemanticDiagnostics(tree);
  return errors.some(({ code, start = 0 }) => doesNotFit.has(code) && isOfCall(start)) ? [whole] : [];
}
