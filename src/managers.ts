/** managers: what reaches channels, members and users of the whole bot, put together for a cluster or for the manager. */
import type { Client } from 'discord.js';
import { ChannelDesk } from './discord/channel-desk.ts';
import { MemberDesk } from './discord/member-desk.ts';
import { UserDesk } from './discord/user-desk.ts';
import { Channels, serveChannels } from './features/channels.ts';
import { Members, serveMembers } from './features/members.ts';
import type { Standpoint } from './features/owner.ts';
import { serveUsers, Users } from './features/users.ts';
import type { Peer } from './rpc/peer.ts';

/** What asks; without a client (in the manager) only others are asked. */
export const createManagers = (at: Standpoint, client?: Client) => ({
  channels: new Channels(at, client && new ChannelDesk(client)),
  members: new Members(at, client && new MemberDesk(client)),
  users: new Users(at, client && new UserDesk(client)),
});

/** What answers: lets other nodes use the caches and the REST client of this cluster. */
export function serveManagers(peer: Peer, client: Client): void {
  serveChannels(peer, new ChannelDesk(client));
  serveMembers(peer, new MemberDesk(client));
  serveUsers(peer, new UserDesk(client));
}
