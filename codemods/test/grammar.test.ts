/** Errors that keep a JavaScript file from its start although it parses. */
import { expect, test } from 'vitest';
import { grammarErrorOf, newGrammarError } from '../src/syntax/grammar.ts';

const errors: readonly (readonly [title: string, path: string, text: string, at: string, words: RegExp])[] = [
  ['a rest element that is not the last', 'x.js', 'f(({ a, ...rest, id }) => a);\n', '...rest', /Rest element/],
  ['await in a function that is not async', 'x.js', 'f();\nexports.a = (c) => {\n  await c.x;\n};\n', 'await', /await/],
  ['a name declared twice', 'x.js', 'f();\nconst a = 1;\nconst a = 2;\n', 'a = 2', /already been declared/],
  ['a parameter declared again', 'x.js', 'f((c, { id }) => { const id = 1; });\n', 'id = 1', /already been declared/],
  [
    'an error of a module',
    'x.mjs',
    "import a from 'a';\nexport const b = (c, c) => a;\n",
    'c) =>',
    /Duplicate parameter/,
  ],
];

test.each(errors)('%s is an error where it stands', (_title, path, text, at, words) => {
  const error = grammarErrorOf(path, text);
  expect(error?.text).toMatch(words);
  expect(Math.abs((error?.at ?? -100) - text.indexOf(at))).toBeLessThan(4);
});

test.each([
  ['a script', 'x.js', '#!/usr/bin/env node\nreturn require(__filename);\n'],
  [
    'a module',
    'x.js',
    "import a, { b } from 'a';\nexport * from 'b';\nexport { c };\nexport default class {}\nexport async function d() {}\nexport const e = import.meta.url;\nawait e;\nconst c = 1;\n",
  ],
  ['a default value', 'x.mjs', 'export default { a: 1 };\n'],
  ['a default function', 'x.mjs', 'export default async function () {}\n'],
])('%s has none', (_title, path, text) => {
  expect(grammarErrorOf(path, text)).toBeNull();
});

test('an error of the author, a dialect and TypeScript are not the edits', () => {
  expect(newGrammarError('x.js', 'f((a, a) => b);', 'g((a, a) => b);')).toBeNull();
  expect(newGrammarError('x.js', null, 'f((a, a) => <b />);')).toBeNull();
  expect(newGrammarError('x.ts', null, 'f((a: number) => a);')).toBeNull();
  expect(newGrammarError('x.js', 'f();', 'f((a, a) => 1);')).not.toBeNull();
});
