/**
 * Holds the REST answers of the loopback Discord against Discord's own OpenAPI description.
 *
 *     npm run build && npm run check:openapi -- --spec openapi.json
 *
 * Calls every route the loopback Discord answers and validates each body. Exit code 1: a body does not conform or a route
 * was not called; 2: there is no description to compare with (https://github.com/discord/discord-api-spec, specs/openapi.json).
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { Client, GatewayIntentBits } from 'discord.js';

const { values } = parseArgs({ options: { spec: { type: 'string' } } });
if (values.spec === undefined || !existsSync(values.spec)) {
  console.error(
    `check-openapi wants Discord's OpenAPI 3.1 description${values.spec === undefined ? '' : `; there is no file ${values.spec}`}.\n` +
      'Get specs/openapi.json from https://github.com/discord/discord-api-spec and pass it: --spec openapi.json',
  );
  process.exit(2);
}

const spec = JSON.parse(readFileSync(values.spec, 'utf8'));
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addFormat('snowflake', /^\d{1,20}$/);
ajv.addFormat('nonce', true);
ajv.addSchema(spec, 'discord');

/** Discord's path for one of ours: the same but for the names of parameters. */
const bare = (path) => path.replace(/:\w+|\{\w+\}/g, '*');
const specPaths = new Map(Object.keys(spec.paths).map((path) => [bare(path), path]));
const pointer = (path) =>
  path.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D');

const { createDiscord } = await import('../../dist/testing.mjs');
const discord = await createDiscord({ guilds: 3, rest: { globalPerSecond: Number.POSITIVE_INFINITY } });
const called = new Set();
let failures = 0;

/** What Discord says about an answer: the problems, or why there is nothing to compare with. */
function judge(method, path, status, body) {
  const specPath = specPaths.get(bare(path));
  const operation = specPath === undefined ? undefined : spec.paths[specPath][method.toLowerCase()];
  if (operation === undefined) return { note: 'not in the description' };
  const response = operation.responses[status];
  if (response === undefined)
    return { problems: [`status ${status}; described are ${Object.keys(operation.responses)}`] };
  if (response.content === undefined) return body === undefined ? {} : { problems: ['a body where none is described'] };
  const at = `discord#/paths/${pointer(specPath)}/${method.toLowerCase()}/responses/${status}/content/application~1json/schema`;
  const validate = ajv.compile({ $ref: at });
  if (validate(body)) return {};
  return {
    problems: validate.errors.map(
      (error) => `${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}`,
    ),
  };
}

