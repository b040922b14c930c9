/** calls/fix-captures: variables from outside become data, when that is what their author meant. */
import { meansTheSame } from '../clients/receiver.ts';
import { type DataPart, dataParts } from '../functions/captured-data.ts';
import type { Captures, NeededImport } from '../functions/captures.ts';
import { capturedFinding, passedFinding } from '../functions/lacked-names.ts';
import { writeType } from '../functions/types.ts';
import type { Finding } from '../rules/reasons.ts';
import type { FunctionSite, HandedFunction } from '../syntax/call-site.ts';
import type { Splice } from '../syntax/edits.ts';
import { type MovedText, moveText, oneLine } from '../syntax/moved-text.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, isNameOnly, type MovableFunction, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { saysOneClient } from '../values/client-words.ts';
import { handedAlready, valueIn } from './handed-already.ts';
import type { AddedMember } from './handler-text.ts';

/** What passing the captured variables changes: the function's text and the data of the call. */
export interface FixedCaptures {
  readonly edits: readonly Splice[];
  readonly data: MovedText | null;
  /** What the data holds beside the context. */
  readonly members: readonly AddedMember[];
  readonly imports: readonly NeededImport[];
  readonly note: Finding;
}

/** One value that is handed over. */
interface DataMember extends AddedMember {
  /** The expression at the call. */
  readonly value: string;
  /** Where the function reads it under another name than its own. */
  readonly uses: readonly ts.Expression[];
}

/** The client of the file, of which the far process has its own. */
function isClient(file: ParsedFile, node: ts.Identifier): boolean {
  if (!file.typed) return saysOneClient(node.text);
  const type = file.checker.getTypeAtLocation(node);
  if (type.flags & ts.TypeFlags.Any) return saysOneClient(node.text);
  return type.getProperty('guilds') !== undefined && type.getProperty('ws') !== undefined;
}

/** Names in a pattern that takes the data apart, before the `...rest` that has to be its last. */
function intoPattern(pattern: ts.ObjectBindingPattern, names: readonly string[]): Splice {
  const last = pattern.elements.at(-1);
  const text = names.join(', ');
  const [at, added] =
    last === undefined
      ? [pattern.getStart() + 1, ` ${text}`]
      : last.dotDotDotToken === undefined
        ? [last.end, `, ${text}`]
        : [last.getStart(), `${text}, `];
  return { start: at, end: at, text: added };
}

function parameterEdits(
  { file, fn }: FunctionSite,
  members: readonly DataMember[],
  { hasContext, own }: { readonly hasContext: boolean; readonly own: string | null },
): { readonly edits: readonly Splice[]; readonly imports: readonly NeededImport[] } | null {
  const [client, second] = fn.parameters;
  const names = members.map(({ name }) => name);
  if (second !== undefined) {
    const apart = hasContext && ts.isObjectBindingPattern(second.name) && second.type === undefined;
    return apart ? { edits: [intoPattern(second.name as ts.ObjectBindingPattern, names)], imports: [] } : null;
  }
  if (hasContext || client?.dotDotDotToken !== undefined) return null;
  const types = file.typed ? `: { ${members.map(({ name, type }) => `${name}: ${type.text}`).join('; ')} }` : '';
  const added = `{ ${names.join(', ')} }${types}`;
  const imports = members.flatMap(({ type }) => type.imports);
  if (client !== undefined) {
    const bare = !fn
      .getText()
      .slice(0, client.getStart() - fn.getStart())
      .includes('(');
    const at = client.end;
    const open = bare ? [{ start: client.getStart(), end: client.getStart(), text: '(' }] : [];
    return { edits: [...open, { start: at, end: at, text: `, ${added}${bare ? ')' : ''}` }], imports };
  }
  return { edits: [firstParameter(fn, `${own ?? '_client'}, ${added}`)], imports };
}

/** Text between the empty parentheses of a function. */
function firstParameter(fn: MovableFunction, text: string): Splice {
  const at = fn.getStart() + fn.getText().indexOf('(') + 1;
  return { start: at, end: at, text };
}

/** What a function calls its own client: its parameter, or the name around it where it has no parameters at all. */
function ownName({ parameters: [client] }: MovableFunction, around: string): string | null {
  if (client === undefined) return around;
  return ts.isIdentifier(client.name) && client.dotDotDotToken === undefined ? client.name.text : null;
}

/** Gives each value a name that nothing in the function has, and its type. */
function membersOf({ file, fn }: FunctionSite, parts: readonly DataPart[]): readonly DataMember[] {
  const identifiers = descendants(fn)
    .filter(ts.isIdentifier)
    .filter((node) => !isNameOnly(node));
  const taken = new Set(identifiers.map((node) => node.text));
  return parts.map((part) => {
    const whole = ts.isIdentifier(part.node);
    let name = part.hint;
    for (let n = 2; !whole && taken.has(name); n += 1) name = `${part.hint}${n}`;
    taken.add(name);
    const type = file.typed ? writeType(file, part.node) : { text: 'any', imports: [] };
    const value = part.node.getText().replace(/\s+/g, '');
    return { name, value, type, uses: whole ? [] : part.uses };
  });
}

