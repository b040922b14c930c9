/** wire/gathered: the answers of many nodes in one frame of bytes, each body copied unread. */
import { type Body, emptyBody, snapshotBody } from './body.ts';
import { ByteReader, ByteWriter, codesOf } from './bytes.ts';
import type { Fault } from './fault.ts';
import type { FrameOf, Gathered, Member, Outcome } from './frame.ts';
import { addressBytes, readAddress, writeAddress } from './head-fields.ts';

/** What the bytes of a member hold. */
const contents = ['none', 'json', 'v8', 'route', 'handler'] as const;
const contentCodes = codesOf(contents);

/** A reply that carries many. */
export type GatheredReply = FrameOf<'reply'> & { readonly outcome: Gathered };

/** `f64` id and incarnation of the call (32 bits hold fewer calls than a bot makes in months), `u16` number of members. */
const fixedBytes = 16 + 2;
/** Between the address of a member and its bytes: what they are, how many. */
const memberBytes = 1 + 4;

interface Part {
  readonly content: (typeof contents)[number];
  readonly data: string | Uint8Array;
}

function partOf(outcome: Outcome): Part {
  if (outcome.kind === 'failure') return { content: outcome.by, data: JSON.stringify(outcome.fault) };
  const body = snapshotBody(outcome.body);
  return body.format === 'none' ? { content: 'none', data: '' } : { content: body.format, data: body.data };
}

/** The bytes of a gathered reply, after `lead` bytes that are left for the caller to fill. */
export function packGathered(frame: GatheredReply, lead: number): Buffer {
  const { members } = frame.outcome;
  const parts = members.map(({ outcome }) => partOf(outcome));
  const sizes = parts.map(({ data }) => Buffer.byteLength(data));
  const fixed = lead + addressBytes(frame.from) + addressBytes(frame.to) + fixedBytes;
  const bytes = members.reduce(
    (sum, { from }, index) => sum + addressBytes(from) + memberBytes + (sizes[index] as number),
    fixed,
  );
  const out = new ByteWriter(bytes);
  out.at = lead;
  writeAddress(frame.from, out);
  writeAddress(frame.to, out);
  out.f64(frame.id);
  out.f64(frame.incarnation);
  out.u16(parts.length);
  for (const [index, { from }] of members.entries()) {
    const { content, data } = parts[index] as Part;
    writeAddress(from, out);
    out.u8(contentCodes[content]);
    out.u32(sizes[index] as number);
    out.data(data);
  }
  return out.bytes;
}

/** Reads what {@link packGathered} wrote; bodies are views into the bytes. */
export function unpackGathered(bytes: Buffer): GatheredReply {
  const head = new ByteReader(bytes);
  const from = readAddress(head);
  const to = readAddress(head);
  const id = head.f64();
  const incarnation = head.f64();
  const members: Member[] = Array.from({ length: head.u16() }, () => ({
    from: readAddress(head),
    outcome: outcomeOf(contentOf(head.u8()), head.bytes(head.u32())),
  }));
  return { kind: 'reply', id, incarnation, from, to, outcome: { kind: 'gathered', members } };
}

function contentOf(code: number): Part['content'] {
  const content = contents[code];
  if (content === undefined) throw new RangeError(`no content of an answer has the number ${code}`);
  return content;
}

function outcomeOf(content: Part['content'], data: Buffer): Outcome {
  if (content === 'route' || content === 'handler') {
    return { kind: 'failure', by: content, fault: JSON.parse(data.toString('utf8')) as Fault };
  }
  const body: Body = content === 'none' ? emptyBody : { format: content, data };
  return { kind: 'value', body };
}
