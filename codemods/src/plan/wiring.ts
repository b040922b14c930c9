/** plan/wiring: adds `hybrid: { handlers: '...' }` to the options of a ShardingManager. */
import { type ManagerSite, optionsLiteral } from '../analyze/managers.ts';
import type { Splice } from '../analyze/receiver.ts';
import { shownPlace } from '../analyze/source-place.ts';
import { type PackageInfo, usesHybrid } from '../package-info.ts';
import { shown } from '../report/build.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import { styleOf, type TextStyle } from '../source.ts';
import { ts } from '../typescript.js';
import { quoted } from './edits.ts';
import { handlersOption } from './entry.ts';
import type { LocatedManager, Place } from './place.ts';
import { propertyOf } from './wired.ts';

/** Adds a property at the end of an object literal, in the layout the literal has. */
function addProperty(literal: ts.ObjectLiteralExpression, property: string, style: TextStyle): readonly Splice[] {
  const { text } = literal.getSourceFile();
  const last = literal.properties[literal.properties.length - 1];
  if (last === undefined) {
    return [{ start: literal.getStart() + 1, end: literal.end - 1, text: ` ${property} ` }];
  }
  const brace = literal.end - 1;
  const lineStart = text.lastIndexOf('\n', brace) + 1;
  const multiline = text.slice(lineStart, brace).trim() === '' && lineStart > last.end;
  const comma = literal.properties.hasTrailingComma ? [] : [{ start: last.end, end: last.end, text: ',' }];
  if (multiline) {
    const at = text.lastIndexOf('\n', last.getStart()) + 1;
    const indent = /^[ \t]*/.exec(text.slice(at))?.[0] ?? style.indent;
    // As the list was: who writes no comma at the end gets none.
    const end = comma.length === 0 ? ',' : '';
    return [...comma, { start: lineStart, end: lineStart, text: `${indent}${property}${end}${style.eol}` }];
  }
  const at = literal.properties.hasTrailingComma ? literal.properties.end : last.end;
  const lead = literal.properties.hasTrailingComma ? ' ' : ', ';
  return [{ start: at, end: at, text: `${lead}${property}` }];
}

function intoHandlers(
  property: ts.ObjectLiteralElementLike,
  path: string,
  style: TextStyle,
): readonly Splice[] | string {
  if (!ts.isPropertyAssignment(property)) return 'hybrid.handlers is not a plain value';
  const value = property.initializer;
  if (ts.isStringLiteralLike(value)) {
    if (value.text === path) return [];
    const both = `[${value.getText()}, ${quoted(path, style.quote)}]`;
    return [{ start: value.getStart(), end: value.end, text: both }];
  }
  if (!ts.isArrayLiteralExpression(value)) return 'hybrid.handlers is not a plain value';
  if (value.elements.some((e) => ts.isStringLiteralLike(e) && e.text === path)) return [];
  const last = value.elements[value.elements.length - 1];
  const at = last?.end ?? value.getStart() + 1;
  return [{ start: at, end: at, text: `${last === undefined ? '' : ', '}${quoted(path, style.quote)}` }];
}

function intoLiteral(
  literal: ts.ObjectLiteralExpression,
  { path, core }: HandlersOption,
  style: TextStyle,
): readonly Splice[] | string {
  const handlers = `handlers: ${quoted(path, style.quote)}`;
  const hybrid = propertyOf(literal, 'hybrid');
  // The members of hybrid become the manager's own: what joins them there goes with them.
  if (hybrid === undefined) return addProperty(literal, core ? handlers : `hybrid: { ${handlers} }`, style);
  if (!ts.isPropertyAssignment(hybrid) || !ts.isObjectLiteralExpression(hybrid.initializer)) {
    return 'hybrid is not written as an object there';
  }
  const existing = propertyOf(hybrid.initializer, 'handlers');
  return existing === undefined
    ? addProperty(hybrid.initializer, handlers, style)
    : intoHandlers(existing, path, style);
}

/** The option that names the handlers file. */
interface HandlersOption {
  readonly path: string;
  /** Whether the manager becomes a ClusterManager, whose own option it is. */
  readonly core: boolean;
}

