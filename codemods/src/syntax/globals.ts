/** syntax/globals: names that mean something without being declared in the file. */
import { createRequire, isBuiltin } from 'node:module';
import { runInNewContext } from 'node:vm';

/**
 * What Node defines, of any version; `NodeJS` is a namespace of its types. What runs beside dc-migrate in its process, such as
 * a test runner or the helpers of a compiler, defines more, and a bot has none of that.
 *
 * @see https://nodejs.org/api/globals.html
 */
const ofNode =
  'process global Buffer URL URLSearchParams DOMException AbortController AbortSignal Event EventTarget CustomEvent MessageEvent ' +
  'TextEncoder TextDecoder TextEncoderStream TextDecoderStream CompressionStream DecompressionStream TransformStream ' +
  'TransformStreamDefaultController WritableStream WritableStreamDefaultController WritableStreamDefaultWriter ReadableStream ' +
  'ReadableStreamDefaultReader ReadableStreamDefaultController ReadableStreamBYOBReader ReadableStreamBYOBRequest ' +
  'ReadableByteStreamController ByteLengthQueuingStrategy CountQueuingStrategy BroadcastChannel MessageChannel MessagePort ' +
  'Blob File FormData Headers Request Response WebSocket CloseEvent EventSource Storage localStorage sessionStorage ' +
  'Navigator navigator Performance PerformanceEntry PerformanceMark PerformanceMeasure PerformanceObserver ' +
  'PerformanceObserverEntryList PerformanceResourceTiming performance crypto Crypto CryptoKey SubtleCrypto URLPattern ' +
  'clearImmediate clearInterval clearTimeout setImmediate setInterval setTimeout queueMicrotask structuredClone atob btoa ' +
  'fetch NodeJS';

const globalNames = new Set([
  ...(runInNewContext('Object.getOwnPropertyNames(globalThis)') as string[]),
  ...ofNode.split(' '),
]);

/** CommonJS names that belong to one file, and so change their meaning when a function moves. */
const fileBoundNames = new Set(['require', 'module', 'exports', '__dirname', '__filename']);

/** Names in the scope of discord.js/src/client/Client.js, where broadcastEval texts run, that discord.js exports. */
const clientScopeNames = new Set(
  'Collection Events IntentsBitField Invite OAuth2Scopes Options PermissionsBitField Routes Status Sweepers'.split(' '),
);

/** Whether a name is a global of Node. */
export function isGlobalName(name: string): boolean {
  return globalNames.has(name);
}

const load = createRequire(import.meta.url);

/** Whether what a built-in module exports is the very thing that is global under a name: `process`, `Buffer`, `URL`. */
export function exportsGlobal(
  name: string,
  { specifier, kind, imported }: { readonly specifier: string; readonly kind: string; readonly imported: string },
): boolean {
  if (!(name in globalThis) || !isBuiltin(specifier)) return false;
  const whole: unknown = load(specifier);
  const value: unknown = kind === 'named' ? Reflect.get(Object(whole), imported) : whole;
  return value === Reflect.get(globalThis, name);
}

/** Whether a name belongs to one CommonJS file. */
export function isFileBound(name: string): boolean {
  return fileBoundNames.has(name);
}

/** Whether a name resolves in an evaluated text only because of where discord.js evaluates it. */
export function isClientScopeName(name: string): boolean {
  return clientScopeNames.has(name);
}

/** What discord.js 14's Client has; anything else on a client was put there by the bot. */
export const clientMembers: ReadonlySet<string> = new Set(
  (
    'actions application channels emojis guilds options presence readyAt readyTimestamp rest shard sweepers token ' +
    'uptime user users voice ws destroy deleteWebhook fetchGuildPreview fetchInvite fetchGuildTemplate ' +
    'fetchDefaultSoundboardSounds fetchSticker fetchStickerPacks fetchVoiceRegions fetchWebhook generateInvite ' +
    'isReady login on once off emit addListener removeListener removeAllListeners listeners listenerCount ' +
    'eventNames rawListeners prependListener prependOnceListener setMaxListeners getMaxListeners toJSON ' +
    'constructor hasOwnProperty toString valueOf broadcast'
  ).split(' '),
);

/**
 * What clients of discord.js 11 and 12 had beside it.
 *
 * @see https://old.discordjs.dev/#/docs/discord.js/v12/class/Client
 */
export const formerMembers: ReadonlySet<string> = new Set(
  (
    'ping pings status browser presences voiceConnections broadcasts createVoiceBroadcast fetchApplication fetchUser ' +
    'syncGuilds sweepMessages setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate'
  ).split(' '),
);
