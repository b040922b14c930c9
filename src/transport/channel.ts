/** transport/channel: a link over Node's own channel between processes, where no socket of ours can be had. */
import { messageOf } from '../errors.ts';
import { decodeFrame, encodeFrame } from '../wire/codec.ts';
import { endingOf } from './ending.ts';
import { type Channel, divertMail, type Mail, postMail } from './envelopes.ts';
import { type LinkEnd, makeLink } from './link.ts';

export type { Channel } from './envelopes.ts';

/** The near end of a channel link. */
export interface ChannelEnd extends LinkEnd {
  /** Settles when the far end says that it uses the channel, see {@link announceChannel}. */
  readonly opened: Promise<void>;
  /** Hears what comes; until then it waits, and the channel does not keep the process alive. */
  readonly listen: () => void;
  /** Hears nothing more: the far end uses another line. */
  readonly pause: () => void;
}

/**
 * Builds a link over Node's own channel. Closing it leaves the channel open: it is the user's too.
 *
 * What remains of sharing: a bot that disconnects the channel loses the link, one that removes all listeners of `message`
 * stops it, and a message that looks exactly like an envelope is taken for one. Errors of the channel's own object (the
 * `error` event) are its owner's to listen to.
 *
 * @param reason - settles with the reason when the far end is gone, see {@link endingOf}
 * @see https://nodejs.org/api/child_process.html#subprocesssendmessage-sendhandle-options-callback
 */
export function channelLink(channel: Channel, peer: string, reason?: Promise<string>): LinkEnd {
  const end = quietChannelLink(channel, peer, reason);
  end.listen();
  return end;
}

/** A {@link channelLink} that hears nothing before it is told to. */
export function quietChannelLink(channel: Channel, peer: string, reason?: Promise<string>): ChannelEnd {
  const lost = (): void => ending();
  const end = makeLink({
    peer,
    post(frame) {
      // The channel carries JSON: bytes travel as base64.
      const bytes = encodeFrame(frame);
      postMail(channel, { kind: 'frame', content: bytes.toString('base64') }, lost);
      return bytes.length;
    },
    credit: (frames, bytes) => postMail(channel, { kind: 'credit', content: [frames, bytes] }, lost),
    shut: (why) => postMail(channel, { kind: 'close', content: why }, lost),
  });
  const ending = once(endingOf(end, "Node's channel closed", reason));
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const take = (mail: Mail): void => {
    open();
    if (mail.kind === 'close') end.down(String(mail.content));
    else if (mail.kind === 'credit') end.credited(...(mail.content as [number, number]));
    else if (mail.kind === 'frame') deliverFrame(end, String(mail.content));
  };
  const diversion = divertMail(channel, { take, gone: ending });
  // A closed link no longer keeps a child alive.
  void end.link.closed.then(diversion.pause);
  return { ...end, opened, ...diversion };
}

/** Tells the manager that this child uses the channel; a child that uses its socket never does. */
export const announceChannel = (channel: Channel, lost: () => void): void => postMail(channel, { kind: 'open' }, lost);

function deliverFrame(end: LinkEnd, content: string): void {
  const bytes = Buffer.from(content, 'base64');
  try {
    end.deliver(decodeFrame(bytes), bytes.length);
  } catch (error) {
    end.down(messageOf(error));
  }
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}
