/** analyze/broadcast-eval: the function a broadcastEval call sends, and what comes with it. */
import { ts } from 'ts-morph';
import { oneLine } from '../moved-text.ts';
import { explain, type Finding, finding } from '../rules/reasons.ts';
import type { ImportBinding } from './bindings.ts';
import { type Callee, calleeOf } from './callee.ts';
import { type Captures, capturedNames, capturesOf } from './captures.ts';
import { directiveOf } from './comments.ts';
import { ofText } from './evaluated-text.ts';
import { type Facts, factsOf } from './facts.ts';
import { type FixedCaptures, fixCaptures } from './fix-captures.ts';
import { handlerText } from './handler-text.ts';
import { nameHints } from './hints.ts';
import { textArgument } from './legacy.ts';
import { collide, nestedEdits, nestedIn } from './nested.ts';
import { type CallOptions, optionsOf } from './options.ts';
import type { ParsedFile } from './program.ts';
import { type WrittenReturn, writeReturnType } from './return-type.ts';
import type { MovableFunction } from './syntax.ts';
import { changedByJson, knowsDiscord, resultType } from './types.ts';
import { type Closure, type Given, isFinding, type Understood } from './understood.ts';
import { type Handed, placeOf, type Wrapper, wrapperAround } from './wrapper.ts';

/** `null` data: a handler that declares no second parameter gets none. */
function contextFor(fn: ts.SignatureDeclaration, options: CallOptions): ts.Expression | null {
  const unread = fn.parameters.length < 2 && options.context !== null;
  const plain =
    options.context !== null && (ts.isIdentifier(options.context) || ts.isObjectLiteralExpression(options.context));
  return unread && plain ? null : options.context;
}

