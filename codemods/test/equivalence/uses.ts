/** test/equivalence/uses: what commands make of the results of a call. */
import fc from 'fast-check';
import type { Kind } from './parts.ts';

/** What is done with any results. */
const any: readonly string[] = [
  'return results;',
  'return results.length;',
  'return results[0];',
  'return results[1];',
  'return results.at(-1);',
  'const [first, second] = results;\n  return { first, second };',
  'return results.map((it, index) => ({ index, it }));',
  "return results.map((it, index) => '#' + index + ': ' + it).join('; ');",
  'return results.find(Boolean);',
  'return results.find((it) => it);',
  'return results.find((it) => it !== null);',
  'return results.find((it) => it != null) ?? null;',
  'return results.find((it) => it !== null && it !== undefined);',
  'return results.filter(Boolean);',
  'return results.filter((it) => it)[0];',
  'return results.filter(Boolean).length > 0;',
  'return results.some((it) => it);',
  'return results.some(Boolean) ? 1 : 0;',
  'return results.every(Boolean);',
  'return results.findIndex((it) => it);',
  'return results.indexOf(null);',
  'return results.includes(null);',
  'const out = [];\n  for (const it of results) out.push(it);\n  return out;',
  'const out = [];\n  for (const it of results) if (it) out.push(it);\n  return out;',
  'const out = [];\n  for (let i = 0; i < results.length; i++) out.push([i, results[i]]);\n  return out;',
  'const out = {};\n  results.forEach((it, i) => { out[i] = it; });\n  return out;',
  'for (const it of results) {\n    if (it) return it;\n  }\n  return null;',
  'return JSON.stringify(results);',
  'return String(results);',
  "return 'done';",
  'return new Set(results).size;',
  'if (!results.length) return null;\n  return results.pop();',
  'if (!results[0]) return 0;\n  return 1;',
  'return results.slice(1);',
  'return Object.fromEntries(results.map((it, i) => [i, it]));',
  'return typeof results[0];',
  'return results.reduce((all, it) => all.concat(it), []);',
  'const out = [];\n  for (const [i, it] of results.entries()) out.push({ i, it });\n  return out;',
  'return Promise.all(results.map(async (it) => it ?? 0));',
  'const it = results.find((one) => one);\n  if (!it) return 0;\n  return it;',
  'if (results.every((it) => !it)) return 0;\n  return 1;',
  'if (results.some((it) => it)) return 1;\n  return 0;',
  'return results.reduce((a, b) => a || b);',
  'return results.reduce((a, b) => a || b, null);',
  'return Object.keys(results[0] ?? {});',
  "return results.map((it) => it?.constructor?.name ?? 'none');",
  'return results.some((it) => it === undefined);',
  'return results.find((it) => it) === undefined;',
  'return results.filter((it) => it === null).length;',
  'return results.map((it) => (it === null ? 0 : it));',
  'const [first = 1] = results;\n  return first;',
  'return [...new Set(results)];',
];

const sums: readonly string[] = [
  'return results.reduce((a, b) => a + b, 0);',
  'let total = 0;\n  for (const n of results) total += n;\n  return total;',
  'const sum = (list) => list.reduce((a, b) => a + b, 0);\n  return sum(results);',
  'let total = 0;\n  results.forEach((n) => (total += n));\n  return total;',
  'const total = results.reduce((acc, n) => acc + n, 0);\n  return { total, many: total > 5 };',
];

const ofKind: Readonly<Record<Kind, readonly string[]>> = {
  number: [
    ...sums,
    'return results.reduce((a, b) => a + b);',
    'return Math.max(...results);',
    'return results.sort((a, b) => b - a)[0];',
    'return results.reduce((a, b) => a + b, 0) / results.length;',
    'return results.filter((n) => n > 3).length;',
    'return results.reduce((a, b) => Math.max(a, b), 0);',
    'return results.map((n) => n + 1);',
    'return Math.round(results.reduce((a, b) => a + b, 0) / client.shard.count);',
    "return results.reduce((a, b) => a + b, 0) + ' (' + results.join(' / ') + ')';",
    'return results.flat();',
  ],
  counter: [...sums, "return 'done';"],
  flag: [
    'return results.includes(true);',
    'return results.filter((it) => it).length;',
    'return results.indexOf(true);',
    'return results.some((it) => it === true);',
    'return !results.includes(false);',
  ],
  text: [
    "return results.filter(Boolean).join(', ');",
    "return results.join('; ');",
    "return results.find((it) => it) ?? 'nobody';",
    'return results.filter((it) => it !== null && it !== undefined).join();',
    "return results.map((it) => it || '-').join();",
    'return [...new Set(results)];',
    'return results.find((it) => typeof it === "string" && it.length > 3);',
  ],
  list: [
    'return results.flat();',
    'return results.flat().length;',
    'return [].concat(...results);',
    'return results.flatMap((it) => it);',
    'return results.reduce((a, b) => [...a, ...b], []);',
    'return results.map((it) => it.length);',
    'return results.flat().sort();',
    'return results.flat().slice(0, 4);',
    'return new Set(results.flat()).size;',
    "return results.map((it) => it.join(', ')).join('; ');",
    'return results.flat()[0];',
    'const out = [];\n  for (const list of results) out.push(...list);\n  return out;',
    'return results.flat().filter(Boolean);',
  ],
  row: [
    'return results.map((it) => it?.n);',
    'return results.reduce((sum, it) => sum + it.n, 0);',
    'return Object.assign({}, ...results);',
    'return results.find((it) => it?.name)?.name;',
    'return results.filter((it) => it).map((it) => it.id);',
    'return results.map((it) => ({ ...it }));',
    'return results.reduce((all, it) => ({ ...all, ...it }), {});',
    'return results.sort((a, b) => a.n - b.n);',
    'return results.map(({ n }) => n);',
    'return results.filter(Boolean)[0]?.name;',
    'let n = 0;\n  for (const row of results) n += row.n;\n  return n;',
  ],
  nothing: ["return 'done';", 'return results.length;', 'return results;'],
};

/** What counts only together, and what gives nothing, is not taken apart by anybody. */
const isWhole = (kind: Kind): boolean => kind === 'counter' || kind === 'nothing';

/** What is made of the results of a function that gives such values. */
export const useOf = (kind: Kind): fc.Arbitrary<string> =>
  isWhole(kind)
    ? fc.constantFrom(...ofKind[kind])
    : fc.oneof(fc.constantFrom(...ofKind[kind]), fc.constantFrom(...any));
