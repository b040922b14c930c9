/** calls/wrapper: a function of the bot's own that hands the function it is given on to broadcastEval. */
import { type Callee, calleeOf } from '../functions/callee.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { CallSite } from '../syntax/call-site.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { shownPlace } from '../syntax/source-place.ts';
import { symbolOf, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isFinding, type WrittenTypes } from './understood.ts';
import { stranger, usesElsewhere, type WrapperGiven } from './wrapper-elsewhere.ts';
import { type Obstacle, obstacleAt, readsOf, type Use, type Uses, united } from './wrapper-loads.ts';
import { ofMethod } from './wrapper-methods.ts';
import { knownAs, ownUses } from './wrapper-own.ts';
import { toldTypes } from './wrapper-types.ts';

/** A function that a caller hands over: written there, or by a name of its file. */
export interface Handed {
  readonly file: ParsedFile;
  readonly call: ts.CallExpression;
  /** The argument of the call. */
  readonly argument: ts.Expression;
  readonly callee: Extract<Callee, { kind: 'function' }>;
  /** The calls on the way from the broadcast to this one, the nearest first: each hands over what the one before takes. */
  readonly callers: readonly CallSite[];
}

/** A parameter that takes what a broadcast is given, and the file of its function. */
interface TakenParameter {
  readonly file: ParsedFile;
  readonly node: ts.ParameterDeclaration;
}

/** A wrapper of which every caller is known, and each hands over a function that can be found. */
export interface Wrapper {
  /** What the broadcast is given, here and in wrappers around this one: from now on it holds the name of a handler. */
  readonly parameters: readonly TakenParameter[];
  /** What their callers have to say of their types. */
  readonly told: readonly WrittenTypes[];
  readonly functions: readonly Handed[];
}

/** Every use of a parameter's function, in its own file and in all others. */
function usesOf({ file, node }: TakenParameter, given: WrapperGiven): Uses | null {
  const known = knownAs(node.parent);
  if (known === null) return null;
  const { found, exported } = ownUses(file, known);
  if (exported.size === 0) return found;
  const load = { file, names: exported };
  const all = united([found, usesElsewhere(load, given)]);
  return { ...all, obstacle: all.obstacle ?? stranger(load, all, indexOf(node)) };
}

const indexOf = (parameter: ts.ParameterDeclaration): number => parameter.parent.parameters.indexOf(parameter);

/** The way from the broadcast to its callers: the functions gone through so far. */
interface Trail {
  readonly given: WrapperGiven;
  readonly seen: ReadonlySet<ts.Node>;
}

type Collected = Wrapper | Obstacle;

const isObstacle = (one: Collected): one is Obstacle => 'why' in one;

/** Why a caller has to stay whose types come from its function. */
const unwritable = (names: readonly string[]): string => {
  const said = names.length === 0 ? 'it' : names.map((name) => `\`${name}\``).join(', ');
  return `it gets its type from that function, and ${said} cannot be named there; write a type argument first`;
};

/** What one call of the wrapper hands over: a function, or what its own callers do. */
function handedOver({ file, node }: Use, index: number, trail: Trail): Collected {
  const stop = (why: string): Obstacle => obstacleAt(file.source.path, node, why);
  const call = node.parent;
  if (!ts.isCallExpression(call)) return stop('it is passed on instead of called');
  if (call.arguments.slice(0, index + 1).some(ts.isSpreadElement)) return stop('its arguments are spread');
  const argument = call.arguments[index];
  if (argument === undefined) return stop('it hands over nothing');
  const types = toldTypes({ file, call }, index);
  if (types !== null && 'missing' in types) return stop(unwritable(types.missing));
  const told = types === null ? [] : [types];
  const at = unwrap(argument);
  const parameter = ts.isIdentifier(at) ? parameterOf(file, at) : null;
  if (parameter !== null) {
    const found = collect({ file, node: parameter }, trail);
    if (isObstacle(found)) return found;
    return {
      ...found,
      told: [...told, ...found.told],
      functions: found.functions.map((one) => ({ ...one, callers: [{ file, call }, ...one.callers] })),
    };
  }
  const callee = calleeOf(file, argument);
  if (isFinding(callee) || callee.kind !== 'function')
    return stop(`it hands over \`${at.getText().slice(0, 40)}\`, which is not a function written in that file`);
  return { parameters: [], told, functions: [{ file, call, argument, callee, callers: [{ file, call }] }] };
}

