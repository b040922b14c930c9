/** Words of commands in messages: a shell takes them for what they are. */
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { inShell, pathInShell } from '../src/wording/shell.ts';

describe('a word of a command', () => {
  test.each([
    ['a plain one stays', 'src/a-b.js', 'src/a-b.js'],
    ['an option stays', '--legacy', '--legacy'],
    ['no word at all', '', '""'],
    ['blanks get quotes that every shell knows', 'my lib/x.js', '"my lib/x.js"'],
    ['so do signs of shells', "it's (a) [b] & c;*.js", `"it's (a) [b] & c;*.js"`],
    ['a variable', 'a$HOME/c.js', "'a$HOME/c.js'"],
    ['a command', 'a`id`.js', "'a`id`.js'"],
    ['an event of the history', 'wow!x.js', "'wow!x.js'"],
    ['a backslash', 'a\\b.js', "'a\\b.js'"],
    ['a double quote', 'a"b.js', `'a"b.js'`],
    ['a single quote beside a variable', "it's $x.js", `'it'\\''s $x.js'`],
    ['two lines', 'a\nb.js', "'a\nb.js'"],
  ])('means itself: %s', (_title, word, typed) => {
    expect(inShell(word)).toBe(typed);
    expect(execFileSync('sh', ['-c', `printf %s ${typed}`], { encoding: 'utf8' })).toBe(word);
  });

  test.each([
    ['-c.js', './-c.js'],
    ['--legacy', './--legacy'],
    ['-my $x.js', "'./-my $x.js'"],
    ['src/-c.js', 'src/-c.js'],
  ])('is no option where it is a path: %s', (path, typed) => {
    expect(pathInShell(path)).toBe(typed);
  });
});
