/** calls/call: one broadcastEval or fetchClientValues call, understood: what to write, or why not. */
import { factAssumptions, shardAssumptions } from '../assumptions/of-facts.ts';
import { namedAlone } from '../clients/named-alone.ts';
import { ownCluster, typedCluster } from '../clients/own-cluster.ts';
import { type Receiver, type ReceiverGiven, receiverOf } from '../clients/receiver.ts';
import type { Reference } from '../functions/callee.ts';
import { constText } from '../functions/const-text.ts';
import { saidResult } from '../functions/result-text.ts';
import { type HybridAnswer, hybridAnswer } from '../project/dependency-version.ts';
import { type Consumer, consumerOf } from '../results/consumer.ts';
import { isDropped } from '../results/dropped-results.ts';
import { countsOnce, repeatsNothing } from '../results/equal-entries.ts';
import { answerOfOne } from '../results/one-cluster.ts';
import { toldApart } from '../rules/areas.ts';
import { assumption } from '../rules/assumption.ts';
import type { Method } from '../rules/methods.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { AccessedCall } from '../syntax/call-site.ts';
import { commentsOf } from '../syntax/comments.ts';
import type { Splice } from '../syntax/edits.ts';
import { type MovedText, moveText, oneLine } from '../syntax/moved-text.ts';
import { shownPlace } from '../syntax/source-place.ts';
import type { MovableFunction } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { ofBroadcastEval } from './broadcast-eval.ts';
import { errorNotes, factNotes } from './call-notes.ts';
import { sayingCallersIn } from './callers.ts';
import { ofFetchClientValues } from './client-values.ts';
import type { DirectPlan } from './idioms/direct.ts';
import { idiomOf } from './idioms/idiom.ts';
import { limitOf } from './limit.ts';
import { neverRead, unreadArguments } from './options.ts';
import { type Target, targetOf } from './target.ts';
import {
  type Choice,
  type Given,
  type HandlerSource,
  isFinding,
  type Understood,
  type WrapperPlan,
} from './understood.ts';

/** A call that will be rewritten. Plain data; positions are those of the file as read. */
export interface CallPlan {
  /** Whether a manager is asked, and not a client. */
  readonly ofManager: boolean;
  /** Whether it is asked through `client.cluster`, which discord.js's client has from shardlift alone. */
  readonly ofClient: boolean;
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
  /** The const that says the name of the method: `client.shard[name](fn)`. */
  readonly methodConst: Reference | null;
  /** Comments between the arguments; they stay at the call. */
  readonly comments: readonly string[];
  readonly handler: HandlerSource;
  /** Broadcasts inside the function: they are requests of the handler now, and stand nowhere else. */
  readonly nested: readonly CallPlan[];
  readonly notes: readonly Finding[];
  /** What it rests on, where nothing proves that. */
  readonly assumptions: readonly Finding[];
  /** The wrapper around the call, whose callers name their handlers. */
  readonly wrapper: WrapperPlan | null;
  /** The functions it chooses among when it runs. */
  readonly choice: Choice | null;
  /** A directive hid an error of this call. */
  readonly silenced: boolean;
  /** Its handler gives `null` for what may be `undefined`. */
  readonly filled: boolean;
  /** What to do when the check does not take the call without its directive, or with `null` in its results. */
  readonly instead: CallPlan | Finding | null;
  /** The type of each result, where the call has to say it. */
  readonly result: string | null;
  /** The types of it that cannot be named at the call. */
  readonly unsaid: readonly string[];
  /** A method of the cluster that does the same without a handler; `null` without `--idioms`, or when there is none. */
  readonly direct: DirectPlan | null;
}

/** A call as its handler needs it, whatever else could answer it. */
export type HandlerPlan = Omit<CallPlan, 'direct' | 'result' | 'unsaid' | 'instead'>;

type CallGiven = ReceiverGiven & Omit<Given, 'listAsJson'> & { readonly method: 'broadcastEval' | 'fetchClientValues' };

