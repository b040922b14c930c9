/** Where `?? null` and DC-W6 are needed for what the code behind a call does with an entry, and where they are not. */
import { beforeAll, describe, expect, test } from 'vitest';
import { migrate, type Report } from '../src/index.ts';
import { cjsBot, project, read } from './project.ts';

const compared = 'f(r.filter((x) => x === null));';
const written = "f(r.map((x) => 'x' + x).join());";
const name = '(c) => c.guilds.cache.get(1)?.name';
const filled = `${name} ?? null`;

/** A function, what is done with its results, and the handler: the same function where nothing is added. */
type Row = readonly [fn: string, use: string, handler?: string];

const ofText: readonly Row[] = [
  // biome-ignore lint/suspicious/noTemplateCurlyInString: text of a bot
  ['(c) => c.user.displayAvatarURL()', 'f(r.map((x) => `${x}`));'],
  ['(c) => c.user.nope()', written],
  ['(c) => c.user.nope()', 'f(r.map(String));'],
  ['(c) => c.user.nope()', 'f(JSON.stringify(r[0]));'],
  ['(c) => [c.ws.ping, c.user.nope]', "f(r.map(([a, b]) => a + ' ' + b));"],
  ['(c) => Object.values(c.user.nope)', "f(r.flat().map((x) => x + ''));"],
  [name, written, filled],
  [
    `(c) => [c.ws.ping, ${name.slice(7)}]`,
    "f(r.map(([a, b]) => a + ' ' + b));",
    `(c) => [c.ws.ping, ${filled.slice(7)}]`,
  ],
];

const remarks: readonly Row[] = [
  [
    '(c) => { if (c.guilds.cache.has(1)) return 1; // found\n}',
    compared,
    '(c) => { if (c.guilds.cache.has(1)) return 1; return null; // found\n}',
  ],
  [
    '(c) => { if (c.guilds.cache.has(2)) return 1 // found\n}',
    compared,
    '(c) => { if (c.guilds.cache.has(2)) return 1; return null; // found\n}',
  ],
];

const guarded: readonly Row[] = [
  [name, 'f(r.filter((x) => x !== null && x !== undefined));'],
  [name, 'f(r.filter((x) => x !== undefined && x !== null));'],
  [name, 'f(r.filter((x) => x.id && x !== undefined && x !== null));'],
  [name, 'f(r.filter((x) => !(x === null || x === undefined)));'],
  [name, 'for (const x of r) { if (x === undefined || x === null) continue; f(x.id); }'],
  [name, "f(r.filter((x) => typeof x !== 'undefined' && x !== null));"],
  [name, 'const [one] = r; if (one !== null && one !== void 0) f(one.id);'],
  [name, 'f(r.filter((x) => x && x !== null));'],
  [name, "f(r.filter((x) => typeof x === 'object' && x));"],
  [name, "f(r.filter((x) => typeof x === 'object' && x !== null));"],
  [name, "f(r.filter((x) => typeof x === 'string'));"],
  [name, "f(r.filter((x) => typeof x !== 'number'));"],
  [name, 'f(r.filter((x) => ![null, undefined].includes(x)));'],
  [name, "for (const x of r) { if (!x) continue; f('found ' + x, x === null); }"],
  [name, "f(r.map((x) => (x ? 'found ' + x : 'none')));"],
  [name, "const [one] = r; if (!one) return 'none'; return 'found ' + one;"],
];

const halfGuarded: readonly Row[] = [
  [name, 'f(r.filter((x) => x !== null && x !== f));', filled],
  [name, 'f(r.filter((x) => x !== null && f(x) && x !== undefined));', filled],
  [name, 'const [a, b] = r; f(a !== null && b !== undefined);', filled],
  [name, "f(r.filter((x) => typeof x !== 'object'));", filled],
  [name, 'f(r.filter((x) => ![null, 1].includes(x)));', filled],
  [name, "for (let x of r) { if (!x) continue; x = r[0]; f('found ' + x); }", filled],
  [name, 'for (const x of r) { if (x) f(1); f(x === null); }', filled],
];

function judge(rows: readonly Row[]): void {
  let report: Report;
  let handlers = '';
  beforeAll(async () => {
    const files = rows.map(([fn, use], i) => {
      const text = `module.exports = async (client, f) => {\n  const r = await client.shard.broadcastEval(${fn});\n  ${use}\n};\n`;
      return [`x${i}.js`, text] as const;
    });
    const root = project({ ...cjsBot, ...Object.fromEntries(files) });
    report = await migrate({ paths: ['.'], cwd: root });
    handlers = (read(root)['cluster-handlers.js'] ?? '').replace(/^ {2}/gm, '');
  });

  test.each(rows.map((row, i) => [row[0], row[1], row, i] as const))('%s: %s', (_fn, _use, row, i) => {
    const [fn, , handler = fn] = row;
    const site = report.sites.find(({ file }) => file === `x${i}.js`);
    expect(site).toMatchObject({ outcome: 'rewritten', code: null });
    expect(handlers).toContain(`${site?.handler}: ${handler},\n`);
  });
}

describe('an entry that becomes text asks for no proof', () => judge(ofText));
describe('the end of a function stands before a remark', () => judge(remarks));
describe('an entry is not told apart', () => judge(guarded));
describe('an entry is told apart', () => judge(halfGuarded));
