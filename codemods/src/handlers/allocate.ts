/** handlers/allocate: gives every call its handler: a name, shared by equal functions, and the imports it needs. */
import { basename } from 'node:path';
import type { CallPlan } from '../calls/call.ts';
import type { HandlerSource } from '../calls/understood.ts';
import { leadsTo } from '../files/entry.ts';
import type { NeededImport } from '../functions/captures.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { Site } from '../sites/sites.ts';
import { newGrammarError } from '../syntax/grammar.ts';
import { type MovedText, placeText } from '../syntax/moved-text.ts';
import { nameToCome } from '../syntax/name-to-come.ts';
import { parses } from '../syntax/program.ts';
import { hasTypes } from '../syntax/type-syntax.ts';
import { isCreatedRequire, isImportEquals, originOf } from './file-locals.ts';
import { eitherType } from './handler-doc.ts';
import { reservedNames } from './handler-globals.ts';
import { HandlerImports, withTwoMeanings } from './handler-imports.ts';
import type { HandlerEntry } from './handlers-file.ts';
import { knownName } from './known-handler.ts';
import type { Place } from './place.ts';
import { functionKey } from './same-function.ts';
import type { ToldData } from './told-data.ts';

/** What the handlers file gets, and the name each call asks for. */
export interface Allocation {
  readonly names: ReadonlyMap<Site, string>;
  readonly left: ReadonlyMap<Site, Finding>;
  readonly entries: readonly HandlerEntry[];
  readonly imports: readonly NeededImport[];
  /** The name of each handler, by its key. */
  readonly byKey: ReadonlyMap<string, string>;
  /** What calls hand to handlers that are there already. */
  readonly told: readonly ToldData[];
}

/** Text that is only compared and parsed. */
const flat = { indent: '', eol: '\n' };

/** A handler as it stands in its file: its tokens, what its imports are there, and the directive above it. */
function writtenKey({ lead, loose = false }: HandlerSource, text: MovedText, needed: readonly NeededImport[]): string {
  const imports = needed.map(({ binding }) => `${binding.local}<${originOf(binding)}`).sort();
  return [functionKey(placeText(text, flat)), ...imports, lead ?? '', loose].join('|');
}

/** A function on its way into the handlers file. */
interface Ready {
  readonly source: HandlerSource;
  readonly needed: readonly NeededImport[];
  /** Its text with the names that its imports have there. */
  readonly text: MovedText;
  /** The name of a handler that is equal. */
  readonly known: string | undefined;
  /** Why it cannot be written. */
  readonly blocked: Finding | null;
  /** What it is compared by. */
  readonly written: string;
}

class Allocator {
  readonly names = new Map<Site, string>();
  readonly left = new Map<Site, Finding>();
  readonly entries: HandlerEntry[] = [];
  readonly imports: HandlerImports;
  readonly #place: Place;
  readonly #starters: ReadonlySet<string>;
  readonly byKey = new Map<string, string>();
  readonly told: ToldData[] = [];
  /** The name of each handler, by what is written for it. */
  readonly #written = new Map<string, string>();
  readonly #taken: Set<string>;
  readonly #known: ReadonlyMap<string, string>;

  constructor(place: Place, starters: ReadonlySet<string>, reserved: ReadonlySet<string>) {
    this.#place = place;
    this.#starters = starters;
    const existing = place.beside ?? (place.existing === 'unreadable' ? null : place.existing);
    this.#known = existing?.handlers ?? new Map();
    this.#taken = new Set([...this.#known.keys(), ...place.taken]);
    this.imports = new HandlerImports(place, existing, reserved);
  }

