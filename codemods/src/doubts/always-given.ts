/** doubts/always-given: calls of discord.js that give something whenever they give at all, by its source and typings. */
import { knowsDiscord } from '../syntax/discord-types.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { type MovableFunction, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { typingsOfOurs } from '../values/typed-owner.ts';
import { type ThingKind, thingOfClient } from './client-things.ts';

/**
 * What each thing has that gives the thing itself, or what it has made; `null` for a thing that is gone, at most. Only
 * names that are discord.js's: a bot may give its guilds a `setPrefix`. Channels have no `edit` here, no setter and no
 * `pin`: these give `undefined` for a channel that is not cached. So does `react` for a message of which only the id is known.
 */
const always: Readonly<Record<ThingKind, RegExp>> = {
  application: /^$/,
  channel: /^(?:create(?:Invite|Webhook)|delete|fetchOwner|send)$/,
  emoji: /^delete$/,
  guild:
    /^(?:delete|edit|fetchOwner|leave|set(?:AFKChannel|AFKTimeout|Banner|Icon|Name|Owner|Splash|SystemChannel|VerificationLevel))$/,
  member: /^(?:ban|createDM|edit|kick|send|setNickname|timeout)$/,
  message: /^(?:crosspost|delete|pin|reply|unpin)$/,
  // A presence; of versions 11 and 12 the promise of one.
  ownUser: /^(?:createDM|edit|send|set(?:AFK|Activity|Avatar|Banner|Presence|Status|Username))$/,
  role: /^(?:delete|edit|set(?:Color|Hoist|Icon|Mentionable|Name|Permissions|Position))$/,
  sticker: /^delete$/,
  user: /^(?:createDM|send)$/,
};

/** Promises of what may be nothing by then, see above. */
const promised: Readonly<Partial<Record<ThingKind, RegExp>>> = {
  channel:
    /^(?:edit|lockPermissions|pin|unpin|set(?:Name|Topic|Parent|Position|NSFW|RateLimitPerUser|Bitrate|UserLimit|RTCRegion|VideoQualityMode|Type|Archived|Locked|Invitable|AutoArchiveDuration|DefaultAutoArchiveDuration|AppliedTags|AvailableTags|DefaultReactionEmoji|DefaultThreadRateLimitPerUser|DefaultSortOrder|DefaultForumLayout))$/,
  message: /^react$/,
};

/** The same by the class that declares the method; what several share is declared elsewhere. */
const byClass: ReadonlyMap<string, RegExp> = new Map([
  ['ClientUser', always.ownUser],
  ['Guild', always.guild],
  ['GuildMember', always.member],
  ['Message', always.message],
  ['Role', always.role],
]);
const shared = /^(?:create(?:DM|Invite|Webhook)|delete|fetchOwner|reply|send)$/;

const declaredBy = (type: ts.Type, name: string): readonly ts.Declaration[] =>
  type.getProperty(name)?.declarations ?? [];

/** Whether the method of a type is one of discord.js's things, all of which know their client, and gives something. */
function isOfThing(type: ts.Type, name: string): boolean {
  const methods = declaredBy(type, name);
  const known = ['client', 'toJSON'].flatMap((one) => declaredBy(type, one));
  const isOurs = [...methods, ...known].every((one) => typingsOfOurs.test(one.getSourceFile().fileName));
  return (
    isOurs &&
    known.length > 1 &&
    methods.length > 0 &&
    methods.every(({ parent }) => {
      const isNamed = ts.isClassDeclaration(parent) || ts.isInterfaceDeclaration(parent);
      return (byClass.get((isNamed && parent.name?.text) || '') ?? shared).test(name);
    })
  );
}

/** What types say of a method; `null` where they say nothing. Whether it gives `void` is asked before. */
function byTypes(file: ParsedFile, callee: ts.PropertyAccessExpression): boolean | null {
  if (!file.typed || !knowsDiscord(file)) return null;
  const type = file.checker.getNonNullableType(file.checker.getTypeAtLocation(callee.expression));
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return null;
  return (type.isUnion() ? type.types : [type]).every((one) => isOfThing(one, callee.name.text));
}

/** Whether a call is one of discord.js's that never gives `undefined`: it gives something, or throws. */
export function isAlwaysGiven(file: ParsedFile, call: ts.CallExpression, fn: MovableFunction | null): boolean {
  const callee = unwrap(call.expression);
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const typed = byTypes(file, callee);
  if (typed !== null) return typed;
  const kind = fn === null ? null : thingOfClient(fn, callee.expression);
  return kind !== null && always[kind].test(callee.name.text);
}

/** Whether a call is one of discord.js's that promises something, and may give `undefined` then. */
export function mayPromiseNothing(fn: MovableFunction | null, node: ts.Expression): boolean {
  const callee = ts.isCallExpression(node) ? unwrap(node.expression) : null;
  if (fn === null || callee === null || !ts.isPropertyAccessExpression(callee)) return false;
  const kind = thingOfClient(fn, callee.expression);
  return kind !== null && promised[kind]?.test(callee.name.text) === true;
}
