/** testing/upload-book: the files bots sent with their messages, byte for byte. */

import { type Json, type JsonObject, objectOr, textOf } from './json.ts';
import { freshId } from './snowflake.ts';

/** Files remembered, the newest. */
const KEPT = 256;

/** A file as it came in a form. */
export interface Upload {
  readonly name: string;
  /** MIME type, `application/octet-stream` when the bot did not say. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** The files of a request by the key the body names them by: `files[0]` is '0'. */
export type Uploads = ReadonlyMap<string, Upload>;

/** Keeps files and describes them as Discord does. */
export class UploadBook {
  readonly #files = new Map<string, Upload>();

  /** The bytes behind an attachment's id. */
  find(attachmentId: string): Upload | undefined {
    return this.#files.get(attachmentId);
  }

  /**
   * The attachments a message has from now on: those it had and still names (all when it names none), and the new files.
   *
   * @param named - `attachments` of the request's body
   * @see https://discord.com/developers/docs/reference#editing-message-attachments
   */
  attach(
    {
      named,
      before,
      uploads,
    }: { readonly named: Json | undefined; readonly before: Json[]; readonly uploads: Uploads },
    { origin, channelId }: { readonly origin: string; readonly channelId: string },
  ): Json[] {
    const listed = Array.isArray(named) ? named.map(objectOr) : undefined;
    const ids = listed?.map(({ id }) => String(id));
    const kept = before.filter((attachment) => ids === undefined || ids.includes(String(objectOr(attachment).id)));
    const added = [...uploads].map(([key, upload]) => {
      const id = this.#keep(upload);
      const url = `${origin}/attachments/${channelId}/${id}/${encodeURIComponent(upload.name)}`;
      const about = listed?.find((attachment) => String(attachment.id) === key);
      const { name: filename, type: content_type, bytes } = upload;
      return { id, filename, size: bytes.length, url, proxy_url: url, content_type, ...spoken(about) };
    });
    return [...kept, ...added];
  }

  #keep(upload: Upload): string {
    const id = freshId();
    this.#files.set(id, upload);
    const [oldest] = this.#files.keys();
    if (this.#files.size > KEPT && oldest !== undefined) this.#files.delete(oldest);
    return id;
  }
}

/** What a body may say of a file. */
function spoken(about: JsonObject | undefined): JsonObject {
  const said = ['description', 'title', 'waveform'].flatMap((name) => {
    const text = textOf(about?.[name]);
    return text === undefined ? [] : [[name, text] as const];
  });
  return Object.fromEntries(said);
}

/** Reads a form: the JSON in it, and its files. */
export async function readForm(bytes: Buffer, type: string): Promise<{ json: Json; uploads: Uploads }> {
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const uploads = new Map<string, Upload>();
  for (const [field, value] of form) {
    const [, key] = /^files\[(\d+)\]$/.exec(field) ?? [];
    if (key === undefined || typeof value === 'string') continue;
    const content = new Uint8Array(await value.arrayBuffer());
    uploads.set(key, { name: value.name, type: value.type || 'application/octet-stream', bytes: content });
  }
  const payload = form.get('payload_json');
  return { json: typeof payload === 'string' ? (JSON.parse(payload) as Json) : null, uploads };
}
