/** eslint/no-broadcast-eval: the rule that keeps a migrated bot migrated. */
import type { Rule } from 'eslint';
import { mentionPattern } from '../project/discover.ts';
import { explain, type Finding, reasons } from '../rules/reasons.ts';
import type { Owner } from '../values/typed-owner.ts';
import { type Target, targetOf } from './command.ts';
import { type Node, unwrapped } from './nodes.ts';
import { isOfAny, ownerOf } from './receiver.ts';
import { type Verdict, verdictsOf } from './verdicts.ts';

/** A call of a member, whatever it is called. */
interface Call {
  readonly receiver: Node;
  /** The name of the member, where it stands. */
  readonly name: Rule.Node;
}

function callOf(node: Node): Call | null {
  const callee = unwrapped(node.callee as Node);
  if (callee.type !== 'MemberExpression') return null;
  return { receiver: callee.object as Node, name: callee.property as Rule.Node };
}

const startOf = (node: Node): number => node.range?.[0] ?? -1;

const titleOf = ({ code, details }: Finding): string =>
  reasons[code].title.replace(/\{(\w+)\}/g, (_, key: string) => String(details[key] ?? '…'));

/** Whether nothing proves that a call is one of discord.js. */
const isUnproven = ({ finding }: Verdict): boolean => finding?.code.startsWith('DC-S') === true;

/** How the message of a verdict is called. */
function messageIdOf({ finding, way, options }: Verdict, { unread }: Target) {
  if (unread !== null && (way === 'run' || way === 'edit')) return 'unread';
  if (way !== 'run') return way;
  return finding === null ? 'movable' : options.length > 0 ? 'widened' : 'noted';
}

/** What fills the message of a verdict. */
function dataOf(
  { finding, method, options }: Verdict,
  { paths, manager, unread }: Target,
): Readonly<Record<string, string>> {
  const why = finding === null ? {} : { code: finding.code, title: titleOf(finding), sentence: explain(finding) };
  const command = ['npx dc-migrate', ...options, paths].join(' ');
  const along = manager === null ? '' : `, together with the manager in ${manager}`;
  return { ...why, method, command, along, file: unread ?? '' };
}

const sends = '{{method}} sends code as text';
const turn = 'Turn it into a typed handler{{along}}: {{command}}';

/**
 * Reports each `broadcastEval` and `fetchClientValues` call on a ShardingManager or on `client.shard`, with the code
 * dc-migrate has for it and the command that rewrites it, or with what to edit first, or to write by hand. It fixes
 * nothing: a lint fix cannot edit the handlers file.
 *
 * Asks dc-migrate's own analysis of the file, and types where the parser has them (typescript-eslint with
 * `projectService`).
 */
export const noBroadcastEval: Rule.RuleModule = {
  meta: {
    type: 'suggestion',
    docs: { description: 'Ask typed handlers instead of sending code as text to other processes' },
    schema: [],
    messages: {
      movable: `${sends}. ${turn}`,
      noted: `${sends}. ${turn} (the new call carries a note, {{code}}, {{title}}: npx dc-migrate explain {{code}})`,
      widened: `${sends}. ${turn} (the option is for {{code}}, {{title}}: npx dc-migrate explain {{code}})`,
      edit: `${sends}, and dc-migrate leaves it as it stands ({{code}}, {{title}}). {{sentence}} The command{{along}}: {{command}}`,
      hand: `${sends}, and no run of dc-migrate changes that ({{code}}, {{title}}). {{sentence}}`,
      unread: `${sends}, and no run of dc-migrate reads {{file}}. Move the call into a file of JavaScript or TypeScript, or ask a named handler by hand.`,
      callers: `${sends}. Callers in other files choose what is sent, so run dc-migrate on the whole bot: npx dc-migrate .`,
    },
  },
  create(context) {
    const { sourceCode, filename: path, physicalFilename, cwd } = context;
    if (!mentionPattern.test(sourceCode.text)) return {};
    const calls = new Map<number, Call>();
    return {
      CallExpression(node) {
        const call = callOf(node as unknown as Node);
        if (call !== null) calls.set(startOf(call.name as unknown as Node), call);
      },
      'Program:exit'() {
        const ownerAt = (at: number, method: string): Owner | null => {
          const call = calls.get(at);
          return call === undefined ? null : ownerOf(sourceCode, call.receiver, method);
        };
        let target: Target | null = null;
        for (const [at, verdict] of verdictsOf({ path, text: sourceCode.text, cwd, ownerAt })) {
          const call = calls.get(at);
          if (call === undefined || (isUnproven(verdict) && !isOfAny(sourceCode, call.receiver))) continue;
          target ??= targetOf(physicalFilename, cwd);
          context.report({ node: call.name, messageId: messageIdOf(verdict, target), data: dataOf(verdict, target) });
        }
      },
    };
  },
};
