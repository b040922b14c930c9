/** functions/data-words: how a member of a call's data is called in a note, and what to write where it is to stay as it was. */
import { anyStep } from '../doubts/any-step.ts';
import type { HeldValue } from '../doubts/held-values.ts';
import type { InPlaceOfNull } from '../doubts/value-uses.ts';
import type { MovableFunction } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

const longest = 40;

const isName = (text: string): boolean => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text);

/** One step into a value: `.id`, `[0]`, `['x-y']`. */
function step(name: string): string {
  if (isName(name)) return `.${name}`;
  return /^\d+$/.test(name) ? `[${name}]` : `['${name}']`;
}

/** A member of the data by its whole path, from the name that the function has for its data. */
export function shownMember(fn: MovableFunction, names: HeldValue['names']): string {
  if (names.length === 0) return 'The whole';
  if (names.at(-1) === anyStep)
    return `An entry of ${names.length === 1 ? 'the whole' : shownMember(fn, names.slice(0, -1))}`;
  const name = fn.parameters[1]?.name;
  const root = name !== undefined && ts.isIdentifier(name) ? name.text : 'data';
  return `\`${root}${names.map(step).join('')}\``;
}

/** Whether a value can be written twice: a name, or a member of one. */
function isPlain(node: ts.Expression): boolean {
  if (ts.isIdentifier(node)) return true;
  if (ts.isPropertyAccessExpression(node)) return isPlain(node.expression);
  return (
    ts.isElementAccessExpression(node) && isPlain(node.expression) && ts.isLiteralExpression(node.argumentExpression)
  );
}

/** What to write for a value of the data that JSON made something else of, so that it is that again. */
export function asBefore({ names, value, inList }: HeldValue, is: InPlaceOfNull): string {
  const text = value.getText();
  const plain = isPlain(value) && text.length <= longest;
  const it = plain ? text : 'value';
  const where = plain ? '' : ', `value` being what stands there now';
  if (is !== 'undefined') return `write \`Number.isFinite(${it}) ? ${it} : null\` for it${where}`;
  if (inList || names.length === 0) return `write \`${it} ?? null\` for it${where}`;
  const put = value.parent;
  if (ts.isBinaryExpression(put))
    return `put it there only where it is not undefined: \`if (${it} !== undefined)\`${where}`;
  const [own = ''] = names.slice(-1);
  const key = isName(own) ? own : `'${own}'`;
  const member = key === it ? key : `${key}: ${it}`;
  return `write \`...(${it} !== undefined && { ${member} })\` in place of it${where}`;
}

/** What to write for a list of which nobody sees the entries, so that it has `null` for what is missing. */
export function filledList({ value }: HeldValue): string {
  const text = value.getText();
  const plain = isPlain(value) && text.length <= longest;
  const where = plain ? '' : ', `value` being what stands there now';
  return `hand over \`${plain ? text : 'value'}.map((one) => one ?? null)\`${where}`;
}

/** What to write for an object whose members nobody sees, so that it has those again that it had as JSON. */
export function copiedWhole({ value }: HeldValue): string {
  const text = value.getText();
  const plain = isPlain(value) && text.length <= longest;
  const where = plain ? '' : ', `value` being what stands there now';
  const it = plain ? text : 'value';
  // JSON has no text for `undefined` itself.
  return `hand over \`${it} && JSON.parse(JSON.stringify(${it}))\`${where}`;
}

/** Several pieces of such advice in one: what differs between those of one kind is listed. */
export function saidOnce(advice: readonly string[]): string {
  const kinds = new Map<string, readonly string[]>();
  for (const one of new Set(advice)) {
    const [, text = '', ...place] = /^write (`.+`) (for|in place of) it(.*)$/.exec(one) ?? [];
    const kind = text === '' ? one : place.join('|');
    kinds.set(kind, [...(kinds.get(kind) ?? []), text]);
  }
  return [...kinds]
    .map(([kind, texts]) => {
      if (texts.includes('')) return kind;
      const [where = '', rest = ''] = kind.split('|');
      return `write ${texts.join(', ')} ${where} ${texts.length === 1 ? 'it' : 'them'}${rest}`;
    })
    .join('; ');
}
