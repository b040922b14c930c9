/** Who is asked where a function does something: each of what the shards divide, one thing, or anything about the whole of it. */
import { expect, test } from 'vitest';
import { migrateAll } from './batch.ts';

/** What a function does, nobody looks at its results, and who is asked. */
const done: readonly (readonly [title: string, fn: string, target: 'requestAll' | 'requestAllShards'])[] = [
  ['one thing by its id', "(c) => c.channels.cache.get('1')?.send('x')", 'requestAll'],
  [
    'one thing, and nothing without it',
    "async (c) => { const ch = c.channels.cache.get('1'); if (!ch) return; await ch.send('x'); }",
    'requestAll',
  ],
  [
    'a word in a log without it',
    "async (c) => { const ch = c.channels.cache.get('1'); if (!ch) return console.log('not here'); await ch.send('x'); }",
    'requestAll',
  ],
  ['each of a list', "(c) => c.guilds.cache.forEach((g) => g.systemChannel?.send('x'))", 'requestAll'],
  [
    'each of those that are chosen',
    'async (c) => { for (const g of c.guilds.cache.filter((g) => g.memberCount < 5).values()) await g.leave(); }',
    'requestAllShards',
  ],
  [
    'each of a list with a name',
    'async (c) => { const small = c.guilds.cache.filter((g) => g.memberCount < 5); await Promise.all(small.map((g) => g.leave())); }',
    'requestAll',
  ],
  ['what the bot has', '(c) => c.queue.clear()', 'requestAll'],
  [
    'the first that is like something',
    "(c) => c.channels.cache.find((ch) => ch.name === 'x')?.send('x')",
    'requestAllShards',
  ],
  [
    'each of a list, where an error is caught',
    'async (c) => { for (const g of c.guilds.cache.values()) { try { await g.leave(); } catch { console.log(g.id); } } }',
    'requestAll',
  ],
  [
    'each of a list, where an error is taken',
    'async (c) => { for (const g of c.guilds.cache.values()) await g.leave().catch(() => null); }',
    'requestAll',
  ],
  [
    'each of a list, all at once',
    'async (c) => { await Promise.all(c.guilds.cache.map((g) => g.leave())); }',
    'requestAll',
  ],
  [
    'one thing before another',
    "async (c, { a, b }) => { await c.channels.cache.get(a)?.send('x'); await c.channels.cache.get(b)?.send('x'); }",
    'requestAllShards',
  ],
  [
    'one thing before another, in one attempt',
    "async (c, { a, b }) => { try { await c.channels.cache.get(a)?.send('x'); await c.channels.cache.get(b)?.send('x'); } catch { return; } }",
    'requestAllShards',
  ],
  [
    'one thing, and then what the process has',
    "async (c, { a }) => { await c.channels.cache.get(a)?.send('x'); c.queue.clear(); }",
    'requestAll',
  ],
  ['what is handed to a method of the bot', "(c) => c.commands.get('1').run(c)", 'requestAllShards'],
  ['the first of all', '(c) => c.guilds.cache.first()?.leave()', 'requestAllShards'],
  ['any of all', '(c) => c.guilds.cache.random()?.leave()', 'requestAllShards'],
  [
    'the first of a sorted list',
    '(c) => c.guilds.cache.sort((a, b) => b.memberCount - a.memberCount).first()?.leave()',
    'requestAllShards',
  ],
  [
    'the first two of a list',
    'async (c) => { for (const g of [...c.guilds.cache.values()].slice(0, 2)) await g.leave(); }',
    'requestAllShards',
  ],
  [
    'a loop that ends at the first',
    'async (c) => { for (const g of c.guilds.cache.values()) { if (g.memberCount < 5) { await g.leave(); break; } } }',
    'requestAllShards',
  ],
  [
    'a loop that ends with the function',
    'async (c) => { for (const g of c.guilds.cache.values()) if (g.memberCount < 5) return g.leave(); }',
    'requestAllShards',
  ],
  ['how many there are', "(c) => { c.user.setActivity(c.guilds.cache.size + ' servers'); }", 'requestAllShards'],
  ['nothing at all', '(c) => c.guilds.cache.size', 'requestAll'],
  ['how many there are, in a log', '(c) => console.log(c.guilds.cache.size)', 'requestAllShards'],
  [
    'something where there are many',
    "async (c) => { if (c.guilds.cache.size > 5) await c.channels.cache.get('1')?.send('x'); }",
    'requestAllShards',
  ],
  ['something where a thing is not', "(c) => { if (!c.guilds.cache.has('1')) c.queue.clear(); }", 'requestAllShards'],
  [
    'something else where a thing is not',
    "(c) => { const g = c.guilds.cache.get('1'); if (g) { g.leave(); } else { c.queue.clear(); } }",
    'requestAllShards',
  ],
  [
    'something behind where a thing is',
    "(c) => { if (c.guilds.cache.has('1')) return; c.queue.clear(); }",
    'requestAllShards',
  ],
  ['something instead of a thing', "(c) => c.guilds.cache.get('1') ?? c.queue.clear()", 'requestAllShards'],
  [
    'a presence where a thing is',
    "(c) => { if (c.guilds.cache.has('1')) c.user.setPresence({ status: 'idle' }); }",
    'requestAllShards',
  ],
  [
    'a number that a loop adds up',
    "async (c) => { let n = 0; for (const g of c.guilds.cache.values()) n += g.memberCount; await c.channels.cache.get('1')?.send(String(n)); }",
    'requestAllShards',
  ],
  [
    'a text that a loop puts together',
    "async (c) => { const names = []; for (const g of c.guilds.cache.values()) names.push(g.name); await c.channels.cache.get('1')?.send(names.join()); }",
    'requestAllShards',
  ],
  [
    'each, counted',
    "async (c) => { let n = 0; for (const g of c.guilds.cache.values()) { await g.leave(); n++; } await c.channels.cache.get('1')?.send('' + n); }",
    'requestAllShards',
  ],
  [
    'each, with names of its own',
    'async (c) => { for (const g of c.guilds.cache.values()) { let text = g.name; text += g.id; await g.systemChannel?.send(text); } }',
    'requestAllShards',
  ],
  [
    'lists that are made of one another',
    'async (c) => { const a = [...b, ...c.guilds.cache.values()]; const b = [...a]; const d = [...d]; for (const g of d) await g.leave(); }',
    'requestAllShards',
  ],
  [
    'a list that is made of itself',
    'async (c) => { const a = c.guilds.cache.filter((g) => a.map((h) => h.id)); for (const g of a.values()) await g.leave(); }',
    'requestAllShards',
  ],
  [
    'each of a list where a thing is',
    "(c) => { if (c.guilds.cache.has('1')) c.guilds.cache.forEach((g) => g.leave()); }",
    'requestAllShards',
  ],
  [
    'each of a list that has its own thing',
    'async (c) => { for (const g of c.guilds.cache.values()) if (c.channels.cache.has(g.afkChannelId)) await g.leave(); }',
    'requestAllShards',
  ],
  [
    'an error where a thing is not',
    "(c) => { if (!c.guilds.cache.has('1')) throw new Error('x'); }",
    'requestAllShards',
  ],
  [
    'an error of each',
    '(c) => { for (const g of c.guilds.cache.values()) if (!g.available) throw new Error(g.id); }',
    'requestAllShards',
  ],
  ['one thing, which is not asked for', "(c) => c.channels.cache.get('1').send('x')", 'requestAllShards'],
  [
    'one thing, whose error is caught',
    "async (c) => { try { await c.channels.cache.get('1').send('x'); } catch (error) { console.error(error); } }",
    'requestAll',
  ],
  [
    'something where an error is caught',
    "async (c) => { try { await c.channels.cache.get('1').send('x'); } catch { c.queue.clear(); } }",
    'requestAllShards',
  ],
  [
    'one thing, with a word on another',
    "(c) => c.channels.cache.get('1')?.send(c.guilds.cache.has('2') ? 'here' : 'nowhere')",
    'requestAllShards',
  ],
  [
    'one thing where another is',
    "(c) => { const g = c.guilds.cache.get('2'); if (g) c.channels.cache.get('1')?.send('x'); }",
    'requestAllShards',
  ],
  [
    'one thing that another names',
    "(c) => { const g = c.guilds.cache.get('2'); if (g) c.channels.cache.get(g.afkChannelId)?.send('x'); }",
    'requestAll',
  ],
  [
    'a member of one thing',
    "async (c) => { const g = c.guilds.cache.get('1'); const m = await g?.members.fetch('2').catch(() => null); if (m) await m.roles.add('3'); }",
    'requestAll',
  ],
  [
    'each of what one thing has',
    "(c) => c.guilds.cache.get('1')?.members.cache.forEach((m) => m.kick())",
    'requestAll',
  ],
  [
    'what a `switch` finds',
    "(c) => { switch (c.guilds.cache.has('1')) { case false: c.queue.clear(); } }",
    'requestAllShards',
  ],
  [
    'several things by their ids',
    "(c) => { for (const id of ['1', '2']) c.channels.cache.get(id)?.send('x'); }",
    'requestAll',
  ],
  [
    'the first of several things that is there',
    "(c) => { for (const id of ['1', '2']) { const ch = c.channels.cache.get(id); if (ch) { ch.send('x'); break; } } }",
    'requestAllShards',
  ],
  [
    'each, until one has nothing to send to',
    "(c) => c.guilds.cache.forEach((g) => g.channels.cache.first().send('x'))",
    'requestAllShards',
  ],
  [
    'each that has something to send to',
    "(c) => { for (const g of c.guilds.cache.values()) { const ch = g.channels.cache.find((one) => one.name === 'x'); if (ch) ch.send('x'); } }",
    'requestAll',
  ],
  [
    'a function with a name, for each',
    "(c) => { const send = (g) => g.systemChannel?.send('x'); c.guilds.cache.forEach(send); }",
    'requestAllShards',
  ],
  [
    'what the bot has, by a function with a name',
    '(c) => { const stop = (q) => q.stop(); c.queue.forEach(stop); }',
    'requestAll',
  ],
  [
    'a function that gets the client',
    '(c) => { const work = (it) => it.guilds.cache.first()?.leave(); work(c); }',
    'requestAllShards',
  ],
  ['a word on how much the bot has', "(c) => c.user.setActivity(c.queue.size + ' songs')", 'requestAllShards'],
  [
    'a word on it, where a thing is',
    "(c) => c.channels.cache.get('1')?.send(c.queue.size + ' songs')",
    'requestAllShards',
  ],
  ['the first that the bot has', '(c) => [...c.queue.values()][0]?.skip()', 'requestAllShards'],
  [
    'each that the bot has, some of them',
    '(c) => c.queue.filter((q) => q.idle).forEach((q) => q.stop())',
    'requestAll',
  ],
  ['a word on it in a log', '(c) => console.log(c.queue.size)', 'requestAll'],
  ['what a client with another name has', '(c) => { let bot = c; bot.reload(); }', 'requestAll'],
  ['what a client may have', "(c) => ('reload' in c ? c.reload() : undefined)", 'requestAll'],
  ['what is asked of Discord', "(c) => c.rest.post('/x')", 'requestAllShards'],
  ['a presence', "(c) => { c.user.setPresence({ status: 'idle' }); }", 'requestAll'],
  [
    'something to what a list holds, where a thing is not',
    "(c) => { const box = [c.queue]; if (!c.guilds.cache.get('1')) box[0].clear(); }",
    'requestAllShards',
  ],
  [
    'something set in what an object holds, where a thing is not',
    "(c) => { const o = { q: c.queue }; if (!c.guilds.cache.get('1')) o.q.paused = true; }",
    'requestAllShards',
  ],
  [
    'something to what is put into a list, where a thing is not',
    "(c) => { const box = []; box.push(c.queue); if (!c.guilds.cache.get('1')) box[0].clear(); }",
    'requestAllShards',
  ],
  [
    'something to what a name of a list is given, where a thing is not',
    "(c) => { let box = []; box = c.queue; if (!c.guilds.cache.get('1')) box.push(1); }",
    'requestAllShards',
  ],
  [
    'something to a list of its own, where a thing is not',
    "(c) => { const names = []; if (!c.guilds.cache.get('1')) names.push('x'); }",
    'requestAll',
  ],
  [
    'something to a list in an object of its own, where a thing is not',
    "(c) => { const o = { names: [] }; if (!c.guilds.cache.get('1')) { o.names.push('x'); o.n = 1; } }",
    'requestAll',
  ],
  [
    'an unknown function for each of a sum, where a thing is not',
    "(c) => { if (!c.guilds.cache.get('1')) [c.queue].reduce(c.drop, 0); }",
    'requestAllShards',
  ],
  [
    'an unknown function for each from the end, where a thing is not',
    "(c) => { if (!c.guilds.cache.get('1')) [c.queue].findLast(c.drop); }",
    'requestAllShards',
  ],
  [
    'a sum from any start, where a thing is not',
    "(c, { n }) => { if (!c.guilds.cache.get('1')) console.log([1, 2].reduce((a, b) => a + b, n)); }",
    'requestAll',
  ],
  [
    'a loop that is left by its name from within another',
    '(c) => { outer: for (const g of c.guilds.cache.values()) { g.leave(); for (const role of g.roles.cache.values()) if (role.managed) break outer; } }',
    'requestAllShards',
  ],
  [
    'a loop that goes on with the one around it',
    "(c) => { outer: for (const id of ['1', '2']) for (const g of c.guilds.cache.values()) { for (const role of g.roles.cache.values()) if (role.managed) continue outer; g.leave(); } }",
    'requestAllShards',
  ],
  [
    'a loop that leaves a block within itself by its name',
    '(c) => { for (const g of c.guilds.cache.values()) one: { if (g.available) break one; g.leave(); } }',
    'requestAll',
  ],
  [
    'one thing that is compared with what it never is',
    "(c) => { const g = c.guilds.cache.get('1'); if (g !== null) g.leave(); }",
    'requestAllShards',
  ],
  [
    'one thing that is left out as what it never is',
    "(c) => { const g = c.guilds.cache.get('1'); if (g === null) return; g.leave(); }",
    'requestAllShards',
  ],
  [
    'one thing that is compared with `undefined`',
    "(c) => { const g = c.guilds.cache.get('1'); if (g !== undefined) g.leave(); }",
    'requestAll',
  ],
  [
    'one thing that is compared with `null` loosely',
    "(c) => { const g = c.guilds.cache.get('1'); if (g == null) return; g.leave(); }",
    'requestAll',
  ],
  [
    'one thing that is compared with the `null` it is given',
    "(c) => { const g = c.guilds.cache.get('1') ?? null; if (g !== null) g.leave(); }",
    'requestAll',
  ],
  [
    'one thing that is `null` where it is not',
    "(c) => { const g = c.guilds.resolve('1'); if (g !== null) g.leave(); }",
    'requestAll',
  ],
  [
    'a presence by another name, where a thing is',
    "(c) => { const me = c.user; if (c.guilds.cache.has('1')) me.setActivity('x'); }",
    'requestAllShards',
  ],
  [
    'each of a list, with a mark on it',
    '(c) => { for (const g of c.guilds.cache.values()) g.seen = 1; }',
    'requestAll',
  ],
  [
    'one thing, where a name is made of itself',
    "(c) => { var a = a && c.guilds.cache.get('1'); if (a !== undefined) a.leave(); }",
    'requestAllShards',
  ],
  [
    'one thing behind another value, which may be another nothing',
    "(c) => { const g = c.ok && c.guilds.resolve('1'); if (g !== undefined) g.leave(); }",
    'requestAllShards',
  ],
  [
    'one thing of a choice, which may be another nothing',
    "(c) => { const g = c.ok ? c.guilds.cache.get('1') : null; if (g !== undefined) g.leave(); }",
    'requestAllShards',
  ],
  [
    'one thing behind another value, compared with both kinds of nothing',
    "(c) => { const g = c.ok && c.guilds.resolve('1'); if (g) g.leave(); }",
    'requestAll',
  ],
  [
    'one thing, compared with the nothing that its lookup gives',
    "(c) => { const g = c.guilds.resolve('1'); if (g !== null) g.leave(); }",
    'requestAll',
  ],
  [
    'one thing with a member, compared with the nothing that it gives',
    "(c) => { const g = c.guilds.cache.get('1'); const name = g && g.name; if (name !== undefined) g.leave(); }",
    'requestAll',
  ],
  [
    'one thing whose member is taken where it is, compared with the nothing that a step gives',
    "(c) => { const g = c.guilds.resolve('1'); if (g?.name !== undefined) g.leave(); }",
    'requestAll',
  ],
  [
    'one thing whose member is taken of `null`, compared strictly',
    "(c) => { const g = c.guilds.resolve('1'); const name = g && g.name; if (name !== undefined) g.leave(); }",
    'requestAllShards',
  ],
  [
    'each of a list, where an error is not caught but something is done at last',
    'async (c) => { for (const g of c.guilds.cache.values()) { try { await g.leave(); } finally { console.log(g.id); } } }',
    'requestAllShards',
  ],
  [
    'each of a list, where an error is caught further out',
    'async (c) => { try { for (const g of c.guilds.cache.values()) { await g.leave(); } } catch { return; } }',
    'requestAllShards',
  ],
  [
    'each of a list, waited for by a name',
    'async (c) => { for (const g of c.guilds.cache.values()) { const p = g.leave(); await p; } }',
    'requestAllShards',
  ],
  [
    'each of a list, not waited for by its name',
    'async (c) => { for (const g of c.guilds.cache.values()) { const p = g.leave(); p.then(() => 1); } }',
    'requestAll',
  ],
  [
    'each of a list, where an error would be taken by nothing',
    'async (c) => { for (const g of c.guilds.cache.values()) await g.leave().catch(); }',
    'requestAllShards',
  ],
  [
    'each of a list, where an error is taken further on',
    'async (c) => { for (const g of c.guilds.cache.values()) await g.leave().catch(() => null).then(() => 1); }',
    'requestAll',
  ],
  [
    'each of a list, where an error is taken by the second that `then` gets',
    'async (c) => { for (const g of c.guilds.cache.values()) await g.leave().then(() => 1, () => 2); }',
    'requestAll',
  ],
  [
    'one thing before another, with what is done behind it',
    "async (c, { a, b }) => { await c.channels.cache.get(a)?.send('x').then(() => 1); await c.channels.cache.get(b)?.send('x'); }",
    'requestAllShards',
  ],
  [
    'each of a list, all at once, before one thing',
    "async (c) => { await Promise.all(c.guilds.cache.map((g) => g.leave())); await c.channels.cache.get('1')?.send('x'); }",
    'requestAllShards',
  ],
  [
    'each of a list, all at once by a `return`, before one thing',
    "async (c) => { await Promise.all(c.guilds.cache.map(async (g) => { return g.leave(); })); await c.channels.cache.get('1')?.send('x'); }",
    'requestAllShards',
  ],
  [
    'each of a list, all at once by a name, before one thing',
    "async (c) => { const all = [...c.guilds.cache.values()].map((g) => g.leave()); await Promise.all([...all]); await c.channels.cache.get('1')?.send('x'); }",
    'requestAllShards',
  ],
  [
    'each of a list, all at once, where an error is taken, before one thing',
    "async (c) => { await Promise.all(c.guilds.cache.map((g) => g.leave().catch(() => null))); await c.channels.cache.get('1')?.send('x'); }",
    'requestAll',
  ],
  [
    'each of a list, all at once, where an error is caught, before one thing',
    "async (c) => { try { await Promise.all(c.guilds.cache.map((g) => g.leave())); } catch {} await c.channels.cache.get('1')?.send('x'); }",
    'requestAll',
  ],
  [
    'each of a list, all at once, that nothing waits for, before one thing',
    "async (c) => { c.guilds.cache.map((g) => g.leave()); await c.channels.cache.get('1')?.send('x'); }",
    'requestAll',
  ],
  [
    'one thing before another, in a choice',
    "async (c, { a, b }) => { await (c.channels.cache.get(a)?.send('x') ?? null); await c.channels.cache.get(b)?.send('x'); }",
    'requestAllShards',
  ],
];