/** The plain parameter that a name means. */
function parameterOf(file: ParsedFile, name: ts.Identifier): ts.ParameterDeclaration | null {
  const parameter = symbolOf(file.checker, name)?.valueDeclaration;
  return parameter !== undefined && ts.isParameter(parameter) && ts.isIdentifier(parameter.name) ? parameter : null;
}

const isCalled = (name: ts.Node): boolean => ts.isCallExpression(name.parent) && name.parent.expression === name;

/** `if (!client.shard) return [await fn(client)];`: the function runs here as well, for a bot without shards as a rule. */
function calledHere(file: ParsedFile, called: ts.Node): Obstacle {
  const test = ts.findAncestor(called, (one) => ts.isIfStatement(one) || ts.isConditionalExpression(one));
  const asked = test === undefined ? '' : ts.isIfStatement(test) ? test.expression.getText() : test.getText();
  const how = /\bshard\b/.test(asked) ? withoutFallback : undefined;
  return { ...obstacleAt(file.source.path, called, 'the function is also called there'), ...(how && { how }) };
}

// Without a manager there is a `client.cluster` where the bot imports shardlift, which the rewritten files need not do.
const withoutFallback =
  'Where a manager always starts the bot, remove that call and run dc-migrate again: a cluster answers for one shard, too. Without a manager there is no client.cluster unless the bot makes one (new ClusterClient(client, { handlers }) of shardlift), and that answers as one cluster';

/** Follows a parameter to everything that the callers of its function hand over. */
function collect(taken: TakenParameter, { given, seen }: Trail): Collected {
  const { file, node: parameter } = taken;
  const fn = parameter.parent;
  const stop = (why: string): Obstacle => obstacleAt(file.source.path, fn, why);
  if (seen.has(fn)) return stop('it calls itself');
  const plain = parameter.initializer === undefined && parameter.dotDotDotToken === undefined;
  if (!plain) return stop('the parameter has a default, or takes several arguments');
  const reads = ts.isIdentifier(parameter.name) ? readsOf(file, parameter.name) : [];
  const called = reads.length > 1 ? reads.find(isCalled) : undefined;
  if (called !== undefined) return calledHere(file, called);
  if (reads.length !== 1) return stop('the parameter is used otherwise as well');
  const found = usesOf(taken, given);
  if (found === null)
    return { ...stop('who calls it cannot be told'), ...(ts.isMethodDeclaration(fn) && ofMethod(file, fn)) };
  if (found.obstacle !== null) return found.obstacle;
  if (found.uses.length === 0) return stop('nobody calls it');
  const parts = found.uses.map((use) => handedOver(use, indexOf(parameter), { given, seen: new Set([...seen, fn]) }));
  const obstacle = parts.find(isObstacle);
  if (obstacle !== undefined) return obstacle;
  const wrappers = parts.filter((part) => !isObstacle(part)) as readonly Wrapper[];
  return {
    parameters: [taken, ...wrappers.flatMap(({ parameters }) => parameters)],
    told: wrappers.flatMap(({ told }) => told),
    functions: wrappers.flatMap(({ functions }) => functions),
  };
}

/**
 * Finds the wrapper around a broadcast of one of its parameters.
 *
 * @returns `null` where the broadcast is given no parameter, DC-D8 where a caller stands in the way
 */
export function wrapperAround(
  file: ParsedFile,
  argument: ts.Expression | undefined,
  given: WrapperGiven,
): Wrapper | Finding | null {
  const at = argument === undefined ? null : unwrap(argument);
  const parameter = at !== null && ts.isIdentifier(at) ? parameterOf(file, at) : null;
  if (parameter === null) return null;
  const found = collect({ file, node: parameter }, { given, seen: new Set() });
  if (!isObstacle(found)) return found;
  const where = shownPlace(found, given.cwd);
  const { why, how } = found;
  return finding('DC-D8', { name: parameter.name.getText(), where, why, ...(how !== undefined && { how }) });
}
