/** assumptions/unknown-calls: what nothing is known of where a call gives a value. */
import { functionOf } from '../doubts/made-entries.ts';
import { functionGivesOne, givesOne } from '../doubts/method-words.ts';
import { calledIn } from '../doubts/value-given.ts';
import { requiredModule, returnedBy, unwrap } from '../syntax/syntax.ts';
import { ts } from '../typescript.js';
import { isClient, isKnownModule, isOfClient } from './unknown-names.ts';
import { type Unknown, unknownIf, unknownOfAll, type ValueWalk } from './value-walk.ts';

/** Functions that make a value of what they are given, and nothing else. */
const making =
  /^(Object\.(values|entries|fromEntries|assign|freeze|keys)|Array\.(from|of)|Promise\.(all|allSettled|any|race|resolve)|structuredClone|Number(\.parse(Int|Float))?|parse(Int|Float)|Math\.\w+)$/;

/** Functions that give plain data whatever they are given. */
const plain = /^(JSON\.(parse|stringify)|Object\.keys|process\.\w+|require\.resolve)$/;

/** Methods that give texts, or what they say is JSON, whoever has them. */
const telling = /^(split|toJSON)$/;

/** Methods that give what the function gives that they are handed. */
const asking = /^(map|flatMap|mapValues|then|catch|reduce|reduceRight|finally)$/;

/** What the functions among some arguments give, and the other arguments. */
function ofArguments(walk: ValueWalk, call: ts.CallExpression): Unknown {
  const given = call.arguments.map((one) => (ts.isSpreadElement(one) ? one.expression : one));
  return given.flatMap((one) => {
    const fn = functionOf(walk.file, one);
    return fn === null ? walk.ask(walk, one) : unknownOfAll(walk, returnedBy(fn));
  });
}

/** What a function of the bot gives, with what it is handed. */
function ofOwn(walk: ValueWalk, call: ts.CallExpression): Unknown | null {
  const called = calledIn(walk.file, call);
  const body = called?.fn.body;
  if (called === null || body === undefined) return null;
  const there = { ...walk, file: called.file, called: new Set([...walk.called, called.fn]) };
  const unknown = [...unknownOfAll(there, returnedBy({ body })), ...ofArguments(walk, call)];
  return unknown.length === 0 ? [] : [call];
}

function ofMethod(walk: ValueWalk, call: ts.CallExpression, callee: ts.PropertyAccessExpression): Unknown {
  const { name, expression: of } = callee;
  if (givesOne.test(name.text) || telling.test(name.text)) return [];
  if (isClient(walk, unwrap(of))) return isOfClient(name.text) ? [] : [call];
  if (!asking.test(name.text)) return unknownIf(walk, call, [of]);
  // What the list holds is looked at where its function reads it.
  const own = /^(catch|finally)$/.test(name.text) ? walk.ask(walk, of) : [];
  return [...own, ...ofArguments(walk, call)];
}

/** What nothing is known of in what a call gives. */
export function unknownCall(walk: ValueWalk, call: ts.CallExpression): Unknown {
  const callee = unwrap(call.expression);
  const text = callee.getText();
  if (plain.test(text)) return [];
  const loaded = requiredModule(call);
  if (loaded !== null) return isKnownModule(loaded) ? [] : [call];
  if (making.test(text)) return ofArguments(walk, call);
  if (functionGivesOne.test(text)) return [];
  const own = ofOwn(walk, call);
  if (own !== null) return own;
  return ts.isPropertyAccessExpression(callee) ? ofMethod(walk, call, callee) : [call];
}
