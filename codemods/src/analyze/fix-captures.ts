/** analyze/fix-captures: variables from outside become data, when that is what their author meant. */
import { ts } from 'ts-morph';
import { type MovedText, moveText, oneLine } from '../moved-text.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import { type Captures, capturedNames, type NeededImport } from './captures.ts';
import type { ParsedFile } from './program.ts';
import type { Splice } from './receiver.ts';
import { descendants, type MovableFunction, symbolOf, unwrap } from './syntax.ts';
import { changedByJson, writeType } from './types.ts';

/** What passing the captured variables changes: the function's text and the data of the call. */
export interface FixedCaptures {
  readonly edits: readonly Splice[];
  readonly data: MovedText | null;
  /** The type of the whole data, for TypeScript without a type of its own. */
  readonly imports: readonly NeededImport[];
  readonly note: Finding;
}

const clientNames = /^(client|bot)$/i;

/** The client of the file, of which the far process has its own. */
function isClient(file: ParsedFile, node: ts.Identifier): boolean {
  if (!file.typed) return clientNames.test(node.text);
  const type = file.checker.getTypeAtLocation(node);
  if (type.flags & ts.TypeFlags.Any) return clientNames.test(node.text);
  return type.getProperty('guilds') !== undefined && type.getProperty('ws') !== undefined;
}

/** Whether a captured variable is plain data: no function, no class, nothing assigned inside. */
function isData(file: ParsedFile, fn: MovableFunction, uses: readonly ts.Identifier[]): boolean {
  const [first] = uses;
  if (first === undefined) return false;
  const declaration = symbolOf(file.checker, first)?.valueDeclaration;
  if (declaration === undefined || ts.isFunctionLike(declaration) || ts.isClassLike(declaration)) return false;
  const value =
    ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined
      ? unwrap(declaration.initializer)
      : undefined;
  if (value !== undefined && (ts.isFunctionLike(value) || ts.isClassLike(value) || ts.isNewExpression(value)))
    return false;
  const written = uses.some(({ parent }) => ts.isBinaryExpression(parent) && parent.left === first);
  const stepped = uses.some(
    ({ parent }) =>
      ts.isPostfixUnaryExpression(parent) ||
      (ts.isPrefixUnaryExpression(parent) &&
        parent.operator !== ts.SyntaxKind.ExclamationToken &&
        parent.operator !== ts.SyntaxKind.MinusToken),
  );
  const called = uses.some((use) => ts.isCallExpression(use.parent) && use.parent.expression === use);
  if (written || stepped || called || !fn.parent) return false;
  if (!file.typed) return true;
  const type = file.checker.getTypeAtLocation(first);
  return type.getCallSignatures().length === 0 && changedByJson(file.checker, type) !== 'a function';
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
  file: ParsedFile,
  fn: MovableFunction,
  names: readonly string[],
  hasContext: boolean,
): { readonly edits: readonly Splice[]; readonly imports: readonly NeededImport[] } | null {
  const [client, second] = fn.parameters;
  if (second !== undefined && (!hasContext || !ts.isObjectBindingPattern(second.name) || second.type !== undefined))
    return null;
  if (second !== undefined && ts.isObjectBindingPattern(second.name)) {
    return { edits: [intoPattern(second.name, names)], imports: [] };
  }
  if (hasContext || client?.dotDotDotToken !== undefined) return null;
  const types = file.typed ? typesOf(file, fn, names) : { text: '', imports: [] };
  const added = `{ ${names.join(', ')} }${types.text}`;
  if (client !== undefined) {
    const bare = !fn
      .getText()
      .slice(0, client.getStart() - fn.getStart())
      .includes('(');
    const at = client.end;
    const open = bare ? [{ start: client.getStart(), end: client.getStart(), text: '(' }] : [];
    return { edits: [...open, { start: at, end: at, text: `, ${added}${bare ? ')' : ''}` }], imports: types.imports };
  }
  const at = fn.getStart() + fn.getText().indexOf('(') + 1;
  return { edits: [{ start: at, end: at, text: `_client, ${added}` }], imports: types.imports };
}

function typesOf(file: ParsedFile, fn: MovableFunction, names: readonly string[]) {
  const found = [...descendants(fn)].filter(ts.isIdentifier);
  const parts = names.map((name) => {
    const node = found.find((one) => one.text === name);
    return node === undefined ? { text: 'any', imports: [] } : writeType(file, node);
  });
  const text = `: { ${parts.map((part, i) => `${names[i]}: ${part.text}`).join('; ')} }`;
  return { text, imports: parts.flatMap(({ imports }) => imports) };
}

/** Passes what a function captures, or says why it cannot. */
export function fixCaptures(
  file: ParsedFile,
  fn: MovableFunction,
  captures: Captures,
  context: ts.Expression | null,
): FixedCaptures | Finding {
  const refused = finding('DC-C1', { names: capturedNames(captures) });
  const [client] = fn.parameters;
  const entries = [...captures.outer];
  const clients = entries.filter(([, [first]]) => first !== undefined && isClient(file, first));
  const data = entries.filter((entry) => !clients.includes(entry));
  if (clients.length > 0 && (client === undefined || !ts.isIdentifier(client.name))) return refused;
  if (!data.every(([, uses]) => isData(file, fn, uses))) return refused;
  const own = client?.name.getText() ?? '';
  const renamed = clients.flatMap(([name, uses]) =>
    uses.map((use) => ({
      start: use.getStart(),
      end: use.end,
      text: ts.isShorthandPropertyAssignment(use.parent) ? `${name}: ${own}` : own,
    })),
  );
  const names = data.map(([name]) => name);
  const note = finding('DC-C7', { names: capturedNames(captures) });
  if (names.length === 0)
    return { edits: renamed, data: context === null ? null : moveText(context), imports: [], note };
  const literal = context === null ? null : unwrap(context);
  if (literal !== null && !ts.isObjectLiteralExpression(literal)) return refused;
  const parameters = parameterEdits(file, fn, names, literal !== null);
  if (parameters === null) return refused;
  return { edits: [...renamed, ...parameters.edits], data: added(literal, names), imports: parameters.imports, note };
}

function added(literal: ts.ObjectLiteralExpression | null, names: readonly string[]): MovedText {
  const last = literal?.properties.at(-1);
  if (literal === null || last === undefined) return oneLine(`{ ${names.join(', ')} }`);
  return moveText(literal, [{ start: last.end, end: last.end, text: `, ${names.join(', ')}` }]);
}
