/** calls/script: the text a bot of discord.js 11 or 12 evaluates, as a function of the client and of data. Pure. */
import { isOperand } from '../doubts/sure-values.ts';
import type { Splice } from '../syntax/edits.ts';
import { applySplices } from '../syntax/edits.ts';
import { FreeNames } from '../syntax/free-names.ts';
import { invokedIn, parseScript, type Refusal, shapeOf, type ValueUse } from '../syntax/script-shape.ts';
import { descendants, isInert, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

/** A string as it is put together: fixed text, and expressions between. */
export type Piece = string | ts.Expression;

/** What an expression inside the text became. */
export interface Hole {
  readonly node: ts.Expression;
  /** The name it has in the data. */
  readonly name: string;
  /** Written between quotes, so that the text held it as a string. */
  readonly quoted: boolean;
}

/** The function a text became, or why it cannot. */
export interface Script {
  readonly source: string;
  readonly holes: readonly Hole[];
  /** Some expression chose the name of a property. */
  readonly computed: boolean;
}

/** Reads a string, a template or a sum of them; `null` for anything else. */
export function piecesOf(node: ts.Expression): readonly Piece[] | null {
  const at = unwrap(node);
  if (ts.isStringLiteralLike(at)) return [at.text];
  if (ts.isTemplateExpression(at)) {
    return [at.head.text, ...at.templateSpans.flatMap((span) => [span.expression, span.literal.text])];
  }
  if (!ts.isBinaryExpression(at) || at.operatorToken.kind !== ts.SyntaxKind.PlusToken) return null;
  const sides = [piecesOf(at.left) ?? [at.left], piecesOf(at.right) ?? [at.right]].flat();
  return sides.some((side) => typeof side === 'string') ? sides : null;
}

const placeholder = (index: number): string => `__hole${index}__`;
const placeholders = /__hole(\d+)__/g;

/** Removes the indent that all lines but the first share; text with templates stays as it is. */
function dedent(text: string): string {
  if (text.includes('`')) return text.trim();
  const lines = text
    .replace(/^\s*\n/, '')
    .trimEnd()
    .split(/\r?\n/);
  const widths = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const rest = text.trimStart() === text ? widths.slice(1) : widths;
  const shared = rest.length === 0 ? 0 : Math.min(...rest);
  return lines
    .map((line, i) => (i === 0 && rest !== widths ? line : line.slice(Math.min(shared, line.length))))
    .join('\n')
    .trim();
}

const broken = (tree: ts.SourceFile): boolean =>
  ((tree as ts.SourceFile & { parseDiagnostics?: readonly unknown[] }).parseDiagnostics ?? []).length > 0;

/** A name for a value, from the expression that gives it: `guild.id` -> guildId, `args[0]` -> arg. */
function nameFor(node: ts.Expression, isFree: (name: string) => boolean): string {
  const words: string[] = [];
  const visit = (at: ts.Node): void => {
    if (ts.isIdentifier(at) && !/^(toString|String|JSON|stringify|replace|toLocaleString|this|args?)$/.test(at.text)) {
      words.push(at.text);
    }
    ts.forEachChild(at, visit);
  };
  visit(node);
  const last = words.at(-1) ?? 'value';
  const base =
    /^(id|name)$/.test(last) && words.length > 1 ? `${words.at(-2)}${last[0]?.toUpperCase()}${last.slice(1)}` : last;
  const plain = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(base) ? base : 'value';
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? plain : `${plain}${n}`;
    if (isFree(name)) return name;
  }
}

/** Names that the handler has already, or that say nothing there. */
const reserved = new Set(['client', 'shardClient', 'data', 'context']);

interface AssemblyGiven {
  readonly names: FreeNames;
  /** Every node of the text. */
  readonly all: readonly ts.Node[];
  readonly isData: Means['isData'];
}

class Assembly {
  readonly holes = new Map<string, Hole>();
  computed = false;
  readonly #nodes: readonly ts.Expression[];
  readonly #names: FreeNames;
  readonly #places: readonly ts.Node[];
  readonly #isData: Means['isData'];

  constructor(nodes: readonly ts.Expression[], { names, all, isData }: AssemblyGiven) {
    this.#nodes = nodes;
    this.#isData = isData;
    this.#names = names;
    this.#places = all.filter((node) => isToken(node) && node.getText().includes('__hole'));
  }

  #use(index: number, quoted: boolean): string {
    const given = this.#nodes[index];
    if (given === undefined) return 'undefined';
    // Between quotes the JSON is a string; as code it is the value.
    const node = quoted ? given : (stringified(given) ?? given);
    // What does something is done each time that it is written.
    const key = `${quoted ? 'string' : 'value'} ${node.getText()}${isInert(node) ? '' : ` ${index}`}`;
    const known = this.holes.get(key);
    const name = known?.name ?? nameFor(node, (one) => this.#isFree(one, given));
    this.holes.set(key, { node, name, quoted });
    return name;
  }