/** Understands one call whose callee is `access`. */
export function understandCall(at: AccessedCall, given: CallGiven): CallPlan | Finding {
  const plan = planFor(at, given);
  if ('code' in plan) return plan;
  if (plan.silenced) {
    const kept = planFor(at, { ...given, keepDirectives: true });
    return { ...plan, instead: 'code' in kept ? kept : { ...kept, silenced: true } };
  }
  if (!at.file.typed) return { ...plan, instead: loosened(plan) };
  // The types of the code around it may not take `null`; then it gets the `undefined` they speak of.
  if (!plan.filled) return plan;
  const bare = planFor(at, { ...given, keepNothing: true });
  return 'code' in bare ? plan : { ...plan, instead: bare };
}

/** What nothing ever checked need not take the types that a handlers file of TypeScript would give it. */
function loosened(plan: CallPlan): CallPlan {
  const { handler } = plan;
  return { ...plan, handler: { ...handler, key: `${handler.key}|loose`, dataDoc: null, loose: true } };
}

function planFor(at: AccessedCall, given: CallGiven): CallPlan | Finding {
  const { file, call, access } = at;
  const { method } = given;
  const receiver = receiverOf(file, access, { ...given, callersOf: sayingCallersIn(given) });
  if (isFinding(receiver)) return receiver;
  const taken = takenCluster(at, receiver, given);
  if (taken !== null) return taken;
  const unread = unreadArguments(call);
  if (unread !== null) return unread;
  const { hybrid } = receiver;
  const understand = method === 'broadcastEval' ? ofBroadcastEval : ofFetchClientValues;
  const known = understand(at, { ...given, hybrid, listAsJson: receiver.listAsJson });
  if (isFinding(known)) return known;
  const consumer = consumerOf(file, call);
  const plan = planOf(at, known, { receiver, consumer, answer: hybridAnswer(given.root) });
  const assumed = assumedOf(at, known, { method, asked: hybrid ? null : plan.target });
  const assumptions = [...assumed, ...plan.assumptions];
  const fn = known.movedFrom !== undefined && isMovable(known.movedFrom) ? known.movedFrom : null;
  const said = given.inline && file.typed && fn !== null ? saidResult({ file, call, fn }) : null;
  const { context } = known.options;
  // What one caller of a wrapper asks is not what the others ask.
  const alone = !hybrid && plan.wrapper === null && plan.choice === null;
  const direct = given.idioms && alone ? idiomOf({ file, call, plan, consumer, fn, context }) : null;
  return { ...plan, assumptions, result: said?.text ?? null, unsaid: said?.missing ?? [], direct, instead: null };
}

/** The bot has something else where the rewritten call would look for shardlift's cluster. */
function takenCluster({ file, access }: AccessedCall, { ofClient }: Receiver, given: CallGiven): Finding | null {
  // There `client.cluster` is that of discord-hybrid-sharding.
  if (!ofClient || given.hybrid) return null;
  const place = typedCluster(file, access.expression) ?? ownCluster(given.files);
  return place === null ? null : finding('DC-R10', { where: shownPlace(place, given.cwd) });
}

/** What the call hands over, as text. */
function dataOf({ data, options }: Understood): MovedText | null {
  if (data !== undefined) return data;
  if (options.context === null) return null;
  return options.contextText === null ? moveText(options.context) : oneLine(options.contextText);
}

/** What stands in front of the callee, `(` or `(<any>`, goes with its other end: `(client.shard.broadcastEval)(fn)`. */
function unwrapped({ call, access }: AccessedCall): readonly Splice[] {
  const [start, end] = [call.getStart(), access.getStart()];
  return start === end ? [] : [{ start, end, text: '' }];
}

function methodConst({ file, access }: AccessedCall): Reference | null {
  const key = ts.isElementAccessExpression(access) ? access.argumentExpression : undefined;
  return key !== undefined && ts.isIdentifier(key) ? (constText(file, key)?.reference ?? null) : null;
}