/** What a function does beside giving something, what is made of the results, and who is asked. */
const given: readonly (readonly [title: string, fn: string, use: string, target: string])[] = [
  [
    'a sum, and the first of all',
    'async (c) => { await c.guilds.cache.first()?.leave(); return c.guilds.cache.size; }',
    'r.reduce((a, b) => a + b, 0)',
    'requestAllShards',
  ],
  [
    'a sum, and how many there are',
    '(c) => { c.user.setActivity(String(c.guilds.cache.size)); return c.guilds.cache.size; }',
    'r.reduce((a, b) => a + b, 0)',
    'requestAllShards',
  ],
  [
    'a sum, and a word in a log',
    '(c) => { console.log(c.guilds.cache.size); return c.guilds.cache.size; }',
    'r.reduce((a, b) => a + b, 0)',
    'requestAll',
  ],
  [
    'a list, and each of it',
    'async (c) => { for (const g of c.guilds.cache.values()) await g.leave(); return c.guilds.cache.map((g) => g.id); }',
    'r.flat()',
    'requestAllShards',
  ],
  ['a promise of the first', '(c) => c.guilds.cache.first()?.leave()', 'r.find(Boolean)', 'requestAllShards'],
  [
    'any, where there is one of a kind',
    "(c) => (c.guilds.cache.some((g) => g.name === 'x') ? c.guilds.cache.first()?.name : null)",
    'r.find((x) => x)',
    'requestAllShards',
  ],
  ['one of a kind', "(c) => c.guilds.cache.find((g) => g.name === 'x')?.id", 'r.find((x) => x)', 'requestAll'],
  [
    'any, where a certain thing is',
    "(c) => (c.guilds.cache.get('1') !== undefined ? c.guilds.cache.first()?.name : null)",
    'r.find((x) => x)',
    'requestAllShards',
  ],
  [
    "`''` where nothing is found",
    "(c) => c.guilds.cache.get('1')?.name || ''",
    'r.find((x) => x !== null)',
    'requestAllShards',
  ],
  ['`false` where nothing is found', "(c) => c.guilds.cache.has('1')", 'r.find((x) => x != null)', 'requestAllShards'],
  [
    '0 where nothing is found',
    "(c) => { const g = c.guilds.cache.get('1'); if (!g) return 0; return g.memberCount; }",
    'r.find((x) => x !== null && x !== undefined)',
    'requestAllShards',
  ],
  [
    '`null` where nothing is found',
    "(c) => c.guilds.cache.get('1')?.name ?? null",
    'r.find((x) => x !== null)',
    'requestAll',
  ],
  ['`false`, searched for what holds', "(c) => c.guilds.cache.has('1')", 'r.find((x) => x)', 'requestAll'],
  [
    'an object where it is found',
    "(c) => { const g = c.guilds.cache.get('1'); return g ? { name: g.name } : null; }",
    'r.find((x) => x !== null)',
    'requestAll',
  ],
  [
    'rows that are no lists, laid out',
    "(c) => { c.queue.clear(); return 'done'; }",
    'r.flat().length',
    'requestAllShards',
  ],
  ['a number of the process, laid out', '(c) => c.queue.size', 'r.flat()', 'requestAllShards'],
  ['a row of the process, laid out', '(c) => [c.queue.size, 1]', 'r.flat()', 'requestAllShards'],
  [
    'rows of a list that is written out, laid out',
    '(c) => [1, 2].map((n) => c.queue.size * n)',
    'r.flat()',
    'requestAllShards',
  ],
  ['what may be no list, laid out', '(c) => c.queue.current', 'r.flat()', 'requestAllShards'],
  [
    'an error where nothing is found',
    "(c) => { const g = c.guilds.cache.get('1'); if (!g) throw new Error('x'); return g.name; }",
    'r.find(Boolean)',
    'requestAllShards',
  ],
  ['a name of what is not asked for', "(c) => c.guilds.cache.get('1').name", 'r.find(Boolean)', 'requestAllShards'],
  [
    'the first of several that is found',
    "(c) => { for (const id of ['1', '2']) { const g = c.guilds.cache.get(id); if (g) return g.name; } return null; }",
    'r.find(Boolean)',
    'requestAllShards',
  ],
  [
    'a sum of what a function looks up',
    "(c) => { const has = (id) => c.guilds.cache.has(id); return c.guilds.cache.filter(() => has('1')).size; }",
    'r.reduce((a, b) => a + b, 0)',
    'requestAllShards',
  ],
  [
    'a word where nothing is found',
    "(c) => { const g = c.guilds.cache.get('1'); return g ? 'has ' + g.name : 'nothing'; }",
    'r.find(Boolean)',
    'requestAllShards',
  ],
  ['a list of the process, laid out', '(c) => c.queue.map((q) => q.id)', 'r.flat()', 'requestAll'],
  [
    'a list of what may not be there, laid out',
    "(c) => c.players.get('1')?.tracks.map((t) => t.id)",
    'r.flat()',
    'requestAllShards',
  ],
  ['a part of what may be a text, laid out', '(c) => c.mood.slice(0, 3)', 'r.flat()', 'requestAllShards'],
  ['what may be one thing as JSON has it, laid out', '(c) => c.track.toJSON()', 'r.flat()', 'requestAllShards'],
  ['a part of a list, laid out', '(c) => c.queue.map((q) => q.id).slice(0, 3)', 'r.flat()', 'requestAll'],
  [
    'two things whose ids differ in a sign',
    "(c) => (c.guilds.cache.get('a?') && c.guilds.cache.get('a!') ? 1 : null)",
    'r.find(Boolean)',
    'requestAllShards',
  ],
  [
    'two things whose ids differ in a blank',
    "(c) => (c.guilds.cache.get('a b') && c.guilds.cache.get('ab') ? 1 : null)",
    'r.find(Boolean)',
    'requestAllShards',
  ],
  [
    'one thing, written in two ways',
    "(c) => (c.guilds.cache.get('1') ? c.guilds . cache.get( '1', )?.name : null)",
    'r.find(Boolean)',
    'requestAll',
  ],
];

test.each(done)('what is done: %s', async (_title, fn, target) => {
  const [only] = await migrateAll([`await client.shard.broadcastEval(${fn});`]);
  expect(only?.text).toContain(`client.cluster.ipc.${target}('`);
});

test.each(given)('what is done and given: %s', async (_title, fn, use, target) => {
  const [only] = await migrateAll([`const r = await client.shard.broadcastEval(${fn}); f(${use});`]);
  expect(only?.text).toContain(`client.cluster.ipc.${target}('`);
});