function evalNotes(file: ParsedFile, fn: ts.SignatureDeclaration, context: ts.Expression | null): readonly Finding[] {
  const notes: Finding[] = [];
  if (context !== null) {
    const created = /\bnew (Date|Map|Set)\b|\bBigInt\(/.exec(context.getText())?.[0];
    const changed = file.typed ? changedByJson(file.checker, file.checker.getTypeAtLocation(context)) : created;
    if (changed !== null && changed !== undefined) notes.push(finding('DC-W1', { names: changed }));
  }
  if (file.typed && knowsDiscord(file)) {
    const result = resultType(file.checker, fn);
    const changed = result === null ? null : changedByJson(file.checker, result);
    if (changed !== null) notes.push(finding('DC-W3', { names: changed }));
  }
  return notes;
}

function functionNotes(captures: Captures): readonly Finding[] {
  const values = captures.imports.filter((one) => !one.typeOnly).map((one) => `\`${one.binding.local}\``);
  const scope = captures.clientScope.length > 0 ? [finding('DC-I2', { names: captures.clientScope.join(', ') })] : [];
  if (captures.botGlobals.length > 0) scope.push(finding('DC-C8', { names: captures.botGlobals.join(', ') }));
  return values.length > 0 ? [...scope, finding('DC-I1', { names: values.join(', ') })] : scope;
}

// Nothing is known of a function of another file: it runs once per shard, as it always did.
const unknownFacts: Facts = { process: [], custom: [], perShard: true, divided: false, shardList: false, users: false };

function ofImport(
  file: ParsedFile,
  call: ts.CallExpression,
  binding: ImportBinding,
  hybrid: boolean,
): Understood | Finding {
  const options = optionsOf(file, call.arguments[1], hybrid);
  if (isFinding(options)) return options;
  const { local } = binding;
  const text = file.typed
    ? `(...given: Parameters<typeof ${local}>) => ${local}(...given)`
    : `(...given) => ${local}(...given)`;
  const handler = {
    key: `import ${binding.specifier}#${binding.imported} ${file.source.path}`,
    hints: [local],
    text: oneLine(text),
    imports: [{ binding, typeOnly: false }],
    dataDoc: null,
    lead: null,
    from: file.source.path,
  };
  const keptArguments = argumentsKept(call, options);
  const [name] = call.arguments;
  // The name goes to the handlers file, so that its import may be of no more use here.
  const movedFrom = name === undefined ? {} : { movedFrom: name };
  return {
    handler,
    facts: unknownFacts,
    options,
    notes: [finding('DC-I4', { names: local })],
    keptArguments,
    ...movedFrom,
  };
}

/** The captured variables passed, if the user asked for that and it can be done. */
function captureFix(
  file: ParsedFile,
  fn: MovableFunction,
  captures: Captures,
  { context, wanted }: { readonly context: ts.Expression | null; readonly wanted: boolean },
): FixedCaptures | Finding | null {
  if (captures.outer.size === 0) return null;
  if (!wanted) return finding('DC-C1', { names: capturedNames(captures) });
  return fixCaptures(file, fn, captures, context);
}

/** What a function needs that asks the cluster itself: the requests, and a written return type. */
function requestsIn(
  file: ParsedFile,
  fn: MovableFunction,
  inner: readonly ts.CallExpression[],
  given: Given,
): WrittenReturn {
  if (inner.length === 0) return { edits: [], imports: [], vague: false };
  const returned = writeReturnType(file, fn);
  return { ...returned, edits: [...nestedEdits(file, inner, given.planned), ...returned.edits] };
}

/** What a function takes along, with what changes in it for other reasons. */
function together(captures: Captures, parts: readonly (Pick<Captures, 'edits' | 'imports'> | null)[]): Captures {
  const found = parts.filter((part) => part !== null);
  return {
    ...captures,
    edits: [...captures.edits, ...found.flatMap(({ edits }) => edits)],
    imports: [...captures.imports, ...found.flatMap(({ imports }) => imports)],
  };
}

function ofFunction(
  file: ParsedFile,
  call: ts.CallExpression,
  { fn, reference }: Extract<Callee, { kind: 'function' }>,
  given: Given,
): Understood | Finding {
  const inner = nestedIn(fn, given.planned);
  const captures = capturesOf(file, fn, new Set(inner));
  if (captures.blocked !== null) return captures.blocked;
  const read = optionsOf(file, call.arguments[1], given.hybrid);
  if (isFinding(read)) return read;
  const directive = file.typed ? directiveOf(file, call, fn) : null;
  if (directive === 'elsewhere') return finding('DC-G3');
  const options = { ...read, context: contextFor(fn, read) };
  const fixed = captureFix(file, fn, captures, { context: options.context, wanted: given.fixCaptures });
  if (isFinding(fixed)) return fixed;
  const requests = requestsIn(file, fn, inner, given);
  const all = together(captures, [fixed, requests]);
  if (inner.length > 0 && collide(all.edits)) return finding('DC-W4');
  const written = handlerText(file, fn, options.context, all);
  const vague = [written, captures, requests].some((part) => part.vague) ? [finding('DC-W2')] : [];
  const notes = [...functionNotes(captures), ...(fixed === null ? [] : [fixed.note])];
  notes.push(...evalNotes(file, fn, options.context), ...vague);
  const handler = { ...written.source, hints: nameHints(file, call, fn), lead: directive?.lead ?? null };
  return {
    handler,
    facts: factsOf(fn),
    options,
    notes,
    keptArguments: argumentsKept(call, options),
    ...(fixed !== null && { data: fixed.data }),
    ...(reference !== null && { reference }),
    movedFrom: fn,
    removals: directive?.removal ?? [],
    nested: inner.flatMap((node) => given.planned.get(node) ?? []),
  };
}

/** What one caller of a wrapper hands over, as a handler. */
function ofHanded(handed: Handed, context: ts.Expression | null): (Closure & { notes: readonly Finding[] }) | Finding {
  const { file, call, argument, callee } = handed;
  const { fn, reference } = callee;
  const captures = capturesOf(file, fn);
  if (captures.blocked !== null) return captures.blocked;
  if (captures.outer.size > 0) return finding('DC-C1', { names: capturedNames(captures) });
  // What the wrapper calls its context says nothing in the file of a caller: there the parameter has the type.
  const data = file.typed ? ((fn.parameters[1]?.name as ts.Expression | undefined) ?? null) : context;
  const written = handlerText(file, fn, context === null ? null : data, captures);
  const notes = [...functionNotes(captures), ...evalNotes(file, fn, context === null ? null : data)];
  if (written.vague || captures.vague) notes.push(finding('DC-W2'));
  return {
    path: file.source.path,
    start: argument.getStart(),
    end: argument.end,
    handler: { ...written.source, hints: nameHints(file, call, fn) },
    reference,
    movedFrom: { start: fn.pos, end: fn.end },
    notes,
  };
}

/** Understands a call of a wrapper's parameter: what each caller hands over becomes a handler. */
function ofWrapper(file: ParsedFile, call: ts.CallExpression, wrapper: Wrapper, given: Given): Understood | Finding {
  const options = optionsOf(file, call.arguments[1], given.hybrid);
  if (isFinding(options)) return options;
  const closures: Closure[] = [];
  const notes = new Map<string, Finding>();
  for (const handed of wrapper.functions) {
    const known = ofHanded(handed, options.context);
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
    facts: unknownFacts,
    options,
    notes: [...notes.values()],
    keptArguments: argumentsKept(call, options),
    wrapper: { parameter: own.node.name.getText(), types, closures },
  };
}

/** A caller in another file that cannot be moved: there the reason stands. */
function elsewhere({ file, argument }: Handed, why: Finding, cwd: string): Finding {
  const where = placeOf(file.source.path, file.tree, argument.getStart(), cwd);
  return finding('DC-D8', { name: 'the function', where, why: `${why.code}, ${explain(why)}` });
}

/** Understands the arguments of broadcastEval. */
export function ofBroadcastEval(file: ParsedFile, call: ts.CallExpression, given: Given): Understood | Finding {
  const [argument] = call.arguments;
  const pieces = given.legacy && argument !== undefined ? textArgument(file, argument) : null;
  if (pieces !== null) return ofText(file, call, given.hybrid, pieces);
  const wrapper = wrapperAround(file, argument, given);
  if (wrapper !== null) return isFinding(wrapper) ? wrapper : ofWrapper(file, call, wrapper, given);
  const callee = calleeOf(file, argument);
  if (isFinding(callee)) return callee;
  return callee.kind === 'import'
    ? ofImport(file, call, callee.binding, given.hybrid)
    : ofFunction(file, call, callee, given);
}

const argumentsKept = (call: ts.CallExpression, options: CallOptions): Understood['keptArguments'] => [
  call.arguments[0] ?? null,
  options.aim?.node ?? null,
  options.context,
  options.timeout,
];
