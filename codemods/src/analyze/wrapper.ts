/** analyze/wrapper: a function of the bot's own that hands the function it is given on to broadcastEval. */
import { relative, sep } from 'node:path';
import { type Finding, finding } from '../rules/reasons.ts';
import { ts } from '../typescript.js';
import { type Callee, calleeOf } from './callee.ts';
import type { ParsedFile } from './program.ts';
import { positionOf, symbolOf, unwrap } from './syntax.ts';
import { isFinding } from './understood.ts';
import { stranger, usesElsewhere, type WrapperGiven } from './wrapper-elsewhere.ts';
import { type Obstacle, obstacleAt, readsOf, type Use, type Uses, united } from './wrapper-loads.ts';
import { knownAs, ownUses } from './wrapper-own.ts';

/** A function that a caller hands over: written there, or by a name of its file. */
export interface Handed {
  readonly file: ParsedFile;
  readonly call: ts.CallExpression;
  /** The argument of the call. */
  readonly argument: ts.Expression;
  readonly callee: Extract<Callee, { kind: 'function' }>;
}

/** A wrapper of which every caller is known, and each hands over a function that can be found. */
export interface Wrapper {
  /** What the broadcast is given, here and in wrappers around this one: from now on it holds the name of a handler. */
  readonly parameters: readonly { readonly file: ParsedFile; readonly node: ts.ParameterDeclaration }[];
  readonly functions: readonly Handed[];
}

/** Every use of a function, in its own file and in all others. */
function usesOf(file: ParsedFile, fn: ts.SignatureDeclaration, index: number, given: WrapperGiven): Uses | null {
  const known = knownAs(fn);
  if (known === null) return null;
  const { found, exported } = ownUses(file, known);
  if (exported.size === 0) return found;
  const all = united([found, usesElsewhere(file, exported, given, new Set([file.source.path]))]);
  return { ...all, obstacle: all.obstacle ?? stranger(file, all, exported, index) };
}

type Collected = Wrapper | Obstacle;

const isObstacle = (one: Collected): one is Obstacle => 'why' in one;

/** What one call of the wrapper hands over: a function, or what its own callers do. */
function handedOver({ file, node }: Use, index: number, given: WrapperGiven, seen: ReadonlySet<ts.Node>): Collected {
  const stop = (why: string): Obstacle => obstacleAt(file.source.path, node, why);
  const call = node.parent;
  if (!ts.isCallExpression(call)) return stop('it is passed on instead of called');
  if (call.arguments.slice(0, index + 1).some(ts.isSpreadElement)) return stop('its arguments are spread');
  const argument = call.arguments[index];
  if (argument === undefined) return stop('it hands over nothing');
  const at = unwrap(argument);
  const parameter = ts.isIdentifier(at) ? parameterOf(file, at) : null;
  if (parameter !== null) return collect(file, parameter, given, seen);
  const callee = calleeOf(file, argument);
  if (isFinding(callee) || callee.kind !== 'function')
    return stop(`it hands over \`${at.getText().slice(0, 40)}\`, which is not a function written in that file`);
  return { parameters: [], functions: [{ file, call, argument, callee }] };
}

/** The plain parameter that a name means. */
function parameterOf(file: ParsedFile, name: ts.Identifier): ts.ParameterDeclaration | null {
  const parameter = symbolOf(file.checker, name)?.valueDeclaration;
  return parameter !== undefined && ts.isParameter(parameter) && ts.isIdentifier(parameter.name) ? parameter : null;
}

/** Follows a parameter to everything that the callers of its function hand over. */
function collect(
  file: ParsedFile,
  parameter: ts.ParameterDeclaration,
  given: WrapperGiven,
  seen: ReadonlySet<ts.Node>,
): Collected {
  const fn = parameter.parent;
  const stop = (why: string): Obstacle => obstacleAt(file.source.path, fn, why);
  if (seen.has(fn)) return stop('it calls itself');
  const plain = parameter.initializer === undefined && parameter.dotDotDotToken === undefined;
  if (!plain) return stop('the parameter has a default, or takes several arguments');
  if (!ts.isIdentifier(parameter.name) || readsOf(file, parameter.name).length !== 1)
    return stop('the parameter is used otherwise as well');
  const index = fn.parameters.indexOf(parameter);
  const found = usesOf(file, fn, index, given);
  if (found === null) {
    const method = ts.isMethodDeclaration(fn) ? 'it is a method, and any file may call it' : null;
    return stop(method ?? 'who calls it cannot be told');
  }
  if (found.obstacle !== null) return found.obstacle;
  if (found.uses.length === 0) return stop('nobody calls it');
  const parts = found.uses.map((use) => handedOver(use, index, given, new Set([...seen, fn])));
  const obstacle = parts.find(isObstacle);
  if (obstacle !== undefined) return obstacle;
  const wrappers = parts.filter((part) => !isObstacle(part)) as readonly Wrapper[];
  return {
    parameters: [{ file, node: parameter }, ...wrappers.flatMap(({ parameters }) => parameters)],
    functions: wrappers.flatMap(({ functions }) => functions),
  };
}

/** A place for people: the path from the working folder, and the line. */
export function placeOf(path: string, tree: ts.SourceFile, at: number, cwd: string): string {
  return `${relative(cwd, path).split(sep).join('/')}:${positionOf(tree, at).line}`;
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
  const found = collect(file, parameter, given, new Set());
  if (!isObstacle(found)) return found;
  const where = placeOf(found.path, found.tree, found.at, given.cwd);
  return finding('DC-D8', { name: parameter.name.getText(), where, why: found.why });
}
