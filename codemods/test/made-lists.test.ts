/** Lists of which nobody sees all that is in there, and keys that something else is bound to: their names tell nothing. */
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { judge, type Row } from './judged-rows.ts';
import { cjsBot, project } from './project.ts';

const withCall = (text: string): string =>
  text.replaceAll('UP', 'broadcastEval((c) => c.uptime)').replaceAll('GS', 'broadcastEval((c) => c.guilds.cache.size)');

const discord = "const { Client } = require('discord.js');\n";
const carrot = "const carrot = require('carrot');\n";
const one = 'f(clients[0].shard.UP);';

const lists: readonly Row[] = [
  [
    'waited for',
    `${carrot}f(async () => { const clients = await Promise.all(tokens.map((t) => carrot.connect(t))); return clients[0].shard.UP; });`,
  ],
  [
    'made of a list',
    `${carrot}const clients = new Map(tokens.map((t) => [t, new carrot.Client(t)]));\nf(clients.get(t).shard.UP);`,
  ],
  ['made of entries', 'const clients = new Map(entries);\nf(clients.get(t).shard.UP);'],
  [
    'made of pairs',
    `${carrot}const clients = Object.fromEntries(tokens.map((t) => [t, new carrot.Client(t)]));\nf(clients[t].shard.UP);`,
  ],
  ['made by a class', `${carrot}const clients = new Array(new carrot.Client());\n${one}`],
  ['filled', `${carrot}const clients = new Array(3).fill(new carrot.Client());\n${one}`],
  ['made of parts', `${carrot}const clients = Array.of(new carrot.Client());\n${one}`],
  ['made by a function with a name', `const clients = tokens.map(make);\n${one}`],
  ['made of lists', `const clients = tokens.flatMap(make);\n${one}`],
  ['put together', `${carrot}let clients = [];\nclients = clients.concat(new carrot.Client());\n${one}`],
  ['put together by spreading', `${carrot}let clients = [];\nclients = [...clients, new carrot.Client()];\n${one}`],
  ['spliced', `${carrot}const clients = [];\nclients.splice(0, 0, new carrot.Client());\n${one}`],
  [
    'set one after another',
    `${carrot}const clients = new Map();\nclients.set(1, client).set(2, new carrot.Client());\nf(clients.get(2).shard.UP);`,
  ],
  ['known by another name', `const clients = [];\nconst list = clients;\nlist.push(new Queue());\n${one}`],
  ['handed on', `const clients = [];\nadd(clients);\n${one}`],
  ['an object', `${carrot}const clients = { a: new carrot.Client() };\nf(clients[id].shard.UP);`],
  [
    'an object, one of which is kept',
    `${carrot}const clients = { a: new carrot.Client() };\nconst client = clients[id];\nf(client.shard.UP);`,
  ],
  [
    'exported, to be filled by others',
    `const clients = new Map();\nmodule.exports = { clients };\nf(clients.get(1).shard.UP);`,
  ],
];

const keys: readonly Row[] = [
  [
    'put into a server',
    "const app = express();\napp.set('serverClient', new Queue());\napp.get('/', (req) => req.app.get('serverClient').shard.UP);",
  ],
  [
    'bound in a container',
    `${carrot}container.bind('boundClient').toConstantValue(new carrot.Client());\nf(container.get('boundClient').shard.UP);`,
  ],
  [
    'registered as a value',
    `${carrot}container.register({ valueClient: asValue(new carrot.Client()) });\nf(container.resolve('valueClient').shard.UP);`,
  ],
  [
    'used as a value',
    `${carrot}container.register('usedClient', { useValue: new carrot.Client() });\nf(container.resolve('usedClient').shard.UP);`,
  ],
  [
    'one of two',
    "app.set('twoClient', client);\nother.set('twoClient', new Queue());\nf((req) => req.app.get('twoClient').shard.UP);",
  ],
  [
    'a constant',
    `${carrot}const KEY = 'constClient';\ncontainer.bind(KEY).toConstantValue(new carrot.Client());\nf(container.get(KEY).shard.UP);`,
  ],
  ['bound in another file', "f((req) => req.app.get('farClient').shard.UP);"],
];

