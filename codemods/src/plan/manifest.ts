/** plan/manifest: adds shardlift to a package.json by a text splice; its formatting stays. */
import type { Splice } from '../analyze/receiver.ts';
import type { TextStyle } from '../source.ts';
import { ts } from '../typescript.js';

/** The dependency dc-migrate adds. */
export const dependency = { name: 'shardlift', range: '^0.1.0' } as const;

const fields = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

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

/** The splice that adds shardlift, or `null` when it is there already or the file is not an object. */
export function manifestSplice(path: string, text: string, style: TextStyle): Splice | null {
  const tree = ts.createSourceFile(path, `(${text})`, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
  const [statement] = tree.statements;
  if (
    statement === undefined ||
    !ts.isExpressionStatement(statement) ||
    !ts.isParenthesizedExpression(statement.expression)
  )
    return null;
  const root = statement.expression.expression;
  if (!ts.isObjectLiteralExpression(root)) return null;
  const objects = fields.map((field) => objectOf(root.properties.find((p) => nameOf(p) === field)));
  if (objects.some((object) => object?.properties.some((p) => nameOf(p) === dependency.name))) return null;
  const layout = layoutOf(root);
  const member = `"${dependency.name}"${layout.colon}"${dependency.range}"`;
  const [dependencies = null] = objects;
  const list = `"dependencies"${layout.colon}${objectWith(member, style.indent, layout, style)}`;
  const added = dependencies === null ? { name: '\uFFFF', member: list } : { name: dependency.name, member };
  const splice = insertInto(dependencies ?? root, added, { layout, style });
  // The tree was parsed with one parenthesis in front.
  return { start: splice.start - 1, end: splice.end - 1, text: splice.text };
}
