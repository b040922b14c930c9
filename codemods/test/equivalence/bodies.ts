/** test/equivalence/bodies: the functions of calls, put together from parts. */
import fc from 'fast-check';
import { guildId, idIn } from './filled-bot.ts';
import { acts, counters, type Datum, flags, hole, type Kind, lists, numbers, type Part, rows, texts } from './parts.ts';

/** What a function of a call is made of. */
export interface Body extends Part {
  /** Whether it has to be async. */
  readonly waits: boolean;
}

/** A promise of discord.js, as far as the parts have some. */
const waited = ({ text }: Part): string =>
  /send\(|leave\(/.test(text) && !/forEach/.test(text) ? `await ${text}` : text;

/** What is tested is waited for where it is a promise of the bot's own, which nothing in the files shows (DC-A2). */
const tested = (of: Part): string => (of.text.startsWith('c.tell(') ? `await ${of.text}` : waited(of));

function bodyOf(kind: Kind, text: string, parts: readonly Part[]): Body {
  const data: readonly Datum[] = [...new Set(parts.flatMap((part) => part.data))];
  return { kind, text, data, waits: text.includes('await ') };
}

const block = (...statements: readonly string[]): string => `{\n${statements.map((one) => `    ${one}\n`).join('')}  }`;

const act = fc.constantFrom(...acts);
const giving = fc.constantFrom(...numbers, ...flags, ...texts, ...lists, ...rows);
const part = fc.oneof(
  fc.constantFrom(...numbers),
  fc.constantFrom(...flags),
  fc.constantFrom(...texts),
  fc.constantFrom(...lists),
  fc.constantFrom(...rows),
  act,
  fc.constantFrom(...counters),
);

/** One part, as functions give it. */
const oneWays: readonly ((of: Part) => Body)[] = [
  (of) => bodyOf(of.kind, of.text, [of]),
  (of) => bodyOf(of.kind, block(`return ${of.text};`), [of]),
  (of) => bodyOf(of.kind, block(`const found = ${waited(of)};`, 'return found;'), [of]),
  (of) => bodyOf('nothing', block(`${waited(of)};`), [of]),
  (of) => bodyOf(of.kind, block('try {', `  return ${waited(of)};`, '} catch {', '  return null;', '}'), [of]),
  (of) => bodyOf(of.kind, block(`const found = ${tested(of)};`, 'if (!found) return null;', 'return found;'), [of]),
];

const one = fc.tuple(part, fc.constantFrom(oneWays[0] as (of: Part) => Body, ...oneWays)).map(([of, way]) => way(of));

/** Something is done, and something is given. */
const doneAndGiven = fc
  .tuple(act, part)
  .map(([done, of]) => bodyOf(of.kind, block(`${waited(done)};`, `return ${waited(of)};`), [done, of]));

const ends: readonly (readonly [Kind, string])[] = [
  ['flag', 'true'],
  ['text', 'null'],
  ['text', "'done'"],
  ['number', '1'],
  ['row', '{ ok: true }'],
];

const doneAndTold = fc
  .tuple(act, fc.constantFrom(...ends))
  .map(([done, [kind, end]]) => bodyOf(kind, block(`${waited(done)};`, `return ${end};`), [done]));

const found: readonly (readonly [Kind, string])[] = [
  ['text', 'guild.name'],
  ['row', '{ n: guild.memberCount, name: guild.name }'],
  ['number', 'guild.memberCount'],
  ['list', 'guild.channels.cache.map((it) => it.id)'],
  ['flag', 'true'],
];

/** A guard, with everything that a function may give for what is not there. */
const guarded = fc
  .tuple(fc.constantFrom(' null', ' undefined', ' false', " ''", ' 0', ''), fc.constantFrom(...found))
  .map(([none, [kind, text]]): Body => {
    const lines = ['const guild = c.guilds.cache.get(id);', `if (!guild) return${none};`, `return ${text};`];
    return { ...bodyOf(kind, block(...lines), []), data: ['id'] };
  });

const chosen = fc
  .tuple(fc.constantFrom(...flags), giving, giving)
  .map(([test, yes, no]) => bodyOf(yes.kind, `${test.text} ? ${yes.text} : ${no.text}`, [test, yes, no]));

const doneIf = fc
  .tuple(fc.constantFrom(...flags), act)
  .map(([test, done]) => bodyOf('nothing', block(`if (${test.text}) ${waited(done)};`), [test, done]));

const written = fc
  .tuple(fc.constantFrom(...numbers), fc.constantFrom(...texts), fc.constantFrom(...lists))
  .map(([n, text, list]) =>
    bodyOf('row', `({ n: ${n.text}, text: ${text.text}, list: ${list.text} })`, [n, text, list]),
  );

const pair = fc
  .tuple(fc.constantFrom(...numbers), giving)
  .map(([n, other]) => bodyOf('list', `[${n.text}, ${other.text}]`, [n, other]));

const looped = fc.constantFrom(
  bodyOf(
    'number',
    block('let n = 0;', 'for (const g of c.guilds.cache.values()) n += g.memberCount;', 'return n;'),
    [],
  ),
  bodyOf('list', block('const ids = [];', 'for (const [key] of c.guilds.cache) ids.push(key);', 'return ids;'), []),
  bodyOf('row', block('const by = {};', 'c.guilds.cache.forEach((g) => { by[g.id] = g.name; });', 'return by;'), []),
  bodyOf(
    'number',
    block(
      'let n = 0;',
      'for (const g of c.guilds.cache.values()) {',
      '  if (n > 1) break;',
      '  n++;',
      '}',
      'return n;',
    ),
    [],
  ),
);

const loops: readonly (readonly string[])[] = [
  ['for (const g of c.guilds.cache.values()) {', '  if (g.memberCount < least) await g.leave();', '}'],
  ['for (const [, g] of c.guilds.cache) {', '  if (g.memberCount < least) return g.leave();', '}'],
  [
    'const small = c.guilds.cache.filter((g) => g.memberCount < least);',
    'for (const g of small.values()) await g.leave();',
  ],
  ['const small = c.guilds.cache.find((g) => g.memberCount < least);', 'if (small) await small.leave();'],
];

const doneToEach = fc
  .tuple(fc.constantFrom(...loops), fc.constantFrom(...ends))
  .map(([lines, [kind, end]]): Body => ({ ...bodyOf(kind, block(...lines, `return ${end};`), []), data: ['least'] }));

/** What is done with something that is looked up, and what is told of it. */
const lookedUp = fc
  .tuple(
    fc.constantFrom('null', 'false', "'nothing'"),
    fc.constantFrom('guild.leave()', 'guild.channels.cache.first().send(guild.name)'),
  )
  .map(([none, done]): Body => {
    const lines = [
      'const guild = c.guilds.cache.get(id);',
      `if (!guild) return ${none};`,
      `await ${done};`,
      'return true;',
    ];
    return { ...bodyOf('flag', block(...lines), []), data: ['id'] };
  });

/** What a function does that looks something up, where that is not there: it throws, or says so. */
const withoutIt = fc
  .tuple(
    fc.constantFrom(
      "if (!guild) throw new Error('not here');",
      "if (guild === undefined) throw new RangeError('nowhere');",
      "if (!guild) c.settings.set('missing', '1');",
      "if (guild) c.settings.set('found', '1');",
      "switch (guild) {\n      case undefined:\n        c.settings.clear();\n        break;\n      default:\n        c.settings.set('found', '1');\n    }",
      "let word = 'nothing';\n    if (guild) word = guild.name;\n    c.settings.set('word', word);",
      'try {\n      guild.leave();\n    } catch (error) {\n      c.settings.clear();\n    }',
      "c.user.setActivity(guild ? guild.name : 'nothing');",
      "c.channels.cache.get(channel)?.send(guild ? 'here' : 'nowhere');",
      "guild?.channels.cache.get('1').send('hello');",
      'guild?.channels.cache.forEach((it) => it.send?.(guild.name));',
    ),
    fc.constantFrom<readonly [Kind, string]>(
      ['text', `guild ? \`has ${hole('guild.name')}\` : 'nothing'`],
      ['text', 'guild.name'],
      ['text', 'guild?.name'],
      ['row', 'guild && { n: guild.memberCount, name: guild.name }'],
      ['flag', 'guild !== undefined'],
      ['number', 'c.guilds.cache.size'],
      ['flag', 'true'],
    ),
  )
  .map(([done, [kind, given]]): Body => {
    const lines = ['const guild = c.guilds.cache.get(id);', done, `return ${given};`];
    const data: readonly Datum[] = done.includes('channel)') ? ['id', 'channel'] : ['id'];
    return { ...bodyOf(kind, block(...lines), []), data };
  });

/** What is looked up by a function of the function. */
const lookedUpBy = fc
  .constantFrom<readonly [Kind, string]>(
    ['number', 'c.guilds.cache.filter((g) => has(id) && g.memberCount > 0).size'],
    ['list', "c.guilds.cache.map((g) => (has(id) ? g.name : 'alone'))"],
    ['number', 'c.guilds.cache.reduce((sum, g) => sum + (has(id) ? g.memberCount : 1), 0)'],
    ['flag', 'has(id)'],
    ['nothing', 'has(id) && c.settings.clear()'],
  )
  .map(([kind, text]): Body => {
    const lines = ['const has = (it) => c.guilds.cache.has(it);', `return ${text};`];
    return { ...bodyOf(kind, block(...lines), []), data: ['id'] };
  });

/** Several things, each by its id. */
const several = fc
  .constantFrom<readonly [Kind, string]>(
    ['nothing', 'for (const it of ids) await c.channels.cache.get(it)?.send(user);'],
    [
      'nothing',
      'for (const it of ids) {\n      const at = c.channels.cache.get(it);\n      if (!at) continue;\n      await at.send(user);\n      break;\n    }',
    ],
    [
      'text',
      'for (const it of ids) {\n      const at = c.channels.cache.get(it);\n      if (at) return at.guild.name;\n    }\n    return null;',
    ],
    ['text', 'return ids.map((it) => c.channels.cache.get(it)?.guild.name).find(Boolean);'],
    ['number', 'return ids.filter((it) => c.channels.cache.has(it)).length;'],
    ['nothing', 'await Promise.all(ids.map((it) => c.channels.cache.get(it)?.send(user)));'],
    ['nothing', 'for (const g of c.guilds.cache.values()) await g.channels.cache.get(channel).send(user);'],
    ['nothing', 'for (const g of c.guilds.cache.values()) await g.channels.cache.get(channel)?.send(user);'],
  )
  .map(([kind, text]): Body => {
    const lines = [`const ids = [channel, '${idIn(guildId(0, 1), 1)}', '${idIn(guildId(2, 0), 1)}'];`, text];
    return { ...bodyOf(kind, block(...lines), []), data: ['channel', 'user'] };
  });

/** Functions of calls. */
export const body: fc.Arbitrary<Body> = fc.oneof(
  { weight: 9, arbitrary: one },
  doneAndGiven,
  doneAndTold,
  guarded,
  chosen,
  doneIf,
  written,
  pair,
  looped,
  doneToEach,
  lookedUp,
  { weight: 2, arbitrary: withoutIt },
  lookedUpBy,
  several,
);
