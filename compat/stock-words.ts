/** compat/stock-words: what discord.js's own util and manager say to each other. */

/** An error as discord.js sends it. */
export interface PlainError {
  readonly name?: string;
  readonly message?: string;
  readonly stack?: string;
}

/** The news of a shard; which shard is not said. */
const news = ['_ready', '_disconnect', '_reconnecting', '_resume'] as const;
export type ShardNews = (typeof news)[number];

/** What a bot asks of its manager, and what may be beside it. */
const orders = { _sEval: '_sEvalShard', _sFetchProp: '_sFetchPropShard', _sRespawnAll: undefined } as const;
/** What a bot answers. */
const answers = ['_eval', '_fetchProp'] as const;

type Order = keyof typeof orders;
type Word = ShardNews | Order | (typeof answers)[number];

/** A message of discord.js's util, with the key it is known by. */
export interface StockMessage {
  readonly word: Word;
  readonly content: Readonly<Record<string, unknown>>;
}

// Looked for in the order in which discord.js does.
const words: readonly Word[] = [...news, '_sFetchProp', '_sEval', '_sRespawnAll', ...answers];

/** A message as one of discord.js's own; `undefined` for one of the user's. */
export function stockMessage(message: unknown): StockMessage | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const content = message as StockMessage['content'];
  const word = words.find((one) => content[one]);
  return word === undefined ? undefined : { word, content };
}

export const isNews = (word: Word): word is ShardNews => (news as readonly Word[]).includes(word);

/** Whether it is exactly what discord.js's util says of itself: news or a question, and nothing beside it. */
export function isFirstWord({ word, content }: StockMessage): boolean {
  const keys = Object.keys(content);
  if (isNews(word)) return content[word] === true && keys.length === 1;
  return word in orders && keys.every((key) => key === word || key === orders[word as Order]);
}

/** An error for discord.js's util, which makes an Error of it again. */
export function plainError(error: unknown): PlainError {
  const { name, message, stack } = (typeof error === 'object' && error !== null ? error : {}) as PlainError;
  return { name: name ?? 'Error', message: message ?? String(error), ...(stack === undefined ? {} : { stack }) };
}

/** The error that a util sent. */
export function errorOf({ name = 'Error', message = '', stack }: PlainError): Error {
  return Object.assign(new Error(message), { name, ...(stack === undefined ? {} : { stack }) });
}