/** The splices that wire a handlers file into a manager; a text says why there are none. */
function wireManager(
  { file, node }: ManagerSite,
  option: HandlersOption,
  style: TextStyle,
): readonly Splice[] | string {
  const { path, core } = option;
  const [started, options] = node.arguments ?? [];
  if (started === undefined || ts.isSpreadElement(started)) return 'the manager is built without plain arguments';
  const handlers = `handlers: ${quoted(path, style.quote)}`;
  const hybrid = core ? handlers : `hybrid: { ${handlers} }`;
  // Nobody needs a spread of nothing.
  if (options?.getText() === 'undefined')
    return [{ start: options.getStart(), end: options.end, text: `{ ${hybrid} }` }];
  if (options === undefined) return [{ start: started.end, end: started.end, text: `, { ${hybrid} }` }];
  const literal = optionsLiteral(file, options);
  if (literal !== null) return intoLiteral(literal, option, style);
  const plain = ts.isIdentifier(options) || ts.isPropertyAccessExpression(options);
  if (!plain) return 'the options of the manager are computed';
  const known = file.typed && file.checker.getTypeAtLocation(options).getProperty('hybrid') === undefined;
  // Whatever the variable holds under `hybrid` stays.
  const inner = known ? hybrid : hybrid.replace('{ ', `{ ...${options.getText()}?.hybrid, `);
  return [{ start: options.getStart(), end: options.end, text: `{ ...${options.getText()}, ${inner} }` }];
}

/** The edits of the managers' files, and what is to be said about managers that may not have the handlers file. */
export interface Wiring {
  readonly splices: ReadonlyMap<string, readonly Splice[]>;
  readonly notes: readonly Finding[];
}

/** What cannot be told of the files that a manager starts. */
function startsOthers({ manager, entry, others }: LocatedManager, place: Place): readonly Finding[] {
  const path = handlersOption(entry, place.path);
  if (others.every((one) => one !== null && handlersOption(one, place.path) === path)) return [];
  return [finding('DC-H5', { what: manager.node.arguments?.[0]?.getText() ?? '', path: `'${path}'` })];
}

/** What wiring depends on beside the place. */
export interface WireOptions {
  /** Files that may not change. */
  readonly excluded: ReadonlySet<string>;
  /** Whether managers become ClusterManagers. */
  readonly core: boolean;
  readonly info: PackageInfo;
}

/** What would not have its handlers: managers whose bot file is not known, beside those that are. */
function unknownManagers({ managers, unlocated, outside }: Place, { root }: PackageInfo): readonly string[] {
  const placeOf = ({ file: { source, tree }, node }: ManagerSite): string =>
    shownPlace({ path: source.path, tree, at: node.getStart() }, root);
  const unknown = unlocated.map((one) => `the file that the manager at ${placeOf(one)} starts is not known`);
  if (managers.length > 0 || unknown.length > 0) return unknown;
  const others = outside.map((one) => `the manager at ${placeOf(one)} is not among the given paths`);
  return others.length > 0 ? others : ['no manager among the given paths names this bot'];
}

/** What somebody has to write who wires the handlers file by hand. */
function byHand({ entry, path }: Place, info: PackageInfo): Finding['details'] {
  return {
    manager: usesHybrid(info) ? 'ClusterManager of shardlift/compat/hybrid' : 'ShardingManager of shardlift/compat',
    path: `'${handlersOption(entry, path)}'`,
    entry: shown(entry.path, info.root),
  };
}

/** Wires the handlers file into every manager of a package. */
export function wire(place: Place, { excluded, core, info }: WireOptions): Wiring {
  const splices = new Map<string, readonly Splice[]>();
  const failed = [...unknownManagers(place, info)];
  for (const { manager, entry } of place.managers) {
    const { source } = manager.file;
    const written = wireManager(manager, { path: handlersOption(entry, place.path), core }, styleOf(source.text));
    if (typeof written === 'string') failed.push(written);
    else if (excluded.has(source.path)) failed.push('the file of the manager could not be rewritten');
    else splices.set(source.path, [...(splices.get(source.path) ?? []), ...written]);
  }
  const unwired = failed.length === 0 ? [] : [finding('DC-H2', { what: failed.join('; '), ...byHand(place, info) })];
  return { splices, notes: [...unwired, ...place.managers.flatMap((one) => startsOthers(one, place))] };
}
