/** plan/manifest: adds shardlift to a package.json by a text splice; its formatting stays. */
import { dependencyFields } from '../project/package-info.ts';
import type { TextStyle } from '../project/source.ts';
import type { Splice } from '../syntax/edits.ts';
import { ts } from '../typescript.js';

/** The dependency dc-migrate adds. */
export const dependency = { name: 'shardlift', range: '^0.1.0' } as const;

const nameOf = (property: ts.ObjectLiteralElementLike): string =>
  property.name !== undefined && ts.isStringLiteral(property.name) ? property.name.text : '';

const objectOf = (property: ts.ObjectLiteralElementLike | undefined): ts.ObjectLiteralExpression | null =>
  property !== undefined && ts.isPropertyAssignment(property) && ts.isObjectLiteralExpression(property.initializer)
    ? property.initializer
    : null;

/** How a package.json is laid out. */
interface Layout {
  /** Between a name and its value. */
  readonly colon: string;
  /** Inside the braces of an object on one line. */
  readonly pad: string;
  /** Between two members on one line. */
  readonly gap: string;
  /** Whether members have lines of their own. */
  readonly lines: boolean;
}

function layoutOf(root: ts.ObjectLiteralExpression): Layout {
  const text = root.getText();
  const [first] = root.properties;
  if (first === undefined) return { colon: ': ', pad: '', gap: ' ', lines: true };
  const colon = /^"(?:[^"\\]|\\.)*"(\s*:[ \t]*)(?!\s)/.exec(first.getText())?.[1] ?? ': ';
  const pad = /^\{([ \t]*)/.exec(text)?.[1] ?? '';
  return { colon, pad, gap: colon.endsWith(':') ? '' : ' ', lines: text.includes('\n') };
}

/** An object with one member, as it stands below `indent`. */
function objectWith(member: string, indent: string, { pad, lines }: Layout, style: TextStyle): string {
  return lines ? `{${style.eol}${indent}${style.indent}${member}${style.eol}${indent}}` : `{${pad}${member}${pad}}`;
}

/** What stands between two members, at a neighbour of the new one: `,\n  `, or `\n, ` where commas begin the lines. */
function separatorAt(object: ts.ObjectLiteralExpression, neighbour: ts.ObjectLiteralElementLike, gap: string): string {
  const { text } = object.getSourceFile();
  const { properties } = object;
  const i = properties.indexOf(neighbour);
  const between = text.slice(properties[Math.max(i - 1, 0)]?.end, properties[Math.max(i, 1)]?.getStart());
  const isBetween = properties.length > 1 && (i > 0 || /^\s/.test(between));
  const separator = isBetween ? between : `,${text.slice(neighbour.pos, neighbour.getStart())}`;
  return separator.includes('\n') ? separator : `,${gap}`;
}

/** Adds a member to an object; before the first name that sorts after it when the names are sorted, else at the end. */
function insertInto(
  object: ts.ObjectLiteralExpression,
  { name, member }: { readonly name: string; readonly member: string },
  { layout, style }: { readonly layout: Layout; readonly style: TextStyle },
): Splice {
  const { text } = object.getSourceFile();
  const { properties } = object;
  const names = properties.map(nameOf);
  const sorted = names.every((one, i) => i === 0 || (names[i - 1] ?? '') <= one);
  const next = sorted ? properties.find((p) => nameOf(p) > name) : undefined;
  const neighbour = next ?? properties[properties.length - 1];
  if (neighbour === undefined) {
    const lineStart = text.lastIndexOf('\n', object.getStart()) + 1;
    const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
    return { start: object.getStart(), end: object.end, text: objectWith(member, indent, layout, style) };
  }
  const separator = separatorAt(object, neighbour, layout.gap);
  if (next !== undefined) return { start: next.getStart(), end: next.getStart(), text: member + separator };
  return { start: neighbour.end, end: neighbour.end, text: separator + member };
}

type Members = readonly (ts.ObjectLiteralExpression | null)[];

const memberOf = (object: ts.ObjectLiteralExpression | null | undefined): ts.ObjectLiteralElementLike | undefined =>
  object?.properties.find((one) => nameOf(one) === dependency.name);

const numbers = (range: string): readonly number[] | null => {
  const [, ...parts] = /^\s*[\^~=v]*(\d+)\.(\d+)(?:\.\d+)?\s*$/.exec(range) ?? [];
  return parts.length === 0 ? null : parts.map(Number);
};

