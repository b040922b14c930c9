#!/usr/bin/env node
/** soak: a real manager under load for minutes, while its clusters die and stand still. Ends with 1 when anything is broken. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isAlive, processTree } from './processes.mjs';
import { machine, readProgram, today } from './program.mjs';
import { writeSection } from './results-file.mjs';
import * as commandLine from './soak/command-line.mjs';
import { progressLine, sectionText } from './soak/report.mjs';
import { memoryRows } from './soak/slopes.mjs';
import { Tally } from './soak/tally.mjs';

const hostFile = fileURLToPath(new URL('./soak/host.mjs', import.meta.url));
const progressMs = 5_000;
/** How long start, last restarts, open questions and stop may take beside the run itself, in ms. */
const besideMs = 240_000;
/** A manager that was stopped leaves nothing that keeps its process up; in ms. */
const longestExitMs = 5_000;

/** Waits for the host's end, not for ever. */
async function endOf(host, soak, tally) {
  const exited = once(host, 'exit');
  let doneAt;
  host.on('message', ({ word }) => {
    if (word === 'done') doneAt = performance.now();
  });
  const startedAt = performance.now();
  while (host.exitCode === null && host.signalCode === null) {
    await Promise.race([exited, pause(100)]);
    const hangs = doneAt !== undefined && performance.now() - doneAt > longestExitMs;
    if (hangs)
      tally.blame(`the manager's process was still up ${longestExitMs} ms after its stop: ${tally.done.active}`);
    const late = performance.now() - startedAt > soak.runMs + besideMs;
    if (late) tally.blame(`the soak was not over ${besideMs} ms after its time`);
    if (hangs || late) return;
  }
  if (tally.done === undefined) tally.blame(`the manager's process ended: ${host.signalCode ?? host.exitCode}`);
  else if (host.exitCode !== 0) tally.blame(`the manager's process ended with ${host.exitCode}`);
}

/** What must not be there any more. */
function checkRest(tally, folder) {
  const { nodes = [], active = [] } = tally.done ?? {};
  for (const { by, open, inFlight } of nodes) {
    if (open > 0 || inFlight > 0) tally.blame(`${by} had ${open} questions open at the end, ${inFlight} in flight`);
  }
  if (active.length > 0) tally.blame(`after its stop the manager's process was kept up by ${active}`);
  const alive = [...tally.pids].filter(isAlive);
  if (alive.length > 0) tally.blame(`processes were left: ${alive}`);
  const files = readdirSync(folder);
  if (files.length > 0) tally.blame(`files were left: ${files}`);
  return alive;
}

function judgeMemory(rows, tally) {
  for (const { by, what, slope, bound } of rows) {
    if (slope === undefined || slope > bound) tally.blame(`${what} of ${by} grows by ${slope?.toFixed(2)} MB a minute`);
  }
}

const soak = readProgram(commandLine);
// A file that cannot be written shows now, not after the last minute.
if (soak.json !== undefined) appendFileSync(soak.json, '');
const folder = mkdtempSync(join(tmpdir(), 'soak-'));
const tally = new Tally();
console.error(`soak, ${soak.mode}: ${soak.clusters} clusters, ${soak.minutes} minutes, --seed ${soak.seed}`);
const host = fork(hostFile, [JSON.stringify(soak)], { env: { ...process.env, TMPDIR: folder } });
host.on('message', (message) => tally.take(message));
const leave = () => {
  // Its clusters go with it, also those that stand still: they are woken first.
  for (const pid of processTree(host.pid).toReversed()) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
};
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    leave();
    process.exit(130);
  });
}
const shown = setInterval(() => {
  if (tally.startedAt !== undefined && tally.done === undefined)
    console.error(progressLine(soak, tally, performance.now() - tally.startedAt));
}, progressMs);

await endOf(host, soak, tally);
clearInterval(shown);
checkRest(tally, folder);
leave();
const memory = memoryRows({ ...soak, samples: tally.samples });
if (soak.isWhole) judgeMemory(memory, tally);
const date = today();
const text = sectionText({ soak, tally, memory, isJudged: soak.isWhole, machine, date });
console.log(`\n${text}`);
if (soak.isWhole) writeSection('soak', soak.mode, text);
const { counts, samples, broken, faults, worstMs, done } = tally;
if (soak.json !== undefined) {
  const shownNumbers = { ...soak, machine, date, counts, worstMs, broken, faults, memory, samples, done };
  writeFileSync(soak.json, `${JSON.stringify(shownNumbers, null, 2)}\n`);
}
process.exit(broken === 0 ? 0 : 1);
