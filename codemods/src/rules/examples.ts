/** rules/examples: what stands for the `{x}` of each sentence where a code is explained and no place is meant. */
import { filled, type ReasonCode, reasons } from './reasons.ts';

const broadcast = { method: 'broadcastEval' };
const prefix = { names: '`prefix` (line 3)' };

/** Values to read a sentence with, by code. */
const examples = {
  'DC-S1': { ...broadcast, owner: 'eris' },
  'DC-S2': broadcast,
  'DC-S3': {
    receiver: 'bot.shard',
    library: 'a ShardingManager of discord.js, or what its clients have as shard',
    proof:
      "If it is, say so and run dc-migrate again: give what holds it the type Client (in JavaScript by JSDoc, @type {import('discord.js').Client}), or write the call as client.shard.broadcastEval(...)",
  },
  'DC-S4': broadcast,
  'DC-S5': broadcast,
  'DC-S6': { receiver: 'client.cluster' },
  'DC-S7': { method: 'ShardingManager' },
  'DC-S8': broadcast,
  'DC-D1': { what: '`jobs[name]`' },
  'DC-D2': { what: '`this.count`' },
  'DC-D4': { what: '`eval(text)`' },
  'DC-D7': { what: 'it does not parse' },
  'DC-D8': {
    name: '`fn`',
    where: 'src/stats.ts:12',
    why: 'what is handed over is not a function written there',
  },
  'DC-C1': { ...prefix, fix: '' },
  'DC-C4': prefix,
  'DC-C5': { names: '`require`' },
  'DC-C6': { names: '`settings`' },
  'DC-C7': prefix,
  'DC-C8': { names: '`database`' },
  'DC-C9': { names: '`fetch` (line 2)' },
  'DC-C10': { line: '12' },
  'DC-I1': { names: '`os`' },
  'DC-I2': { names: '`Collection`' },
  'DC-I3': { names: '`config`', why: 'its value is made while the bot starts' },
  'DC-I4': { names: '`countGuilds`' },
  'DC-I5': { names: '`fetch`' },
  'DC-T1': { line: '12' },
  'DC-T2': { what: 'arguments', line: '12' },
  'DC-T3': { what: '#cache', line: '12' },
  'DC-G1': { names: '`T`' },
  'DC-G2': { names: '`Stats`' },
  'DC-G4': { names: '`Stats`', what: "stats.ts:12: Cannot find name 'Stats'" },
  'DC-R3': { what: '`options`' },
  'DC-R6': { receiver: '`sharder`' },
  'DC-R7': broadcast,
  'DC-R8': { what: '`shardId`', id: 'the id of a shard' },
  'DC-R9': { what: '`[0, 1]`' },
  'DC-R10': { where: 'src/bot.ts:12' },
  'DC-R12': { what: '`{ shardId }`' },
  'DC-R11': { where: 'src/bot.ts:12' },
  'DC-P1': {
    names: 'process.memoryUsage()',
    how: 'requestAll, which is written here, counts each process once',
  },
  'DC-P2': {
    what: 'The results hold',
    names: 'client.queue',
    live: 'lives',
    how: 'requestAll counts each process once',
  },
  'DC-P3': { counts: 'this number becomes' },
  'DC-P4': {
    names: 'c.on',
    how: 'it runs once for each of them. Where it should be done once, ask with requestAll',
  },
  'DC-A1': { names: '`client`' },
  'DC-A2': { names: '`c.settings.get(id)`' },
  'DC-A3': { names: '`args.query`' },
  'DC-A4': { names: "`fetch('https://example.com')`" },
  'DC-A5': { names: '`client.hits`' },
  'DC-A6': { names: '`guild.name`' },
  'DC-A7': { names: 'src/commands/stats.js:12' },
  'DC-A11': { names: '`client.players`' },
  'DC-A12': { names: '`c.users.cache.has(id)`' },
  'DC-A10': { names: 'src/index.js:9' },
  'DC-A8': { names: '`name`', use: 'console.log(results)' },
  'DC-A9': { names: 'src/start.js:12' },
  'DC-P6': { names: 'c.users.cache.get(id)' },
  'DC-P7': { names: 'client.shardId' },
  'DC-P5': { places: 'src/commands/ping.ts:12' },
  'DC-E1': { names: '`message`' },
  'DC-E2': { what: '`process.exit()`' },
  'DC-M3': { method: 'ShardingManager', what: 'a re-export' },
  'DC-M4': { method: 'Shard' },
  'DC-M5': { method: 'ShardingManager', owner: 'another package' },
  'DC-M6': { what: 'a manager that other files can see, at src/index.ts:4' },
  'DC-M8': { where: 'src/index.ts:4' },
  'DC-M11': { names: '`Child`' },
  'DC-M12': { what: 'The import', where: 'src/index.ts:1', does: 'stays the one of' },
  'DC-M13': { what: 'manager', where: 'src/index.ts:4', owner: 'discord.js' },
  'DC-M14': { why: 'src/all.ts:1 hands on all of its names' },
  'DC-M15': { where: 'src/index.ts:4' },
  'DC-M16': { half: 'client' },
  'DC-M17': { half: 'client', why: 'dist/bot.js, which the manager starts, is not there' },
  'DC-M18': {
    name: 'evalOnManager',
    where: 'src/stats.ts:12',
    does: 'throws NOT_SUPPORTED',
    instead: 'manager.hybrid.ipc.handle(name, handler) and client.cluster.ipc.requestManager(name)',
  },
  'DC-F4': { file: 'src/bot.js', source: 'src/bot.ts' },
  'DC-I6': { names: '`countGuilds`' },
  'DC-M19': { where: 'src/index.ts:9' },
  'DC-H2': {
    what: 'its options at src/index.ts:4 cannot be read',
    advice:
      "Build the manager with ShardingManager of shardlift/compat and add hybrid: { handlers: './cluster-handlers.js' } to its options; the path counts from the folder of the file that the manager starts, which is taken to be src/bot.ts",
  },
  'DC-H3': { path: 'src/cluster-handlers.ts', what: 'it exports no handlers' },
  'DC-H4': { what: 'the client is made in another file' },
  'DC-H5': { what: "`dev ? 'bot.ts' : 'bot.js'`", path: "'./cluster-handlers.js'" },
  'DC-H6': { where: 'src/handlers.ts:12' },
  'DC-H7': { names: '`fetch`', path: 'cluster-handlers.js' },
  'DC-W1': { names: 'a Date' },
  'DC-W3': { names: 'a Date' },
  'DC-W7': { what: 'result', value: 'a function' },
  'DC-W8': { what: 'result', value: 'a function' },
  'DC-W9': { what: 'c.guilds.cache.first()?.memberCount * 2' },
  'DC-W10': { name: 'Date' },
  'DC-W11': { what: 'result', where: 'src/stats.ts:12' },
  'DC-W12': { written: 'A list is written here. If this code takes the value itself, remove the .then(...).' },
  'DC-W13': { where: 'src/stats.ts:12' },
  'DC-W14': {
    what: '`data.user.id`',
    value: 'undefined',
    made: 'left out',
    use: "'id' in user",
    write: 'write `...(user.id !== undefined && { id: user.id })` in place of it',
  },
  'DC-W15': { what: '`name`', use: "'name' in row" },
  'DC-F1': { where: '12:5', what: "'}' expected" },
  'DC-F2': { file: 'tsconfig.json', what: 'the base it extends is not there' },
  'DC-F3': { file: 'src/stats.ts' },
  'DC-V1': { what: "stats.ts:12: Property 'queue' does not exist on type 'Client<true>'" },
  'DC-V3': { where: 'src/stats.ts:12' },
} as const satisfies Partial<Record<ReasonCode, Readonly<Record<string, string>>>>;

/** Values to read the sentence of a code with; none where it is the same at every place. */
export const examplesOf = (code: ReasonCode): Readonly<Record<string, string>> => {
  const own: Readonly<Partial<Record<ReasonCode, Readonly<Record<string, string>>>>> = examples;
  return own[code] ?? {};
};

/** The sentence of a code, with values of a place there might be. */
export const byExample = (code: ReasonCode): string =>
  filled(reasons[code].sentence, { ...examplesOf(code), ...reasons[code].general });

/** The sentence of a code where no place is meant: said to be an example where it differs from place to place. */
export const inGeneral = (code: ReasonCode): string =>
  byExample(code) === reasons[code].sentence ? byExample(code) : `For example: ${byExample(code)}`;
