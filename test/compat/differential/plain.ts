/** differential/plain: turns whatever a manager answers into plain JSON that two managers can be compared by. */

/** A value JSON has no word for, or one that would be another thing each time. */
const odd = (kind: string, value?: unknown): object => ({ $: kind, ...(value === undefined ? {} : { value }) });

const isBytes = (value: object): value is Uint8Array => value instanceof Uint8Array;

/** The telling parts of an error; a stack is never the same twice. */
export function plainError(error: unknown): object {
  if (!(error instanceof Error)) return odd('thrown', plain(error));
  const { name, message, code } = error as Error & { code?: unknown };
  // Bundlers number classes of one name.
  const kind = error.constructor.name.replace(/\$\d+$/, '');
  return { $: 'error', class: kind, name: plain(name), message, ...(code === undefined ? {} : { code: plain(code) }) };
}

function plainObject(value: object, above: readonly object[]): unknown {
  if (above.includes(value)) return odd('circle');
  const within = [...above, value];
  const inside = (part: unknown): unknown => plain(part, within);
  if (value instanceof Error) return plainError(value);
  if (value instanceof Date) return odd('Date', value.getTime());
  if (value instanceof RegExp) return odd('RegExp', String(value));
  if (isBytes(value)) return odd(value.constructor.name, [...value]);
  if (value instanceof Map) return odd('Map', [...value].map(inside));
  if (value instanceof Set) return odd('Set', [...value].map(inside));
  // A hole in an array is `undefined` here.
  if (Array.isArray(value)) return Array.from(value, inside);
  if ('pid' in value && 'kill' in value) return odd('process');
  if ('threadId' in value) return odd('thread');
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inside(part)]));
}

/** A value in plain JSON. */
export function plain(value: unknown, above: readonly object[] = []): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    return Number.isFinite(value) && !Object.is(value, -0) ? value : odd(Object.is(value, -0) ? '-0' : String(value));
  }
  if (typeof value === 'object') return plainObject(value, above);
  return typeof value === 'bigint' ? odd('bigint', String(value)) : odd(typeof value);
}
