/** calls/imported-function: a call that sends a function of another file: it stays there, and is looked at there. */
import { factsOf, unknownFacts } from '../clients/facts.ts';
import { thisScope } from '../clients/receiver.ts';
import { capturesOf } from '../functions/captures.ts';
import { givesPlain } from '../functions/plain-values.ts';
import { refusedContext, refusedResult } from '../functions/refused-values.ts';
import type { ImportBinding } from '../modules/bindings.ts';
import { importedFunction } from '../modules/function-elsewhere.ts';
import { consumerOf } from '../results/consumer.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { CallSite, FunctionSite } from '../syntax/call-site.ts';
import { oneLine } from '../syntax/moved-text.ts';
import { descendants, positionOf } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { countsIn } from './count-edits.ts';
import { keptNulls } from './null-edits.ts';
import { nothingNotes, nullsOf } from './nulls-told.ts';
import { argumentsKept, type CallOptions, optionsOf } from './options.ts';
import { valueNotes } from './sent-function.ts';
import { type Given, isFinding, type Understood } from './understood.ts';

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
  const notes = [...valueNotes(there, { site: at, options, data }, { isGiven: !drops, given })];
  if (isOpen) notes.push(...(nulls === null ? nothingNotes(at, given, options) : [finding('DC-W6')]));
  // It stays in its file, where it is as it was.
  const [count] = drops ? [] : countsIn(there.fn);
  if (count !== undefined) notes.push(finding('DC-W9', { what: count.getText() }));
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
