/** calls/handed-over: functions that the callers of a wrapper hand over, or that a condition chooses among. */
import { factsOf, factsOfSome } from '../clients/facts.ts';
import type { HandedData } from '../doubts/may-lack.ts';
import { calleeOf } from '../functions/callee.ts';
import { capturedFinding } from '../functions/lacked-names.ts';
import { notGiven } from '../functions/not-given.ts';
import { refusedContext, refusedResult } from '../functions/refused-values.ts';
import { explain, type Finding, finding } from '../rules/reasons.ts';
import type { CallSite } from '../syntax/call-site.ts';
import { moveText } from '../syntax/moved-text.ts';
import { nameToCome } from '../syntax/name-to-come.ts';
import { shownPlace } from '../syntax/source-place.ts';
import { symbolOf, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { nameHints } from './hints.ts';
import { type Nulls, nullsOf } from './nulls-told.ts';
import { argumentsKept, contextFor, optionsOf } from './options.ts';
import { type Answered, boundOf, type SentFunction, sentFunction } from './sent-function.ts';
import { type Closure, type Given, isFinding, type Understood } from './understood.ts';
import type { Handed, Wrapper } from './wrapper.ts';

type HandedOver = Closure & Pick<SentFunction, 'notes' | 'filled' | 'nested'>;

/** Which parameter of the function around it an expression is; -1 for anything else. */
function parameterIndex({ file, context }: HandedData): number {
  const at = context === null ? null : unwrap(context);
  const declared = at !== null && ts.isIdentifier(at) ? symbolOf(file.checker, at)?.valueDeclaration : undefined;
  const isWhole = declared !== undefined && ts.isParameter(declared) && declared.dotDotDotToken === undefined;
  return isWhole ? declared.parent.parameters.indexOf(declared) : -1;
}

/** What is handed over in the end: each parameter of a wrapper is what its caller gives in its place. */
function dataFrom(data: HandedData, callers: readonly CallSite[]): HandedData {
  const [next, ...further] = callers;
  const index = parameterIndex(data);
  if (next === undefined || index < 0) return { ...data, callers };
  const context = next.call.arguments.slice(0, index).some(ts.isSpreadElement) ? null : next.call.arguments[index];
  return dataFrom({ file: next.file, context: context ?? null }, further);
}

/** What one caller of a wrapper, or one side of a choice, hands over, as a handler. */
function ofHanded(
  handed: Handed,
  asked: Answered & { readonly nulls: Nulls | null },
  given: Given,
): HandedOver | Finding {
  const { file, call, argument, callee } = handed;
  const { fn, reference } = callee;
  const at = { file, call, fn };
  const bound = boundOf(at, given);
  if (bound.captures.blocked !== null) return bound.captures.blocked;
  const { nulls, ...broadcast } = asked;
  const data = dataFrom(broadcast.data, handed.callers);
  const dropped = notGiven(at, broadcast.site);
  const refused = refusedContext(data.file, data.context) ?? (dropped === null ? refusedResult(at) : null);
  if (refused !== null) return refused;
  if (bound.captures.outer.size > 0) return capturedFinding(bound.captures, 'the function is one of several');
  // What the wrapper calls its context says nothing in the file of a caller: there the parameter has the type.
  const typed = (fn.parameters[1]?.name as ts.Expression | undefined) ?? null;
  const context = broadcast.data.context === null ? null : file.typed ? typed : broadcast.data.context;
  const sent = sentFunction(
    { at, bound, answered: { ...broadcast, data, callers: handed.callers }, context, nulls, dropped },
    given,
  );
  if (isFinding(sent)) return sent;
  const { source, ...known } = sent;
  return {
    ...known,
    path: file.source.path,
    start: argument.getStart(),
    end: argument.end,
    handler: { ...source, hints: nameHints(at), comments: reference?.comments ?? [] },
    reference,
    movedFrom: { start: fn.pos, end: fn.end },
  };
}

/** What several functions are together, of which one is asked. */
const ofSome = (parts: readonly HandedOver[]) => ({
  notes: [...new Map(parts.flatMap((one) => one.notes.map((note) => [explain(note), note] as const))).values()],
  filled: parts.some(({ filled }) => filled),
  nested: parts.flatMap(({ nested }) => nested),
});

const closureOf = ({ notes: _notes, filled: _filled, nested: _nested, ...closure }: HandedOver): Closure => closure;

/** Understands a call of a wrapper's parameter: what each caller hands over becomes a handler. */
export function ofWrapper(at: CallSite, wrapper: Wrapper, given: Given): Understood | Finding {
  const { file, call } = at;
  const options = optionsOf(file, call.arguments[1], given.hybrid);
  if (isFinding(options)) return options;
  const refused = refusedContext(file, options.context);
  if (refused !== null) return refused;
  const asked = { site: at, options, data: { file, context: options.context }, nulls: nullsOf(at, given, options) };
  const parts: HandedOver[] = [];
  for (const handed of wrapper.functions) {
    const known = ofHanded(handed, asked, given);
    if (isFinding(known)) return handed.file === file ? known : elsewhere(handed, known, given.cwd);
    parts.push(known);
  }
  const [first] = parts;
  const [own] = wrapper.parameters;
  if (first === undefined || own === undefined) return finding('DC-D1', { what: call.arguments[0]?.getText() ?? '' });
  const types = wrapper.parameters.flatMap(({ file: { source }, node: { type } }) =>
    type === undefined ? [] : [{ path: source.path, start: type.getStart(), end: type.end }],
  );
  return {
    ...ofSome(parts),
    handler: first.handler,
    // Its callers may do anything with the results: they stay one per shard.
    facts: factsOfSome(wrapper.functions.map(({ callee }) => factsOf(callee.fn))),
    options,
    keptArguments: argumentsKept(call, options),
    wrapper: { parameter: own.node.name.getText(), types, told: wrapper.told, closures: parts.map(closureOf) },
  };
}

/** The functions an argument chooses among; `null` where it chooses none, or some are not functions of this file. */
function chosen(site: CallSite, argument: ts.Expression): readonly Handed[] | null {
  const at = unwrap(argument);
  if (ts.isConditionalExpression(at)) {
    const sides = [at.whenTrue, at.whenFalse].map((side) => chosen(site, side));
    return sides.some((side) => side === null) ? null : sides.flatMap((side) => side ?? []);
  }
  const callee = calleeOf(site.file, at);
  return isFinding(callee) || callee.kind !== 'function' ? null : [{ ...site, argument: at, callee, callers: [] }];
}

/** Understands `full ? a : b`: one request of one of two handlers; `null` for anything else. */
export function ofChoice(at: CallSite, given: Given): Understood | Finding | null {
  const { file, call } = at;
  const [argument] = call.arguments;
  const isChoice = argument !== undefined && ts.isConditionalExpression(unwrap(argument));
  const functions = isChoice ? chosen(at, argument) : null;
  if (argument === undefined || functions === null) return null;
  const read = optionsOf(file, call.arguments[1], given.hybrid);
  if (isFinding(read)) return read;
  const fns = functions.map(({ callee }) => callee.fn);
  const options = { ...read, context: contextFor(fns, read) };
  const refused = refusedContext(file, options.context);
  if (refused !== null) return refused;
  const asked = { site: at, options, data: { file, context: options.context }, nulls: nullsOf(at, given, options) };
  const parts: HandedOver[] = [];
  for (const one of functions) {
    const known = ofHanded(one, asked, given);
    if (isFinding(known)) return known;
    parts.push(known);
  }
  const [first] = parts;
  if (first === undefined) return null;
  const edits = parts.map(({ start, end, handler }) => ({ start, end, text: nameToCome(handler.key) }));
  return {
    ...ofSome(parts),
    handler: first.handler,
    // What is true of one of them need not be of the other: the results stay one per shard.
    facts: factsOfSome(fns.map((fn) => factsOf(fn))),
    options,
    keptArguments: argumentsKept(call, options),
    choice: { text: moveText(argument, edits), closures: parts.map(closureOf) },
  };
}

/** A caller in another file that cannot be moved: there the reason stands. */
function elsewhere({ file, argument }: Handed, why: Finding, cwd: string): Finding {
  const where = shownPlace({ path: file.source.path, tree: file.tree, at: argument.getStart() }, cwd);
  return finding('DC-D8', { name: 'the function', where, why: `${why.code}, ${explain(why).replace(/\.$/, '')}` });
}
