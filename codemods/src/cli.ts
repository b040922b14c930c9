#!/usr/bin/env node
/** cli: the process around a command. */
import nodeModule from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { main } from './command/main.ts';

// From Node 22 on, what the compiler was compiled to is kept for the next run; a dry run is often the first of two.
(nodeModule as { readonly enableCompileCache?: () => unknown }).enableCompileCache?.();

// A run is over before most of what V8 optimises by then has paid for itself: on Node 20 the threads that do it took a
// fifth of a run's CPU. So code has to be busier there first. Later versions count otherwise, and gain nothing by it.
if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=300000');

// Whoever has seen enough closes the pipe (`| head`). That is no error, and what is to be written to disk still is.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

process.exitCode = await main(process.argv.slice(2), {
  cwd: process.cwd(),
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  outIsShown: process.stdout.isTTY === true,
  errorIsShown: process.stderr.isTTY === true,
});
