/** functions/eval-notes: what there is to say about a function that becomes a handler. */
import type { HandedData } from '../doubts/may-lack.ts';
import { changedInText, changedInValue } from '../doubts/result-kinds.ts';
import { remakesDates } from '../results/made-dates.ts';
import { type Finding, finding, throwing } from '../rules/reasons.ts';
import type { CallSite, FunctionSite } from '../syntax/call-site.ts';
import { knowsDiscord } from '../syntax/discord-types.ts';
import { arrivesAsJson, changedByJson, refusedInType } from '../syntax/json-types.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { ts } from '../typescript.js';
import type { Found } from '../values/value-next.ts';
import { partsOf, partsOfResult } from '../values/value-parts.ts';
import { ofClient } from '../values/value-path.ts';
import type { Captures } from './captures.ts';
import { clientFunctions } from './client-functions.ts';
import { datesGiven } from './dates-given.ts';
import { keptOnClient } from './kept-on-client.ts';
import { importFinding } from './lacked-imports.ts';
import { throwsAsJson } from './no-json.ts';
import { resultType } from './types.ts';

/** What there is to say of what JSON dropped and a handler is refused with; that comes before what changes. */
const refusedNotes = (what: 'context' | 'result', value: string | null): readonly Finding[] =>
  value === null ? [] : [finding('DC-W7', { what, value })];

/** What a context holds that is refused, by its type. */
const refusedContext = (file: ParsedFile, context: ts.Expression): string | null =>
  file.typed ? refusedInType(file.checker, file.checker.getTypeAtLocation(context)) : null;

/** What JSON made something else of in a context: by its type, or by what is written. */
function changedContext(file: ParsedFile, context: ts.Expression): string | null {
  const byType = file.typed ? changedByJson(file.checker, file.checker.getTypeAtLocation(context)) : null;
  return byType ?? (file.typed && knowsDiscord(file) ? null : changedInValue(context));
}

/** Whether the type of the call is written beside a function's data: a type of its own stays as it is. */
function takesCallersType({ parameters: [, second] }: FunctionSite['fn']): boolean {
  return second !== undefined && second.type === undefined && second.dotDotDotToken === undefined;
}

/** What changes for what a function is given. */
function contextNotes({ fn }: FunctionSite, file: ParsedFile, context: ts.Expression): readonly Finding[] {
  const notes = [...refusedNotes('context', refusedContext(file, context))];
  const names = changedContext(file, context);
  if (names !== null) {
    const note = finding('DC-W1', { names });
    notes.push(throwsAsJson(file, context) ? throwing(note) : note);
  }
  const told = file.typed && takesCallersType(fn);
  const bare = told ? arrivesAsJson(file.checker, file.checker.getTypeAtLocation(context)) : null;
  return bare === null ? notes : [...notes, finding('DC-W10', { name: bare })];
}

/** What of the bot's own, kept on the client, is among some values, and was something else as JSON. */
function keptAmong({ file, fn }: FunctionSite, parts: Iterable<Found>): string | null {
  for (const { node, is } of parts) {
    if (is !== 'value' || !ts.isExpression(node) || node.getSourceFile() !== file.tree) continue;
    const [changed] = ofClient(fn, node).flatMap((names) => keptOnClient(file.source.path, names)?.changed ?? []);
    if (changed !== undefined) return changed;
  }
  return null;
}

/** What JSON made something else of among what a function gives, or in a part of it. */
function changedResult(site: FunctionSite, part: ts.Expression | null): string | null {
  const { file, fn } = site;
  if (!file.typed || !knowsDiscord(file)) {
    const text = part === null ? changedInText(fn) : changedInValue(part);
    return text ?? keptAmong(site, part === null ? partsOfResult(fn) : partsOf(part));
  }
  const type = part === null ? resultType(file.checker, fn) : file.checker.getTypeAtLocation(part);
  return type === null ? null : changedByJson(file.checker, type);
}

/** Whether all that is done with the dates among the results is to make dates of them. */
function remade(site: FunctionSite, { file, call, isOne }: Answers): boolean {
  const names = datesGiven(site, (part) => changedResult(site, part));
  return names !== 'unknown' && remakesDates({ file, names }, call, isOne);
}

/** What a function gives that is refused, by its type. */
function refusedResult({ file, fn }: FunctionSite): string | null {
  const type = file.typed && knowsDiscord(file) ? resultType(file.checker, fn) : null;
  return type === null ? null : refusedInType(file.checker, type);
}

/** What changes for what a function gives. */
function resultNotes(site: FunctionSite, kept: boolean, answers: Answers): readonly Finding[] {
  // Who looks at nothing meets no Date, but is refused with a function.
  const refused = refusedNotes('result', refusedResult(site));
  const names = kept ? changedResult(site, null) : null;
  if (names === null || (names === 'a Date' && remade(site, answers))) return refused;
  return [...refused, finding('DC-W3', { names })];
}

/** The call that what a function gives comes back to, and whether it is the answer of one alone. */
interface Answers extends CallSite {
  readonly isOne: boolean;
}

/** What a call hands over, and what becomes of what it gets. */
interface Values {
  readonly data: HandedData;
  /** Whether somebody looks at it. */
  readonly kept: boolean;
  /** Whether it may hold what cannot be sent. */
  readonly isSent: boolean;
  readonly answers: Answers;
}

/** What changes for what a function is given, and for what it gives where that is `kept`, or sent. */
export function evalNotes(site: FunctionSite, { data, kept, isSent, answers }: Values): readonly Finding[] {
  const given = data.context === null ? [] : contextNotes(site, data.file, data.context);
  if (!isSent) return given;
  const results = resultNotes(site, kept, answers);
  const held = results.some(({ code }) => code === 'DC-W7') ? null : clientFunctions(site.file, site.fn);
  return [...given, ...results, ...(held === null ? [] : [finding('DC-W7', { what: 'result', value: held })])];
}

/** What a function has with it once it is a handler. */
export function functionNotes(captures: Captures): readonly Finding[] {
  const values = captures.imports.filter((one) => !one.typeOnly);
  const global = values.filter(({ had }) => had === 'global').map((one) => `\`${one.binding.local}\``);
  const known = values.filter(({ had }) => had === 'name').map((one) => one.binding.local);
  const inClient = [...captures.clientScope, ...known];
  const scope = inClient.length > 0 ? [finding('DC-I2', { names: inClient.join(', ') })] : [];
  if (captures.botGlobals.length > 0) scope.push(finding('DC-C8', { names: captures.botGlobals.join(', ') }));
  if (global.length > 0) scope.push(finding('DC-I5', { names: global.join(', ') }));
  const fresh = importFinding(captures);
  return fresh === null ? scope : [...scope, fresh];
}
