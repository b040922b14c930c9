/** discord/requests: what every request to Discord has in common: safe paths, a signal, null for what is not there. */
import { ShardliftError } from '../errors.ts';

/**
 * Checks an id before it becomes part of a path at Discord, or of a question to another cluster.
 *
 * @throws ShardliftError `UNKNOWN_TARGET` for anything that is no snowflake
 */
export function assertId(what: string, id: unknown): void {
  if (typeof id === 'string' && /^\d{1,20}$/.test(id)) return;
  const shown = typeof id === 'string' ? `'${id}'` : `of type ${typeof id}`;
  throw new ShardliftError('UNKNOWN_TARGET', { target: `${what} ${shown}` });
}

/** Limits of one request: `null` in place of an absent signal would be refused by discord.js. */
export const limitedBy = (signal: AbortSignal | undefined): { readonly signal?: AbortSignal } =>
  signal === undefined ? {} : { signal };

/** The header X-Audit-Log-Reason. @see https://discord.com/developers/docs/resources/audit-log */
export const because = (reason: string | undefined): { readonly reason?: string } =>
  reason === undefined ? {} : { reason };

/** Gives `null` when Discord answers 404; any other refusal stays Discord's own error. */
export async function nullWhenUnknown<T>(request: Promise<T>): Promise<T | null> {
  try {
    return await request;
  } catch (error) {
    if ((error as { status?: unknown } | null)?.status === 404) return null;
    throw error;
  }
}
