/** calls/legacy: a text that discord.js 11 and 12 or hybrid-sharding evaluate, understood as a function. */
import { type Facts, factsOf } from '../clients/facts.ts';
import { isNumberOrBoolean } from '../doubts/sure-values.ts';
import { capturesOf, type NeededImport } from '../functions/captures.ts';
import { functionNotes } from '../functions/eval-notes.ts';
import { withoutValue } from '../functions/not-given.ts';
import { refusedOfText } from '../functions/refused-values.ts';
import { writeType } from '../functions/types.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { FunctionSite } from '../syntax/call-site.ts';
import { compileAlone } from '../syntax/compiler.ts';
import { formerMembers } from '../syntax/globals.ts';
import { type MovedText, oneLine } from '../syntax/moved-text.ts';
import type { ParsedFile } from '../syntax/program.ts';
import type { ValueUse } from '../syntax/script-shape.ts';
import { type MovableFunction, symbolOf, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { countEdits } from './count-edits.ts';
import { handlerText } from './handler-text.ts';
import { keptNulls } from './null-edits.ts';
import type { Nulls } from './nulls-told.ts';
import { type Hole, type Means, type Piece, piecesOf, scriptOf } from './script.ts';

/** A text as a handler: what moves, what the call hands over. */
export interface LegacyScript {
  readonly file: ParsedFile;
  readonly fn: MovableFunction;
  readonly data: MovedText | null;
  readonly source: ReturnType<typeof handlerText>['source'];
  readonly facts: Facts;
  readonly notes: readonly Finding[];
  /** Whether it gives what the text gave. */
  readonly isGiven: boolean;
}

/** The text behind an argument: written there, or in a const of this file that has no expressions in it. */
export function textArgument(file: ParsedFile, node: ts.Expression): readonly Piece[] | null {
  const direct = piecesOf(node);
  if (direct !== null) return direct;
  const at = unwrap(node);
  const declaration = ts.isIdentifier(at) ? symbolOf(file.checker, at)?.valueDeclaration : undefined;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return null;
  if (!(declaration.parent.flags & ts.NodeFlags.Const) || declaration.initializer === undefined) return null;
  const pieces = piecesOf(declaration.initializer);
  return pieces?.every((piece) => typeof piece === 'string') === true ? pieces : null;
}

/** The `fn` of `(${fn})(this)`, which is how a function was sent before broadcastEval took one. */
export function calledWithClient(pieces: readonly Piece[]): ts.Expression | undefined {
  const [before, fn, after, ...more] = pieces;
  if (typeof before !== 'string' || typeof after !== 'string' || fn === undefined || typeof fn === 'string') return;
  const isCall = more.length === 0 && before.trim() === '(' && /^\s*\)\s*\(\s*this\s*\)\s*;?\s*$/.test(after);
  if (!isCall) return;
  const at = unwrap(fn);
  const isText = ts.isCallExpression(at) && ts.isPropertyAccessExpression(at.expression) && at.arguments.length === 0;
  return isText && at.expression.name.text === 'toString' ? at.expression.expression : fn;
}

/** The source of the function of this file that a name refers to. */
function functionSource(file: ParsedFile, node: ts.Expression): string | null {
  const at = unwrap(node);
  if (ts.isArrowFunction(at) || ts.isFunctionExpression(at)) return at.getText();
  const declaration = ts.isIdentifier(at) ? symbolOf(file.checker, at)?.valueDeclaration : undefined;
  if (declaration === undefined || declaration.getSourceFile() !== file.tree) return null;
  if (ts.isFunctionDeclaration(declaration)) return declaration.getText();
  const fixed = ts.isVariableDeclaration(declaration) && declaration.parent.flags & ts.NodeFlags.Const;
  const value = fixed && declaration.initializer !== undefined ? unwrap(declaration.initializer) : undefined;
  const isFunction = value !== undefined && (ts.isArrowFunction(value) || ts.isFunctionExpression(value));
  return isFunction ? value.getText() : null;
}

