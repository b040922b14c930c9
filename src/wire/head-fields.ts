/** wire/head-fields: the parts heads are made of, as bytes: addresses, the key of a call, the name of a method. */
import { type Address, type Destination, isGroup } from './address.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';
import type { CallKey } from './frame.ts';
import { packAddress, unpackAddress } from './road.ts';

/** `u32` id, `f64` incarnation: it may be a time in ms, which 32 bits do not hold. */
export const keyBytes = 12;
/** Marker: the address follows as text, after its length in an `u16`: users name hosts. */
const textMark = 0xfffe;
/** Marker: a list follows, after its length in an `u16`. */
const groupMark = 0xffff;

/** Methods by their bytes. Bounded, because users name handlers, and a name may be made up at run time. */
const methods = new Map<string, Buffer>();
const maxMethods = 4096;

/** A method's name as bytes; made once for each name. */
export function methodBytes(method: string): Buffer {
  const known = methods.get(method);
  if (known !== undefined) return known;
  const bytes = Buffer.from(method, 'utf8');
  if (methods.size < maxMethods) methods.set(method, bytes);
  return bytes;
}

/** How many bytes {@link writeAddress} writes. */
export const addressBytes = (address: Address): number =>
  packAddress(address) === undefined ? 4 + Buffer.byteLength(address) : 2;

/** Writes an address: two bytes for a cluster and the own manager. */
export function writeAddress(address: Address, out: ByteWriter): void {
  const packed = packAddress(address);
  out.u16(packed ?? textMark);
  if (packed !== undefined) return;
  out.u16(Buffer.byteLength(address));
  out.data(address);
}

/** Reads what {@link writeAddress} wrote. */
export const readAddress = (head: ByteReader): Address => addressAfter(head.u16(), head);

function addressAfter(packed: number, head: ByteReader): Address {
  if (packed === textMark) return head.text(head.u16()) as Address;
  return unpackAddress(packed);
}

/** How many bytes {@link writeTo} writes. */
export function toBytes(to: Destination): number {
  if (!isGroup(to)) return addressBytes(to);
  return to.reduce((sum, address) => sum + addressBytes(address), 4);
}

/** Writes where a frame goes: one address, or a list after its mark. */
export function writeTo(to: Destination, out: ByteWriter): void {
  if (!isGroup(to)) {
    writeAddress(to, out);
    return;
  }
  out.u16(groupMark);
  out.u16(to.length);
  for (const address of to) writeAddress(address, out);
}

/** Reads what {@link writeTo} wrote. */
export function readTo(head: ByteReader): Destination {
  const first = head.u16();
  if (first !== groupMark) return addressAfter(first, head);
  return Array.from({ length: head.u16() }, () => readAddress(head));
}

/** Writes what a call is known by. */
export function writeKey(key: CallKey, out: ByteWriter): void {
  out.u32(key.id);
  out.f64(key.incarnation);
}

/** Reads what {@link writeKey} wrote. */
export const readKey = (head: ByteReader): CallKey => ({ id: head.u32(), incarnation: head.f64() });

/** Writes the name of a method: its length in an `u8`, and its text. */
export function writeMethod(method: string, out: ByteWriter): void {
  const bytes = methodBytes(method);
  out.u8(bytes.length);
  out.data(bytes);
}

/** Reads what {@link writeMethod} wrote. */
export const readMethod = (head: ByteReader): string => head.text(head.u8());