  add(site: Site, plan: CallPlan): void {
    const sources = this.#withNames(plan);
    if (sources === null) {
      this.left.set(site, finding('DC-W4'));
      return;
    }
    // All of them can be written, or none is.
    const ready = sources.map((source) => this.#ready(site, source));
    const blocked = ready.map((one) => one.blocked).find((why) => why !== null);
    if (blocked !== undefined) {
      this.left.set(site, blocked);
      return;
    }
    // What is written for one may be there for the next.
    const names = ready.map((one, i) => this.#write(i === 0 ? one : this.#ready(site, one.source)));
    this.names.set(site, [...new Set(names)].join(', '));
  }

  #ready(site: Site, source: HandlerSource): Ready {
    const { needed, text } = this.imports.withoutClashes(this.imports.neededBy(source), source);
    const written = writtenKey(source, text, needed);
    const known =
      this.byKey.get(source.key) ?? this.#existingName(source, { needed, text }) ?? this.#written.get(written);
    const blocked =
      known === undefined ? (this.#hidden(source) ?? this.#blocked(site, { ...source, text }, needed)) : null;
    return { source, needed, text, known, blocked, written };
  }

  /** In the handlers file a global that the function reads is something else. */
  #hidden(source: HandlerSource): Finding | null {
    const names = this.imports.hidden(source).map((name) => `\`${name}\``);
    return names.length === 0 ? null : finding('DC-H7', { names: names.join(', '), path: basename(this.#place.path) });
  }

  #write({ source, needed, text, known, written }: Ready): string {
    const name = known ?? this.#freeName(source.hints);
    this.byKey.set(source.key, name);
    this.#written.set(written, name);
    if (known !== undefined) {
      this.#share(name, source);
      return name;
    }
    for (const one of needed) this.imports.add(one);
    this.#taken.add(name);
    const { dataDoc, loose = false, lead, comments } = source;
    this.entries.push({ name, text, dataDoc, loose, lead, comments: comments ?? [] });
    return name;
  }

  /** What one more call hands to a handler. */
  #share(name: string, { dataDoc }: HandlerSource): void {
    const at = this.entries.findIndex((one) => one.name === name);
    const entry = this.entries[at];
    if (entry === undefined) this.told.push({ name, dataDoc });
    else this.entries[at] = { ...entry, dataDoc: eitherType(entry.dataDoc, dataDoc) };
  }

  /** The handlers of a call with the names of those that they ask; `null` when one of them was left. */
  #withNames(plan: CallPlan): readonly HandlerSource[] | null {
    const names = plan.nested.map(({ handler }) => [nameToCome(handler.key), this.byKey.get(handler.key)] as const);
    if (names.some(([, name]) => name === undefined)) return null;
    const filled = (text: string): string => names.reduce((so, [key, name = '']) => so.replaceAll(key, name), text);
    return sourcesOf(plan).map((one) => ({
      ...one,
      text: one.text.map((line) => ({ ...line, text: filled(line.text) })),
    }));
  }

  /** The handler that is there and is this function, with the names that its imports have there. */
  #existingName(source: HandlerSource, { needed, text }: Pick<Ready, 'needed' | 'text'>): string | undefined {
    if (this.#known.size === 0) return undefined;
    // The same text is another function where its names are imported from elsewhere.
    if (!needed.every((one) => this.imports.has(one))) return undefined;
    if (this.imports.hidden(source).length > 0) return undefined;
    return knownName(this.#place, this.#known, { ...source, text });
  }

  /** Why an import cannot stand in the handlers file as its own file has it. */
  #otherStyle(binding: NeededImport['binding']): string | null {
    const { kind } = this.#place;
    const isRequire = binding.style === 'require';
    if (kind === 'typescript') {
      const asItIs = isImportEquals(binding) && this.#place.require === 'there';
      return isRequire && !asItIs ? 'it is a require and the handlers file has imports' : null;
    }
    // An import that no file wrote is added in the handlers file's own style.
    if ((kind === 'cjs') === isRequire || !('node' in binding)) return null;
    return kind === 'cjs'
      ? 'it is an import and the handlers file is CommonJS'
      : 'it is a require and the handlers file is an ES module';
  }

  #blocked(site: Site, source: HandlerSource, needed: readonly NeededImport[]): Finding | null {
    const { kind, path } = this.#place;
    const stop = (names: string, why: string): Finding => finding('DC-I3', { names, why });
    const alone = `({ handler: ${placeText(source.text, flat)} });`;
    if (kind !== 'typescript' && site.file.typed && hasTypes(alone)) return finding('DC-I3', syntaxOfTypes);
    if (this.#place.require === 'unsure' && needed.some(isCreatedRequire))
      return finding('DC-C5', { names: '`require`' });
    for (const { binding, typeOnly } of needed) {
      const name = `\`${binding.local}\``;
      if (!typeOnly && leadsTo(binding.specifier, path, this.#starters)) return finding('DC-C6', { names: name });
      const why = this.#otherStyle(binding);
      if (why !== null) return stop(name, why);
    }
    const double = withTwoMeanings(needed);
    if (double !== null) return stop(`\`${double}\``, 'it means two things in the handler');
    return parses(path, alone) && newGrammarError(path, null, alone) === null ? null : finding('DC-V2');
  }

  #freeName(hints: readonly string[]): string {
    const first = hints[0] ?? 'handler';
    if (!this.#taken.has(first)) return first;
    for (let n = 2; ; n += 1) if (!this.#taken.has(`${first}${n}`)) return `${first}${n}`;
  }
}

const syntaxOfTypes = {
  names: 'TypeScript syntax',
  what: 'the handlers file cannot have it',
  why: 'it is JavaScript',
};

/** The functions that become handlers of a call. */
const sourcesOf = (plan: CallPlan): readonly HandlerSource[] =>
  (plan.wrapper ?? plan.choice)?.closures.map(({ handler }) => handler) ?? [plan.handler];

const depthOf = (plan: CallPlan): number => Math.max(0, ...plan.nested.map((one) => 1 + depthOf(one)));

/** What a handler asks has its name before the handler is written; the order is kept otherwise. */
const innerFirst = (sites: readonly Site[]): readonly Site[] => {
  const depth = ({ verdict }: Site): number => (verdict.kind === 'call' ? depthOf(verdict.plan) : 0);
  return [...sites].sort((a, b) => depth(a) - depth(b));
};

/** Names the handlers of calls in their order. `starters` are files that start a bot or a manager when imported. */
export function allocate(sites: readonly Site[], place: Place, starters: ReadonlySet<string>): Allocation {
  const sources = sites.flatMap(({ verdict }) => (verdict.kind === 'call' ? sourcesOf(verdict.plan) : []));
  const allocator = new Allocator(place, starters, reservedNames(place, sources));
  for (const site of innerFirst(sites)) if (site.verdict.kind === 'call') allocator.add(site, site.verdict.plan);
  const { names, left, entries, imports, byKey, told } = allocator;
  return { names, left, entries, imports: imports.all, byKey, told };
}
