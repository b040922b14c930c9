/** calls/callsite: the splices of one rewritten call. */
import type { StyledText, TextStyle } from '../project/source.ts';
import type { Splice } from '../syntax/edits.ts';
import { quoted } from '../syntax/edits.ts';
import { indentOfLine, placeText } from '../syntax/moved-text.ts';
import { nameToCome } from '../syntax/name-to-come.ts';
import type { CallPlan } from './call.ts';
import type { Closure, WrapperPlan } from './understood.ts';

/** The first argument of the request: a name, the parameter that holds one, or a choice of several. */
export function askedText(
  { wrapper, choice, callEnd }: CallPlan,
  { name, names }: { readonly name: string; readonly names: ReadonlyMap<string, string> },
  { text, style: { quote, eol } }: StyledText,
): string {
  if (wrapper !== null) return wrapper.parameter;
  if (choice === null) return quoted(name, quote);
  return choice.closures.reduce(
    (so, { handler: { key } }) => so.replaceAll(nameToCome(key), quoted(names.get(key) ?? '', quote)),
    placeText(choice.text, { indent: indentOfLine(text, callEnd - 1), eol }),
  );
}

/** Writes `.ipc.requestAll('name', data).valuesOrThrow()` over `.broadcastEval(fn, options)`, and the receiver before it. */
export function callSplices(plan: CallPlan, asked: string, { text, style }: StyledText): readonly Splice[] {
  const indent = indentOfLine(text, plan.callEnd - 1);
  const id = plan.id === null ? [] : [plan.id];
  const result = plan.result === null ? '' : `<${plan.result}>`;
  const comments = plan.comments.map((comment) => `${comment} `).join('');
  const args = [...id, asked, ...tailOf(plan, indent, style)].join(', ');
  const suffix = plan.id === null ? '.valuesOrThrow()' : plan.inList ? '.then((value) => [value])' : '';
  const written = `${plan.optional ? '?.' : '.'}ipc.${plan.target}${result}(${comments}${args})${suffix}`;
  const gap = leadingGap(text, plan.accessStart);
  return [...plan.receiverSplices, { start: plan.accessStart + gap.length, end: plan.callEnd, text: written }];
}

/** What the callers of a wrapper in one file hand over from now on: names, which are also the type of its parameter, and their own types. */
export function wrapperSplices(
  { types, told, closures }: WrapperPlan,
  names: ReadonlyMap<string, string>,
  { path, style }: { readonly path: string; readonly style: TextStyle },
): readonly Splice[] {
  const nameOf = ({ handler }: Closure): string => quoted(names.get(handler.key) ?? '', style.quote);
  const named = closures.filter((one) => one.path === path).map((one) => ({ ...one, text: nameOf(one) }));
  const union = [...new Set(closures.map(nameOf))].join(' | ');
  const typed = types.filter((one) => one.path === path).map((one) => ({ ...one, text: union }));
  const said = told.flatMap(({ at, ...one }) =>
    one.path === path ? [{ start: at, end: at, text: `<${one.text}>` }] : [],
  );
  return [...named, ...typed, ...said].map(({ start, end, text }) => ({ start, end, text }));
}

/** The data and the time limit; without data, a time limit still needs its place. */
function tailOf({ data, timeout }: CallPlan, indent: string, style: TextStyle): readonly string[] {
  if (data === null) return timeout === null ? [] : ['undefined', timeout];
  const written = placeText(data, { indent, eol: style.eol });
  return timeout === null ? [written] : [written, timeout];
}

/** White space and comments before `.broadcastEval` stay where they are. */
function leadingGap(text: string, at: number): string {
  return /^(?:\s|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/)*/.exec(text.slice(at))?.[0] ?? '';
}