async function fetchOnce(method, url, body) {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** Calls one route (`METHOD /path/:parameter`) and prints what Discord's description says about the answer. */
async function call(route, params = {}, body = undefined, query = '') {
  const [method, path] = route.split(' ');
  const filled = path.replace(/:(\w+)/g, (_, name) => params[name] ?? `missing-${name}`);
  let answer = await fetchOnce(method, `${discord.rest.url}/v10${filled}${query}`, body);
  while (answer.status === 429) {
    await new Promise((resolve) => setTimeout(resolve, answer.body.retry_after * 1000 + 20));
    answer = await fetchOnce(method, `${discord.rest.url}/v10${filled}${query}`, body);
  }
  const { problems = [], note } = judge(method, path, answer.status, answer.body);
  if (answer.status >= 400) problems.push(`status ${answer.status}: ${JSON.stringify(answer.body)}`);
  called.add(route);
  failures += problems.length > 0 ? 1 : 0;
  console.log(
    `${problems.length > 0 ? 'WRONG' : 'ok   '} ${answer.status} ${route}${query}${note === undefined ? '' : ` (${note})`}`,
  );
  for (const problem of problems.slice(0, 8)) console.log(`        ${problem}`);
  return answer.body;
}

const guild = discord.truth.guild(0);
const other = discord.truth.guild(1);
const application = discord.bot.id;
const at = { guild: guild.id, application, channel: guild.textChannelId };
const user = { ...at, user: guild.memberId(2) };
const command = {
  name: 'ping',
  description: 'Answers',
  options: [{ type: 3, name: 'what', description: 'What', required: true }],
};

async function callAboutTheBot() {
  await call('GET /gateway');
  await call('GET /gateway/bot');
  await call('GET /users/@me');
  await call('PATCH /users/@me', {}, { username: 'Renamed' });
  await call('GET /users/@me/guilds');
  await call('GET /users/@me/guilds', {}, undefined, '?with_counts=true&limit=1');
  await call('GET /users/:user', user);
  await call('GET /users/:user', { user: application });
  await call('GET /applications/@me');
  await call('GET /oauth2/applications/@me');
  await call('PATCH /applications/@me', {}, { description: 'A bot' });
  await call('GET /applications/:application/emojis', at);
}

async function callAboutCommands() {
  for (const base of ['/applications/:application/commands', '/applications/:application/guilds/:guild/commands']) {
    const made = await call(`POST ${base}`, at, command);
    await call(`POST ${base}`, at, { ...command, description: 'Answers again' });
    const one = { ...at, command: made.id };
    await call(`GET ${base}`, at);
    await call(`GET ${base}/:command`, one);
    await call(`PATCH ${base}/:command`, one, { description: 'Changed' });
    await call(`DELETE ${base}/:command`, one);
    await call(`PUT ${base}`, at, [command, { name: 'Report', type: 3 }]);
  }
}

async function callAboutGuilds() {
  await call('GET /guilds/:guild', at);
  await call('GET /guilds/:guild', at, undefined, '?with_counts=true');
  await call('PATCH /guilds/:guild', at, { name: 'Renamed' });
  await call('GET /guilds/:guild/emojis', at);
  await call('GET /guilds/:guild/channels', at);
  const channel = await call('POST /guilds/:guild/channels', at, { name: 'new', type: 0 });
  await call('GET /channels/:channel', { channel: channel.id });
  await call('PATCH /channels/:channel', { channel: channel.id }, { topic: 'Changed' });
  await call('DELETE /channels/:channel', { channel: channel.id });
  await call('GET /guilds/:guild/roles', at);
  const role = await call('POST /guilds/:guild/roles', at, { name: 'new', color: 255 });
  const one = { ...user, role: role.id };
  await call('GET /guilds/:guild/roles/:role', one);
  await call('PATCH /guilds/:guild/roles/:role', one, { hoist: true });
  await call('PUT /guilds/:guild/members/:user/roles/:role', one);
  await call('DELETE /guilds/:guild/members/:user/roles/:role', one);
  await call('DELETE /guilds/:guild/roles/:role', one);
}

async function callAboutMembers() {
  await call('GET /guilds/:guild/members', at, undefined, '?limit=1000');
  await call('GET /guilds/:guild/members/:user', user);
  await call('PATCH /guilds/:guild/members/:user', user, { nick: 'Nick' });
  await call('PATCH /guilds/:guild/members/@me', at, { nick: 'Bot' });
  await call('PUT /guilds/:guild/bans/:user', user, {});
  await call('GET /guilds/:guild/bans', at);
  await call('GET /guilds/:guild/bans/:user', user);
  await call('DELETE /guilds/:guild/bans/:user', user);
  await call('DELETE /guilds/:guild/members/:user', { ...at, user: guild.memberId(3) });
}

async function callAboutMessages() {
  const direct = await call('POST /users/@me/channels', {}, { recipient_id: other.memberId(1) });
  await call('GET /channels/:channel', { channel: direct.id });
  for (const channel of [at.channel, direct.id]) {
    const button = { type: 2, style: 1, label: 'Press', custom_id: 'press' };
    const body = {
      content: `Hi <@${guild.memberId(5)}>`,
      embeds: [{ title: 'Title' }],
      components: [{ type: 1, components: [button] }],
    };
    const message = await call('POST /channels/:channel/messages', { channel }, body);
    const one = { channel, message: message.id };
    await call(
      'POST /channels/:channel/messages',
      { channel },
      { content: 'Reply', message_reference: { message_id: message.id } },
    );
    await call('GET /channels/:channel/messages', { channel });
    await call('GET /channels/:channel/messages/:message', one);
    await call('PATCH /channels/:channel/messages/:message', one, { content: 'Changed' });
    await call('DELETE /channels/:channel/messages/:message', one);
    await call('POST /channels/:channel/typing', { channel });
  }
}

/** A message with a file, which has to be sent as a form; then the file itself. */
async function callAboutFiles() {
  const form = new FormData();
  const attachments = [{ id: '0', description: 'What is in it' }];
  form.set('payload_json', JSON.stringify({ content: 'See there', attachments }));
  form.set('files[0]', new Blob(['{"kept":true}'], { type: 'application/json' }), 'kept.json');
  const response = await fetch(`${discord.rest.url}/v10/channels/${other.textChannelId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bot ${discord.token}` },
    body: form,
  });
  const message = await response.json();
  const { problems = [] } = judge('POST', '/channels/:channel/messages', response.status, message);
  failures += problems.length > 0 ? 1 : 0;
  console.log(
    `${problems.length > 0 ? 'WRONG' : 'ok   '} ${response.status} a message with a file ${problems.join(', ')}`,
  );
  const [channel, attachment, name] = new URL(message.attachments[0].url).pathname.split('/').slice(2);
  const file = await call('GET /attachments/:channel/:attachment/:name', { channel, attachment, name });
  if (file.kept !== true) throw new Error(`The file came back as ${JSON.stringify(file)}.`);
}

/** Interactions need a bot that receives them: an unmodified client, answered for by hand. */
async function callAboutInteractions() {
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: discord.rest.url } });
  await client.login(discord.token);
  const receive = () => new Promise((resolve) => client.ws.once('INTERACTION_CREATE', resolve));
  const callback = 'POST /interactions/:interaction/:token/callback';
  const message = '/webhooks/:webhook/:token/messages/:message';
  for (const [type, query] of [
    [4, '?with_response=true'],
    [5, '?with_response=true'],
    [4, ''],
  ]) {
    const received = receive();
    const reply = discord.interact({ guild: other.id, command: 'ping', options: { what: 'x' } });
    const { id, token } = await received;
    const one = { interaction: id, token, webhook: application, message: '@original' };
    await call(callback, one, { type, data: type === 4 ? { content: 'pong' } : {} }, query);
    await call(`PATCH ${message}`, one, { content: 'pong, later' });
    await reply;
    await call(`GET ${message}`, one);
    await call('POST /webhooks/:webhook/:token', one, { content: 'and more' });
    await call(`DELETE ${message}`, one);
  }
  await client.destroy();
}

if (judge('GET', '/users/@me', 200, { id: 'no id' }).problems === undefined)
  throw new Error('The check finds nothing wrong with a wrong body: it proves nothing.');
await callAboutTheBot();
await callAboutCommands();
await callAboutGuilds();
await callAboutMembers();
await callAboutMessages();
await callAboutFiles();
await callAboutInteractions();
const missed = discord.routes.filter((route) => !called.has(route));
for (const route of missed) console.log(`NOT CALLED ${route}`);
await discord.stop();
console.log(`${called.size} of ${discord.routes.length} routes called, ${failures} answers do not conform`);
process.exit(failures > 0 || missed.length > 0 ? 1 : 0);
