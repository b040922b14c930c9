/** Who is asked, by what becomes of the results and by what they are made of. */
import { beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { type Migrated, migrateAll } from './batch.ts';
import { cjsBot, project, read } from './project.ts';

const consumers: readonly (readonly [title: string, line: string, target: string])[] = [
  ['a sum of guilds', 'const n = (await X((c) => c.guilds.cache.size)).reduce((a, b) => a + b, 0);', 'requestAll'],
  ['a sum in then', 'X((c) => c.guilds.cache.size).then((r) => r.reduce((p, v) => p + v, 0));', 'requestAll'],
  ['a sum of a variable', 'const r = await X((c) => c.guilds.cache.size); f(r.reduce((a, b) => a + b));', 'requestAll'],
  [
    'a sum of a property',
    'const s = { r: await X((c) => c.guilds.cache.size), n: 1 }; f(s.r.reduce((a, b) => a + b), s.n);',
    'requestAll',
  ],
  [
    'a property of an object that goes elsewhere',
    'const s = { r: await X((c) => c.guilds.cache.size) }; f(s.r.reduce((a, b) => a + b), s);',
    'requestAllShards',
  ],
  [
    'a property that is read in two ways',
    'const s = { r: await X((c) => c.guilds.cache.size) }; f(s.r.reduce((a, b) => a + b), s.r.length);',
    'requestAllShards',
  ],
  ['a flat list', 'const l = (await X((c) => c.guilds.cache.map((g) => g.name))).flat();', 'requestAll'],
  ['a search', 'const l = (await X((c) => c.guilds.cache.first())).find(Boolean);', 'requestAll'],
  ['an ignored result', 'await X((c) => c.user.setStatus(1));', 'requestAll'],
  ['an ignored result behind a test', 'client.shard && X((c) => c.user.setStatus(1));', 'requestAll'],
  ['an ignored result instead of another', 'f() || (await X((c) => c.user.setStatus(1)));', 'requestAll'],
  ['an ignored result of one side', 'f() ? await X((c) => c.user.setStatus(1)) : g();', 'requestAll'],
  ['an ignored result of the other side', 'f() ? g() : X((c) => c.user.setStatus(1)).catch(f);', 'requestAll'],
  ['an ignored result of a timer', 'setTimeout(() => X((c) => c.user.setStatus(1)), 1);', 'requestAll'],
  [
    'an ignored result of a timer that waits',
    'setInterval(async () => await X((c) => c.user.setStatus(1)).catch(f), 1);',
    'requestAll',
  ],
  ['an ignored result with an end', 'await X((c) => c.user.setStatus(1)).finally(() => f());', 'requestAll'],
  ['an ignored result of a name', 'const done = () => f(); X((c) => c.user.setStatus(1)).then(done, f);', 'requestAll'],
  ['an ignored result of each', 'f().forEach((id) => X((c) => c.user.setStatus(1)));', 'requestAll'],
  [
    'an ignored result of each that waits',
    'f().forEach(async () => { return await X((c) => c.user.setStatus(1)); });',
    'requestAll',
  ],
  ['ignored results of all', 'await Promise.all(f().map((id) => X((c) => c.user.setStatus(1))));', 'requestAll'],
  ['ignored results of a list', 'f().map((id) => X((c) => c.user.setStatus(1)));', 'requestAll'],
  ['an ignored result of an event', "client.on('x', () => X((c) => c.user.setStatus(1)));", 'requestAll'],
  [
    'a result of a name that takes it',
    'const done = (r) => f(r); X((c) => c.guilds.cache.size).then(done, f);',
    'requestAllShards',
  ],
  ['results of all', 'f(await Promise.all(g().map((id) => X((c) => c.guilds.cache.size))));', 'requestAllShards'],
  ['a result of what asks for one', "router.on('x', () => X((c) => c.guilds.cache.size));", 'requestAllShards'],
  ['a result that is tested', '(await X((c) => c.guilds.cache.size))[0] && f();', 'requestAllShards'],
  ['a result that is chosen', 'f(g() ? await X((c) => c.guilds.cache.size) : null);', 'requestAllShards'],
  [
    'a result behind a test that goes on',
    'const n = client.shard && (await X((c) => c.guilds.cache.size));',
    'requestAllShards',
  ],
  ['a result of a function that is no timer', 'later(() => X((c) => c.guilds.cache.size), 1);', 'requestAllShards'],
  [
    'a result of a timer of its own',
    'const setTimeout = (fn) => fn().then(f); setTimeout(() => X((c) => c.guilds.cache.size), 1);',
    'requestAllShards',
  ],
  [
    'a result with an end that is used',
    'f(await X((c) => c.guilds.cache.size).finally(() => g()));',
    'requestAllShards',
  ],
  [
    'a sum of a copy',
    'const r = await X((c) => c.guilds.cache.size); f([...r].reduce((a, b) => a + b, 0));',
    'requestAll',
  ],
  [
    'a copy with something else',
    'const r = await X((c) => c.guilds.cache.size); f([1, ...r].reduce((a, b) => a + b, 0));',
    'requestAllShards',
  ],
  ['a copy that goes elsewhere', 'f([...(await X((c) => c.guilds.cache.size))]);', 'requestAllShards'],
  [
    'a sum by a function of the file',
    'const total = (r) => r.reduce((a, b) => a + b, 0); f(total(await X((c) => c.guilds.cache.size)));',
    'requestAll',
  ],
  [
    'sums by a function, of several',
    'function total(r) { let n = 0; for (const one of r) n += one; return n; } const [a, b] = await Promise.all([X((c) => c.guilds.cache.size), g()]); f(total(a), b);',
    'requestAll',
  ],
  [
    'a sum by a function that gets it of the promise',
    'const total = (r) => r.reduce((a, b) => a + b, 0); X((c) => c.guilds.cache.size).then(total).then(f);',
    'requestAll',
  ],
  [
    'a flat list by a function that hands it to another',
    'const flat = (r) => r.flat(); const names = (x, r) => flat(r).join(x); f(names(1, await X((c) => c.guilds.cache.map((g) => g.name))));',
    'requestAll',
  ],
  [
    'a search by a function',
    'const first = (r) => r.find(Boolean); f(first(await X((c) => c.guilds.cache.first())));',
    'requestAll',
  ],
  [
    'a function that looks at more',
    'const total = (r) => r.reduce((a, b) => a + b, 0) / r.length; f(total(await X((c) => c.guilds.cache.size)));',
    'requestAllShards',
  ],
  [
    'a function that looks at nothing',
    'const total = (r) => f(); f(total(await X((c) => c.guilds.cache.size)));',
    'requestAllShards',
  ],
  [
    'a function that looks at all it is given',
    'function total(r) { f(arguments); return r.reduce((a, b) => a + b, 0); } f(total(await X((c) => c.guilds.cache.size)));',
    'requestAllShards',
  ],
  [
    'a function that hands it to itself',
    'const total = (r) => total(r); f(total(await X((c) => c.guilds.cache.size)));',
    'requestAllShards',
  ],
  [
    'a function that is set again',
    'let total = (r) => r.reduce((a, b) => a + b, 0); total = f; f(total(await X((c) => c.guilds.cache.size)));',
    'requestAllShards',
  ],
  [
    'a function behind a list of arguments',
    'const total = (n, r) => r.reduce((a, b) => a + b, 0); f(total(...g(), await X((c) => c.guilds.cache.size)));',
    'requestAllShards',
  ],
  [
    'a function that takes it apart',
    'const first = ([r]) => r; f(first(await X((c) => c.guilds.cache.size)));',
    'requestAllShards',
  ],
  ['a difference', 'const n = (await X((c) => c.guilds.cache.size)).reduce((a, b) => a - b, 0);', 'requestAllShards'],
  [
    'a sum that looks at the index',
    'const n = (await X((c) => c.guilds.cache.size)).reduce((a, b, i) => a + b, 0);',
    'requestAllShards',
  ],
  ['a sum of pings', 'const n = (await X((c) => c.ws.ping)).reduce((a, b) => a + b, 0);', 'requestAllShards'],
  ['a sum of a constant', 'const n = (await X(() => 1)).reduce((a, b) => a + b, 0);', 'requestAllShards'],
  [
    'a sum and a length',
    'const r = await X((c) => c.guilds.cache.size); f(r.reduce((a, b) => a + b), r.length);',
    'requestAllShards',
  ],
  ['an index', 'const n = (await X((c) => c.guilds.cache.size))[0];', 'requestAllShards'],
  [
    'a sum of an entry of Promise.all',
    'const [a, b] = await Promise.all([g(), X((c) => c.guilds.cache.size)]); f(a, b.reduce((p, q) => p + q, 0));',
    'requestAll',
  ],
  [
    'a sum of a numbered entry of Promise.all',
    'Promise.all([g(), X((c) => c.guilds.cache.size)]).then((all) => f(all[0], all[1].reduce((p, q) => p + q, 0)));',
    'requestAll',
  ],
  [
    'an entry of a list that is handed on',
    'const all = await Promise.all([X((c) => c.guilds.cache.size)]); f(all, all[0].reduce((p, q) => p + q, 0));',
    'requestAllShards',
  ],
  [
    'a sum of an entry of a list in a const that goes whole into Promise.all',
    'const all = [g(), X((c) => c.guilds.cache.size)]; const [a, b] = await Promise.all(all); f(a, b.reduce((p, q) => p + q, 0));',
    'requestAll',
  ],
  [
    'an entry of a list in a const that something else reads as well',
    'const all = [g(), X((c) => c.guilds.cache.size)]; const [a, b] = await Promise.all(all); f(all, b.reduce((p, q) => p + q, 0));',
    'requestAllShards',
  ],
  ['a sum in a loop', 'let t = 0; for (const n of await X((c) => c.guilds.cache.size)) t += n;', 'requestAll'],
  [
    'a sum in forEach',
    'let t = 0; const all = await X((c) => c.guilds.cache.size); all.forEach((n) => { t += n; });',
    'requestAll',
  ],
  [
    'a sum behind a test of whether there is an array',
    'const r = await X((c) => c.guilds.cache.size); if (!r) f(); f(r && g(), Array.isArray(r) ? r.reduce((a, b) => a + b, 0) : 0);',
    'requestAll',
  ],
  [
    'lists of members of the bot, each with the shard of its guild',
    'const l = await X((c) => [...c.players.values()].map((p) => p.guild.shardId)); if (l) f(l.flat());',
    'requestAll',
  ],
  ['a text that grows', "let t = ''; for (const n of await X((c) => c.guilds.cache.size)) t += n;", 'requestAllShards'],
  [
    'a loop that does more',
    'let t = 0; for (const n of await X((c) => c.guilds.cache.size)) { t += n; i += 1; }',
    'requestAllShards',
  ],
  [
    'a sum of what is chosen',
    'const n = (await X((c) => c.guilds.cache.filter((g) => g.large).size)).reduce((a, b) => a + b, 0);',
    'requestAll',
  ],
  [
    'a sum of members',
    'const n = (await X((c) => c.guilds.cache.reduce((t, g) => t + g.memberCount, 0))).reduce((a, b) => a + b, 0);',
    'requestAll',
  ],
  [
    'a sum that is counted',
    'const n = (await X((c) => { let t = 0; c.guilds.cache.forEach((g) => { t += g.memberCount; }); return t; })).reduce((a, b) => a + b, 0);',
    'requestAll',
  ],
  [
    'shards with guilds',
    'const n = (await X((c) => (c.guilds.cache.size > 0 ? 1 : 0))).reduce((a, b) => a + b, 0);',
    'requestAllShards',
  ],
  [
    'a sum of texts',
    'const l = (await X((c) => c.guilds.cache.map((g) => g.name).join())).reduce((a, b) => a + b);',
    'requestAllShards',
  ],
  [
    'a sum of the largest',
    'const n = (await X((c) => Math.max(0, ...c.guilds.cache.map((g) => g.memberCount)))).reduce((a, b) => a + b, 0);',
    'requestAllShards',
  ],
  [
    'a threshold of a shard',
    'const b = (await X((c) => c.guilds.cache.size)).some((n) => n > 2500);',
    'requestAllShards',
  ],
  ['an empty shard', 'const b = (await X((c) => c.guilds.cache.size)).includes(0);', 'requestAllShards'],
  ['a shard of one size', 'const b = (await X((c) => c.guilds.cache.size)).find((n) => n === 5);', 'requestAllShards'],
  ['rows made of numbers', 'const l = (await X((c) => c.guilds.cache.size)).flatMap((n) => [n]);', 'requestAllShards'],
  ['rows made of objects', 'const l = (await X((c) => ({ guilds: c.guilds.cache.size }))).flat();', 'requestAllShards'],
  [
    'rows in lists of one',
    'const l = await X((c) => [c.guilds.cache.size]); f(l.flat().map((n, i) => [i, n]));',
    'requestAllShards',
  ],
  [
    'the largest of each shard',
    'const l = (await X((c) => c.guilds.cache.map((g) => g.id).slice(0, 3))).flat();',
    'requestAllShards',
  ],
  [
    'lists that are merged one by one',
    'const l = (await X((c) => [...c.guilds.cache.keys()])).flatMap((one) => one);',
    'requestAll',
  ],
  ['whether one has it', "const b = (await X((c) => c.guilds.cache.has('1'))).includes(true);", 'requestAll'],
  [
    'whether one has it not',
    "const b = (await X((c) => c.guilds.cache.has('1'))).includes(false);",
    'requestAllShards',
  ],
  ['whether one lacks it', "const b = (await X((c) => !c.guilds.cache.has('1'))).some(Boolean);", 'requestAllShards'],
  [
    'a word for each shard',
    "const w = (await X((c) => (c.guilds.cache.has('1') ? 'yes' : 'no'))).find(Boolean);",
    'requestAllShards',
  ],
  [
    'a lookup behind a test',
    "const g = (await X((c) => { const g = c.guilds.cache.get('1'); if (!g) return null; return { name: g.name }; })).find((g) => g !== null);",
    'requestAll',
  ],
  [
    'a lookup that answers all the same',
    "const g = (await X((c) => { const g = c.guilds.cache.get('1'); return { name: g?.name }; })).find((g) => g);",
    'requestAllShards',
  ],
  [
    'a lookup that is picked from',
    "const g = (await X((c) => c.guilds.cache.get('1')?.name)).find((n) => n === 'a');",
    'requestAll',
  ],
  [
    'a find that is picked from',
    'const g = (await X((c) => c.guilds.cache.find((g) => g.large)?.name)).find((n) => n === 1);',
    'requestAllShards',
  ],
  [
    'an index in a search',
    'const l = (await X((c) => c.guilds.cache.first())).find((g, shard) => shard === 1);',
    'requestAllShards',
  ],
  [
    'a sum of a list or of one instead of it',
    'const r = (await X((c) => c.guilds.cache.size)) ?? []; f(r.reduce((a, b) => a + b, 0));',
    'requestAll',
  ],
  [
    'a sum in place of a list or of one instead of it',
    'f(((await X((c) => c.guilds.cache.size)) || []).reduce((a, b) => a + b, 0));',
    'requestAll',
  ],
  [
    'a sum of a name or of a list instead of it',
    'const r = await X((c) => c.guilds.cache.size); let t = 0; for (const n of r ?? []) t += n;',
    'requestAll',
  ],
  [
    'a sum of a list that is asked for where there are shards',
    'const r = client.shard ? await X((c) => c.guilds.cache.size) : [g()]; f(r.reduce((a, b) => a + b, 0));',
    'requestAll',
  ],
  [
    'an order of a list or of one instead of it',
    'const r = (await X((c) => c.guilds.cache.size)) ?? []; f(r[0]);',
    'requestAllShards',
  ],
  [
    'a sum and an order of a list or of one instead of it',
    'const r = (await X((c) => c.guilds.cache.size)) ?? []; f(r.reduce((a, b) => a + b, 0), r.length);',
    'requestAllShards',
  ],
  [
    'a list or one instead of it that is set to what may change',
    'let r = (await X((c) => c.guilds.cache.size)) ?? []; r = g(r); f(r.reduce((a, b) => a + b, 0));',
    'requestAllShards',
  ],
  [
    'a sum of a list or of what is given for a failure',
    'const r = await X((c) => c.guilds.cache.size).catch(() => [-1]); f(r.reduce((a, b) => a + b, 0));',
    'requestAll',
  ],
  [
    'a sum of a list or of nothing for a failure',
    'const r = await X((c) => c.guilds.cache.size).catch(() => null); if (r) f(r.reduce((a, b) => a + b, 0));',
    'requestAll',
  ],
  [
    'a sum of what is taken of a promise behind a failure',
    'X((c) => c.guilds.cache.size).catch(() => []).then((r) => f(r.reduce((a, b) => a + b, 0)));',
    'requestAll',
  ],
  [
    'a sum by a function behind a failure',
    'const total = (r) => r.reduce((a, b) => a + b, 0); X((c) => c.guilds.cache.size).catch(() => []).finally(f).then(total).then(f);',
    'requestAll',
  ],
  [
    'a length of a list or of what is given for a failure',
    'const r = await X((c) => c.guilds.cache.size).catch(() => []); f(r.length);',
    'requestAllShards',
  ],
  [
    'a sum of an entry that may fail',
    "const [r] = await Promise.allSettled([X((c) => c.guilds.cache.size).catch(() => [-1])]); f(r.status === 'fulfilled' ? r.value.reduce((a, b) => a + b, 0) : r.reason);",
    'requestAll',
  ],
  [
    'an entry that may fail and goes elsewhere',
    'const [r] = await Promise.allSettled([X((c) => c.guilds.cache.size)]); f(r, r.value.reduce((a, b) => a + b, 0));',
    'requestAllShards',
  ],
  [
    'an entry that may fail and whose list goes elsewhere',
    'const [r] = await Promise.allSettled([X((c) => c.guilds.cache.size)]); f(r.value, r.value.reduce((a, b) => a + b, 0));',
    'requestAllShards',
  ],
  [
    'lists that are joined one by one',
    'X((c) => c.guilds.cache.map((g) => g.name)).then((r) => f(r.reduce((all, one) => all.concat(one), [])));',
    'requestAll',
  ],
  [
    'lists whose entries are joined one by one',
    'const r = await X((c) => c.guilds.cache.map((g) => g.name)); f(r.reduce((all, one) => { return [...all, ...one]; }, []));',
    'requestAll',
  ],
  [
    'lists that are joined from the first on',
    'const r = await X((c) => c.guilds.cache.map((g) => g.name)); f(r.reduce((all, one) => all.concat(one)));',
    'requestAll',
  ],
  [
    'lists that are joined at once',
    'const r = await X((c) => c.guilds.cache.map((g) => g.name)); f([].concat(...r));',
    'requestAll',
  ],
  [
    'lists that are joined behind others',
    'const r = await X((c) => c.guilds.cache.map((g) => g.name)); f(r.reduce((all, one) => all.concat(one), [1]));',
    'requestAllShards',
  ],
  [
    'lists that are joined with more',
    "const r = await X((c) => c.guilds.cache.map((g) => g.name)); f(r.reduce((all, one) => all.concat(one, 'x'), []));",
    'requestAllShards',
  ],
  [
    'lists that are joined by their places',
    'const r = await X((c) => c.guilds.cache.map((g) => g.name)); f(r.reduce((all, one, i) => all.concat(one), []));',
    'requestAllShards',
  ],
  [
    'lists that are joined the other way round',
    'const r = await X((c) => c.guilds.cache.map((g) => g.name)); f(r.reduce((all, one) => one.concat(all), []));',
    'requestAllShards',
  ],
  [
    'rows that are joined',
    'f((await X((c) => c.guilds.cache.size)).reduce((a, b) => a.concat(b), []));',
    'requestAllShards',
  ],
  ['a returned promise', 'const g = () => X((c) => c.guilds.cache.size);', 'requestAllShards'],
  ['a destructured array', 'const [a] = await X((c) => c.guilds.cache.size);', 'requestAllShards'],
  [
    'an ignored result that depends on the shard',
    'await X((c) => c.user.setPresence({ shardId: c.shard.ids[0] }));',
    'requestAllShards',
  ],
];

const ownSum = (fn: string): string => `const [a] = await Promise.all([X(${fn})]); f(a.reduce((p, q) => p + q, 0));`;

const own: readonly (readonly [title: string, line: string, target: string, words: string])[] = [
  ['members of the bot', ownSum('(c) => c.lavalink.players.size'), 'requestAll', 'counts each process once'],
  [
    'members of the bot in a loop',
    'let t = 0; for (const n of await X((c) => c.commandsRun)) t += n;',
    'requestAll',
    'counts each process once',
  ],
  [
    'members of the bot beside facts of a shard',
    ownSum('(c) => c.commandsRun + c.ws.ping'),
    'requestAllShards',
    'repeats it for each shard',
  ],
  [
    'members of the bot that it counts up',
    'f(await X((c) => { c.hits++; return c.ws.ping; }));',
    'requestAllShards',
    'The function sets, changes or calls client.hits (',
  ],
  [
    'members of the bot that it sets',
    'f(await X((c, m) => { c.mode = m; return c.ws.ping; }, { context: 1 }));',
    'requestAllShards',
    'The function sets, changes or calls client.mode (',
  ],
  [
    'members of the bot as they are',
    'f(await X((c) => c.commandsRun));',
    'requestAllShards',
    'repeats it for each shard',
  ],
  [
    'members of the bot, taken out',
    'f(await X((c) => { const { player } = c; return player.queues.size; }));',
    'requestAllShards',
    'repeats it for each shard',
  ],
  [
    'members of the bot, taken out and added up',
    ownSum('(c) => { const { player } = c; return player.queues.size; }'),
    'requestAll',
    'counts each process once',
  ],
  [
    'members of the bot, by other names of the client',
    ownSum('(c) => { const a = c, b = a; return b.player.queues.size; }'),
    'requestAll',
    'counts each process once',
  ],
  [
    'members of the bot, by a name that is set to the client',
    'f(await X((c) => { let a; a = c; return a.player.queues.size; }));',
    'requestAllShards',
    'The results hold client.player,',
  ],
  [
    'members of the bot, in quotes',
    "f(await X((c) => c['player'].queues.size));",
    'requestAllShards',
    'The results hold client.player,',
  ],
  [
    'members of the bot, of the rest of the client',
    'f(await X(({ user, ...rest }) => rest.player.queues.size));',
    'requestAllShards',
    'The results hold client.player,',
  ],
  [
    'members of the bot, by a function of its own',
    'f(await X((c) => { const size = (x) => x.player.queues.size; return size(c); }));',
    'requestAllShards',
    'The results hold client.player,',
  ],
  [
    'lists of members of the bot',
    'const l = (await X((c) => [...c.players.values()].map((p) => p.id))).flat();',
    'requestAll',
    'The results hold client.players,',
  ],
  [
    'members of the bot that it counts up by another name',
    'f(await X((c) => { const a = c; a.hits++; return a.ws.ping; }));',
    'requestAllShards',
    'The function sets, changes or calls client.hits (',
  ],
  [
    'members of the bot that it changes, taken out',
    'f(await X((c) => { const { commands } = c; commands.delete(1); return c.ws.ping; }));',
    'requestAllShards',
    'The function sets, changes or calls client.commands (',
  ],
];

describe('the results of a broadcast', () => {
  let plain: readonly Migrated[] = [];
  let noted: readonly Migrated[] = [];
  beforeAll(async () => {
    const lines = [...consumers, ...own].map(([, line]) => line.replace('X(', 'client.shard.broadcastEval('));
    const all = await migrateAll(lines);
    plain = all.slice(0, consumers.length);
    noted = all.slice(consumers.length);
  });

  test.each(consumers.map(([title, , target], i) => [title, target, i] as const))('as %s: %s', (_title, target, i) => {
    expect(plain[i]?.text).toContain(`client.cluster.ipc.${target}('`);
    expect(plain[i]?.sites.map(({ outcome, code }) => code ?? outcome)).toEqual(['rewritten']);
  });

  test.each(own.map(([title, , target, words], i) => [title, target, words, i] as const))(
    'made of %s: %s, which %s',
    (_title, target, words, i) => {
      expect(noted[i]?.text).toContain(`client.cluster.ipc.${target}('`);
      expect(noted[i]?.sites).toMatchObject([{ outcome: 'rewritten-with-note', code: 'DC-P2' }]);
      expect(noted[i]?.sites[0]?.message).toContain(words);
    },
  );
});

test('as what a function of another file makes of them', async () => {
  const root = project({
    ...cjsBot,
    'lib.js':
      'exports.total = (r) => r.reduce((a, b) => a + b, 0);\nexports.mean = (r) => exports.total(r) / r.length;\n',
    'a.js':
      "const { total, mean } = require('./lib');\nmodule.exports = async (client, f) => {\n  f(total(await client.shard.broadcastEval((c) => c.guilds.cache.size)));\n  f(mean(await client.shard.broadcastEval((c) => c.channels.cache.size)));\n};\n",
  });
  await migrate({ paths: ['.'], cwd: root });
  const { 'a.js': text = '' } = read(root);
  expect(text.match(/request\w+/g)).toEqual(['requestAll', 'requestAllShards']);
});
