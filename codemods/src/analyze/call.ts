/** analyze/call: one broadcastEval or fetchClientValues call, understood: what to write, or why not. */
import { ts } from 'ts-morph';
import { type MovedText, moveText, oneLine } from '../moved-text.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { ImportBinding } from './bindings.ts';
import { calleeOf, type Reference } from './callee.ts';
import { type Captures, capturedNames, capturesOf, type NeededImport } from './captures.ts';
import { commentsOf, directiveOf } from './comments.ts';
import { type Consumer, consumerOf } from './consumer.ts';
import { type Facts, factsOf, factsOfPath } from './facts.ts';
import { fixCaptures } from './fix-captures.ts';
import { handlerText, pathKey } from './handler-text.ts';
import { nameHints, pathName } from './hints.ts';
import { textArgument, understandText } from './legacy.ts';
import { type CallOptions, idArgument, optionsOf } from './options.ts';
import type { ParsedFile } from './program.ts';
import { type Access, type ReceiverGiven, receiverOf, type Splice } from './receiver.ts';
import type { Piece } from './script.ts';
import { unwrap } from './syntax.ts';
import { changedByJson, knowsDiscord, resultType } from './types.ts';

/** How the new call asks: every cluster, every shard, or the one that is named. */
export type Target = 'requestAll' | 'requestAllShards' | 'requestToShard' | 'requestTo' | 'requestToGuild';

/** A handler a call needs, before it has a name. Plain data. */
export interface HandlerSource {
  /** Equal keys are the same function and share one handler. */
  readonly key: string;
  /** Names that would fit, best first. */
  readonly hints: readonly string[];
  readonly text: MovedText;
  readonly imports: readonly NeededImport[];
  /** The JSDoc type of the data, for JavaScript; `null` without data. */
  readonly dataDoc: string | null;
  /** A comment for the line above the handler. */
  readonly lead: string | null;
  /** The file the function comes from. */
  readonly from: string;
}

/** A call that will be rewritten. Plain data; positions are those of the file as read. */
export interface CallPlan {
  readonly receiverSplices: readonly Splice[];
  /** Where `.broadcastEval` starts, its operator included, and where the call ends. */
  readonly accessStart: number;
  readonly callEnd: number;
  readonly optional: boolean;
  readonly target: Target;
  /** The shard, cluster or guild of a call to one. */
  readonly id: string | null;
  /** hybrid-sharding answers a call to one with a list of one. */
  readonly inList: boolean;
  readonly timeout: string | null;
  readonly data: MovedText | null;
  /** The function that moves, from here to there. */
  readonly movedFrom: { readonly start: number; readonly end: number };
  /** The declaration of a function that was passed by name. */
  readonly reference: Reference | null;
  /** Comments between the arguments; they stay at the call. */
  readonly comments: readonly string[];
  readonly handler: HandlerSource;
  readonly notes: readonly Finding[];
}

const isFinding = (value: object | null): value is Finding => value !== null && 'code' in value;

function targetOf(consumer: Consumer, facts: Facts): Target {
  if (consumer === 'array' || facts.perShard) return 'requestAllShards';
  if (consumer !== 'sum') return 'requestAll';
  // Only parts that the clusters divide among themselves, or facts of the process, add up to the same sum.
  const adds = facts.divided || facts.users || facts.process.length > 0 || facts.custom.length > 0;
  return adds ? 'requestAll' : 'requestAllShards';
}

function factNotes(consumer: Consumer, facts: Facts, target: Target): readonly Finding[] {
  const notes: Finding[] = [];
  const kept = consumer !== 'ignored';
  // A sum over all processes is still one, however many shards each of them has.
  const summed = consumer === 'sum' && target === 'requestAll';
  // How long a client is up is one answer per shard as before; a sum of that would count a process several times.
  const bound = facts.process.filter((name) => name !== 'uptime' || consumer === 'sum');
  if (kept && !summed && bound.length > 0) notes.push(finding('DC-P1', { names: bound.join(', ') }));
  if (consumer === 'sum' && facts.custom.length > 0) notes.push(finding('DC-P2', { names: facts.custom.join(', ') }));
  if (kept && facts.users) notes.push(finding('DC-P3'));
  return notes;
}

/** `null` data: a handler that declares no second parameter gets none. */
function contextFor(fn: ts.SignatureDeclaration, options: CallOptions): ts.Expression | null {
  const unread = fn.parameters.length < 2 && options.context !== null;
  const plain =
    options.context !== null && (ts.isIdentifier(options.context) || ts.isObjectLiteralExpression(options.context));
  return unread && plain ? null : options.context;
}

