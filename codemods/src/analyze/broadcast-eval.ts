/** analyze/broadcast-eval: the function a broadcastEval call sends, and what comes with it. */
import { evaluatesTexts } from '../discord-version.ts';
import { oneLine } from '../moved-text.ts';
import { type Finding, finding, throwing } from '../rules/reasons.ts';
import { ts } from '../typescript.js';
import type { ImportBinding } from './bindings.ts';
import type { CallSite, FunctionSite, HandedFunction } from './call-site.ts';
import { type Callee, calleeOf } from './callee.ts';
import { type Captures, capturedFinding, capturesOf } from './captures.ts';
import { clientCasts } from './client-casts.ts';
import { directiveOf, withoutDirective } from './comments.ts';
import { consumerOf } from './consumer.ts';
import { dataNotes } from './data-notes.ts';
import { evalNotes, functionNotes } from './eval-notes.ts';
import { ofText } from './evaluated-text.ts';
import { factsOf, unknownFacts } from './facts.ts';
import { type FixedCaptures, fixCaptures } from './fix-captures.ts';
import { ofChoice, ofWrapper } from './handed-over.ts';
import { handlerText } from './handler-text.ts';
import { nameHints } from './hints.ts';
import { inlineDoc } from './inline-doc.ts';
import { calledWithClient, textArgument } from './legacy.ts';
import { mergedNotes } from './merged-results.ts';
import { collide, nestedEdits, nestedIn } from './nested.ts';
import { notFiniteNotes } from './not-finite.ts';
import { notGiven } from './not-given.ts';
import { keptNulls, nothingNotes, nullsOf } from './null-edits.ts';
import { openData } from './open-types.ts';
import { argumentsKept, type CallOptions, contextFor, optionsOf } from './options.ts';
import type { ParsedFile } from './program.ts';
import type { Splice } from './receiver.ts';
import { refusedContext, refusedResult } from './refused-values.ts';
import { type WrittenReturn, writeReturnType } from './return-type.ts';
import { descendants } from './syntax.ts';
import { knowsDiscord } from './types.ts';
import { type Given, isFinding, type Understood } from './understood.ts';
import { wrapperAround } from './wrapper.ts';

function ofImport(at: CallSite, binding: ImportBinding, given: Given): Understood | Finding {
  const { file, call } = at;
  const options = optionsOf(file, call.arguments[1], given.hybrid);
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
    notes: [finding('DC-I4', { names: local }), ...nothingNotes(at, given, options)],
    keptArguments,
    ...movedFrom,
  };
}

/** The captured variables passed, if the user asked for that and it can be done; or what cannot be passed at all. */
function captureFix(
  at: HandedFunction,
  captures: Captures,
  { options, wanted, isGiven }: { readonly options: CallOptions; readonly wanted: boolean; readonly isGiven: boolean },
): FixedCaptures | Finding | null {
  const { context } = options;
  const refused = refusedContext(at.file, context) ?? openData(at, context) ?? (isGiven ? refusedResult(at) : null);
  if (refused !== null) return refused;
  if (captures.outer.size === 0) return null;
  if (!wanted) return capturedFinding(captures, null);
  return fixCaptures(at, captures, context);
}

