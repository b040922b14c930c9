/** calls/hints: names a handler could have, from what the code around the call means. Never from values. */
import { basename } from 'node:path';
import type { HandedFunction } from '../syntax/call-site.ts';
import { type MovableFunction, unwrap, wrapped } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { nameOfDone } from './done-names.ts';
import { camelCase, nameOfResult } from './value-names.ts';

const emptyNames =
  /^(results?|res|responses?|data|values?|r|x|ret|out|arr(ay)?|promises?|reply|all|tmp|temp|found|info|shards?|clusters?|_+)$/i;
const emptyFunctions =
  /^(execute|run|exec|main|default|handler?|handle|callback|constructor|invoke|action|process|init|start|setup|load|fn|func|register|send|reply|get(Values?|Data|Results?|All)?|fetch|update|check|then|chatInputRun|messageRun|on[A-Z].*|GET|POST|PUT|PATCH|DELETE)$/;
/** Files whose names say when code runs, as events of discord.js do, or that it is code. */
const emptyFiles =
  /^(index|main|bot|client|app|server|events?|commands?|utils?|helpers?|functions?|routes?|(client)?ready|interaction|message|error|(guild|channel|message|interaction|role|thread|voice|shard|emoji|invite|user)[\w-]*(Create|Delete|Update|Add|Remove|Ready))$/i;
/** Properties of what a bot sends: they say where the result is shown, not what it is. */
const ofMessages = /^(content|embeds?|fields?|title|description|name|text|body|footer|context)$/;

/** Whether a name says what has it: not one or two letters, and no word that anything could have. */
const says = (name: string): boolean => name.length > 2 && !emptyNames.test(name);

/** The variable or the property that receives the result: `const totalGuilds = await ...`, `{ memory: await ... }`. */
function ofReceivingName(call: ts.CallExpression): string | null {
  let handedOn = false;
  for (let at: ts.Expression = call; ; ) {
    const { parent } = wrapped(at);
    handedOn ||= ts.isCallExpression(parent) && unwrap(parent.expression) !== unwrap(at);
    if (ts.isAwaitExpression(parent) || ts.isPropertyAccessExpression(parent) || ts.isCallExpression(parent))
      at = parent;
    else if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) {
      return says(parent.name.text) ? camelCase([parent.name.text]) : null;
    } else if (ts.isPropertyAssignment(parent) && ts.isIdentifier(parent.name) && !handedOn) {
      const { text } = parent.name;
      return says(text) && !ofMessages.test(text) ? camelCase([text]) : null;
    } else return null;
  }
}

function ofEnclosingFunction(call: ts.CallExpression): string | null {
  for (let at: ts.Node = call; !ts.isSourceFile(at); at = at.parent) {
    const named = ts.isFunctionDeclaration(at) || ts.isMethodDeclaration(at) ? at.name : undefined;
    const holder =
      (ts.isArrowFunction(at) || ts.isFunctionExpression(at)) && ts.isVariableDeclaration(at.parent)
        ? at.parent.name
        : undefined;
    const name = named ?? holder;
    if (name === undefined || !ts.isIdentifier(name)) continue;
    if (name.text.length > 2 && !emptyFunctions.test(name.text)) return camelCase([name.text]);
  }
  return null;
}

/** What the author calls the function itself: `function oldest(c)`, `const oldest = (c) =>`. */
function givenName(fn: MovableFunction): string | null {
  const holder = ts.isVariableDeclaration(fn.parent) && ts.isIdentifier(fn.parent.name) ? fn.parent.name.text : null;
  const name = ts.isArrowFunction(fn) ? holder : (fn.name?.text ?? holder);
  if (name === null || !says(name) || emptyFunctions.test(name)) return null;
  return camelCase([name]);
}

/** Names that fit a call's function, best first; the file's name is last where it says nothing. */
export function nameHints({ file: { source }, call, fn }: HandedFunction): readonly string[] {
  const stem = basename(source.path).replace(/\.[^.]+$/, '');
  const file = camelCase([stem]);
  const around = [ofReceivingName(call), ofEnclosingFunction(call), says(stem) && !emptyFiles.test(stem) ? file : null];
  const hints = [givenName(fn), nameOfResult(fn), ...around, nameOfDone(fn), file];
  return [...hints.filter((hint) => hint !== null), 'handler'];
}
