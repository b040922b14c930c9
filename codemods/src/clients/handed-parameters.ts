/** clients/handed-parameters: everything that is handed to a parameter, by way of functions that only hand it on. */
import type { CallSite } from '../syntax/call-site.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { unwrap } from '../syntax/syntax.ts';
import { writesToVariable } from '../syntax/writes.ts';
import { ts } from '../typescript.js';
import { resolvedSymbol } from '../values/class-owner.ts';
import { argumentAt, handedTo } from '../values/handed.ts';
import { testedAs } from '../values/instance-tests.ts';

/** A call of a function. */
export interface Caller extends CallSite {
  /** Whether its file loads that of the function by a name that is made, and others with it. */
  readonly byMadeName?: true;
}

/** Finds the calls of a function in all files; `null` where some of them are not seen. */
export type CallersOf = (file: ParsedFile, fn: ts.SignatureDeclaration) => readonly Caller[] | null;

/** A parameter, in its file. */
interface Place {
  readonly file: ParsedFile;
  readonly parameter: ts.ParameterDeclaration;
}

/** What a call hands over; `undefined` where that is not seen. */
export interface Handed {
  readonly file: ParsedFile;
  readonly node: ts.Expression | undefined;
  readonly byMadeName: boolean;
}

/** What the callers of the function hand over, in its own file or, where others may call it, in all. */
function handedAt({ file, parameter }: Place, callersOf: CallersOf | undefined): readonly Handed[] {
  const unseen = [{ file, node: undefined, byMadeName: false }];
  const own = handedTo(file, parameter);
  if (own !== null && !own.includes(undefined))
    return own.length === 0 ? unseen : own.map((node) => ({ file, node, byMadeName: false }));
  const fn = parameter.parent;
  const index = fn.parameters.indexOf(parameter);
  const calls = callersOf?.(file, fn) ?? [];
  return calls.length === 0
    ? unseen
    : calls.map((one) => ({
        file: one.file,
        node: argumentAt(one.call, index),
        byMadeName: one.byMadeName === true,
      }));
}

/** The parameter that an expression is and nothing more: of any type, never set, never tested there. */
function handedOn({ file, node }: Handed): ts.ParameterDeclaration | null {
  const at = node === undefined ? null : unwrap(node);
  if (at === null || !ts.isIdentifier(at)) return null;
  const symbol = resolvedSymbol(file, at);
  const declared = symbol?.valueDeclaration;
  if (symbol === undefined || declared === undefined || !ts.isParameter(declared)) return null;
  const { parent: fn, name } = declared;
  const isPlain = ts.isIdentifier(name) && declared.dotDotDotToken === undefined && declared.initializer === undefined;
  if (!isPlain || !('body' in fn) || fn.body === undefined) return null;
  const isTyped = (declared.type ?? ts.getJSDocType(declared)) !== undefined;
  if (isTyped || testedAs(at, at.text, fn) !== null || writesToVariable(file, symbol).length > 0) return null;
  return declared;
}

/** Everything that is handed to a parameter. A function that hands it on, to itself or others, is asked once. */
export function handedOver(first: Place, callersOf: CallersOf | undefined): readonly Handed[] {
  const places = [first];
  const seen = new Set([first.parameter]);
  const found: Handed[] = [];
  for (const place of places) {
    for (const handed of handedAt(place, callersOf)) {
      const parameter = handedOn(handed);
      if (parameter !== null && seen.has(parameter)) continue;
      // Who loads many files may hand a client to them, which its own name tells.
      if (parameter === null || handed.byMadeName) found.push(handed);
      else {
        seen.add(parameter);
        places.push({ file: handed.file, parameter });
      }
    }
  }
  return found;
}