const steps: readonly Row[] = [
  ['a key of something else', "f((it) => { const client = it.clients.get('kafka'); return client.shard.UP; });"],
  [
    'a list that queues are put into',
    'const clients = [];\nclients.push(new Queue());\nconst client = clients[0];\nf(client.shard.UP);',
  ],
  ['what makes something else', 'const client = createRedisClient();\nf(client.shard.UP);'],
  ['a class of something else', 'const client = new Queue();\nf(client.shard.UP);'],
  ['a service of a container', 'f((it) => { const client = it.services.get(KafkaService); return client.shard.UP; });'],
  ['a loop over both', 'const list = [client, rabbit];\nfor (const it of list) f(it.shard.GS);'],
  ['a choice', 'const it = x ? client : rabbit;\nf(it.shard.GS);'],
  ['what a function is handed', 'const run = (it) => it.shard.GS;\nrun(rabbit);'],
  ['what is put there', 'let it;\nit = new Rabbit();\nf(it.shard.GS);'],
  ['what a class is handed', 'class A { constructor(rabbit) { this.it = rabbit; } f() { return this.it.shard.GS; } }'],
  ['a value if there is none', 'const run = (it = rabbit) => it.shard.GS;'],
  ['a pattern', 'const run = ({ shard }) => shard.GS;\nrun(rabbit);'],
];

const ours: readonly Row[] = [
  ['a list that clients are put into', `${discord}const clients = [];\nclients.push(new Client({}));\n${one}`],
  [
    'a list that is empty and read in many ways',
    'const clients = [];\nfor (const it of clients) g(it.id, clients.length);\nf((x) => clients.push(x), clients.find(Boolean).shard.UP);',
  ],
  [
    'a list that is waited for',
    `${discord}f(async () => { const all = await Promise.all(tokens.map(async (t) => new Client({ t }))); return all[0].shard.UP; });`,
  ],
  ['a list of a member', 'f((it) => it.clients[0].shard.UP);'],
  ['an object of clients', `${discord}const all = { a: new Client({}) };\nf(all[id].shard.UP);`],
  ['a filled list', `${discord}const all = new Array(3).fill(new Client({}));\nf(all[0].shard.UP);`],
  [
    'a client that is bound',
    `${discord}container.bind('ourClient').toConstantValue(new Client({}));\nf(container.get('ourClient').shard.UP);`,
  ],
  [
    'a client that is registered by any name',
    `${discord}container.register({ core: asValue(new Client({})) });\nf(container.resolve('core').shard.UP);`,
  ],
  [
    'a client that is used as a value',
    `${discord}container.register('core2', { useValue: new Client({}) });\nf(container.resolve('core2').shard.UP);`,
  ],
  ['a client by the name of a worker', `${discord}const worker = new Client({});\nf(worker.shard.UP);`],
  [
    'a class of clients by such a name',
    `${discord}class Worker extends Client {}\nconst client = new Worker();\nf(client.shard.UP);`,
  ],
];

describe.each([
  ['a list', lists, 'left'],
  ['a key', keys, 'left'],
  ['a step', steps, 'left'],
  ['nothing', ours, 'rewritten'],
] as const)('%s speaks against a client', (_name, rows, says) => {
  const far = "const fs = require('fs');\nserver.app.set('farClient', new Queue());";
  judge(rows, says, { withCall, more: [far] });
});

test('a list that another file exports is filled by whoever likes to', async () => {
  const files = {
    'lib/registry.js': 'exports.clients = new Map();\n',
    'lib/fill.js': `${carrot}const { clients } = require('./registry');\nclients.set(1, new carrot.Client());\n`,
    'ask.js': `const { clients } = require('./lib/registry');\nf(clients.get(1).${'shard.broadcastEval((c) => c.uptime)'});\n`,
  };
  const report = await migrate({ paths: ['.'], cwd: project({ ...cjsBot, ...files }) });
  expect(report.sites.find(({ file }) => file === 'ask.js')).toMatchObject({ outcome: 'left', code: 'DC-S3' });
});
