/** doubts/always-given: calls of discord.js that give something whenever they give at all, by its typings. */
import { declarationOf } from '../syntax/free-names.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isThing } from './discord-things.ts';
import { listOf } from './made-entries.ts';

/** A presence; of versions 11 and 12 the promise of one. Nothing else has a `user` with these. */
const ofOwnUser = /^set(?:Activity|AFK|Presence|Status)$/;

const setters =
  'AFKChannel|AFKTimeout|Archived|Avatar|Banner|Bitrate|Color|Hoist|Icon|Locked|Mentionable|Name|NSFW|Nickname|Owner|Parent|' +
  'Permissions|Position|RateLimitPerUser|RTCRegion|Splash|SystemChannel|Topic|UserLimit|Username|VerificationLevel';

/**
 * What guilds, channels, users, members, roles, emojis and messages have: each gives the thing itself, or what it has made.
 * Only names that are discord.js's: a bot may give its guilds a `setPrefix`.
 */
const ofThings = new RegExp(
  `^(?:send|reply|edit|delete|react|crosspost|pin|unpin|kick|ban|timeout|fetchOwner|create(?:DM|Invite|Webhook)|set(?:${setters}))$`,
);

/** Where a value is taken out, by one name. */
function takenOut(node: ts.Expression): string {
  const at = unwrap(node);
  const declared = ts.isIdentifier(at) ? declarationOf(at, at.getSourceFile()) : null;
  if (declared === null) return at.getText();
  const value = ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
  return (listOf(declared as ts.Declaration) ?? value)?.getText() ?? '';
}

/** Whether a call is one of discord.js's that never gives `undefined`: it gives something, or throws. */
export function isAlwaysGiven(file: ParsedFile, { expression }: ts.CallExpression): boolean {
  const callee = unwrap(expression);
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const { name, expression: of } = callee;
  if (ofOwnUser.test(name.text)) return /(?:^|\.)user!?$/.test(of.getText());
  if (ofThings.test(name.text)) return isThing(file, of);
  // The voice channels of discord.js 12 have a `leave` that gives nothing.
  return name.text === 'leave' && /\bguilds\b(?!.*\bchannels\b)/s.test(takenOut(of)) && isThing(file, of);
}
