/** testing/routes/route: what a REST route is, and how a path finds its route. */

import type { GuildRecord } from '../guild-record.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Allowance } from '../rate-limit.ts';
import { isSnowflake } from '../snowflake.ts';
import type { Upload, Uploads } from '../upload-book.ts';
import type { World } from '../world.ts';

/** One request, taken apart. */
export interface Ask {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The JSON body as an object; a body that is something else is in `list`. */
  readonly body: JsonObject;
  readonly list: readonly Json[];
  /** Files that came with it. */
  readonly uploads: Uploads;
  /** The reason for the audit log, from the request's header. */
  readonly reason?: string;
  readonly world: World;
}

/** What goes back: 204 has no body. */
export interface Answer {
  readonly status: number;
  readonly body?: Json;
  /** Instead of a body: the bytes of a file. */
  readonly file?: Upload;
}

/** A row of the route table. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The path under `/api/v10`, its parameters written `:name`. */
  readonly path: string;
  /** False for routes whose path carries a secret of its own. Default true: the bot token is needed. */
  readonly auth?: false;
  /** Default {@link DEFAULT_ALLOWANCE}. */
  readonly allowance?: Allowance;
  readonly answer: (ask: Ask) => Answer;
}

/** What a route allows when it says nothing: Discord publishes no numbers, bots read them from the headers. */
export const DEFAULT_ALLOWANCE: Allowance = { requests: 40, windowMs: 1000 };

/** Discord's error codes used here. @see https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const refusals = {
  channel: [404, 10_003, 'Unknown Channel'],
  guild: [404, 10_004, 'Unknown Guild'],
  member: [404, 10_007, 'Unknown Member'],
  message: [404, 10_008, 'Unknown Message'],
  role: [404, 10_011, 'Unknown Role'],
  user: [404, 10_013, 'Unknown User'],
  attachment: [404, 0, '404: Not Found'],
  webhook: [404, 10_015, 'Unknown Webhook'],
  ban: [404, 10_026, 'Unknown Ban'],
  interaction: [404, 10_062, 'Unknown interaction'],
  command: [404, 10_063, 'Unknown application command'],
  acknowledged: [400, 40_060, 'Interaction has already been acknowledged.'],
  notAuthor: [403, 50_005, 'Cannot edit a message authored by another user'],
  empty: [400, 50_006, 'Cannot send an empty message'],
  notText: [400, 50_008, 'Cannot send messages in a non-text channel'],
  form: [400, 50_035, 'Invalid Form Body'],
} as const satisfies Readonly<Record<string, readonly [status: number, code: number, message: string]>>;

/** Thrown by routes, caught by the REST server: Discord's refusal as it goes over the wire. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(why: keyof typeof refusals) {
    const [status, code, message] = refusals[why];
    super(message);
    this.answer = { status, body: { message, code } };
  }
}

/** Gives the value, or refuses the request when there is none. */
export function found<T>(value: T | undefined, why: keyof typeof refusals): T {
  if (value === undefined) throw new Refusal(why);
  return value;
}

/** A path parameter; every name in a row's path is there. */
export function param(ask: Ask, name: string): string {
  return ask.params[name] ?? '';
}

/** An id in the query, undefined when it is not there; refused when it is no id. */
export function idIn(ask: Ask, name: string): string | undefined {
  const text = ask.query.get(name);
  if (text === null) return undefined;
  return found(isSnowflake(text) ? text : undefined, 'form');
}

/** `limit` in the query: refused when it is not from 1 to `max`. */
export function limitIn(ask: Ask, { usual, max }: { readonly usual: number; readonly max: number }): number {
  const limit = Number(ask.query.get('limit') ?? usual);
  return found(Number.isInteger(limit) && limit >= 1 && limit <= max ? limit : undefined, 'form');
}

/** The guild the path names. */
export function guildOf(ask: Ask): GuildRecord {
  return found(ask.world.guilds.find(param(ask, 'guild')), 'guild');
}

/** A row with its path cut up for matching. */
interface Row {
  readonly route: Route;
  readonly segments: readonly string[];
}

/** Finds the row for a request. */
export class RouteTable {
  readonly #rows: readonly Row[];

  constructor(routes: readonly Route[]) {
    // Rows with fewer parameters first: '/users/@me' is not a user called '@me'.
    this.#rows = routes
      .map((route) => ({ route, segments: route.path.split('/') }))
      .sort((a, b) => a.segments.filter(isParameter).length - b.segments.filter(isParameter).length);
  }

  /** The row and its parameters; undefined when there is none. */
  match(method: string, path: string): { readonly route: Route; readonly params: Record<string, string> } | undefined {
    const parts = path.split('/');
    for (const { route, segments } of this.#rows) {
      if (route.method !== method || segments.length !== parts.length) continue;
      if (!segments.every((segment, index) => isParameter(segment) || segment === parts[index])) continue;
      const params = segments.flatMap((segment, index) =>
        isParameter(segment) ? [[segment.slice(1), decodeURIComponent(parts[index] ?? '')] as const] : [],
      );
      return { route, params: Object.fromEntries(params) };
    }
    return undefined;
  }
}

function isParameter(segment: string): boolean {
  return segment.startsWith(':');
}
