/** calls/broadcast-eval: the function a broadcastEval call sends, and what comes with it. */
import { factsOf } from '../clients/facts.ts';
import { type Callee, calleeOf } from '../functions/callee.ts';
import type { Captures } from '../functions/captures.ts';
import { inlineDoc } from '../functions/inline-doc.ts';
import { capturedFinding } from '../functions/lacked-names.ts';
import { notGiven } from '../functions/not-given.ts';
import { openData } from '../functions/open-types.ts';
import { refusedContext, refusedResult } from '../functions/refused-values.ts';
import { evaluatesTexts } from '../project/discord-version.ts';
import { type Finding, finding, throwing } from '../rules/reasons.ts';
import type { CallSite, HandedFunction } from '../syntax/call-site.ts';
import { directiveOf, withoutDirective } from '../syntax/comments.ts';
import { knowsDiscord } from '../syntax/discord-types.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, symbolOf, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { ofText } from './evaluated-text.ts';
import { type FixedCaptures, fixCaptures } from './fix-captures.ts';
import { ofChoice, ofWrapper } from './handed-over.ts';
import { nameHints } from './hints.ts';
import { ofImport } from './imported-function.ts';
import { calledWithClient, textArgument } from './legacy.ts';
import { nullsOf } from './nulls-told.ts';
import { argumentsKept, type CallOptions, contextFor, optionsOf } from './options.ts';
import { type Bound, boundOf, sentFunction } from './sent-function.ts';
import { type Given, isFinding, type Understood } from './understood.ts';
import { wrapperAround } from './wrapper.ts';

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
  // Who did not ask for it is told, too, where it would not help.
  const fixed = fixCaptures(at, captures, context);
  return wanted || isFinding(fixed) ? fixed : capturedFinding(captures, null);
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

type NamedFunction = Extract<Callee, { kind: 'function' }>;

/** Whether a file logs a client in: beside that one its handlers stand, and they load no file for what it has. */
const logsIn = ({ tree }: ParsedFile): boolean =>
  descendants(tree).some(
    (node) =>
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === 'login',
  );

/** What ties a function to its place; beside the client it may stand in the file of what it captures, which it then does not load. */
function boundFor(at: HandedFunction, given: Given): Bound {
  const found = boundOf(at, given);
  const isBeside = given.inline && logsIn(at.file);
  return isBeside ? { ...found, captures: { ...found.captures, unloaded: new Map() } } : found;
}

/** A call that hands over one function, whose options can be read. */
interface OneFunction {
  readonly at: HandedFunction;
  readonly bound: Bound;
  readonly options: CallOptions;
}

/** The function of a call as a handler, and what of the data is not the context of the call. */
function sentBy({ at, bound, options }: OneFunction, given: Given) {
  const { file, call } = at;
  const { context } = options;
  const dropped = notGiven(at, at);
  const fixed = captureFix(at, bound.captures, { options, wanted: given.fixCaptures, isGiven: dropped === null });
  if (isFinding(fixed)) return fixed;
  const answered = { site: { file, call }, options, data: { file, context } };
  const nulls = nullsOf(at, given, options);
  const sent = sentFunction({ at, bound, answered, context, nulls, dropped, fixed }, given);
  return isFinding(sent) ? sent : { ...sent, ...(fixed !== null && { data: fixed.data }) };
}

function ofFunction(site: CallSite, { fn, reference }: NamedFunction, given: Given): Understood | Finding {
  const at = { ...site, fn };
  const bound = boundFor(at, given);
  if (bound.captures.blocked !== null) return bound.captures.blocked;
  const options = optionsFor(at, given);
  if (isFinding(options)) return options;
  const { bare, directive } = hiddenErrors(at, given);
  if (directive === 'elsewhere') return finding('DC-G3');
  const sent = sentBy({ at, bound, options }, given);
  if (isFinding(sent)) return sent;
  const { source, ...known } = sent;
  // Beside the client its parameters are others.
  const doc = given.inline ? null : inlineDoc(at);
  const about = { lead: directive?.lead ?? null, comments: reference?.comments ?? doc?.lines ?? [] };
  return {
    ...known,
    handler: { ...source, hints: nameHints(at), ...about },
    facts: factsOf(fn, options.context),
    options,
    keptArguments: argumentsKept(site.call, options),
    ...(reference !== null && { reference }),
    ...(doc !== null && { doc }),
    movedFrom: fn,
    removals: directive?.removal ?? [],
    silenced: bare !== null,
  };
}

/** A text, which discord-hybrid-sharding and old versions of discord.js evaluate. */
const ofPlainText = (why: Finding, { hybrid, root }: Given): Finding =>
  hybrid ? finding('DC-D9') : evaluatesTexts(root) ? why : throwing(why);

/** A call that hands over nothing: discord.js 11 and 12 send that, and nobody answers; all others refuse it. */
const ofNothing = (why: Finding, { hybrid, root }: Given): Finding =>
  !hybrid && evaluatesTexts(root) ? finding(why.code, { today: 'waits for ever' }) : throwing(why);

function ofNoFunction(why: Finding, given: Given): Finding {
  if (why.code === 'DC-D10') return ofNothing(why, given);
  return why.code === 'DC-D3' ? ofPlainText(why, given) : why;
}

/** What gives a text, of whatever it is asked: `args.join(' ')`. */
const givesText = /^(?:join|getString|trim|replace(?:All)?|toString|content)$/;

/** Whether an expression is surely a text that somebody wrote: the code of an eval command. */
function isText(file: ParsedFile, node: ts.Expression): boolean {
  const at = unwrap(node);
  if (file.typed && file.checker.getTypeAtLocation(at).flags & ts.TypeFlags.StringLike) return true;
  const declared = ts.isIdentifier(at) ? symbolOf(file.checker, at)?.valueDeclaration : undefined;
  const isSet = declared !== undefined && ts.isVariableDeclaration(declared) && declared.initializer !== undefined;
  const value = isSet ? unwrap(declared.initializer) : at;
  const given = ts.isCallExpression(value) ? value.expression : value;
  return ts.isPropertyAccessExpression(given) && givesText.test(given.name.text);
}

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
  const runsTexts = given.legacy && (given.hybrid || evaluatesTexts(given.root));
  if (isFinding(callee) && callee.code === 'DC-D1' && runsTexts && argument !== undefined && isText(file, argument))
    return finding('DC-D4', { what: argument.getText().slice(0, 40) });
  if (isFinding(callee)) return ofNoFunction(callee, given);
  return callee.kind === 'import' ? ofImport(at, callee.binding, given) : ofFunction(at, callee, given);
}
