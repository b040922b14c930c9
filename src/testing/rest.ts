/** testing/rest: Discord's REST API v10 over HTTP: token, limits, faults, then the route table. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { isToken } from './identify.ts';
import { type Json, objectOr } from './json.ts';
import { RateLimiter } from './rate-limit.ts';
import { requestUrl } from './request-url.ts';
import { type Answer, DEFAULT_ALLOWANCE, Refusal, type Route, RouteTable } from './routes/route.ts';
import { routes } from './routes/table.ts';
import { readForm, type Uploads } from './upload-book.ts';
import type { World } from './world.ts';

/** Path parameters that give a route a bucket of its own. @see https://discord.com/developers/docs/topics/rate-limits */
const MAJOR = ['guild', 'channel', 'webhook'];

const NOT_FOUND: Answer = { status: 404, body: { message: '404: Not Found', code: 0 } };
const UNAUTHORIZED: Answer = { status: 401, body: { message: '401: Unauthorized', code: 0 } };
const BAD_VERSION: Answer = { status: 400, body: { message: 'Invalid API version', code: 50_041 } };
const BAD_JSON: Answer = { status: 400, body: { message: 'The request body contains invalid JSON.', code: 50_109 } };

type Headers = Readonly<Record<string, string>>;

interface Body {
  readonly json: Json;
  readonly uploads: Uploads;
}

const noUploads: Uploads = new Map();

async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (bytes.length === 0) return { json: null, uploads: noUploads };
  if (type.startsWith('multipart/form-data')) return readForm(bytes, type);
  return { json: JSON.parse(String(bytes)) as Json, uploads: noUploads };
}

/** The reason for the audit log, which travels in a header. */
function reasonOf({ headers }: IncomingMessage): { readonly reason?: string } {
  const reason = headers['x-audit-log-reason'];
  return typeof reason === 'string' ? { reason: decodeURIComponent(reason) } : {};
}

function write(response: ServerResponse, { status, body, file }: Answer, headers: Headers): void {
  if (response.destroyed) return;
  if (file !== undefined)
    return void response.writeHead(status, { 'content-type': file.type, ...headers }).end(file.bytes);
  if (body === undefined) return void response.writeHead(status, headers).end();
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** Answers HTTP requests. */
export class Rest {
  readonly #world: World;
  readonly #table = new RouteTable(routes);
  readonly #limiter: RateLimiter;

  constructor(world: World) {
    this.#world = world;
    this.#limiter = new RateLimiter(world.options.globalPerSecond);
  }

  /** Answers one request, whatever it is. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET';
    const url = requestUrl(request.url);
    const [, version, path = url.pathname] = /^\/api(?:\/v(\d+))?(\/.*)$/.exec(url.pathname) ?? [];
    const name = `${method} ${path}`;
    if (await this.#struck('rest', name, { request, response })) return;
    if (version !== undefined && version !== '9' && version !== '10') return this.#finish(response, name, BAD_VERSION);
    const match = this.#table.match(method, path);
    if (match?.route.auth !== false && !isToken(request.headers.authorization, this.#world.token))
      return this.#finish(response, name, UNAUTHORIZED);
    if (match === undefined) {
      this.#world.timeline.record('unimplemented', { route: name });
      return this.#finish(response, name, NOT_FOUND);
    }
    const verdict = this.#limiter.judge(
      bucketOf(match.route, match.params),
      match.route.allowance ?? DEFAULT_ALLOWANCE,
      Date.now(),
    );
    if (verdict.retryAfterMs !== undefined) {
      this.#world.timeline.record('rateLimited', { route: name, global: verdict.global === true });
      const body = {
        message: 'You are being rate limited.',
        retry_after: verdict.retryAfterMs / 1000,
        global: verdict.global === true,
      };
      return this.#finish(response, name, { status: 429, body }, verdict);
    }
    const answer = await this.#run(match, url, request);
    if (await this.#struck('restAnswer', name, { request, response })) return;
    this.#finish(response, name, answer, { ...verdict, ...reasonOf(request) });
  }

  async #run(
    { route, params }: NonNullable<ReturnType<RouteTable['match']>>,
    url: URL,
    request: IncomingMessage,
  ): Promise<Answer> {
    let body: Body;
    try {
      body = await readBody(request);
    } catch {
      // A body that cannot be read is the bot's mistake; the answer says so.
      return BAD_JSON;
    }
    try {
      const { json, uploads } = body;
      return route.answer({
        params,
        query: url.searchParams,
        body: objectOr(json),
        list: Array.isArray(json) ? json : [],
        uploads,
        world: this.#world,
        ...reasonOf(request),
      });
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      // A mistake in a route must not take the host process down; whoever looks finds it in the timeline.
      this.#world.timeline.record('routeFailed', { route: route.path, error: String(error) });
      return { status: 500, body: { message: `500: Internal Server Error (${String(error)})`, code: 0 } };
    }
  }

  #finish(
    response: ServerResponse,
    route: string,
    answer: Answer,
    { headers = {}, reason }: { readonly headers?: Headers | undefined; readonly reason?: string } = {},
  ): void {
    const why = reason === undefined ? {} : { reason };
    this.#world.timeline.record('rest', { route, status: answer.status, ...why });
    write(response, answer, headers);
  }

  /** Lets a planted fault strike, before the request is carried out or when it was; true when it is done with. */
  async #struck(
    place: 'rest' | 'restAnswer',
    name: string,
    { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
  ): Promise<boolean> {
    const fault = this.#world.faults.take(place, { route: name });
    if (fault === undefined) return false;
    if (fault === 'drop') request.socket.destroy();
    if (typeof fault !== 'object') return true;
    if ('delayMs' in fault) {
      await sleep(fault.delayMs);
      return false;
    }
    if ('status' in fault)
      this.#finish(
        response,
        name,
        { status: fault.status, body: fault.body ?? { message: 'Fault.', code: 0 } },
        { headers: fault.headers },
      );
    return true;
  }
}

function bucketOf({ method, path }: Route, params: Readonly<Record<string, string>>): string {
  return [method, path, ...MAJOR.map((name) => params[name] ?? '')].join(' ');
}
