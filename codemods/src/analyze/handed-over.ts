/** analyze/handed-over: functions that the callers of a wrapper hand over, or that a condition chooses among. */
import { moveText } from '../moved-text.ts';
import { nameToCome } from '../plan/name-to-come.ts';
import { explain, type Finding, finding } from '../rules/reasons.ts';
import { ts } from '../typescript.js';
import type { CallSite } from './call-site.ts';
import { calleeOf } from './callee.ts';
import { capturedFinding, capturesOf } from './captures.ts';
import { dataNotes } from './data-notes.ts';
import { evalNotes, functionNotes } from './eval-notes.ts';
import { factsOf, factsOfSome } from './facts.ts';
import { handlerText } from './handler-text.ts';
import { nameHints } from './hints.ts';
import type { HandedData } from './may-lack.ts';
import { notFiniteNotes } from './not-finite.ts';
import { keptNulls, type Nulls, nullsOf } from './null-edits.ts';
import { argumentsKept, contextFor, optionsOf } from './options.ts';
import { refusedContext, refusedResult } from './refused-values.ts';
import { shownPlace } from './source-place.ts';
import { unwrap } from './syntax.ts';
import { type Closure, type Given, isFinding, type Understood } from './understood.ts';
import type { Handed, Wrapper } from './wrapper.ts';

type HandedOver = Closure & { readonly notes: readonly Finding[] };

/** What one caller of a wrapper hands over, as a handler. */
function ofHanded(handed: Handed, given: HandedData, nulls: Nulls | null): HandedOver | Finding {
  const { context } = given;
  const { file, call, argument, callee } = handed;
  const { fn, reference } = callee;
  const at = { file, call, fn };
  const found = capturesOf(at);
  const kept = keptNulls(at, nulls);
  const captures = { ...found, edits: [...found.edits, ...kept.edits] };
  if (captures.blocked !== null) return captures.blocked;
  const refused = refusedResult(at);
  if (refused !== null) return refused;
  if (captures.outer.size > 0) return capturedFinding(captures, 'the function is one of several');
  // What the wrapper calls its context says nothing in the file of a caller: there the parameter has the type.
  const data = file.typed ? ((fn.parameters[1]?.name as ts.Expression | undefined) ?? null) : context;
  const written = handlerText(at, context === null ? null : data, captures);
  const notes = [
    ...functionNotes(captures),
    ...evalNotes(at, { context: context === null ? null : data, kept: true }),
    ...notFiniteNotes(file, null, fn),
    ...dataNotes(at, given, { file, context: call.arguments[call.arguments.indexOf(argument) + 1] ?? null }),
    ...kept.notes,
  ];
  if (written.vague || captures.vague) notes.push(finding('DC-W2'));
  return {
    path: file.source.path,
    start: argument.getStart(),
    end: argument.end,
    handler: { ...written.source, hints: nameHints(at) },
    reference,
    movedFrom: { start: fn.pos, end: fn.end },
    notes,
  };
}

/** Understands a call of a wrapper's parameter: what each caller hands over becomes a handler. */
export function ofWrapper(at: CallSite, wrapper: Wrapper, given: Given): Understood | Finding {
  const { file, call } = at;
  const options = optionsOf(file, call.arguments[1], given.hybrid);
  if (isFinding(options)) return options;
  const refused = refusedContext(file, options.context);
  if (refused !== null) return refused;
  const nulls = nullsOf(at, given, options);
  const closures: Closure[] = [];
  const notes = new Map<string, Finding>();
  for (const handed of wrapper.functions) {
    const known = ofHanded(handed, { file, context: options.context }, nulls);
    if (isFinding(known)) return handed.file === file ? known : elsewhere(handed, known, given.cwd);
    const { notes: mine, ...closure } = known;
    closures.push(closure);
    for (const note of mine) notes.set(explain(note), note);
  }
  const [first] = closures;
  const [own] = wrapper.parameters;
  if (first === undefined || own === undefined) return finding('DC-D1', { what: call.arguments[0]?.getText() ?? '' });
  const types = wrapper.parameters.flatMap(({ file: { source }, node: { type } }) =>
    type === undefined ? [] : [{ path: source.path, start: type.getStart(), end: type.end }],
  );
  return {
    handler: first.handler,
    // Its callers may do anything with the results: they stay one per shard.
    facts: factsOfSome(wrapper.functions.map(({ callee }) => factsOf(callee.fn))),
    options,
    notes: [...notes.values()],
    keptArguments: argumentsKept(call, options),
    wrapper: { parameter: own.node.name.getText(), types, closures },
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
  return isFinding(callee) || callee.kind !== 'function' ? null : [{ ...site, argument: at, callee }];
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
  const nulls = nullsOf(at, given, options);
  const parts: HandedOver[] = [];
  for (const one of functions) {
    const known = ofHanded(one, { file, context: options.context }, nulls);
    if (isFinding(known)) return known;
    parts.push(known);
  }
  const [first] = parts;
  if (first === undefined) return null;
  const edits = parts.map(({ start, end, handler }) => ({ start, end, text: nameToCome(handler.key) }));
  const text = moveText(argument, edits);
  const notes = new Map(parts.flatMap((one) => one.notes.map((note) => [explain(note), note] as const)));
  return {
    handler: first.handler,
    // What is true of one of them need not be of the other: the results stay one per shard.
    facts: factsOfSome(fns.map((fn) => factsOf(fn))),
    options,
    notes: [...notes.values()],
    keptArguments: argumentsKept(call, options),
    choice: { text, closures: parts },
  };
}

/** A caller in another file that cannot be moved: there the reason stands. */
function elsewhere({ file, argument }: Handed, why: Finding, cwd: string): Finding {
  const where = shownPlace({ path: file.source.path, tree: file.tree, at: argument.getStart() }, cwd);
  return finding('DC-D8', { name: 'the function', where, why: `${why.code}, ${explain(why).replace(/\.$/, '')}` });
}
