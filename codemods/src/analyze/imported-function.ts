/** analyze/imported-function: a call that sends a function of another file: it stays there, and is looked at there. */
import { oneLine } from '../moved-text.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import { ts } from '../typescript.js';
import type { ImportBinding } from './bindings.ts';
import type { CallSite, FunctionSite } from './call-site.ts';
import { capturesOf } from './captures.ts';
import { consumerOf } from './consumer.ts';
import { factsOf, unknownFacts } from './facts.ts';
import { exportedAs, exportedWhole, loadedFile, type ValueNode } from './loaded-values.ts';
import { keptNulls, nothingNotes, nullsOf } from './null-edits.ts';
import { argumentsKept, type CallOptions, optionsOf } from './options.ts';
import { givesPlain } from './plain-values.ts';
import { isTypeScript, type ParsedFile } from './program.ts';
import { thisScope } from './receiver.ts';
import { refusedContext, refusedResult } from './refused-values.ts';
import { valueNotes } from './sent-function.ts';
import { descendants, type MovableFunction, positionOf, symbolOf, unwrap } from './syntax.ts';
import { type Given, isFinding, type Understood } from './understood.ts';

/** The function that a value is, or that a name of its file means for good. */
function functionAt({ checker }: ParsedFile, value: ts.Node): MovableFunction | null {
  if (ts.isFunctionDeclaration(value)) return value.body === undefined ? null : (value as MovableFunction);
  if (ts.isVariableDeclaration(value)) {
    const isFixed = (value.parent.flags & ts.NodeFlags.Const) !== 0;
    const made = isFixed && value.initializer !== undefined ? unwrap(value.initializer) : undefined;
    return made !== undefined && (ts.isArrowFunction(made) || ts.isFunctionExpression(made)) ? made : null;
  }
  if (!ts.isExpression(value)) return null;
  const at = unwrap(value);
  if (ts.isArrowFunction(at) || ts.isFunctionExpression(at)) return at;
  const declared = ts.isIdentifier(at) ? symbolOf(checker, at)?.valueDeclaration : undefined;
  return declared === undefined || ts.isParameter(declared) ? null : functionAt({ checker } as ParsedFile, declared);
}

/** The function of an import where a checker follows it to a file of the bot. */
function typedFunction(file: ParsedFile, { node }: ImportBinding): FunctionSite | null {
  const { checker, compilation } = file;
  const name = ts.isImportClause(node) || ts.isImportSpecifier(node) ? node.name : undefined;
  const symbol = name === undefined ? undefined : checker.getSymbolAtLocation(name);
  const isAlias = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  const declared = isAlias ? checker.getAliasedSymbol(symbol).declarations?.[0] : undefined;
  const tree = declared?.getSourceFile();
  if (declared === undefined || tree === undefined || tree.isDeclarationFile) return null;
  const { fileName: path, text } = tree;
  const there = { source: { ...file.source, path, text }, tree, checker, typed: isTypeScript(path), compilation };
  const fn = functionAt(there, ts.isExportAssignment(declared) ? declared.expression : declared);
  return fn === null ? null : { file: there, fn };
}

/** The function that an import of another file of the bot means; `null` where that cannot be told. */
function importedFunction(file: ParsedFile, binding: ImportBinding): FunctionSite | null {
  const typed = file.typed ? typedFunction(file, binding) : null;
  if (typed !== null) return typed;
  const there = binding.specifier.startsWith('.') ? loadedFile(file.source.path, binding.specifier) : null;
  if (there === null) return null;
  const values = binding.kind === 'namespace' ? exportedWhole(there) : exportedAs(there, binding.imported);
  const nodes = new Map<ValueNode, ParsedFile>(values.map((one) => [one.value, one.file]));
  const [first, second] = [...nodes];
  const fn = first === undefined || second !== undefined ? null : functionAt(first[1], first[0]);
  return first === undefined || fn === null ? null : { file: first[1], fn };
}

/** Why a function of another file is no handler as it stands. */
function refusedThere(there: FunctionSite): Finding | null {
  const { file, fn } = there;
  const { blocked } = capturesOf(there);
  if (blocked?.code === 'DC-E2') return blocked;
  // Its text was evaluated with the client as `this`.
  const outer = descendants(fn).find(
    (one) => one.kind === ts.SyntaxKind.ThisKeyword && ts.isArrowFunction(fn) && !isInside(thisScope(one), fn),
  );
  return outer === undefined ? null : finding('DC-T1', { line: positionOf(file.tree, outer.getStart()).line });
}

const isInside = (node: ts.Node, fn: ts.Node): boolean => fn.pos <= node.pos && node.end <= fn.end;

/** What is known of a function by looking at it. */
type Seen = Pick<Understood, 'facts' | 'notes'> & { readonly drops: boolean };

const isIgnored = ({ file, call }: CallSite): boolean => consumerOf(file, call) === 'ignored';

function unseen(at: CallSite, options: CallOptions, names: string, given: Given): Seen {
  const notes = [finding('DC-I6', { names }), ...nothingNotes(at, given, options)];
  return { facts: unknownFacts, notes, drops: isIgnored(at) };
}

function seen(at: CallSite, options: CallOptions, there: FunctionSite, given: Given): Seen | Finding {
  const why = refusedThere(there);
  if (why !== null) return why;
  // What nobody looks at need not arrive.
  const refused = refusedResult(there);
  const drops = isIgnored(at) && refused?.code !== 'DC-W11' && !givesPlain(there);
  if (refused !== null && !drops) return refused;
  const nulls = nullsOf(at, given, options);
  const kept = keptNulls(there, nulls);
  const isOpen = kept.edits.length > 0 || kept.notes.length > 0 || nulls === null;
  const data = { file: at.file, context: options.context };
  const notes = [...valueNotes(there, { site: at, options, data }, { isGiven: !drops })];
  if (isOpen) notes.push(...(nulls === null ? nothingNotes(at, given, options) : [finding('DC-W6')]));
  return { facts: factsOf(there.fn), notes, drops };
}

function textOf({ file }: CallSite, local: string, drops: boolean): string {
  const given = file.typed ? `...given: Parameters<typeof ${local}>` : '...given';
  return drops ? `async (${given}) => { await ${local}(...given); }` : `(${given}) => ${local}(...given)`;
}

/** Understands a call that sends a function of another file. */
export function ofImport(at: CallSite, binding: ImportBinding, given: Given): Understood | Finding {
  const { file, call } = at;
  const options = optionsOf(file, call.arguments[1], given.hybrid);
  if (isFinding(options)) return options;
  const refused = refusedContext(file, options.context);
  if (refused !== null) return refused;
  const { local } = binding;
  const there = importedFunction(file, binding);
  const known = there === null ? unseen(at, options, local, given) : seen(at, options, there, given);
  if (isFinding(known)) return known;
  const text = textOf(at, local, known.drops);
  const handler = {
    key: `import ${binding.specifier}#${binding.imported} ${file.source.path}${known.drops ? ' dropped' : ''}`,
    hints: [local],
    text: oneLine(text),
    imports: [{ binding, typeOnly: false }],
    dataDoc: null,
    lead: null,
    from: file.source.path,
  };
  const keptArguments = argumentsKept(call, options);
  const [name] = call.arguments;
  // The name goes to the handlers file, so that its import may be of no more use here.
  const movedFrom = name === undefined ? {} : { movedFrom: name };
  const notes = [finding('DC-I4', { names: local }), ...known.notes];
  return { handler, facts: known.facts, options, notes, keptArguments, ...movedFrom };
}
