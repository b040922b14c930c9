/** functions/captures: what a function takes from outside itself. */
import type { ImportBinding } from '../modules/bindings.ts';
import { type Finding, finding, throwing } from '../rules/reasons.ts';
import type { FunctionSite } from '../syntax/call-site.ts';
import type { Splice } from '../syntax/edits.ts';
import { endsProcess } from '../syntax/ends-process.ts';
import { descendants, isNameOnly, positionOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { beginsAtCwd } from '../values/loads-from-cwd.ts';
import { isCalledAt } from './captured-use.ts';
import { clientDefaultEdits, isClientDefault } from './client-default.ts';
import { clientEdits, isThisType } from './client-this.ts';
import type { Had } from './had-names.ts';
import { lackedBy } from './lacked-imports.ts';
import { withLines } from './lacked-names.ts';
import { type Lack, lackOf } from './lacks.ts';
import { exportEdits } from './own-text.ts';
import { References } from './references.ts';
import { printType } from './types.ts';

/** An import the handlers file must repeat. */
export interface NeededImport {
  readonly binding: Pick<ImportBinding, 'style' | 'kind' | 'specifier' | 'imported' | 'local' | 'attributes'>;
  readonly typeOnly: boolean;
  /** Why the function had it until now: the compiler wrote its value, or discord.js's own file has that name. */
  readonly had?: Had | undefined;
  /** The file and name that declare it, where the checker knows; equal for two ways to write one import. */
  readonly declaredAt?: string | undefined;
}

/** What a function takes from outside; `blocked` is the first thing that stops it from moving. */
export interface Captures {
  readonly blocked: Finding | null;
  readonly imports: readonly NeededImport[];
  /** It calls `require` with the name of a package; in discord.js's file, where the text ran, that is always there. */
  readonly requires: boolean;
  /** Names only found because discord.js evaluates inside its own file. */
  readonly clientScope: readonly string[];
  /** Globals that another file of the package sets (`global.x = ...`). */
  readonly botGlobals: readonly string[];
  /** What changes in the function's text as it moves. */
  readonly edits: readonly Splice[];
  /** Names of variables from outside, with every place that reads them. */
  readonly outer: ReadonlyMap<string, readonly ts.Identifier[]>;
  /** Why those of them that the file exports are not imported from it. */
  readonly unloaded: ReadonlyMap<string, string>;
  /** What its text does today for want of each name of its file. */
  readonly lacks: ReadonlyMap<string, Lack>;
  /** Those of which it calls something, so that no data can stand in for them. */
  readonly called: ReadonlySet<string>;
  /** A type had to be left open. */
  readonly vague: boolean;
}

const oddities: Partial<Record<ts.SyntaxKind, string>> = {
  [ts.SyntaxKind.SuperKeyword]: 'super',
  [ts.SyntaxKind.MetaProperty]: 'import.meta or new.target',
};

const runsText = /^(_?eval|Function|runIn(New|This)?Context|compileFunction)$/;

/** The parts of a function in which `this` and `arguments` are others. */
const rebinds = (node: ts.Node): boolean =>
  ts.isFunctionExpression(node) ||
  ts.isFunctionDeclaration(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isClassLike(node);

/** Goes through a function and collects what ties it to its place. */
class Walk {
  readonly #at: FunctionSite;
  readonly #nested: ReadonlySet<ts.Node>;
  readonly found: References;
  readonly clientThis: ts.Node[] = [];
  vague = false;

  constructor(at: FunctionSite, nested: ReadonlySet<ts.Node>) {
    this.#at = at;
    this.#nested = nested;
    this.found = new References(at);
  }

  /** @param own - whether the node belongs to the function itself, and not to one inside it */
  visit(node: ts.Node, own: boolean): void {
    const { fn } = this.#at;
    if (own) this.#visitOwn(node);
    if (isThisType(fn, node) || isClientDefault(fn, node)) return;
    if (ts.isTypeQueryNode(node) && /^this\b/.test(node.exprName.getText())) {
      this.#writeOut(node);
      return;
    }
    if (this.#nested.has(node) && ts.isCallExpression(node)) {
      // Of a call that becomes a request, the receiver and the data stay in the function.
      for (const part of [node.expression, ...node.arguments.slice(1)]) this.visit(part, true);
      return;
    }
    if (endsProcess(node)) this.#stop('DC-E2', { what: node.getText() });
    if (ts.isPrivateIdentifier(node)) this.#stop('DC-T3', { what: node.text, line: this.#lineOf(node) });
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) this.#visitCall(node);
    if (ts.isIdentifier(node)) {
      this.#visitName(node, own);
      return;
    }
    const inside = node === fn || !rebinds(node);
    ts.forEachChild(node, (child) => this.visit(child, own && inside));
  }

  /** What belongs to the function itself and not to one inside it. */
  #visitOwn(node: ts.Node): void {
    const odd = oddities[node.kind];
    if (odd !== undefined) this.#stop('DC-T2', { what: odd, line: this.#lineOf(node) });
    if (node.kind !== ts.SyntaxKind.ThisKeyword) return;
    // In an arrow function it is the client that evaluates the text, whatever class surrounds the call.
    if (ts.isArrowFunction(this.#at.fn)) this.clientThis.push(node);
    else this.#stopWith(finding('DC-T1', { line: this.#lineOf(node) }), isTakenApart(node));
  }

  #visitName(node: ts.Identifier, own: boolean): void {
    // `typeof this.client` in a type holds `this` as an identifier.
    if (node.text === 'this') this.#stop('DC-T1', { line: this.#lineOf(node) });
    else if (isNameOnly(node)) return;
    else if (node.text !== 'arguments') this.found.add(node);
    // A function inside has its own.
    else if (own) this.#stop('DC-T2', { what: 'arguments', line: this.#lineOf(node) });
  }

  #visitCall(node: ts.CallExpression | ts.NewExpression): void {
    const callee = node.expression;
    const [first] = node.arguments ?? [];
    const isPath = first === undefined || !ts.isStringLiteralLike(first) || first.text.startsWith('.');
    const own = isPath && !beginsAtCwd(first);
    if (callee.kind === ts.SyntaxKind.ImportKeyword && own) this.found.fileBound.set('import()', this.#lineOf(node));
    const name = ts.isIdentifier(callee) ? callee.text : ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
    if (runsText.test(name)) this.#stop('DC-D4', { what: name });
    if (name === 'broadcastEval' || name === 'fetchClientValues') this.#stop('DC-W4');
  }

  /** `typeof this.client` means nothing in a handlers file: the type it stands for is written out. */
  #writeOut(node: ts.TypeQueryNode): void {
    const { file } = this.#at;
    const written = printType(file, file.checker.getTypeFromTypeNode(node));
    this.vague ||= written.vague;
    this.found.edits.push({ start: node.getStart(), end: node.end, text: written.text });
    for (const one of written.imports) this.found.imports.set(one.binding.local, one);
  }

  #lineOf(node: ts.Node): number {
    return positionOf(this.#at.file.tree, node.getStart()).line;
  }

  #stop(...why: Parameters<typeof finding>): void {
    this.found.findings.push(finding(...why));
  }

  #stopWith(why: Finding, throws: boolean): void {
    this.found.findings.push(throws ? throwing(why) : why);
  }
}

