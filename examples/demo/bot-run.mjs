/** demo/bot-run: starts one copy of the bot, asks it everything, kills a part of it, stops it. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDiscord } from 'shardlift/testing';
import { isAlive, measureTree, treeOf } from './process-tree.mjs';

const settleMs = 3_000;
const patienceMs = 5_000;

/** Starts the bot and waits until its manager says that all shards are ready. */
async function start(stage, settings, discord) {
  const child = fork(stage.entry, [], {
    cwd: stage.folder,
    execArgv: [],
    silent: true,
    env: {
      ...process.env,
      ...discord.env,
      TOTAL_SHARDS: String(settings.shards),
      SHARDS_PER_CLUSTER: String(settings.shardsPerCluster),
      SPAWN_DELAY: String(settings.spawnDelayMs),
      SHARDING_MODE: settings.mode,
    },
  });
  const errors = [];
  child.stderr.on('data', (chunk) => errors.push(chunk));
  const startedAt = performance.now();
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`the manager ended with code ${code}\n${Buffer.concat(errors)}`);
  });
  // Looked at below; later deaths are wanted.
  died.catch(() => undefined);
  const lines = createInterface({ input: child.stdout });
  const ready = new Promise((resolve) => {
    lines.on('line', (line) => {
      if (line === `all ${settings.shards} shards are ready, in ${settings.guilds} servers`) resolve();
    });
  });
  await Promise.race([ready, died]);
  return { child, readyMs: performance.now() - startedAt };
}

/** Asks every command once. */
async function ask(discord, commands) {
  const answers = {};
  for (const { name, options, guild } of commands) {
    const reply = await discord.interact({ guild, command: name, options });
    answers[name] = reply.content;
  }
  return answers;
}

/** What a call does when its target dies under it: 'answers', an error's text, or nothing at all. */
async function killDuringCall(child, discord, guild) {
  const answer = once(child, 'message').then(([message]) => message);
  child.send('health');
  await sleep(300);
  const crashed = discord.interact({ guild, command: 'crash' });
  await crashed;
  const diedAt = performance.now() + 200;
  const outcome = await Promise.race([answer, sleep(patienceMs, undefined)]);
  if (outcome === undefined) return { settled: false, text: `hangs (no answer in ${patienceMs / 1000} s)` };
  const afterMs = Math.max(0, Math.round(performance.now() - diedAt));
  const text = outcome.health === 'ok' ? 'answers' : 'rejects';
  return { settled: true, afterMs, message: outcome.message, text: `${text} after ${afterMs} ms` };
}

/** Stops the manager as a service manager would and counts what it leaves behind. */
async function stop(child) {
  const members = treeOf(child.pid).map(({ pid }) => pid);
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
  const deadline = Date.now() + 2_000;
  let left = members.filter(isAlive);
  while (left.length > 0 && Date.now() < deadline) {
    await sleep(50);
    left = left.filter(isAlive);
  }
  for (const pid of left) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself just now.
    }
  }
  return left.length;
}

/** Runs one stage from start to stop and gives everything that was seen. */
export async function runStage(stage, settings, progress) {
  const discord = await createDiscord({
    guilds: settings.guilds,
    gateway: { shards: settings.shards, maxConcurrency: settings.maxConcurrency },
    time: { identifyWindow: settings.identifyWindowMs },
  });
  try {
    progress('starting');
    const { child, readyMs } = await start(stage, settings, discord);
    progress(`ready after ${(readyMs / 1000).toFixed(1)} s, measuring`);
    await sleep(settleMs);
    const cost = measureTree(child.pid);
    progress('asking every command');
    const answers = await ask(discord, settings.commands(discord));
    const violations = discord.violations('identifyPace');
    progress('killing a part of it during a call');
    const death = await killDuringCall(child, discord, settings.victim(discord));
    progress('stopping');
    const left = await stop(child);
    return {
      name: stage.name,
      change: stage.change,
      readyMs,
      ...cost,
      answers,
      violations: violations.length,
      death,
      left,
    };
  } finally {
    await discord.stop().catch(() => undefined);
  }
}
