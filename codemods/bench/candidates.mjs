/** bench/candidates: what TypeScript alone needs to load, and to parse and bind the JavaScript candidates twice. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

// The copy, and the manner of loading it, that dc-migrate has.
const ts = createRequire(import.meta.url)('@ts-morph/common/dist/typescript.js');

const texts = new Map();
for (const name of readdirSync('src')) {
  const text = readFileSync(join('src', name), 'utf8');
  if (/\b(broadcastEval|fetchClientValues|ShardingManager)\b/.test(text))
    texts.set(join(process.cwd(), 'src', name), text);
}
const options = { allowJs: true, noResolve: true, noLib: true, types: [], target: ts.ScriptTarget.ESNext };
for (let time = 0; time < 2; time += 1) {
  const host = ts.createCompilerHost(options);
  host.getSourceFile = (path, language) => ts.createSourceFile(path, texts.get(path) ?? '', language);
  // Asking for the checker binds every file.
  ts.createProgram([...texts.keys()], options, host).getTypeChecker();
}
console.log(`${texts.size} files`);
