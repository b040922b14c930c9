/** eslint/no-broadcast-eval: the rule that keeps a migrated bot migrated. */
import { relative } from 'node:path';
import type { Rule } from 'eslint';
import { mentionPattern } from '../project/discover.ts';
import { type Finding, reasons } from '../rules/reasons.ts';
import type { Owner } from '../values/typed-owner.ts';
import { inShell } from '../wording/shell.ts';
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

function messageOf({ finding, way }: Verdict) {
  if (finding === null) return { messageId: 'movable', data: {} } as const;
  if (way === 'callers') return { messageId: 'open', data: {} } as const;
  const messageId = way === 'run' ? 'coded' : 'byHand';
  return { messageId, data: { code: finding.code, title: titleOf(finding) } } as const;
}

/**
 * Reports each `broadcastEval` and `fetchClientValues` call on a ShardingManager or on `client.shard`, with the code
 * dc-migrate has for it and the command that rewrites it, or that says what to do by hand. It
 * fixes nothing: a lint fix cannot edit the handlers file.
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
      movable: '{{method}} sends code as text. Turn it into a typed handler: npx dc-migrate {{file}}',
      coded:
        '{{method}} sends code as text; {{code}}, {{title}}. Turn it into a typed handler: npx dc-migrate {{file}} (what {{code}} means: npx dc-migrate explain {{code}})',
      byHand:
        '{{method}} sends code as text; {{code}}, {{title}}. As it stands no run of dc-migrate changes it; what to do by hand: npx dc-migrate explain {{code}}',
      open: '{{method}} sends code as text. Whether it can be a typed handler depends on the callers of the function around it, in other files: npx dc-migrate .',
    },
  },
  create(context) {
    const { sourceCode, filename: path, cwd } = context;
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
        for (const [at, verdict] of verdictsOf({ path, text: sourceCode.text, cwd, ownerAt })) {
          const call = calls.get(at);
          if (call === undefined || (isUnproven(verdict) && !isOfAny(sourceCode, call.receiver))) continue;
          const { messageId, data } = messageOf(verdict);
          const file = inShell(relative(cwd, path));
          context.report({ node: call.name, messageId, data: { ...data, method: verdict.method, file } });
        }
      },
    };
  },
};
