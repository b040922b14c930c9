/** store/snapshot-format: the store's values as lines of text, and back. */
import { createHash, type Hash } from 'node:crypto';
import { emptyBody, type SnapshotBody } from '../wire/body.ts';

/** Grows when older versions can no longer read what is written. */
export const snapshotVersion = 1;

/** One value with its key and what was left of its time, in ms. */
export interface SnapshotEntry {
  readonly key: string;
  readonly body: SnapshotBody;
  readonly ttlMs: number | null;
}

/** What a snapshot says. */
export interface Snapshot {
  /** When it was written, by the machine's clock, in ms since 1970. */
  readonly savedAt: number;
  readonly entries: readonly SnapshotEntry[];
}

/** A snapshot that was made by a version newer than this one. */
export class NewerSnapshot extends Error {
  constructor(version: unknown) {
    super(`it has format ${String(version)}, and this version of shardlift reads up to ${snapshotVersion}`);
  }
}

/** Text in one piece is written at once up to so many letters, so that the event loop gets its turn between pieces. */
const pieceLetters = 256 * 1024;

const kind = 'shardlift store';

type Row = readonly [key: string, ttlMs: number | null, format: 'none' | 'json' | 'v8', data?: string];

const rowOf = ({ key, body, ttlMs }: SnapshotEntry): Row => {
  if (body.format === 'none') return [key, ttlMs, 'none'];
  const { format, data } = body;
  if (typeof data === 'string') return [key, ttlMs, format, data];
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return [key, ttlMs, format, bytes.toString(format === 'v8' ? 'base64' : 'utf8')];
};

/**
 * Writes a snapshot: a line that says what it is, a line for each value, and a line with their number and a SHA-256 of
 * all before it, so that a file that was cut short or damaged is told from a whole one.
 */
export function* snapshotPieces({ savedAt, entries }: Snapshot): Generator<string> {
  const hash = createHash('sha256');
  let piece = `${JSON.stringify({ kind, version: snapshotVersion, savedAt })}\n`;
  for (const entry of entries) {
    piece += `${JSON.stringify(rowOf(entry))}\n`;
    if (piece.length < pieceLetters) continue;
    hash.update(piece);
    yield piece;
    piece = '';
  }
  hash.update(piece);
  yield `${piece}${endLine(entries.length, hash)}\n`;
}

const endLine = (entries: number, hash: Hash): string => JSON.stringify({ entries, sha256: hash.digest('hex') });

/** Each line, without its end. */
function* linesOf(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(10, start);
    if (end === -1) throw new Error('its last line is cut short');
    yield bytes.subarray(start, end);
    start = end + 1;
  }
}

/** What the first line says. @throws NewerSnapshot */
function readHead(line: Buffer | undefined): number {
  const head = parsed(line ?? Buffer.alloc(0), 1) as { kind?: unknown; version?: unknown; savedAt?: unknown } | null;
  if (head?.kind !== kind) throw new Error('line 1 does not say that it is a snapshot of a store');
  if (Number(head.version) > snapshotVersion) throw new NewerSnapshot(head.version);
  if (head.version !== snapshotVersion || typeof head.savedAt !== 'number') throw new Error('line 1 is damaged');
  return head.savedAt;
}

function parsed(line: Buffer, number: number): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch (cause) {
    throw new Error(`line ${number} is no JSON`, { cause });
  }
}

function entryOf(line: Buffer, number: number): SnapshotEntry {
  const [key, ttlMs, format, data = ''] = parsed(line, number) as Row;
  if (format === 'none') return { key, ttlMs, body: emptyBody };
  if (format === 'json') return { key, ttlMs, body: { format, data } };
  return { key, ttlMs, body: { format, data: Buffer.from(data, 'base64') } };
}

/**
 * Reads a snapshot.
 *
 * @throws NewerSnapshot, and another Error that says what is wrong for anything that {@link snapshotPieces} did not write
 */
export function readSnapshot(bytes: Buffer): Snapshot {
  const lines = [...linesOf(bytes)];
  const savedAt = readHead(lines[0]);
  const last = lines.pop() ?? Buffer.alloc(0);
  const hash = createHash('sha256').update(bytes.subarray(0, bytes.length - last.length - 1));
  // Before anything is read: what the sum vouches for is as it was written.
  if (last.toString('utf8') !== endLine(lines.length - 1, hash)) throw new Error('its checksum does not fit');
  return { savedAt, entries: lines.slice(1).map((line, index) => entryOf(line, index + 2)) };
}