  #isFree(name: string, given: ts.Expression): boolean {
    if (reserved.has(name) || [...this.holes.values()].some((hole) => hole.name === name)) return false;
    const text = given.getText();
    const same = this.#nodes.flatMap((node, index) => (node.getText() === text ? [placeholder(index)] : []));
    const places = this.#places.filter((place) => same.some((one) => place.getText().includes(one)));
    return this.#names.isFree(name, places);
  }

  /** The edit a node with placeholders needs; `null` when it may not stand there. */
  edit(node: ts.Node): Splice | null | undefined {
    if (ts.isIdentifier(node)) return this.#ofIdentifier(node);
    if (!isToken(node) || !node.getText().includes('__hole')) return undefined;
    if (ts.isStringLiteral(node)) return this.#ofString(node);
    return ts.isTemplateLiteralToken(node) ? this.#ofTemplate(node) : null;
  }

  #ofIdentifier(node: ts.Identifier): Splice | null | undefined {
    const digits = /^__hole(\d+)__$/.exec(node.text)?.[1];
    if (digits === undefined) return node.text.includes('__hole') ? null : undefined;
    const index = Number(digits);
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
      this.computed = true;
      const dot = parent.questionDotToken === undefined ? '' : '?.';
      return { start: parent.expression.end, end: node.end, text: `${dot}[${this.#use(index, true)}]` };
    }
    const given = this.#nodes[index];
    const isValue = stringified(given) !== null || (given !== undefined && isOperand(node) && this.#isData(given));
    return isValue ? { start: node.getStart(), end: node.end, text: this.#use(index, false) } : null;
  }

  #ofString(node: ts.StringLiteral): Splice {
    const start = node.getStart();
    const whole = /^__hole(\d+)__$/.exec(node.text)?.[1];
    if (whole !== undefined) {
      const name = this.#use(Number(whole), true);
      const key = ts.isPropertyAssignment(node.parent) && node.parent.name === node;
      return { start, end: node.end, text: key ? `[${name}]` : name };
    }
    const inner = node
      .getText()
      .slice(1, -1)
      .replace(/`|\$\{/g, '\\$&')
      .replace(/\\(['"])/g, '$1');
    return { start, end: node.end, text: `\`${this.#filled(inner)}\`` };
  }

  #ofTemplate(node: ts.Node): Splice {
    return { start: node.getStart(), end: node.end, text: this.#filled(node.getText()) };
  }

  #filled(text: string): string {
    return text.replace(placeholders, (_, index: string) => `\${${this.#use(Number(index), true)}}`);
  }
}

const isToken = (node: ts.Node): boolean =>
  ts.isIdentifier(node) ||
  ts.isStringLiteral(node) ||
  ts.isTemplateLiteralToken(node) ||
  ts.isRegularExpressionLiteral(node) ||
  ts.isJsxText(node);

/** The `x` of `JSON.stringify(x)`. */
function stringified(node: ts.Expression | undefined): ts.Expression | null {
  if (node === undefined || !ts.isCallExpression(node) || node.expression.getText() !== 'JSON.stringify') return null;
  const [value] = node.arguments;
  return value !== undefined && node.arguments.length === 1 ? value : null;
}

function editsOf(
  nodes: readonly ts.Node[],
  assembly: Assembly,
  given: readonly ts.Expression[],
): readonly Splice[] | Refusal {
  const edits: Splice[] = [];
  for (const node of nodes) {
    const edit = assembly.edit(node);
    if (edit === null) {
      const shown = node
        .getText()
        .replace(placeholders, (_, index: string) => `\${${given[Number(index)]?.getText()}}`);
      return { why: `\`${shown.replace(/\s+/g, ' ').slice(0, 60)}\` is put in as code` };
    }
    if (edit !== undefined) edits.push(edit);
  }
  return edits;
}

/** What the expressions between the pieces of a text are. */
export interface Means {
  /** The source of a function that an expression names, put into the text as it is. */
  readonly functionOf: (node: ts.Expression) => string | null;
  /** Whether the text of an expression is sure to be a number or a boolean, and so no code. */
  readonly isData: (node: ts.Expression) => boolean;
}

/**
 * Turns the pieces of an evaluated text into the source of a function of the client (still called `this` in it) and data.
 *
 * @param use - whether anybody looks at the results
 */
export function scriptOf(pieces: readonly Piece[], means: Means, use: ValueUse): Script | Refusal {
  const nodes: ts.Expression[] = [];
  const text = dedent(
    pieces
      .map((piece) => {
        if (typeof piece === 'string') return piece;
        return means.functionOf(piece) ?? placeholder(nodes.push(piece) - 1);
      })
      .join(''),
  );
  const tree = parseScript(text);
  if (text === '' || broken(tree)) return { why: 'it does not parse' };
  const all = descendants(tree);
  const names = new FreeNames(tree, invokedIn(tree)?.body ?? null);
  const assembly = new Assembly(nodes, { names, all, isData: means.isData });
  const edits = editsOf(all, assembly, nodes);
  if ('why' in edits) return edits;
  const shape = shapeOf(applySplices(text, edits), use);
  if ('why' in shape) return shape;
  if (/__hole\d/.test(shape.body)) return { why: 'a part of it stands in a comment' };
  const used = new Set(
    [...descendants(parseScript(`(${shape.body})`))].filter(ts.isIdentifier).map((node) => node.text),
  );
  const client = used.has('client') ? 'shardClient' : 'client';
  const holes = [...assembly.holes.values()];
  const data = holes.length === 0 ? '' : `, { ${holes.map(({ name }) => name).join(', ')} }`;
  return {
    source: `${shape.isAsync ? 'async ' : ''}(${client}${data}) => ${shape.body}`,
    holes,
    computed: assembly.computed,
  };
}
