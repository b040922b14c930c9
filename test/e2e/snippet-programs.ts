/** test/e2e/snippet-programs: makes programs of examples: what they presuppose before them, what a test looks at behind. */
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));
const fixtures = join(root, 'test/fixtures/snippets');

/** What stands beside the examples. */
const around = ['surroundings.ts', 'manager-surroundings.ts', 'plays.mjs', 'manages.mjs', 'bot.js', 'tsconfig.json'];

/** An example, and what is declared around it. */
export interface Example {
  /** The name of its fixture: document and number. */
  readonly from: string;
  /** Which paragraph of it, 0-based; all of it by default. Where two declare the same name, each is a program. */
  readonly paragraph?: number;
  /** Names it takes from `shardlift` without an import of its own. */
  readonly imports?: readonly string[];
  /** Names it takes from the bot around it, or from the manager file around it. */
  readonly takes?: readonly string[];
  readonly takesOfManager?: readonly string[];
  /** Names it declares that the test looks at. */
  readonly shows?: readonly string[];
}

export const nameOf = ({ from, paragraph }: Example): string =>
  paragraph === undefined ? from : `${from}, paragraph ${paragraph + 1}`;
const fileOf = ({ from, paragraph }: Example): string =>
  paragraph === undefined ? `${from}.ts` : `${from}-${paragraph}.ts`;

/** The fixtures there are. */
export const fixtureNames = (): string[] =>
  readdirSync(fixtures).flatMap((file) => /^((?:readme|ipc)-\d+)\.ts$/.exec(file)?.[1] ?? []);

/** The whole program of an example. */
function programOf({ from, paragraph, imports = [], takes = [], takesOfManager = [], shows = [] }: Example): string {
  const text = readFileSync(join(fixtures, `${from}.ts`), 'utf8');
  const body = paragraph === undefined ? text : text.split('\n\n')[paragraph];
  const line = (names: readonly string[], source: string): string =>
    names.length === 0 ? '' : `import { ${names.join(', ')} } from '${source}';\n`;
  return [
    line(imports, 'shardlift'),
    line(takes, './surroundings.js'),
    line(takesOfManager, './manager-surroundings.js'),
    body,
    `\nexport { ${shows.join(', ')} };\n`,
  ].join('');
}

/** A folder as a user has it: the packages installed, the examples and what is around them as sources. */
export class Workshop {
  readonly folder = mkdtempSync(join(tmpdir(), 'shardlift-snippets-'));

  constructor(examples: readonly Example[]) {
    mkdirSync(join(this.folder, 'node_modules'));
    const install = (from: string, name: string): void => symlinkSync(from, join(this.folder, 'node_modules', name));
    install(root, 'shardlift');
    for (const name of ['discord.js', '@types']) install(join(root, 'node_modules', name), name);
    writeFileSync(join(this.folder, 'package.json'), '{ "type": "module" }');
    for (const file of around) copyFileSync(join(fixtures, file), join(this.folder, file));
    for (const example of examples) writeFileSync(join(this.folder, fileOf(example)), programOf(example));
  }

  /** What the compiler says of each example, by its name. */
  complaints(examples: readonly Example[]): Map<string, string[]> {
    const config = ts.readConfigFile(join(this.folder, 'tsconfig.json'), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, this.folder);
    const files = examples.map((example) => join(this.folder, fileOf(example)));
    const program = ts.createProgram(files, options);
    const all = ts.getPreEmitDiagnostics(program);
    const about = (file: string | undefined): string[] =>
      all
        .filter((one) => one.file?.fileName.split('/').at(-1) === file)
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
    const known = examples.map((example) => [nameOf(example), about(fileOf(example))] as const);
    return new Map([...known, ['around them', [...about('surroundings.ts'), ...about('manager-surroundings.ts')]]]);
  }

  /** Makes JavaScript of an example, with ids in place of the words that stand for them, and gives its file. */
  build(example: Example, ids: Readonly<Record<string, string>>): string {
    const named = programOf(example).replaceAll(/'(\w+)'/g, (quoted, word: string) =>
      Object.hasOwn(ids, word) ? `'${ids[word]}'` : quoted,
    );
    return this.#emit(fileOf(example), named);
  }

  /** Makes JavaScript of what is around the examples. */
  buildSurroundings(): void {
    for (const file of ['surroundings.ts', 'manager-surroundings.ts']) {
      this.#emit(file, readFileSync(join(this.folder, file), 'utf8'));
    }
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }

  #emit(file: string, text: string): string {
    const compilerOptions = {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: false,
    };
    const script = file.replace(/\.ts$/, '.js');
    writeFileSync(join(this.folder, script), ts.transpileModule(text, { compilerOptions }).outputText);
    return script;
  }
}
