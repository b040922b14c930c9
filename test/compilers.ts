/** test/compilers: the compilers that have to agree on our types, each asked in its own way. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** A compiler, by its version. */
export interface Compiler {
  readonly version: string;
  /** What it finds in files of this repository, as `file:line message`. One program for all of them. */
  complaints(...files: readonly string[]): Promise<readonly string[]>;
}

/** The repository, with a slash at its end. */
export const root = fileURLToPath(new URL('..', import.meta.url));

const wholePath = (file: string): string => join(root, file);

/** The compiler of this repository, by its API. */
const six: Compiler = {
  version: ts.version,
  async complaints(...files) {
    const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
    const program = ts.createProgram(files.map(wholePath), { ...options, noUnusedLocals: false });
    return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
      const line = file === undefined ? 0 : ts.getLineAndCharacterOfPosition(file, start ?? 0).line + 1;
      return `${file?.fileName.slice(root.length)}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  },
};

const manifestOfSeven = createRequire(import.meta.url).resolve('typescript-7/package.json');

/** Runs a program; gives what it prints, whatever code it exits with. */
const printed = (...args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: root, maxBuffer: 16 * 1024 * 1024 }, (_error, stdout, stderr) => {
      // A compiler that does not start must not look like one that finds nothing.
      if (stderr === '') resolve(stdout);
      else reject(new Error(stderr));
    });
  });

/** Lines as `file(1,2): error TS1: message`, those of a longer message indented below it. */
function parsed(output: string): string[] {
  const lines = output.replaceAll(/\n\s+/g, ' ').split('\n');
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.replace(/^(.+?)\((\d+),\d+\): error TS\d+:/, '$1:$2'));
}

/** The compiler in Go, by its command: it has no stable API. */
const seven: Compiler = {
  version: (createRequire(import.meta.url)('typescript-7/package.json') as { readonly version: string }).version,
  async complaints(...files) {
    const folder = await mkdtemp(join(tmpdir(), 'shardlift-types-'));
    const compilerOptions = { noUnusedLocals: false, typeRoots: [wholePath('node_modules/@types')] };
    const config = { extends: wholePath('tsconfig.json'), compilerOptions, files: files.map(wholePath) };
    try {
      await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ ...config, include: [], exclude: [] }));
      const tsc = join(dirname(manifestOfSeven), 'bin/tsc');
      return parsed(await printed(tsc, '-p', folder, '--pretty', 'false'));
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

/** TypeScript 6 and 7; 5.9 comes with tsd. */
export const compilers: readonly Compiler[] = [six, seven];
