/** analyze/call: one broadcastEval or fetchClientValues call, understood: what to write, or why not. */
import { ts } from 'ts-morph';
import { type MovedText, moveText, oneLine } from '../moved-text.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import { calleeOf } from './callee.ts';
import { capturesOf, type NeededImport } from './captures.ts';
import { type Consumer, consumerOf } from './consumer.ts';
import { type Facts, factsOf, factsOfPath } from './facts.ts';
import { handlerText, pathKey } from './handler-text.ts';
import { nameHints, pathName } from './hints.ts';
import { type CallOptions, idArgument, optionsOf } from './options.ts';
import type { ParsedFile } from './program.ts';
import { type Access, type ReceiverGiven, receiverOf, type Splice } from './receiver.ts';
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
  if (kept && !summed && facts.process.length > 0) notes.push(finding('DC-P1', { names: facts.process.join(', ') }));
  if (consumer === 'sum' && facts.custom.length > 0) notes.push(finding('DC-P2', { names: facts.custom.join(', ') }));
  if (kept && facts.users) notes.push(finding('DC-P3'));
  return notes;
}

function commentsOf(file: ParsedFile, call: ts.CallExpression, kept: readonly (ts.Node | null)[]): readonly string[] {
  const { text } = file.source;
  const ranges = kept.filter((node) => node !== null).map((node) => [node.getStart(), node.end] as const);
  const spots = ts.createScanner(ts.ScriptTarget.ESNext, false, ts.LanguageVariant.Standard, text);
  const comments: string[] = [];
  const gaps = [call.expression.end, ...ranges.flat(), call.end];
  for (let i = 0; i + 1 < gaps.length; i += 2) {
    const end = gaps[i + 1] ?? call.end;
    spots.resetTokenState(gaps[i] ?? end);
    while (spots.scan() !== ts.SyntaxKind.EndOfFileToken && spots.getTokenStart() < end) {
      const comment = spots.getTokenText();
      if (spots.getToken() === ts.SyntaxKind.MultiLineCommentTrivia) comments.push(comment);
      if (spots.getToken() === ts.SyntaxKind.SingleLineCommentTrivia) comments.push(`/* ${comment.slice(2).trim()} */`);
    }
  }
  return comments;
}

/** A comment that hides a type error, on the call's line, the line above it or in its arguments. */
function suppressed(file: ParsedFile, call: ts.CallExpression): boolean {
  const lines = file.tree.getLineStarts();
  const first = file.tree.getLineAndCharacterOfPosition(call.getStart()).line;
  const from = lines[Math.max(0, first - 1)] ?? 0;
  return /@ts-(ignore|expect-error)/.test(file.source.text.slice(from, call.end));
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
  readonly facts: Facts;
  readonly options: CallOptions;
  readonly notes: readonly Finding[];
  readonly keptArguments: readonly (ts.Node | null)[];
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

function ofBroadcastEval(file: ParsedFile, call: ts.CallExpression, hybrid: boolean): Understood | Finding {
  const fn = calleeOf(file, call.arguments[0]);
  if (isFinding(fn)) return fn;
  const captures = capturesOf(file, fn);
  if (captures.blocked !== null) return captures.blocked;
  const read = optionsOf(file, call.arguments[1], hybrid);
  if (isFinding(read)) return read;
  const options = { ...read, context: contextFor(fn, read) };
  if (file.typed && suppressed(file, call)) return finding('DC-G3');
  const written = handlerText(file, fn, options.context, captures);
  const values = captures.imports.filter((one) => !one.typeOnly).map((one) => `\`${one.binding.local}\``);
  const notes = [...evalNotes(file, fn, options.context)];
  if (values.length > 0) notes.unshift(finding('DC-I1', { names: values.join(', ') }));
  if (captures.clientScope.length > 0) notes.unshift(finding('DC-I2', { names: captures.clientScope.join(', ') }));
  if (written.vague) notes.push(finding('DC-W2'));
  const handler = { ...written.source, hints: nameHints(file, call, fn) };
  return {
    handler,
    facts: factsOf(fn),
    options,
    notes,
    keptArguments: [fn, options.aim?.node ?? null, options.context, options.timeout],
  };
}

const dottedPath = /^[\p{ID_Start}$_][\p{ID_Continue}$]*(\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*$/u;

function ofFetchClientValues(file: ParsedFile, call: ts.CallExpression, hybrid: boolean): Understood | Finding {
  const [path, shardNode] = call.arguments;
  if (path === undefined || !ts.isStringLiteralLike(path) || !dottedPath.test(path.text)) return finding('DC-D5');
  const options = idArgument(file, shardNode, hybrid ? 'cluster' : 'shard');
  if (isFinding(options)) return options;
  const names = path.text.split('.');
  const facts = factsOfPath(names);
  if (file.typed && facts.custom.length > 0) return finding('DC-G4', { names: facts.custom.join(', ') });
  const text = `(client) => client.${path.text}`;
  const handler = {
    key: pathKey(names),
    hints: [pathName(names)],
    text: oneLine(text),
    imports: [],
    dataDoc: null,
    from: file.source.path,
  };
  return { handler, facts, options, notes: [], keptArguments: [path, options.aim?.node ?? null] };
}

/** Understands one call whose callee is `access`. */
export function understandCall(
  file: ParsedFile,
  call: ts.CallExpression,
  access: Access,
  given: ReceiverGiven & { readonly method: 'broadcastEval' | 'fetchClientValues' },
): CallPlan | Finding {
  const { method } = given;
  const receiver = receiverOf(file, access, given);
  if (isFinding(receiver)) return receiver;
  const { hybrid } = receiver;
  const understand = method === 'broadcastEval' ? ofBroadcastEval : ofFetchClientValues;
  const known = understand(file, call, hybrid);
  if (isFinding(known)) return known;
  const consumer = consumerOf(file, call);
  const { context, contextText, aim, timeout } = known.options;
  // hybrid-sharding has asked clusters all along: nothing about processes changes there.
  const everybody = hybrid ? 'requestAll' : targetOf(consumer, known.facts);
  const data = contextText === null ? (context === null ? null : moveText(context)) : oneLine(contextText);
  return {
    receiverSplices: receiver.splices,
    accessStart: access.expression.end,
    callEnd: call.end,
    optional: access.questionDotToken !== undefined,
    target: aim === null ? everybody : aimed[aim.kind],
    id: aim === null ? null : aim.node.getText(),
    inList: hybrid && aim !== null,
    timeout: timeout === null ? null : timeout.getText(),
    data,
    movedFrom: { start: known.keptArguments[0]?.pos ?? call.end, end: known.keptArguments[0]?.end ?? call.end },
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