/** Whether a range allows only versions that are older than the one that is added; of one that cannot be read it is not said. */
function isOlder(range: string): boolean {
  const [asked, needed] = [numbers(range), numbers(dependency.range)];
  if (asked === null || needed === null) return false;
  const differs = asked.findIndex((part, i) => part !== needed[i]);
  return differs !== -1 && (asked[differs] ?? 0) < (needed[differs] ?? 0);
}

/** What is written of a shardlift that is there: a newer range where it is too old. */
function raised(member: ts.ObjectLiteralElementLike): readonly Splice[] {
  const value = ts.isPropertyAssignment(member) ? member.initializer : undefined;
  if (value === undefined || !ts.isStringLiteral(value) || !isOlder(value.text)) return [];
  return [{ start: value.getStart(), end: value.end, text: `"${dependency.range}"` }];
}

/** Takes a member out of its object, with the comma beside it. */
function without(object: ts.ObjectLiteralExpression, member: ts.ObjectLiteralElementLike): Splice {
  const { properties } = object;
  const i = properties.indexOf(member);
  const [before, after] = [properties[i - 1], properties[i + 1]];
  if (before !== undefined) return { start: before.end, end: member.end, text: '' };
  if (after !== undefined) return { start: member.getStart(), end: after.getStart(), text: '' };
  return { start: object.getStart(), end: object.end, text: '{}' };
}

function rootOf(path: string, text: string): ts.ObjectLiteralExpression | null {
  const [statement] = ts.createSourceFile(path, `(${text})`, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS).statements;
  if (statement === undefined || !ts.isExpressionStatement(statement)) return null;
  const { expression } = statement;
  const root = ts.isParenthesizedExpression(expression) ? expression.expression : expression;
  return ts.isObjectLiteralExpression(root) ? root : null;
}

/** A place to add to: its list of dependencies, or all of it; `null` where something else stands under that name. */
function added(root: ts.ObjectLiteralExpression, range: string, style: TextStyle): Splice | null {
  const layout = layoutOf(root);
  const member = `"${dependency.name}"${layout.colon}${range}`;
  const list = root.properties.find((one) => nameOf(one) === 'dependencies');
  const object = objectOf(list);
  if (object !== null) return insertInto(object, { name: dependency.name, member }, { layout, style });
  const text = objectWith(member, style.indent, layout, style);
  if (list === undefined) {
    const whole = { name: '\uFFFF', member: `"dependencies"${layout.colon}${text}` };
    return insertInto(root, whole, { layout, style });
  }
  const value = ts.isPropertyAssignment(list) ? list.initializer : undefined;
  return value?.kind === ts.SyntaxKind.NullKeyword ? { start: value.getStart(), end: value.end, text } : null;
}

/** What the tools of a developer are and the bot is not installed with, where its own dependencies stand apart. */
function onlyForDevelopers([own, developers]: Members, member: ts.ObjectLiteralElementLike): boolean {
  return own != null && own.properties.length > 0 && developers?.properties.includes(member) === true;
}

function editsOf(root: ts.ObjectLiteralExpression, style: TextStyle): readonly Splice[] {
  const objects = dependencyFields.map((field) => objectOf(root.properties.find((one) => nameOf(one) === field)));
  const members = objects.flatMap((object) => memberOf(object) ?? []);
  const [first] = members;
  if (first === undefined) return [added(root, `"${dependency.range}"`, style)].filter((one) => one !== null);
  const [, developers] = objects;
  if (members.length > 1 || developers == null || !onlyForDevelopers(objects, first)) return members.flatMap(raised);
  const [newer] = raised(first);
  const range = newer?.text ?? (ts.isPropertyAssignment(first) ? first.initializer.getText() : '');
  return [added(root, range, style), without(developers, first)].filter((one) => one !== null);
}

/**
 * The splices that make shardlift one of the dependencies the bot runs with, in a version that is new enough; none when it
 * is one already, or the file is not an object.
 */
export function manifestSplices(path: string, text: string, style: TextStyle): readonly Splice[] {
  const root = rootOf(path, text);
  // The tree was parsed with one parenthesis in front.
  const edits = root === null ? [] : editsOf(root, style);
  return edits.map((one) => ({ start: one.start - 1, end: one.end - 1, text: one.text }));
}
