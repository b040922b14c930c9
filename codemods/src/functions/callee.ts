/** functions/callee: finds the function a broadcastEval call sends: written right there, or by a name of this file. */
import { bindingOf, type ImportBinding } from '../modules/bindings.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import { type OwnComments, ownComments } from '../syntax/comments.ts';
import type { Splice } from '../syntax/edits.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { linesOf } from '../syntax/statements.ts';
import { descendants, dottedNames, type MovableFunction, symbolOf, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { movedAsArrow, wayToWrite } from './bound-function.ts';

/** A function with a name of its own, which may go once nothing uses it any more. */
export interface Reference {
  readonly removal: Splice;
  /** The lines of the comments that belong to it. */
  readonly comments: readonly string[];
  /** Where the name is used. */
  readonly uses: readonly number[];
}

/** The function of a call. */
export type Callee =
  | { readonly kind: 'function'; readonly fn: MovableFunction; readonly reference: Reference | null }
  | { readonly kind: 'import'; readonly binding: ImportBinding };

/** The comments of a statement that shares its lines with no other. */
function commentsAlong(statement: ts.Statement): OwnComments | null {
  const { text } = statement.getSourceFile();
  const begin = statement.getStart();
  const before = text.slice(text.lastIndexOf('\n', begin - 1) + 1, begin);
  return before.trim() === '' ? ownComments(statement) : null;
}

/** A name of this file that goes with the last of its uses. */
export function referenceTo(
  file: ParsedFile,
  name: ts.Identifier,
  { declared, statement }: { readonly declared: ts.Node; readonly statement: ts.Statement },
): Reference {
  const symbol = symbolOf(file.checker, name);
  const uses = descendants(file.tree).filter(
    (node) =>
      ts.isIdentifier(node) &&
      node.text === name.text &&
      node.parent !== declared &&
      symbolOf(file.checker, node) === symbol,
  );
  const exported = ts.canHaveModifiers(statement) && (ts.getModifiers(statement) ?? []).length > 0;
  const single = !ts.isVariableStatement(statement) || statement.declarationList.declarations.length === 1;
  // An exported name may be used elsewhere: then it stays, and the handler has a copy.
  const kept =
    exported && !ts.isFunctionDeclaration(statement) ? true : exported && /^export/.test(statement.getText());
  const comments = commentsAlong(statement);
  const removal = linesOf(statement, comments);
  return {
    removal,
    comments: comments?.lines ?? [],
    uses: kept || !single ? [-1] : uses.map((node) => node.getStart()),
  };
}

function ofIdentifier(file: ParsedFile, node: ts.Identifier): Callee | Finding {
  const declaration = symbolOf(file.checker, node)?.declarations?.[0];
  const binding = bindingOf(declaration);
  if (binding !== null && !binding.typeOnly) return { kind: 'import', binding };
  if (declaration === undefined || ts.isParameter(declaration)) return finding('DC-D1', { what: node.text });
  if (ts.isFunctionDeclaration(declaration) && declaration.body !== undefined) {
    const fn = declaration as MovableFunction;
    return {
      kind: 'function',
      fn,
      reference: referenceTo(file, node, { declared: declaration, statement: declaration }),
    };
  }
  const initializer = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  const value = initializer === undefined ? undefined : unwrap(initializer);
  const isFunction = value !== undefined && (ts.isArrowFunction(value) || ts.isFunctionExpression(value));
  const list = declaration.parent;
  const fixed = ts.isVariableDeclarationList(list) && (list.flags & ts.NodeFlags.Const) !== 0;
  if (!isFunction || !fixed || !ts.isVariableStatement(list.parent)) return finding('DC-D1', { what: node.text });
  return {
    kind: 'function',
    fn: value,
    reference: referenceTo(file, node, { declared: declaration, statement: list.parent }),
  };
}

/** Whether an expression is a function of JavaScript itself, such as `Math.max`, whose text is no code. */
function isBuiltIn({ checker, tree }: ParsedFile, node: ts.Expression): boolean {
  const [root = '', ...path] = dottedNames(node) ?? [];
  const first = descendants(node).find((one) => ts.isIdentifier(one) && one.text === root);
  const declared = first !== undefined && ts.isIdentifier(first) ? symbolOf(checker, first)?.declarations : undefined;
  if (first === undefined || declared?.some((one) => one.getSourceFile() === tree) === true) return false;
  let value: unknown = globalThis;
  for (const name of [root, ...path]) value = Object.getOwnPropertyDescriptor(Object(value), name)?.value;
  return typeof value === 'function' && /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(value));
}

/** Why a member is no function to move: an arrow function under a key is text that runs; a method is not. */
function ofMember(file: ParsedFile, node: ts.PropertyAccessExpression): Finding {
  const declared = file.checker.getSymbolAtLocation(node.name)?.declarations ?? [];
  const what = node.getText();
  return declared.some(ts.isMethodDeclaration)
    ? finding('DC-D2', { what, way: wayToWrite(file, node) })
    : finding('DC-D1', { what });
}

/** The function of a call, or why there is none to move. */
export function calleeOf(file: ParsedFile, argument: ts.Expression | undefined): Callee | Finding {
  if (argument === undefined) return finding('DC-D10');
  const at = unwrap(argument);
  if (ts.isArrowFunction(at) || ts.isFunctionExpression(at)) return { kind: 'function', fn: at, reference: null };
  if (ts.isStringLiteralLike(at) || ts.isTemplateExpression(at)) return finding('DC-D3');
  if (ts.isBinaryExpression(at) && at.getText().match(/['"`]/)) return finding('DC-D3');
  if (isBuiltIn(file, at)) return finding('DC-D2', { what: at.getText(), way: movedAsArrow });
  if (ts.isIdentifier(at)) return ofIdentifier(file, at);
  if (ts.isPropertyAccessExpression(at)) return ofMember(file, at);
  if (ts.isNewExpression(at) || ts.isCallExpression(at)) {
    // The text of what it gives is `function () { [native code] }`.
    if (ts.isCallExpression(at) && ts.isPropertyAccessExpression(at.expression) && at.expression.name.text === 'bind')
      return finding('DC-D2', { what: at.getText().slice(0, 40), way: wayToWrite(file, at) });
    const code = /^(Function|eval)$/.test(at.expression.getText());
    return finding(code ? 'DC-D4' : 'DC-D1', { what: at.getText().slice(0, 40) });
  }
  return finding('DC-D1', { what: at.getText().slice(0, 40) });
}
