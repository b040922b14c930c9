/** wire/bytes: reads and writes fields one after the other. Big endian. */

/** The number of each word of a list: its place, from 0. */
export const codesOf = <const W extends string>(words: readonly W[]): Readonly<Record<W, number>> =>
  Object.fromEntries(words.map((word, code) => [word, code])) as Record<W, number>;

/** Writes fields into a buffer of the right size. */
export class ByteWriter {
  readonly bytes: Buffer;
  at = 0;

  constructor(size: number) {
    this.bytes = Buffer.allocUnsafe(size);
  }

  u8(value: number): void {
    this.at = this.bytes.writeUInt8(value, this.at);
  }

  u16(value: number): void {
    this.at = this.bytes.writeUInt16BE(value, this.at);
  }

  u32(value: number): void {
    this.at = this.bytes.writeUInt32BE(value, this.at);
  }

  f64(value: number): void {
    this.at = this.bytes.writeDoubleBE(value, this.at);
  }

  /** Text becomes UTF-8. */
  data(data: string | Uint8Array): void {
    if (typeof data === 'string') this.at += this.bytes.write(data, this.at, 'utf8');
    else {
      this.bytes.set(data, this.at);
      this.at += data.byteLength;
    }
  }
}

/** Reads fields from a buffer; what it gives of bytes is a view, no copy. */
export class ByteReader {
  readonly #bytes: Buffer;
  at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  u8(): number {
    const value = this.#bytes.readUInt8(this.at);
    this.at += 1;
    return value;
  }

  u16(): number {
    const value = this.#bytes.readUInt16BE(this.at);
    this.at += 2;
    return value;
  }

  u32(): number {
    const value = this.#bytes.readUInt32BE(this.at);
    this.at += 4;
    return value;
  }

  f64(): number {
    const value = this.#bytes.readDoubleBE(this.at);
    this.at += 8;
    return value;
  }

  /** The next so many bytes as text. @throws RangeError when there are fewer */
  text(bytes: number): string {
    const start = this.at;
    this.at = this.#end(bytes);
    return this.#bytes.toString('utf8', start, this.at);
  }

  /** The next so many bytes. @throws RangeError when there are fewer */
  bytes(count: number): Buffer {
    const end = this.#end(count);
    const view = this.#bytes.subarray(this.at, end);
    this.at = end;
    return view;
  }

  /** All that is left. */
  rest(): Buffer {
    return this.#bytes.subarray(this.at);
  }

  #end(count: number): number {
    const end = this.at + count;
    if (end > this.#bytes.length) throw new RangeError(`a field of ${count} bytes ends beyond its frame`);
    return end;
  }
}