interface Understood {
  readonly handler: HandlerSource;
  /** The data, where the call's context is not it. */
  readonly data?: MovedText | null;
  readonly facts: Facts;
  readonly options: CallOptions;
  readonly notes: readonly Finding[];
  readonly keptArguments: readonly (ts.Node | null)[];
  /** The function that moves out of this file. */
  readonly movedFrom?: ts.Node;
  readonly reference?: Reference;
  readonly removals?: readonly Splice[];
}

interface Given {
  readonly hybrid: boolean;
  readonly legacy: boolean;
  readonly fixCaptures: boolean;
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

function ofText(
  file: ParsedFile,
  call: ts.CallExpression,
  hybrid: boolean,
  pieces: readonly Piece[],
): Understood | Finding {
  const [argument, second] = call.arguments;
  const plain = second !== undefined && !ts.isObjectLiteralExpression(unwrap(second));
  const options = plain ? idArgument(file, second, 'shard') : optionsOf(file, second, hybrid);
  if (isFinding(options)) return options;
  const text = understandText(file, pieces, consumerOf(file, call) !== 'ignored');
  if (isFinding(text)) return text;
  const { source, facts, notes, data } = text;
  const handler = { ...source, hints: nameHints(file, call, text.fn) };
  // Nothing moves out of this file: its own functions and imports stay for the values that are handed over.
  const keptArguments = [argument ?? null, options.aim?.node ?? null, options.timeout];
  return { handler, facts, options: { ...options, context: null }, notes, keptArguments, data };
}

function ofBroadcastEval(
  file: ParsedFile,
  call: ts.CallExpression,
  { hybrid, legacy, fixCaptures: fixes }: Given,
): Understood | Finding {
  const [argument] = call.arguments;
  const pieces = legacy && argument !== undefined ? textArgument(file, argument) : null;
  if (pieces !== null) return ofText(file, call, hybrid, pieces);
  const callee = calleeOf(file, argument);
  if (isFinding(callee)) return callee;
  if (callee.kind === 'import') return ofImport(file, call, callee.binding, hybrid);
  const { fn, reference } = callee;
  const captures = capturesOf(file, fn);
  if (captures.blocked !== null) return captures.blocked;
  const read = optionsOf(file, call.arguments[1], hybrid);
  if (isFinding(read)) return read;
  const directive = file.typed ? directiveOf(file, call, fn) : null;
  if (directive === 'elsewhere') return finding('DC-G3');
  const options = { ...read, context: contextFor(fn, read) };
  const fixed =
    captures.outer.size === 0
      ? null
      : fixes
        ? fixCaptures(file, fn, captures, options.context)
        : finding('DC-C1', { names: capturedNames(captures) });
  if (isFinding(fixed)) return fixed;
  const all =
    fixed === null
      ? captures
      : { ...captures, edits: [...captures.edits, ...fixed.edits], imports: [...captures.imports, ...fixed.imports] };
  const written = handlerText(file, fn, options.context, all);
  const notes = [
    ...functionNotes(captures),
    ...(fixed === null ? [] : [fixed.note]),
    ...evalNotes(file, fn, options.context),
  ];
  if (written.vague || captures.vague) notes.push(finding('DC-W2'));
  const handler = { ...written.source, hints: nameHints(file, call, fn), lead: directive?.lead ?? null };
  const keptArguments = [argument ?? null, options.aim?.node ?? null, options.context, options.timeout];
  return {
    handler,
    facts: factsOf(fn),
    options,
    notes,
    keptArguments,
    ...(fixed === null ? {} : { data: fixed.data }),
    ...(reference === null ? {} : { reference }),
    movedFrom: fn,
    removals: directive?.removal ?? [],
  };
}

function functionNotes(captures: Captures): readonly Finding[] {
  const values = captures.imports.filter((one) => !one.typeOnly).map((one) => `\`${one.binding.local}\``);
  const scope = captures.clientScope.length > 0 ? [finding('DC-I2', { names: captures.clientScope.join(', ') })] : [];
  if (captures.botGlobals.length > 0) scope.push(finding('DC-C8', { names: captures.botGlobals.join(', ') }));
  return values.length > 0 ? [...scope, finding('DC-I1', { names: values.join(', ') })] : scope;
}

// Nothing is known of a function of another file: it runs once per shard, as it always did.
const unknownFacts: Facts = { process: [], custom: [], perShard: true, divided: false, users: false };

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
  const [argument] = call.arguments;
  const keptArguments = [argument ?? null, options.aim?.node ?? null, options.context, options.timeout];
  return { handler, facts: unknownFacts, options, notes: [finding('DC-I4', { names: local })], keptArguments };
}

