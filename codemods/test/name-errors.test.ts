/** The names a JavaScript result is checked for. */
import { expect, test } from 'vitest';
import { compileAlone } from '../src/syntax/compiler.ts';
import { nameErrorsOf } from '../src/verify/name-errors.ts';

function namesIn(text: string): readonly string[] {
  const { program } = compileAlone('/x.js', text);
  const tree = program.getSourceFile('/x.js');
  return tree === undefined ? [] : nameErrorsOf(program, tree).map(({ messageText }) => String(messageText));
}

test.each([
  "import { a as b } from './a.js'; export { b as c }; export { d } from './d.js'; b();",
  "import a from './a.json' with { type: 'json' }; a();",
  'class A { #x = 1; y() { return new.target ?? this.#x ?? import.meta.url; } } new A();',
  'const f = ({ a: { b }, ...c }, [d] = []) => ({ b, c, d, e: 1 }); out: for (const g of [f]) break out;',
  'function g() { return arguments.length; } g();',
  'const Row = () => <div id="x"><Row.Cell wide /></div>; Row();',
])('none is missing in: %s', (text) => {
  expect(namesIn(text)).toEqual([]);
});

test.each([
  ['const a = { b };', ["Cannot find name 'b'."]],
  ['export { a };', ["Cannot find name 'a'."]],
  ['const f = () => <Row />; f(typeof c);', ["Cannot find name 'Row'.", "Cannot find name 'c'."]],
  ['const a = 1; const a = 2;', Array(2).fill("Cannot redeclare block-scoped variable 'a'.")],
])('%s', (text, expected) => {
  expect(namesIn(text)).toEqual(expected);
});
