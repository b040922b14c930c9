/** transport/credit: how much may be on its way to a reader that has not said that it read it. */

/** The room of one direction of a line. */
export interface Room {
  /** Frames on their way at most. */
  readonly maxFrames: number;
  /** Bytes on their way, beyond which nothing more is accepted. */
  readonly maxBytes: number;
}

/** What each direction of a line holds unless it is told otherwise. */
export const defaultRoom: Room = { maxFrames: 16_384, maxBytes: 64 * 1024 * 1024 };

/**
 * The sender's side: counts what was sent and not yet read.
 *
 * Neither `process.send` nor `postMessage` says when the far end reads
 * (https://nodejs.org/api/child_process.html#subprocesssendmessage-sendhandle-options-callback): a stopped one would let the sender's memory grow
 * without end. So the reader gives back what it has read, and the sender stops at the limit.
 */
export class Outstanding {
  readonly #room: Room;
  frames = 0;
  bytes = 0;

  constructor(room: Room) {
    this.#room = room;
  }

  /** No further call or cast may be sent. */
  get full(): boolean {
    return this.frames >= this.#room.maxFrames || this.heavy;
  }

  /** No further bytes may be sent. */
  get heavy(): boolean {
    return this.bytes >= this.#room.maxBytes;
  }

  /** One more frame is on its way. */
  sent(bytes: number): void {
    this.frames += 1;
    this.bytes += bytes;
  }

  /** The far end has read so much more. */
  read(frames: number, bytes: number): void {
    this.frames = Math.max(0, this.frames - frames);
    this.bytes = Math.max(0, this.bytes - bytes);
  }
}

/** The reader's side: tells the sender what was read, not more often than it must. */
export class Receipt {
  readonly #giveFrames: number;
  readonly #giveBytes: number;
  readonly #give: (frames: number, bytes: number) => void;
  #frames = 0;
  #bytes = 0;

  /** @param give - sends the word; called when a quarter of the room has been read since the last time */
  constructor(room: Room, give: (frames: number, bytes: number) => void) {
    this.#giveFrames = Math.ceil(room.maxFrames / 4);
    this.#giveBytes = Math.ceil(room.maxBytes / 4);
    this.#give = give;
  }

  /** One more frame was given to the reader. */
  read(bytes: number): void {
    this.#frames += 1;
    this.#bytes += bytes;
    if (this.#frames < this.#giveFrames && this.#bytes < this.#giveBytes) return;
    const frames = this.#frames;
    const all = this.#bytes;
    this.#frames = 0;
    this.#bytes = 0;
    this.#give(frames, all);
  }
}
