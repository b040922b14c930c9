/** compat/shard-news: tells the Shards of one cluster what happens to it, each as if it had a process of its own. */
import type { ChildProcess } from 'node:child_process';
import type { EventEmitter } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { tellAll } from '../src/extend.ts';
import { startError } from './discord-errors.ts';
import type { GroupedShard } from './grouped-shard.ts';
import { asShardError, type Thrown } from './listener-errors.ts';

/** The news of one cluster. */
export class ShardNews {
  readonly #shards: () => readonly GroupedShard[];

  constructor(shards: () => readonly GroupedShard[]) {
    this.#shards = shards;
  }

  /** It has a child. */
  born(child: ChildProcess | Worker, thrown: Thrown): void {
    for (const shard of this.#shards()) hold(shard, child);
    for (const shard of this.#shards()) tell(shard, 'spawn', { child, thrown });
  }

  /** Its child is gone, or is to be. */
  died(child: ChildProcess | Worker, thrown: Thrown): void {
    // Listeners still find the child, as with discord.js; none of them keeps a sibling from hearing of its death.
    for (const shard of this.#shards()) tell(shard, 'death', { child, thrown });
    for (const shard of this.#shards()) Object.assign(shard, { ready: false, process: null, worker: null });
  }

  /** A child that runs already is told to a new Shard as if it had just come to life. */
  catchUp(shard: GroupedShard, { child, ready }: { child: ChildProcess | Worker; readonly ready: boolean }): void {
    hold(shard, child);
    tell(shard, 'spawn', { child, thrown: asShardError });
    if (ready) this.moved(shard.id, true, 'ready');
  }

  /** It is given up. Without a listener the event would be thrown and end the manager; the core has logged it. */
  failed(error: unknown): void {
    for (const shard of this.#shards()) {
      if (shard.listenerCount('error') > 0) shard.emit('error', startError(error, shard.id));
    }
  }

  /** A shard came up, or went down. */
  moved(id: number, ready: boolean, event: string): void {
    const shards = this.#shards();
    // A bot may have been given one shard and run others: whatever happens to them is that one's.
    const shard = shards.length === 1 ? shards[0] : shards.find((one) => one.id === id);
    if (shard === undefined) return;
    shard.ready = ready;
    shard.emit(event);
  }

  /** The bot sent a message: of the shard that it names, else of the first. */
  deliver(message: unknown, named: number | null | undefined): void {
    const shards = this.#shards();
    const shard = shards.find(({ id }) => id === named) ?? shards[0];
    shard?.emit('message', message);
  }
}

function hold(shard: GroupedShard, child: ChildProcess | Worker): void {
  if ('threadId' in child) shard.worker = child;
  else shard.process = child;
}

type Told = { readonly child: ChildProcess | Worker; readonly thrown: Thrown };

/** Tells the listeners of one shard; what one of them throws reaches neither the teller nor the others. */
function tell(shard: GroupedShard, event: 'spawn' | 'death', { child, thrown }: Told): void {
  const emitter = shard as EventEmitter as EventEmitter<Record<typeof event, [ChildProcess | Worker]>>;
  for (const error of tellAll(emitter, event, child)) thrown(error, shard);
}
