/** The comments above a handler: one JSDoc block, with what its function brought and the type of its data. */
import { expect, test } from 'vitest';
import { documented } from '../src/plan/handler-doc.ts';

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
  expect(documented(comments, 'any')).toEqual(expected);
});

test('without a type its comments stay as they are', () => {
  expect(documented(['/** a */'], null)).toEqual(['/** a */']);
});
