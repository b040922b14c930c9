/** test/types: the type tests pass on the built declarations, and would not if something were wrong. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test, vi } from 'vitest';

// CommonJS with a default export: what `import` makes of that differs between Node and its loaders.
const { default: tsd } = createRequire(import.meta.url)('tsd') as typeof import('tsd');
// Each of these reads the declarations of discord.js and of Node from scratch.
vi.setConfig({ testTimeout: 90_000 });

const cwd = fileURLToPath(new URL('..', import.meta.url));
const typeTests = 'type-tests/**/*.test-d.ts';
const fixtureOf = (name: string): string => `test/fixtures/core/types/${name}`;

/** What tsd finds, as `line: message`. */
async function findings(...testFiles: readonly string[]): Promise<string[]> {
  const found = await tsd({ cwd, testFiles: [...testFiles] });
  return found.map(({ line, message }) => `${line}: ${message}`);
}

/** What the compiler of this repository finds in files, as `file:line message`. */
function complaints(...files: readonly string[]): string[] {
  const config = ts.readConfigFile(join(cwd, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, cwd);
  const program = ts.createProgram(
    files.map((file) => join(cwd, file)),
    { ...options, noUnusedLocals: false },
  );
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file === undefined ? 0 : ts.getLineAndCharacterOfPosition(file, start ?? 0).line + 1;
    return `${file?.fileName.slice(cwd.length)}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

describe('under TypeScript 5.9, by tsd', () => {
  test('the type tests pass', async () => {
    expect(await findings(typeTests)).toEqual([]);
  });

  test('wrong lines are found', async () => {
    const found = await findings(fixtureOf('wrong.ts'));
    expect(found.map((finding) => Number.parseInt(finding, 10)).sort()).toEqual([6, 7, 8]);
  });
});

describe(`under TypeScript ${ts.version}`, () => {
  test('the type tests compile', () => {
    const files = ts.sys.readDirectory(join(cwd, 'type-tests'), ['.ts']).map((file) => file.slice(cwd.length));
    expect(files.length).toBeGreaterThan(0);
    expect(complaints(...files)).toEqual([]);
  });

  test('a bot that registered nothing has the untyped ipc', () => {
    expect(complaints(fixtureOf('unregistered.ts'))).toEqual([]);
  });

  test('a CommonJS bot sees the same types', () => {
    expect(complaints(fixtureOf('common.cts'))).toEqual([]);
  });

  test('a handler that calls the cluster and has no written return type is told of the circle', () => {
    expect(complaints(fixtureOf('circle.ts')).join('\n')).toMatch(
      /circle\.ts:\d+ 'handlers' implicitly has type 'any'/,
    );
  });

  test('wrong lines are found', () => {
    expect(complaints(fixtureOf('wrong.ts'))).toHaveLength(2);
  });
});
