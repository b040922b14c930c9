/** compat/stock-line: speaks to a bot as discord.js's own manager does, by messages that Node's channel carries. */
import { readFileSync } from 'node:fs';
import { type EvalOutcome, type EvalRequest, type EvalWork, preloadPath } from '../src/extend.ts';
import { type Cluster, type Mode, ShardliftError } from '../src/index.ts';
import type { EvalTarget, RespawnPace } from './contract.ts';
import type { StockOrder } from './stock-bot.ts';
import { errorOf, isNews, type PlainError, plainError, type ShardNews, type StockMessage } from './stock-words.ts';

type Step = Parameters<Cluster['step']>[0];

/** What a bot may ask of its manager. */
export interface StockFleet {
  /** Has work done by shards. Rejects where it is not allowed. */
  values(work: EvalWork, target: EvalTarget): Promise<unknown>;
  respawnAll(pace: Partial<RespawnPace>): Promise<unknown>;
}

/** What a line is between. */
export interface StockLineParts {
  /** For errors: `cluster 3`. */
  readonly peer: string;
  readonly mode: Mode;
  /** Ascending. */
  readonly shards: readonly number[];
  readonly send: (message: object) => Promise<unknown>;
  /** Told of each step of a shard. */
  readonly step: (step: Step) => void;
  readonly fleet: StockFleet;
}

interface Asked {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** What the news of one process say of one of its shards. No code comes with it: 1006 is what a close without one has. */
const stepOf = (news: ShardNews, shard: number): Step => {
  if (news === '_ready') return { shard, step: 'ready' };
  if (news === '_resume') return { shard, step: 'resume', replayed: 0 };
  return news === '_disconnect' ? { shard, step: 'disconnect', code: 1006 } : { shard, step: 'reconnecting' };
};

/** The shards that are ready: 0 is the status of discord.js 14, 3 that of `@discordjs/ws`, whose manager 15 has as `ws`. */
const readyShards = `this.ws.shards
  ? [...this.ws.shards.values()].filter((s) => s.status === 0).map((s) => s.id)
  : this.ws.fetchStatus().then((all) => [...all].filter(([, s]) => s === 3).map(([id]) => id))`;

/** The built file in a text that can be evaluated where there may be no `require`: in a bundle of ES modules, say. */
function evaluatorText(): string {
  const source = readFileSync(preloadPath('compat-stock-bot.cjs'), 'utf8');
  const load = "typeof require === 'function' ? require : (name) => process.getBuiltinModule(name)";
  return `(function (exports, require) {${source}\n})({}, ${load})`;
}

/** The line to the bot in one child. */
export class StockLine {
  readonly #parts: StockLineParts;
  readonly #asked = new Map<string, Asked>();
  #count = 0;
  #installed: Promise<unknown> | undefined;
  #ready: ReadonlySet<number> = new Set();
  #ended = false;

  constructor(parts: StockLineParts) {
    this.#parts = parts;
  }

  /** Takes a message of discord.js's util. */
  take({ word, content }: StockMessage): void {
    if (isNews(word)) void this.#news(word);
    else if (word === '_sEval') void this.#order(word, content, { kind: 'script', text: String(content[word]) });
    else if (word === '_sFetchProp') void this.#order(word, content, { kind: 'property', path: String(content[word]) });
    else if (word === '_sRespawnAll') {
      // Accepted loss: the failure, which the core has logged. The bot that asked is among those that end.
      this.#parts.fleet.respawnAll(content[word] as Partial<RespawnPace>).catch(() => undefined);
    } else this.#answered(String(content[word]), content);
  }

  /** Has work done in the bot. @throws ShardliftError `LINK_CLOSED` when it dies meanwhile */
  async evaluate(request: EvalRequest): Promise<readonly EvalOutcome[]> {
    const { mode, shards } = this.#parts;
    const order: StockOrder = { mode, whole: shards.length === 1, request };
    // In one breath: what is sent after this call must not overtake it.
    this.#installed ??= this.#ask(evaluatorText());
    const asked = this.#ask(`globalThis[Symbol.for('shardlift.evaluate')](this, ${JSON.stringify(order)})`);
    const [outcomes] = await Promise.all([asked, this.#installed]);
    return outcomes as readonly EvalOutcome[];
  }

  /** The child is gone. */
  end(): void {
    this.#ended = true;
    const error = new ShardliftError('LINK_CLOSED', {
      peer: this.#parts.peer,
      reason: 'its process or thread is gone',
    });
    for (const { reject } of this.#asked.values()) reject(error);
    this.#asked.clear();
  }

  /** discord.js knows an answer by the text it was asked: each text is made to be the only one of its kind. */
  #ask(script: string): Promise<unknown> {
    const text = `${script} // ${++this.#count}`;
    return new Promise((resolve, reject) => {
      this.#asked.set(text, { resolve, reject });
      this.#parts.send({ _eval: text }).catch((error: unknown) => {
        this.#asked.delete(text);
        reject(error);
      });
    });
  }

  #answered(text: string, { _result, _error }: StockMessage['content']): void {
    const asked = this.#asked.get(text);
    this.#asked.delete(text);
    if (_error) asked?.reject(errorOf(_error as PlainError));
    else asked?.resolve(_result);
  }

  async #order(word: '_sEval' | '_sFetchProp', content: StockMessage['content'], work: EvalWork): Promise<void> {
    const place = { [word]: content[word], [`${word}Shard`]: content[`${word}Shard`] };
    const shard = content[`${word}Shard`];
    const said = this.#parts.fleet.values(work, typeof shard === 'number' ? { shard } : {}).then(
      (_result) => this.#parts.send({ ...place, _result }),
      (error: unknown) => this.#parts.send({ ...place, _error: plainError(error) }),
    );
    // Accepted loss: the answer to a bot that is gone.
    await said.catch(() => undefined);
  }

  /** Of several shards nobody says which of them it is: those that are ready are asked for, and compared. */
  async #news(news: ShardNews): Promise<void> {
    const { shards, step } = this.#parts;
    const [only] = shards;
    if (shards.length === 1 && only !== undefined) {
      step(stepOf(news, only));
      return;
    }
    // Nothing is lost: a bot that cannot say which shards are ready has all of them ready when it says that it is.
    const found = await this.#ask(readyShards).catch(() => undefined);
    if (this.#ended) return;
    const ready = new Set(Array.isArray(found) ? (found as readonly number[]) : shards);
    const before = this.#ready;
    this.#ready = ready;
    for (const shard of shards) {
      if (ready.has(shard) && !before.has(shard)) step(stepOf(news === '_ready' ? news : '_resume', shard));
      if (!ready.has(shard) && before.has(shard)) {
        step(stepOf(news === '_disconnect' ? news : '_reconnecting', shard));
      }
    }
  }
}
