import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { originalSite } from '../../compat/original-site.ts';

const source = '\n\nexport class Bot {\n  ask(): string[] { return client.shard.broadcastEval(); }\n}\n';
const place = (text: string): string => {
  const before = text.slice(0, text.indexOf('broadcastEval')).split('\n');
  return `${before.length}:${(before.at(-1) ?? '').length + 1}`;
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shardlift-original-'));
  mkdirSync(join(folder, 'src'));
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'src/bot.ts'), source);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Compiles the source to `dist/NAME.js`; where the call stands there. */
function built(name: string, options: ts.CompilerOptions): string {
  const fileName = '../src/bot.ts';
  const { outputText, sourceMapText } = ts.transpileModule(source, { fileName, compilerOptions: options });
  const text = outputText.replace('bot.js.map', `${name}.js.map`);
  const file = join(folder, 'dist', `${name}.js`);
  writeFileSync(file, text);
  const map = {
    ...JSON.parse(sourceMapText ?? '{}'),
    sources: ['../src/bot.ts'],
    sourceRoot: options.sourceRoot ?? '',
  };
  if (sourceMapText !== undefined) writeFileSync(`${file}.map`, JSON.stringify(map));
  return `${file}:${place(text)}`;
}

const target = ts.ScriptTarget.ES2022;

describe('the place in the source', () => {
  test('is found by the map beside the built file', () => {
    const site = built('beside', { target, sourceMap: true });
    expect(site).not.toContain(place(source));
    expect(originalSite(site)).toBe(`${join(folder, 'src/bot.ts')}:${place(source)}`);
  });

  test('is found by a map that is part of the built file', () => {
    const file = join(folder, 'dist/inline.js');
    const map = { version: 3, sources: [pathToFileURL(join(folder, 'src/bot.ts')).href], names: [], mappings: 'AAGA' };
    const data = Buffer.from(JSON.stringify(map)).toString('base64');
    writeFileSync(file, `broadcastEval();\n//# sourceMappingURL=data:application/json;base64,${data}\n`);
    expect(originalSite(`${file}:1:1`)).toBe(`${join(folder, 'src/bot.ts')}:4:1`);
  });

  test('is looked for in the root that the map names', () => {
    const site = built('rooted', { target, sourceMap: true, sourceRoot: '../dist' });
    expect(originalSite(site)).toBe(`${join(folder, 'src/bot.ts')}:${place(source)}`);
  });
});

describe('the built place itself is told', () => {
  test('of a file without a map', () => {
    const site = built('none', { target });
    expect(originalSite(site)).toBe(site);
  });

  test.each([
    ['that is not there', undefined],
    ['that is no JSON', 'oops'],
    ['whose source is not there', JSON.stringify({ version: 3, sources: ['gone.ts'], names: [], mappings: 'AAGA' })],
  ])('of a file with a map %s', (name, map) => {
    const file = join(folder, 'dist', `${name.replaceAll(' ', '-')}.js`);
    writeFileSync(file, `broadcastEval();\n//# sourceMappingURL=${name.replaceAll(' ', '-')}.js.map\n`);
    if (map !== undefined) writeFileSync(`${file}.map`, map);
    expect(originalSite(`${file}:1:1`)).toBe(`${file}:1:1`);
  });

  test.each([[`${join(tmpdir(), 'gone.js')}:3:9`], [''], ['somewhere']])('of a file that is not there: %s', (site) => {
    expect(originalSite(site)).toBe(site);
  });
});