/** How the answer of one cluster is written, and what there is to say of it. */
function ofOneCluster(at: AccessedCall, answer: HybridAnswer) {
  if (isDropped(at.file, at.call)) return ofSeveral;
  const { inList, proven } = answerOfOne(at, answer);
  const written = inList ? oneInList : oneAlone;
  return { inList, notes: proven ? [] : [finding('DC-W12', { written })] };
}

const oneInList = 'A list is written here. If this code takes the value itself, remove the .then(...).';
const oneAlone =
  'The value is written here. If this code takes a list of it, add .then((value) => [value]) to the call.';

const ofSeveral = { inList: false, notes: [] };

/** What surrounds a call: whom it asks, what takes its results, and how they came so far. */
interface Around {
  readonly receiver: Receiver;
  readonly consumer: Consumer;
  readonly answer: HybridAnswer;
}

/** What there is to say about the arguments of a call. */
const ofArguments = ({ file, call }: AccessedCall, { notes, options: { aim } }: Understood, hybrid: boolean) => [
  ...notes,
  ...(hybrid ? neverRead(file, call) : []),
  ...(aim?.note ? [aim.note] : []),
];

/** What a call rests on beside its values. */
function assumedOf(
  { file, access }: AccessedCall,
  { facts }: Understood,
  { method, asked }: { readonly method: Method; readonly asked: Target | null },
): readonly Finding[] {
  const name = namedAlone(file, access, method);
  const receiver = name === null ? [] : [assumption('DC-A1', [name])];
  if (asked === 'requestAllShards') return [...receiver, ...shardAssumptions(facts)];
  return asked === 'requestAll' ? [...receiver, ...factAssumptions(facts, file.source.path)] : receiver;
}

/** The plan of a call with a handler. */
function planOf(at: AccessedCall, known: Understood, { receiver, consumer, answer }: Around): HandlerPlan {
  const { call, access } = at;
  const { aim } = known.options;
  const { hybrid } = receiver;
  // hybrid-sharding has asked clusters all along: nothing about processes changes there.
  const everybody = hybrid ? 'requestAll' : targetOf(consumer, known.facts);
  const target = aim === null ? everybody : aimed[aim.kind];
  const use = { consumer, equal: repeatsNothing(at.file, call), once: countsOnce(at.file, call) };
  const facts = hybrid ? [] : factNotes(use, known.facts, { target, from: at.file.source.path });
  const from = known.movedFrom;
  const alone = hybrid && aim !== null ? ofOneCluster(at, answer) : ofSeveral;
  const said = [...ofArguments(at, known, hybrid), ...errorNotes(at, known.facts), ...facts, ...alone.notes];
  return {
    ofManager: !receiver.listAsJson,
    ofClient: receiver.ofClient,
    receiverSplices: [...unwrapped(at), ...receiver.splices, ...(known.removals ?? [])],
    accessStart: access.expression.end,
    callEnd: call.end,
    optional: access.questionDotToken !== undefined,
    target,
    id: aim === null ? null : (aim.text ?? aim.node.getText()),
    inList: alone.inList,
    timeout: limitOf(at, known),
    data: dataOf(known),
    movedFrom: { start: from?.pos ?? call.end, end: from?.end ?? call.end },
    reference: known.reference ?? null,
    methodConst: methodConst(at),
    comments: commentsOf(at, insideCall(call, known.keptArguments), known.doc),
    handler: known.handler,
    nested: known.nested ?? [],
    wrapper: known.wrapper ?? null,
    choice: known.choice ?? null,
    silenced: known.silenced ?? false,
    filled: known.filled ?? false,
    ...toldApart(said),
  };
}

const isMovable = (node: ts.Node): node is MovableFunction => ts.isFunctionLike(node);

const aimed = { shard: 'requestToShard', cluster: 'requestTo', guild: 'requestToGuild' } as const;

/** The nodes that stand in the call itself, in order; a context may come from a variable above it. */
const insideCall = (call: ts.CallExpression, nodes: readonly (ts.Node | null)[]): readonly ts.Node[] =>
  nodes
    .filter((node) => node !== null)
    .filter((node) => call.pos <= node.pos && node.end <= call.end)
    .sort((a, b) => a.pos - b.pos);
