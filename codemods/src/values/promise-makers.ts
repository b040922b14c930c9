/** values/promise-makers: which expressions are promises, by what is written there. */
import { unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';

const setters =
  'Nickname|Topic|Parent|Position|Permissions|Avatar|Username|Banner|Icon|Splash|Owner|Mute|Deaf|Archived|Locked|' +
  'RateLimitPerUser|UserLimit|Bitrate|RTCRegion|Hoist|Mentionable|SystemChannel|RulesChannel|VerificationLevel|Suppressed';

/** Methods of discord.js that give a promise, and mean nothing else elsewhere. */
const acts = new RegExp(
  `^(${[
    'send|sendTyping|reply|followUp|react|crosspost|edit|edit(Reply|Message|Me)|defer(Reply|Update)|showModal|leave|kick',
    'ban|unban|bulkDelete|pin|unpin|fetch([A-Z]\\w*)?|broadcastEval|create(DM|Invite|Webhook|Template)|delete(DM|Message|Reply|Webhook)',
    'startThread|addRole|removeRole|lockPermissions|suppressEmbeds|disableCommunicationUntil|await(Messages|Reactions)',
    'awaitMessageComponent|awaitModalSubmit|then|catch|finally',
    `set(${setters})`,
  ].join('|')})$`,
);

/** `ws.send(x)` gives nothing, and so did the `leave` of a voice channel. */
const others = /(^|\.)(process|ws|socket|res)\.send$|(channel|vc)[!?]*\.leave$/i;

const manages =
  /(^|\.)(roles|bans|members|reactions|permissionOverwrites|commands|channels|messages|emojis|invites|threads)[!?]*\.(add|remove|set|create)$/;

const isOfPromise = /^Promise\.(all|allSettled|any|race|resolve|reject)$/;

function isPromiseCall({ expression, arguments: given }: ts.CallExpression): boolean {
  const callee = unwrap(expression);
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  const text = callee.getText();
  if (text === 'fetch' || isOfPromise.test(text)) return true;
  if (!ts.isPropertyAccessExpression(callee) || others.test(text)) return false;
  // A map takes a key to delete, and a key with a value to set.
  if (callee.name.text === 'delete') return given.length === 0;
  return acts.test(callee.name.text) || (manages.test(text) && given.length < 2);
}

/** Whether an expression is a promise by itself; functions of the file that give one are not followed. */
export const isPromise = (node: ts.Expression): boolean =>
  ts.isCallExpression(node) ? isPromiseCall(node) : ts.isNewExpression(node) && node.expression.getText() === 'Promise';
