/** analyze/script: the text a bot of discord.js 11 or 12 evaluates, as a function of the client and of data. Pure. */
import { ts } from 'ts-morph';
import { applySplices } from '../plan/edits.ts';
import type { Splice } from './receiver.ts';
import { descendants, unwrap } from './syntax.ts';

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

/** Why a text stays a text. */
export interface Refusal {
  readonly why: string;
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

const parse = (text: string): ts.SourceFile => ts.createSourceFile('script.tsx', text, ts.ScriptTarget.ESNext, true);

const broken = (tree: ts.SourceFile): boolean =>
  ((tree as ts.SourceFile & { parseDiagnostics?: readonly unknown[] }).parseDiagnostics ?? []).length > 0;

/** A name for a value, from the expression that gives it: `guild.id` -> guildId, `args[0]` -> arg. */
function nameFor(node: ts.Expression, taken: ReadonlySet<string>): string {
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
    if (!taken.has(name)) return name;
  }
}

class Assembly {
  readonly holes = new Map<string, Hole>();
  computed = false;
  readonly #nodes: readonly ts.Expression[];
  readonly #taken: Set<string>;

  constructor(nodes: readonly ts.Expression[], names: Iterable<string>) {
    this.#nodes = nodes;
    this.#taken = new Set([...names, 'client', 'data', 'context']);
  }

  #use(index: number, quoted: boolean): string {
    const given = this.#nodes[index];
    if (given === undefined) return 'undefined';
    const node = stringified(given) ?? given;
    const key = node.getText();
    const known = this.holes.get(key);
    const name = known?.name ?? nameFor(node, this.#taken);
    this.#taken.add(name);
    this.holes.set(key, { node, name, quoted: quoted || known?.quoted === true });
    return name;
  }

  /** The edit a node with placeholders needs; `null` when it may not stand there. */
  edit(node: ts.Node): Splice | null | undefined {
    if (ts.isIdentifier(node)) return this.#ofIdentifier(node);
    const token = ts.isStringLiteral(node) || ts.isTemplateLiteralToken(node) || ts.isRegularExpressionLiteral(node);
    if (!(token || ts.isJsxText(node)) || !node.getText().includes('__hole')) return undefined;
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
    const json = stringified(this.#nodes[index]) !== null;
    return json ? { start: node.getStart(), end: node.end, text: this.#use(index, false) } : null;
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

/** The `x` of `JSON.stringify(x)`. */
function stringified(node: ts.Expression | undefined): ts.Expression | null {
  if (node === undefined || !ts.isCallExpression(node) || node.expression.getText() !== 'JSON.stringify') return null;
  const [value] = node.arguments;
  return value !== undefined && node.arguments.length === 1 ? value : null;
}

/** Writes `return` where the value of a list of statements comes from, as `eval` gives it. `null` for loops. */
function returns(statements: readonly ts.Statement[]): readonly Splice[] | null {
  const last = statements.filter((one) => !ts.isEmptyStatement(one)).at(-1);
  if (last === undefined) return [];
  if (ts.isExpressionStatement(last)) return [{ start: last.getStart(), end: last.getStart(), text: 'return ' }];
  if (ts.isBlock(last)) return returns(last.statements);
  if (ts.isIfStatement(last)) {
    const branches = [last.thenStatement, ...(last.elseStatement === undefined ? [] : [last.elseStatement])];
    const each = branches.map((branch) => returns([branch]));
    return each.some((one) => one === null) ? null : each.flatMap((one) => one ?? []);
  }
  if (ts.isTryStatement(last)) {
    const parts = [last.tryBlock, ...(last.catchClause === undefined ? [] : [last.catchClause.block])];
    const each = parts.map((part) => returns(part.statements));
    return each.some((one) => one === null) ? null : each.flatMap((one) => one ?? []);
  }
  const declares = ts.isVariableStatement(last) || ts.isFunctionDeclaration(last);
  return declares ? [] : null;
}

/** `(async () => { ... })()` with nothing handed in: its function is the handler. */
function invoked(node: ts.Expression): ts.ArrowFunction | null {
  const at = unwrap(node);
  if (!ts.isCallExpression(at) || at.arguments.length > 0) return null;
  const callee = unwrap(at.expression);
  return ts.isArrowFunction(callee) && callee.parameters.length === 0 ? callee : null;
}

interface Shape {
  /** `async (client) => ` and so on, without the parameters. */
  readonly isAsync: boolean;
  readonly body: string;
}

function shapeOf(text: string, valueUsed: boolean): Shape | Refusal {
  const tree = parse(text);
  const [only] = tree.statements;
  const single = tree.statements.filter((one) => !ts.isEmptyStatement(one)).length === 1;
  if (only !== undefined && single && ts.isExpressionStatement(only)) {
    const arrow = invoked(only.expression);
    if (arrow !== null) {
      const isAsync = arrow.modifiers?.some((one) => one.kind === ts.SyntaxKind.AsyncKeyword) === true;
      return { isAsync, body: arrow.body.getText() };
    }
    const expression = only.expression.getText();
    return { isAsync: false, body: /^\{/.test(expression) ? `(${expression})` : expression };
  }
  const added = returns(tree.statements);
  if (added === null && valueUsed) return { why: 'its value comes out of a loop' };
  const inner = applySplices(text, added ?? []);
  return { isAsync: false, body: `{\n${inner.replace(/^(?=.)/gm, '\t')}\n}` };
}

function editsOf(nodes: readonly ts.Node[], assembly: Assembly): readonly Splice[] | Refusal {
  const edits: Splice[] = [];
  for (const node of nodes) {
    const edit = assembly.edit(node);
    const shown = node.getText().replace(placeholders, 'an expression').slice(0, 40);
    if (edit === null) return { why: `${shown} is put in as code` };
    if (edit !== undefined) edits.push(edit);
  }
  return edits;
}

/**
 * Turns the pieces of an evaluated text into the source of a function of the client (still called `this` in it) and data.
 *
 * @param functions - the source of a function that an expression names, put into the text as it is
 * @param valueUsed - whether anybody looks at the results
 */
export function scriptOf(
  pieces: readonly Piece[],
  functions: (node: ts.Expression) => string | null,
  valueUsed: boolean,
): Script | Refusal {
  const nodes: ts.Expression[] = [];
  const text = dedent(
    pieces
      .map((piece) => {
        if (typeof piece === 'string') return piece;
        return functions(piece) ?? placeholder(nodes.push(piece) - 1);
      })
      .join(''),
  );
  const tree = parse(text);
  if (text === '' || broken(tree)) return { why: 'it does not parse' };
  const all = [...descendants(tree)];
  const assembly = new Assembly(
    nodes,
    all.filter(ts.isIdentifier).map((node) => node.text),
  );
  const edits = editsOf(all, assembly);
  if ('why' in edits) return edits;
  const shape = shapeOf(applySplices(text, edits), valueUsed);
  if ('why' in shape) return shape;
  if (/__hole\d/.test(shape.body)) return { why: 'a part of it stands in a comment' };
  const names = new Set([...descendants(parse(`(${shape.body})`))].filter(ts.isIdentifier).map((node) => node.text));
  const client = names.has('client') ? 'shardClient' : 'client';
  const holes = [...assembly.holes.values()];
  const data = holes.length === 0 ? '' : `, { ${holes.map(({ name }) => name).join(', ')} }`;
  return {
    source: `${shape.isAsync ? 'async ' : ''}(${client}${data}) => ${shape.body}`,
    holes,
    computed: assembly.computed,
  };
}
