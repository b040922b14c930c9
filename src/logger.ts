/** logger: where the manager says what it does. */
import { type ConsolaReporter, createConsola, LogLevels } from 'consola';

/** Anything with the four usual verbs: `console`, pino, winston, consola. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** How much a log says. */
export type LogLevel = keyof Logger;

/** The manager option `logging`. */
export interface LoggingOptions {
  /** `false` says nothing at all. Default `true`. */
  readonly enabled?: boolean | undefined;
  /** The least that is said. Default `'warn'`, or `'info'` where `enabled: true` asks for a log. */
  readonly level?: LogLevel | undefined;
  /** Colours, where the terminal has them. Default `true`. */
  readonly colors?: boolean | undefined;
  /** The time before each line: of day on a terminal, in full (ISO 8601, UTC) elsewhere. Default `true`. */
  readonly timestamps?: boolean | undefined;
}

const tag = 'shardlift';

/** One line per message without colours, for files and for those who read them: consola's own has no time. */
const plainReporter = (stream: NodeJS.WriteStream, timestamps: boolean): ConsolaReporter => ({
  log({ args, date, type }) {
    stream.write(`${timestamps ? `${date.toISOString()} ` : ''}[${tag}] ${type}: ${args.join(' ')}\n`);
  },
});

/**
 * The own logger, on stderr, so that a bot's own output stays its own. Says warnings and errors unless told otherwise.
 *
 * @param stream - where it writes to
 */
export function createLogger(
  { enabled, level = enabled === true ? 'info' : 'warn', colors = true, timestamps = true }: LoggingOptions = {},
  stream: NodeJS.WriteStream = process.stderr,
): Logger {
  return createConsola({
    level: enabled === false ? Number.NEGATIVE_INFINITY : LogLevels[level],
    stdout: stream,
    stderr: stream,
    defaults: { tag },
    formatOptions: { date: timestamps },
    ...(colors && stream.isTTY ? { fancy: true } : { reporters: [plainReporter(stream, timestamps)] }),
  });
}

/** Logs in the next turn: a logger may take its time (a coloured one 80 ms, the first time), and callers wait for news. */
export function logLater(logger: Logger, level: LogLevel, text: string): void {
  setImmediate(() => logger[level](text));
}
