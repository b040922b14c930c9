/** client-options: what a cluster can be told by its bot, and what becomes of it. */
import { readBotFolder } from './environment.ts';
import { assertOptions } from './options/assert.ts';
import { type Check, paths } from './options/checks.ts';
import { existingFile } from './options/files.ts';

/** What a {@link ClusterClient} can be told. */
export interface ClusterClientOptions {
  /**
   * Files with handlers, relative to the bot file's folder, for a bot that is started without a manager: `client.login()`
   * loads them first. Under a manager its option `handlers` decides, and this one counts for nothing.
   */
  readonly handlers?: string | readonly string[] | undefined;
}

const table: { readonly [Name in keyof Required<ClusterClientOptions>]: Check } = { handlers: paths };

/** Checks the options. @throws ShardliftError `INVALID_OPTION` */
export const assertClientOptions = (options: ClusterClientOptions): void =>
  assertOptions(options, table, "{ handlers: './cluster-handlers.js' }");

/** The absolute paths of the handlers files of a bot without a manager. @throws ShardliftError `INVALID_OPTION` */
export const handlersAlone = ({ handlers = [] }: ClusterClientOptions): string[] =>
  [handlers].flat().map((path) => existingFile('handlers', path, readBotFolder()));