/** The members a context does not have yet; `null` where one would change what the function reads of the others. */
function missingIn(
  literal: ts.ObjectLiteralExpression | null,
  fn: MovableFunction,
  members: readonly DataMember[],
): readonly DataMember[] | null {
  if (literal === null) return members;
  const pattern = fn.parameters[1]?.name;
  const elements = pattern !== undefined && ts.isObjectBindingPattern(pattern) ? pattern.elements : [];
  const read = new Set(elements.map((one) => (one.propertyName ?? one.name).getText()));
  const hasRest = elements.some((one) => one.dotDotDotToken !== undefined);
  const keys = new Map(literal.properties.map((one) => [one.name?.getText(), one] as const));
  const isVague = literal.properties.some((one) => one.name === undefined || ts.isComputedPropertyName(one.name));
  const missing: DataMember[] = [];
  for (const member of members) {
    const there = keys.get(member.name);
    const same = there !== undefined && valueIn(there) === member.value;
    if (there !== undefined ? !same || hasRest : isVague && (hasRest || read.has(member.name))) return null;
    if (there === undefined) missing.push(member);
  }
  return missing;
}

/** What each captured variable hands over; `null` where one of them is no data, or means something else at the call. */
function partsOf(
  { file, call, fn }: HandedFunction,
  variables: readonly (readonly [string, readonly ts.Identifier[]])[],
): readonly DataPart[] | null {
  const inside = call.pos <= fn.pos && fn.end <= call.end;
  const parts = variables.map(([name, uses]) => {
    const [first] = uses;
    const known = first !== undefined && (inside || meansTheSame(file, first, call));
    return known ? dataParts(file, name, uses) : null;
  });
  return parts.every((one) => one !== null) ? parts.flat() : null;
}

/** Why the data of a call cannot take variables: it has them, or no place for them. */
const noPlace = (
  literal: ts.ObjectLiteralExpression | null,
  fn: MovableFunction,
  variables: readonly (readonly [string, unknown])[],
): string => {
  const names = variables.map(([name]) => name);
  const there = literal === null ? null : handedAlready(literal, fn, names);
  return there ?? 'the data of the call has no place for it';
};

/** Reads by another name what was read at these places. */
const named = (uses: readonly ts.Expression[], name: string): readonly Splice[] =>
  uses.map((use) => {
    const text = ts.isShorthandPropertyAssignment(use.parent) ? `${use.getText()}: ${name}` : name;
    return { start: use.getStart(), end: use.end, text };
  });

/** Passes what a function captures, or says why it cannot. */
export function fixCaptures(
  at: HandedFunction,
  captures: Captures,
  context: ts.Expression | null,
): FixedCaptures | Finding {
  const { file, fn } = at;
  const whole = capturedFinding(captures, null);
  if (whole.code !== 'DC-C1') return whole;
  const refused = (why: string): Finding => capturedFinding(captures, why);
  const entries = [...captures.outer];
  const clients = entries.filter(([, [first]]) => first !== undefined && isClient(file, first));
  const [[around] = [null]] = clients;
  const own = around === null ? null : ownName(fn, around);
  if (clients.length > 0 && own === null) return refused('the function has no name for its own client');
  const variables = entries.filter((entry) => !clients.includes(entry));
  const parts = partsOf(at, variables);
  if (parts === null)
    return refused(
      'the function changes it, calls it or a method of it, or needs the object itself, for which a copy of its data would not do',
    );
  const renamed = clients.flatMap(([name, uses]) => (own === null || own === name ? [] : named(uses, own)));
  const note = passedFinding(captures);
  if (parts.length === 0) {
    const put = own !== null && fn.parameters.length === 0 ? [firstParameter(fn, own)] : [];
    const data = context === null ? null : moveText(context);
    return { edits: [...renamed, ...put], data, members: [], imports: [], note };
  }
  const literal = context === null ? null : unwrap(context);
  if (literal !== null && !ts.isObjectLiteralExpression(literal))
    return refused('the context is not written out in the call');
  const members = membersOf(at, parts);
  const parameters = parameterEdits(at, members, { hasContext: literal !== null, own });
  const missing = missingIn(literal, fn, members);
  if (parameters === null || missing === null) return refused(noPlace(literal, fn, variables));
  const read = members.flatMap(({ name, uses }) => named(uses, name));
  const edits = [...renamed, ...read, ...parameters.edits];
  return { edits, data: added(literal, missing), members: missing, imports: parameters.imports, note };
}

function added(literal: ts.ObjectLiteralExpression | null, members: readonly DataMember[]): MovedText {
  const texts = members.map(({ name, value }) => (name === value ? name : `${name}: ${value}`)).join(', ');
  const last = literal?.properties.at(-1);
  if (literal === null || last === undefined) return oneLine(`{ ${texts} }`);
  return moveText(literal, texts === '' ? [] : [{ start: last.end, end: last.end, text: `, ${texts}` }]);
}