const dottedPath = /^[\p{ID_Start}$_][\p{ID_Continue}$]*(\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*$/u;

function ofFetchClientValues(
  file: ParsedFile,
  call: ts.CallExpression,
  { hybrid, legacy }: Given,
): Understood | Finding {
  const [path, shardNode] = call.arguments;
  const pieces = legacy && path !== undefined ? textArgument(file, path) : null;
  // These versions evaluate `this.` and the text, so it need not be a path.
  if (pieces !== null && !(path !== undefined && ts.isStringLiteralLike(path) && dottedPath.test(path.text)))
    return ofText(file, call, hybrid, ['this.', ...pieces]);
  if (path === undefined || !ts.isStringLiteralLike(path) || !dottedPath.test(path.text)) return finding('DC-D5');
  const options = idArgument(file, shardNode, hybrid ? 'cluster' : 'shard');
  if (isFinding(options)) return options;
  const names = path.text.split('.');
  const facts = factsOfPath(names);
  // A member of the bot's own is not in the type of a client: the path is written into a cast.
  const leaf = hybrid ? 'any' : 'unknown';
  const cast = names.reduceRight((inner, name) => `{ ${name}: ${inner} }`, leaf);
  const own = file.typed && facts.custom.length > 0;
  const text = own ? `(client) => (client as unknown as ${cast}).${path.text}` : `(client) => client.${path.text}`;
  const handler = {
    key: pathKey(names),
    hints: [pathName(names)],
    text: oneLine(text),
    imports: [],
    dataDoc: null,
    lead: null,
    from: file.source.path,
  };
  return { handler, facts, options, notes: [], keptArguments: [path, options.aim?.node ?? null] };
}

/** Understands one call whose callee is `access`. */
export function understandCall(
  file: ParsedFile,
  call: ts.CallExpression,
  access: Access,
  given: ReceiverGiven & {
    readonly method: 'broadcastEval' | 'fetchClientValues';
    readonly legacy: boolean;
    readonly fixCaptures: boolean;
  },
): CallPlan | Finding {
  const { method } = given;
  const receiver = receiverOf(file, access, given);
  if (isFinding(receiver)) return receiver;
  const { hybrid } = receiver;
  const understand = method === 'broadcastEval' ? ofBroadcastEval : ofFetchClientValues;
  const known = understand(file, call, { ...given, hybrid });
  if (isFinding(known)) return known;
  const consumer = consumerOf(file, call);
  const { context, contextText, aim, timeout } = known.options;
  // hybrid-sharding has asked clusters all along: nothing about processes changes there.
  const everybody = hybrid ? 'requestAll' : targetOf(consumer, known.facts);
  const own = contextText === null ? (context === null ? null : moveText(context)) : oneLine(contextText);
  const data = known.data === undefined ? own : known.data;
  const from = known.movedFrom;
  return {
    receiverSplices: [...receiver.splices, ...(known.removals ?? [])],
    accessStart: access.expression.end,
    callEnd: call.end,
    optional: access.questionDotToken !== undefined,
    target: aim === null ? everybody : aimed[aim.kind],
    id: aim === null ? null : aim.node.getText(),
    inList: hybrid && aim !== null,
    timeout: timeout === null ? null : timeout.getText(),
    data,
    movedFrom: { start: from?.pos ?? call.end, end: from?.end ?? call.end },
    reference: known.reference ?? null,
    comments: commentsOf(file, call, insideCall(call, known.keptArguments)),
    handler: known.handler,
    notes: hybrid ? known.notes : [...known.notes, ...factNotes(consumer, known.facts, everybody)],
  };
}

const aimed = { shard: 'requestToShard', cluster: 'requestTo', guild: 'requestToGuild' } as const;

/** The nodes that stand in the call itself, in order; a context may come from a variable above it. */
const insideCall = (call: ts.CallExpression, nodes: readonly (ts.Node | null)[]): readonly ts.Node[] =>
  nodes
    .filter((node) => node !== null)
    .filter((node) => call.pos <= node.pos && node.end <= call.end)
    .sort((a, b) => a.pos - b.pos);
