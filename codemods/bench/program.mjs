/** bench/program: what TypeScript alone needs to build the program of a project: read, resolve, parse, bind. */
import { join } from 'node:path';
import ts from 'typescript';

const config = join(process.cwd(), 'tsconfig.json');
const { options, fileNames } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(config, ts.sys.readFile).config,
  ts.sys,
  process.cwd(),
);
const program = ts.createProgram(fileNames, { ...options, noEmit: true });
// Asking for the checker binds every file.
program.getTypeChecker();
console.log(`${program.getSourceFiles().length} files`);
