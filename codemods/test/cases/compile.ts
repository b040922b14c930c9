/** test/cases/compile: what the compilers of the bots out there say to migrated files. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import typescript from 'typescript';

const repository = join(import.meta.dirname, '..', '..', '..');
const require = createRequire(import.meta.url);

const compilerOptions = {
  strict: true,
  noEmit: true,
  // JavaScript has to parse; the bots of the tables do not type it.
  allowJs: true,
  skipLibCheck: true,
  target: 'es2022',
  // Node has no DOM, and reading it is half of what the language's own library costs.
  lib: ['es2023'],
  module: 'nodenext',
  types: ['node'],
  typeRoots: [join(repository, 'node_modules/@types')],
  paths: {
    shardlift: [join(repository, 'dist/index.d.mts')],
    'shardlift/compat': [join(repository, 'dist/compat.d.mts')],
  },
};

/** A compiler and the errors it finds in the files of one configuration. */
export interface BotCompiler {
  readonly version: string;
  readonly errors: (config: string) => readonly string[];
}

function byApi(ts: typeof typescript): BotCompiler {
  const errors = (config: string): readonly string[] => {
    const { options, fileNames } = ts.parseJsonConfigFileContent(
      ts.readConfigFile(config, ts.sys.readFile).config,
      ts.sys,
      dirname(config),
    );
    const typed = fileNames.filter((name) => name.endsWith('.ts'));
    const scripts = fileNames.filter((name) => !name.endsWith('.ts'));
    // Reading what JavaScript requires would bring the other half of discord.js's typings, for nothing that is asked here.
    const parsed = ts.createProgram(scripts, { ...options, noResolve: true, noLib: true, types: [] });
    const found = [
      ...ts.getPreEmitDiagnostics(ts.createProgram(typed, options)),
      ...scripts.flatMap((name) => parsed.getSyntacticDiagnostics(parsed.getSourceFile(name))),
    ];
    return found.map(({ file, start = 0, messageText }) => {
      const line = file === undefined ? 0 : ts.getLineAndCharacterOfPosition(file, start).line + 1;
      return `${file?.fileName ?? ''}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  };
  return { version: ts.version, errors };
}

const seven = require('typescript-7/package.json') as { readonly version: string };

// It has no stable API, so it is asked by its command.
const byCommand: BotCompiler = {
  version: seven.version,
  errors: (config) => {
    const tsc = join(dirname(require.resolve('typescript-7/package.json')), 'bin/tsc');
    const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, '-p', config, '--pretty', 'false'], {
      encoding: 'utf8',
    });
    const said = `${stdout}${stderr}`.split('\n').filter((line) => line.trim() !== '');
    return status === 0 && said.length === 0 ? [] : [`exit code ${status}`, ...said];
  },
};

/** TypeScript 5.9 (the copy tsd brings), 6 and 7. */
export const botCompilers: readonly BotCompiler[] = [
  byApi(require('@tsd/typescript') as typeof typescript),
  byApi(typescript),
  byCommand,
];

/** Writes a configuration for these files. */
export function configFor(path: string, files: readonly string[]): string {
  writeFileSync(path, JSON.stringify({ compilerOptions, files }));
  return path;
}
