/**
 * typescript: the compiler that everything here reads code with.
 *
 * Loaded by `require`: an `import` of CommonJS scans all nine megabytes for the names they export before it runs them, and
 * the package around the compiler brings a library of its own. Together that costs as much as migrating a small bot.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export const ts = require('@ts-morph/common/dist/typescript.js');

/** The declarations of the language itself, by file name; only programs with types ask for them. */
export const libraryFiles = () =>
  new Map(
    require('@ts-morph/common')
      .getLibFiles()
      .map(({ fileName, text }) => [fileName, text]),
  );