/** `this.x`, which throws where `this` is nothing: the text of a function is run as strict code, on its own. */
const isTakenApart = ({ parent }: ts.Node): boolean =>
  ts.isPropertyAccessExpression(parent) && parent.questionDotToken === undefined;

/** Where a function empties the cache of modules. */
const reloadIn = (fn: ts.Node): ts.Node | undefined =>
  descendants(fn).find((node) => ts.isPropertyAccessExpression(node) && node.getText() === 'require.cache');

function firstBlock(found: References, { file, fn }: FunctionSite): Finding | null {
  const [odd] = found.findings;
  if (odd !== undefined) return odd;
  const reload = found.fileBound.has('require') ? reloadIn(fn) : undefined;
  if (reload !== undefined) return finding('DC-C10', { line: positionOf(file.tree, reload.getStart()).line });
  if (found.fileBound.size > 0) return finding('DC-C5', { names: withLines(found.fileBound) });
  if (found.unknown.size > 0) return finding('DC-C4', { names: withLines(found.unknown) });
  return null;
}

/**
 * Classifies everything a function refers to.
 *
 * @param nested - broadcasts inside it that become requests, so that their own functions are no part of it any more
 */
export function capturesOf(at: FunctionSite, nested: ReadonlySet<ts.Node> = new Set()): Captures {
  const { file, fn } = at;
  const walk = new Walk(at, nested);
  const { found } = walk;
  if (fn.asteriskToken !== undefined) {
    found.findings.push(finding('DC-T2', { what: 'a generator', line: positionOf(file.tree, fn.getStart()).line }));
  }
  walk.visit(fn, true);
  const client = clientEdits(fn, walk.clientThis);
  if (client.refused !== null) found.findings.push(client.refused);
  const imports = [...found.imports.values()];
  const blocked = firstBlock(found, at);
  const { outer, unloaded } = found;
  const lacks = new Map([...found.read].map(([name, places]) => [name, lackOf(places, fn)] as const));
  const called = new Set([...found.read].filter(([, places]) => places.some(isCalledAt)).map(([name]) => name));
  // A reason of another kind hides nothing of what its text lacks today.
  const cause = lackedBy({ outer, unloaded, lacks, called, imports });
  return {
    blocked: blocked !== null && cause !== null ? throwing(blocked, cause) : blocked,
    imports,
    requires: found.requires,
    clientScope: [...found.clientScope],
    botGlobals: [...found.botGlobals],
    edits: [...client.edits, ...found.edits, ...clientDefaultEdits(fn), ...exportEdits(fn)],
    outer,
    unloaded,
    lacks,
    called,
    vague: walk.vague,
  };
}
