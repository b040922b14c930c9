/** The comments above a handler: one JSDoc block, with what its function brought and the type of its data. */
import { expect, test } from 'vitest';
import { documented, parameterLines } from '../src/handlers/handler-doc.ts';

const parameters = [" * @param {import('discord.js').Client<true>} client", ' * @param {any} data'];

test.each([
  ['nothing', [], ['/**', ...parameters, ' */']],
  ['a plain comment', ['// a'], ['// a', '/**', ...parameters, ' */']],
  ['a block that is no JSDoc', ['/* a */'], ['/* a */', '/**', ...parameters, ' */']],
  ['one line', ['/** Finds it. */'], ['/**', ' * Finds it.', ...parameters, ' */']],
  ['several lines', ['// a', '/**', ' * Finds it.', ' */'], ['// a', '/**', ' * Finds it.', ...parameters, ' */']],
  ['types of its own', ['/** @param {string} x */'], ['/** @param {string} x */']],
  ['a shape of its own', ['/** Finds', ' it. */'], ['/** Finds', ' it. */']],
])('a function that brings %s has one block', (_title, comments, expected) => {
  expect(documented(comments, parameters)).toEqual(expected);
});

test('without a type its comments stay as they are', () => {
  expect(documented(['/** a */'], [])).toEqual(['/** a */']);
});

test.each([
  ['names', '(c, id) => c.x(id)', ['c', 'id']],
  ['a name without brackets', 'c => c.x', ['c']],
  ['a pattern, which TypeScript finds by its place,', '({ ws }, { id }) => ws.x(id)', ['client', 'data']],
  ['a pattern beside the name that it would get', '({ ws }, client) => ws.x(client)', ['bot', 'client']],
  ['a pattern beside data', 'async function f(data, { id }) { return data.x(id); }', ['data', 'given']],
  ['a default', '(c, n = 1) => c.x(n)', ['c', 'n']],
  ['a list of the rest', '(c, ...rest) => c.x(rest)', ['c']],
  ['only a list of the rest', '(...all) => all', []],
  ['nothing', '() => 1', []],
])('parameters of %s are documented as they are called', (_title, text, names) => {
  expect(parameterLines(text, 'number').map((line) => line.split('} ')[1])).toEqual(names);
});