const textual =
  /(\.(id|name|tag|username|url|type|discriminator)|toString\(\)|toLocaleString\(\)|\.(join|replace|trim|toUpperCase|toLowerCase|slice)\(.*\)|^String\(.*\)|^JSON\.stringify\(.*\)|^[`'"].*[`'"])$/s;

/** The value as the text held it: a string where it stood between quotes. */
function valueText(file: ParsedFile, { node, quoted }: Hole): string {
  const text = node.getText();
  if (!quoted) return text;
  const typed = file.typed ? file.checker.getTypeAtLocation(node) : null;
  const isText = typed !== null && typed.flags & ts.TypeFlags.StringLike;
  return isText || textual.test(text) ? text : `String(${text})`;
}

function dataOf(file: ParsedFile, holes: readonly Hole[]): MovedText | null {
  if (holes.length === 0) return null;
  const members = holes.map((hole) => {
    const text = valueText(file, hole);
    return text === hole.name ? text : `${hole.name}: ${text}`;
  });
  return oneLine(`{ ${members.join(', ')} }`);
}

interface WrittenData {
  readonly type: string;
  readonly doc: string | null;
  readonly imports: readonly NeededImport[];
}

function typeOf(file: ParsedFile, holes: readonly Hole[]): WrittenData {
  if (holes.length === 0) return { type: '', doc: null, imports: [] };
  const parts = holes.map(({ node, name, quoted }) => {
    if (quoted) return { text: `${name}: string`, imports: [] };
    const written = file.typed ? writeType(file, node) : { text: 'any', imports: [] };
    return { text: `${name}: ${written.text}`, imports: written.imports };
  });
  const list = (separator: string): string => `{ ${parts.map(({ text }) => text).join(separator)} }`;
  if (!file.typed) return { type: '', doc: list(', '), imports: [] };
  return { type: `: ${list('; ')}`, doc: null, imports: parts.flatMap(({ imports }) => imports) };
}

/** Parses the function on its own: nothing of the file it stood in was visible to the text. */
function aside(file: ParsedFile, source: string): FunctionSite | null {
  const path = `${file.source.path}.text${file.typed ? '.ts' : '.js'}`;
  const text = `(${source});`;
  const compilation = compileAlone(path, text);
  const tree = compilation.program.getSourceFile(path);
  const [statement] = tree?.statements ?? [];
  if (tree === undefined || statement === undefined || !ts.isExpressionStatement(statement)) return null;
  const fn = unwrap(statement.expression);
  if (!ts.isArrowFunction(fn)) return null;
  const checker = compilation.program.getTypeChecker();
  return { file: { source: { ...file.source, text }, tree, checker, typed: false, compilation }, fn };
}

const ending = /\bprocess\.(?:exit|kill|abort)\b/;

/** Why a text stays: what ends its process would be no handler, whatever is put into it. */
function refusedText(pieces: readonly Piece[], what: string): Finding {
  const [ends] = pieces.flatMap((piece) => (typeof piece === 'string' ? (ending.exec(piece) ?? []) : []));
  return ends === undefined ? finding('DC-D7', { what }) : finding('DC-E2', { what: ends });
}

/** Understands a text, or says why it stays. */
export function understandText(
  file: ParsedFile,
  pieces: readonly Piece[],
  { use, nulls }: { readonly use: ValueUse; readonly nulls: Nulls | null },
): LegacyScript | Finding {
  const means: Means = {
    functionOf: (node) => functionSource(file, node),
    isData: (node) => isNumberOrBoolean(file, node),
  };
  const script = scriptOf(pieces, means, use);
  if ('why' in script) return refusedText(pieces, script.why);
  const apart = aside(file, script.source);
  if (apart === null) return finding('DC-D7', { what: 'it does not parse' });
  const captures = capturesOf(apart);
  if (captures.blocked !== null) return captures.blocked;
  const typing = typeOf(file, script.holes);
  const second = apart.fn.parameters[1];
  const insert =
    second === undefined || typing.type === '' ? [] : [{ start: second.end, end: second.end, text: typing.type }];
  const kept = keptNulls(apart, nulls);
  // What would be refused is left out by the shape of the text.
  const dropped = use === 'ignored' && refusedOfText(apart.fn) === null ? withoutValue(apart) : null;
  const changed = dropped ?? (use === 'dropped' ? [] : countEdits(apart.fn));
  const edits = [...captures.edits, ...kept.edits, ...insert, ...changed];
  const written = handlerText(apart, null, { ...captures, edits });
  const source = {
    ...written.source,
    key: `${written.source.key}${typing.type}`,
    imports: [...written.source.imports, ...typing.imports],
    dataDoc: typing.doc,
    from: file.source.path,
  };
  const computed = script.computed ? [finding('DC-L1')] : [];
  const notes = [...computed, ...functionNotes(captures), ...kept.notes];
  const facts = factsOf(apart.fn);
  const custom = facts.custom.filter((name) => !formerMembers.has(name));
  const isGiven = use !== 'dropped' && dropped === null;
  return { ...apart, data: dataOf(file, script.holes), source, facts: { ...facts, custom }, notes, isGiven };
}
