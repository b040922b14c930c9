/** eslint/no-broadcast-eval: the rule that keeps a migrated bot migrated. */
import { relative } from 'node:path';
import type { Rule } from 'eslint';
import { reasons } from '../rules/reasons.ts';
import { codeOf } from './call-code.ts';
import { memberName, type Node, unwrapped } from './nodes.ts';
import { isDiscord } from './receiver.ts';

const methods: ReadonlySet<string> = new Set(['broadcastEval', 'fetchClientValues']);

const inShell = (path: string): string => (/^[\w./@-]+$/.test(path) ? path : JSON.stringify(path));

/**
 * Reports each `broadcastEval` and `fetchClientValues` call on a ShardingManager or on `client.shard`, with the code
 * dc-migrate has for it and the command that rewrites it. It fixes nothing: a lint fix cannot edit the handlers file.
 *
 * Uses types where the parser has them (typescript-eslint with `projectService`), else where the receiver comes from.
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
    },
  },
  create(context) {
    const { sourceCode } = context;
    return {
      CallExpression(estree) {
        const call = estree as unknown as Node;
        const callee = unwrapped(call.callee as Node);
        const method = memberName(callee);
        if (method === null || !methods.has(method)) return;
        if (!isDiscord(sourceCode, callee.object as Node, method)) return;
        const file = inShell(relative(context.cwd, context.filename));
        const node = (callee as unknown as { readonly property: Rule.Node }).property;
        const code = codeOf(sourceCode, call, method as 'broadcastEval' | 'fetchClientValues');
        if (code === null) context.report({ node, messageId: 'movable', data: { method, file } });
        else {
          const title = reasons[code].title.replace(/\{\w+\}/g, 'something of its own place');
          context.report({ node, messageId: 'coded', data: { method, file, code, title } });
        }
      },
    };
  },
};
