/** eslint/no-broadcast-eval: the rule that keeps a migrated bot migrated. */
import { relative } from 'node:path';
import type { Rule } from 'eslint';
import type { Owner } from '../analyze/typed-owner.ts';
import { type Finding, reasons } from '../rules/reasons.ts';
import { inShell } from '../shell.ts';
import { memberName, type Node, unwrapped } from './nodes.ts';
import { isOfAny, ownerOf } from './receiver.ts';
import { type Verdict, verdictsOf } from './verdicts.ts';

const methods: ReadonlySet<string> = new Set(['broadcastEval', 'fetchClientValues']);

/** One call of a method of that name, whoever's it is. */
interface Call {
  readonly node: Node;
  readonly method: string;
  readonly receiver: Node;
  /** The name of the method, where it stands. */
  readonly name: Rule.Node;
}

function callOf(node: Node): Call | null {
  const callee = unwrapped(node.callee as Node);
  const method = memberName(callee);
  if (method === null || !methods.has(method)) return null;
  return { node, method, receiver: callee.object as Node, name: callee.property as Rule.Node };
}

const startOf = (node: Node): number => node.range?.[0] ?? -1;

const titleOf = ({ code, details }: Finding): string =>
  reasons[code].title.replace(/\{(\w+)\}/g, (_, key: string) => String(details[key] ?? '…'));

/** Whether nothing proves that a call is one of discord.js. */
const isUnproven = ({ finding }: Verdict): boolean => finding?.code.startsWith('DC-S') === true;

function messageOf({ finding, open }: Verdict) {
  if (finding === null) return { messageId: 'movable', data: {} } as const;
  if (open) return { messageId: 'open', data: {} } as const;
  return { messageId: 'coded', data: { code: finding.code, title: titleOf(finding) } } as const;
}

/**
 * Reports each `broadcastEval` and `fetchClientValues` call on a ShardingManager or on `client.shard`, with the code
 * dc-migrate has for it and the command that rewrites it. It fixes nothing: a lint fix cannot edit the handlers file.
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
      open: '{{method}} sends code as text. Whether it can be a typed handler depends on the callers of the function around it, in other files: npx dc-migrate .',
    },
  },
  create(context) {
    const { sourceCode, filename: path, cwd } = context;
    const calls: Call[] = [];
    return {
      CallExpression(node) {
        const call = callOf(node as unknown as Node);
        if (call !== null) calls.push(call);
      },
      'Program:exit'() {
        if (calls.length === 0) return;
        const owners = new Map(
          calls.flatMap(({ receiver, method, name }): (readonly [number, Owner])[] => {
            const owner = ownerOf(sourceCode, receiver, method);
            return owner === null ? [] : [[startOf(name as unknown as Node), owner]];
          }),
        );
        const verdicts = verdictsOf({ path, text: sourceCode.text, cwd, owners });
        for (const { node, method, receiver, name } of calls) {
          const verdict = verdicts.get(startOf(node));
          if (verdict === undefined || (isUnproven(verdict) && !isOfAny(sourceCode, receiver))) continue;
          const { messageId, data } = messageOf(verdict);
          const file = inShell(relative(cwd, path));
          context.report({ node: name, messageId, data: { ...data, method, file } });
        }
      },
    };
  },
};