/** What a function needs that asks the cluster itself: the requests, and a written return type. */
function requestsIn(at: FunctionSite, inner: readonly ts.CallExpression[], given: Given): WrittenReturn {
  if (inner.length === 0) return { edits: [], imports: [], vague: false };
  const returned = writeReturnType(at);
  return { ...returned, edits: [...nestedEdits(at.file, inner, given.planned), ...returned.edits] };
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

/** What a directive hides at a call: tried without, where the check can tell. */
function hiddenErrors(at: HandedFunction, { keepDirectives }: Given) {
  const { typed } = at.file;
  const bare = typed && !keepDirectives && knowsDiscord(at.file) ? withoutDirective(at) : null;
  const directive = bare !== null ? { lead: null, removal: bare } : typed ? directiveOf(at) : null;
  return { bare, directive };
}

/** The options of a call that hands over one function. */
function optionsFor({ file, call, fn }: HandedFunction, { hybrid }: Given): CallOptions | Finding {
  const read = optionsOf(file, call.arguments[1], hybrid);
  return isFinding(read) ? read : { ...read, context: contextFor([fn], read) };
}

/** A call that hands over one function, as it is understood. */
interface HandedOver {
  readonly at: HandedFunction;
  readonly options: CallOptions;
  readonly captures: Captures;
  readonly fixed: FixedCaptures | null;
  readonly parts: readonly { readonly vague: boolean }[];
}

/** What changes for a function, and for the values that go there and come back. */
function notesOf({ at, options, captures, fixed, parts }: HandedOver, given: Given): readonly Finding[] {
  const kept = consumerOf(at.file, at.call) !== 'ignored';
  const notes = [...functionNotes(captures), ...(fixed === null ? [] : [fixed.note])];
  notes.push(...evalNotes(at, { context: options.context, kept }), ...notFiniteNotes(at.file, at.call, at.fn));
  const data = { file: at.file, context: options.context };
  notes.push(...dataNotes(at, data), ...mergedNotes(at, options.aim !== null));
  if (parts.some(({ vague }) => vague)) notes.push(finding('DC-W2'));
  return given.keepNothing ? [...notes, ...nothingNotes(at, given, options)] : notes;
}

type NamedFunction = Extract<Callee, { kind: 'function' }>;

/** Whether a file logs a client in: beside that one its handlers stand, and they load no file for what it has. */
const logsIn = ({ tree }: ParsedFile): boolean =>
  descendants(tree).some(
    (node) =>
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === 'login',
  );

/** What a function captures; beside the client it may stand in the file of what it captures, which it then does not load. */
function capturesFor(at: HandedFunction, inner: readonly ts.CallExpression[], { inline }: Given): Captures {
  const found = capturesOf(at, new Set(inner));
  return inline && logsIn(at.file) ? { ...found, unloaded: new Map() } : found;
}

/** What changes in a function, with the type of its client said inside where discord.js has no such client. */
const withCasts = (at: HandedFunction, edits: readonly Splice[]): readonly Splice[] =>
  knowsDiscord(at.file) ? [...edits, ...clientCasts(at, edits)] : edits;

function ofFunction(site: CallSite, { fn, reference }: NamedFunction, given: Given): Understood | Finding {
  const { file, call } = site;
  const at = { file, call, fn };
  const inner = nestedIn(fn, given.planned);
  const captures = capturesFor(at, inner, given);
  if (captures.blocked !== null) return captures.blocked;
  const options = optionsFor(at, given);
  if (isFinding(options)) return options;
  const { bare, directive } = hiddenErrors(at, given);
  if (directive === 'elsewhere') return finding('DC-G3');
  const dropped = notGiven(at);
  const fixed = captureFix(at, captures, { options, wanted: given.fixCaptures, isGiven: dropped === null });
  if (isFinding(fixed)) return fixed;
  const requests = requestsIn(at, inner, given);
  const kept = keptNulls(at, nullsOf(at, given, options));
  const changed = { edits: withCasts(at, [...kept.edits, ...(dropped ?? [])]), imports: [] };
  const all = together(captures, [fixed, requests, changed]);
  if (inner.length > 0 && collide(all.edits)) return finding('DC-W4');
  const written = handlerText(at, options.context, { ...all, added: fixed?.members ?? [] });
  const said = notesOf({ at, options, captures, fixed, parts: [written, captures, requests] }, given);
  const notes = [...said, ...kept.notes];
  // Beside the client its parameters are others.
  const doc = given.inline ? null : inlineDoc(at);
  const about = { lead: directive?.lead ?? null, comments: reference?.comments ?? doc?.lines ?? [] };
  return {
    handler: { ...written.source, hints: nameHints(at), ...about },
    facts: factsOf(fn),
    options,
    notes,
    keptArguments: argumentsKept(call, options),
    ...(fixed !== null && { data: fixed.data }),
    ...(reference !== null && { reference }),
    ...(doc !== null && { doc }),
    movedFrom: fn,
    removals: directive?.removal ?? [],
    silenced: bare !== null,
    filled: kept.edits.length > 0,
    nested: inner.flatMap((node) => given.planned.get(node) ?? []),
  };
}

/** A text, which discord-hybrid-sharding and old versions of discord.js evaluate. */
const ofPlainText = (why: Finding, { hybrid, root }: Given): Finding =>
  hybrid ? finding('DC-D9') : evaluatesTexts(root) ? why : throwing(why);

/** Understands the arguments of broadcastEval. */
export function ofBroadcastEval(at: CallSite, given: Given): Understood | Finding {
  const { file, call } = at;
  const [argument] = call.arguments;
  const pieces = given.legacy && argument !== undefined ? textArgument(file, argument) : null;
  const handed = pieces === null || call.arguments.length > 1 ? undefined : calledWithClient(pieces);
  const wrapper = wrapperAround(file, handed ?? (pieces === null ? argument : undefined), given);
  if (pieces !== null && wrapper === null) return ofText(at, given, pieces);
  if (wrapper !== null) return isFinding(wrapper) ? wrapper : ofWrapper(at, wrapper, given);
  const choice = ofChoice(at, given);
  if (choice !== null) return choice;
  const callee = calleeOf(file, argument);
  if (isFinding(callee)) return callee.code === 'DC-D3' ? ofPlainText(callee, given) : callee;
  return callee.kind === 'import' ? ofImport(at, callee.binding, given) : ofFunction(at, callee, given);
}
