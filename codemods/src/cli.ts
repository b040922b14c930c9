#!/usr/bin/env node
/** cli: the process around a command. */
import nodeModule from 'node:module';
import { main } from './command/main.ts';

// From Node 22 on, what the compiler was compiled to is kept for the next run; a dry run is often the first of two.
(nodeModule as { readonly enableCompileCache?: () => unknown }).enableCompileCache?.();

process.exitCode = await main(process.argv.slice(2), {
  cwd: process.cwd(),
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  outIsShown: process.stdout.isTTY === true,
  errorIsShown: process.stderr.isTTY === true,
});
