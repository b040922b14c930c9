/** plan/allocate: gives every call its handler: a name, shared by equal functions, and the imports it needs. */
import { dirname, extname, relative, resolve, sep } from 'node:path';
import { type NeededImport, ownFile } from '../analyze/captures.ts';
import { parses } from '../analyze/program.ts';
import type { HandlerSource } from '../analyze/understood.ts';
import { placeText } from '../moved-text.ts';
import { type Finding, finding } from '../rules/reasons.ts';
import type { Site } from '../sites.ts';
import { leadsTo } from './entry.ts';
import { type HandlerEntry, originOf, squeezed } from './handlers-file.ts';
import type { Place } from './place.ts';

/** What the handlers file gets, and the name each call asks for. */
export interface Allocation {
  readonly names: ReadonlyMap<Site, string>;
  readonly left: ReadonlyMap<Site, Finding>;
  readonly entries: readonly HandlerEntry[];
  readonly imports: readonly NeededImport[];
}

const posix = (path: string): string => path.split(sep).join('/');

/** The specifier of a relative import, as the handlers file has to write it. */
function rebased(specifier: string, from: string, place: Place): string {
  if (specifier !== ownFile && !specifier.startsWith('.')) return specifier;
  const target =
    specifier === ownFile
      ? from.slice(0, -extname(from).length) + ownExtension(from, place)
      : resolve(dirname(from), specifier);
  const path = posix(relative(dirname(place.path), target));
  return path.startsWith('.') ? path : `./${path}`;
}

const ownExtension = (from: string, place: Place): string =>
  place.entry.runtimeExtension === extname(place.entry.path)
    ? extname(from)
    : extname(from).replace('tsx', 'ts').replace('ts', 'js');

class Allocator {
  readonly names = new Map<Site, string>();
  readonly left = new Map<Site, Finding>();
  readonly entries: HandlerEntry[] = [];
  readonly imports = new Map<string, NeededImport>();
  readonly #place: Place;
  readonly #starters: ReadonlySet<string>;
  readonly #byKey = new Map<string, string>();
  readonly #taken: Set<string>;
  readonly #known: ReadonlyMap<string, string>;
  readonly #locals: Map<string, string>;

  constructor(place: Place, starters: ReadonlySet<string>) {
    this.#place = place;
    this.#starters = starters;
    const existing = place.existing === 'unreadable' ? null : place.existing;
    this.#known = existing?.handlers ?? new Map();
    this.#taken = new Set(this.#known.keys());
    this.#locals = new Map([
      ...(existing?.locals ?? []),
      ['handlers', ''],
      ['defineHandlers', 'shardlift#named#defineHandlers'],
    ]);
  }

  add(site: Site, source: HandlerSource): void {
    const shared = this.#byKey.get(source.key) ?? this.#existingName(source);
    if (shared !== undefined) {
      this.#byKey.set(source.key, shared);
      this.names.set(site, shared);
      return;
    }
    const needed = source.imports.map((one) => this.#rebase(one, source));
    const blocked = this.#blocked(site, source, needed);
    if (blocked !== null) {
      this.left.set(site, blocked);
      return;
    }
    const name = this.#freeName(source.hints);
    for (const one of needed) this.#import(one);
    this.#byKey.set(source.key, name);
    this.#taken.add(name);
    this.names.set(site, name);
    this.entries.push({ name, text: source.text, dataDoc: source.dataDoc, lead: source.lead });
  }

  #existingName(source: HandlerSource): string | undefined {
    // The same text is another function where its names are imported from elsewhere.
    const means = (one: NeededImport): boolean => this.#locals.get(one.binding.local) === originOf(one.binding);
    if (!source.imports.every((one) => means(this.#rebase(one, source)))) return undefined;
    const text = squeezed(placeText(source.text, '', '\n'));
    return [...this.#known].find(([, known]) => known === text)?.[0];
  }

  #rebase(needed: NeededImport, source: HandlerSource): NeededImport {
    const specifier = rebased(needed.binding.specifier, source.from, this.#place);
    return { ...needed, binding: { ...needed.binding, specifier } };
  }

  #blocked(site: Site, source: HandlerSource, needed: readonly NeededImport[]): Finding | null {
    const { kind, path } = this.#place;
    const stop = (names: string, why: string): Finding => finding('DC-I3', { names, why });
    if (kind !== 'typescript' && site.file.typed) return stop('TypeScript syntax', 'the handlers file is JavaScript');
    for (const one of needed) {
      const { binding, typeOnly } = one;
      const name = `\`${binding.local}\``;
      if (!typeOnly && leadsTo(binding.specifier, path, this.#starters)) return finding('DC-C6', { names: name });
      if (
        (kind === 'cjs') !== (binding.style === 'require') &&
        kind !== 'typescript' &&
        !this.#isAdded(source, binding.local)
      ) {
        return stop(
          name,
          kind === 'cjs'
            ? 'it is an import and the handlers file is CommonJS'
            : 'it is a require and the handlers file is an ES module',
        );
      }
      if (kind === 'typescript' && binding.style === 'require')
        return stop(name, 'it is a require and the handlers file has imports');
      const other = this.#locals.get(binding.local);
      if (other !== undefined && other !== originOf(binding) && !this.#isSame(one))
        return stop(name, 'another import there has the same name');
    }
    const alone = `({ handler: ${placeText(source.text, '', '\n')} });`;
    return parses(path, alone) ? null : finding('DC-V2');
  }

  /** An import that no file wrote: dc-migrate adds it itself, in the handlers file's own style. */
  #isAdded(source: HandlerSource, local: string): boolean {
    return source.imports.some((one) => one.binding.local === local && !('node' in one.binding));
  }

  /** Whether a name of the handlers file is the very same thing, imported another way. */
  #isSame({ binding, declaredAt }: NeededImport): boolean {
    return declaredAt !== undefined && this.imports.get(binding.local)?.declaredAt === declaredAt;
  }

  #import(needed: NeededImport): void {
    const { local } = needed.binding;
    const same = this.imports.get(local);
    if (same !== undefined && this.#isSame(needed)) {
      this.imports.set(local, { ...same, typeOnly: same.typeOnly && needed.typeOnly });
      return;
    }
    const origin = originOf(needed.binding);
    const before = this.imports.get(local);
    if (before === undefined && this.#locals.get(local) === origin) return;
    this.#locals.set(local, origin);
    this.imports.set(local, { ...needed, typeOnly: needed.typeOnly && (before?.typeOnly ?? true) });
  }

  #freeName(hints: readonly string[]): string {
    const first = hints[0] ?? 'handler';
    if (!this.#taken.has(first)) return first;
    for (let n = 2; ; n += 1) if (!this.#taken.has(`${first}${n}`)) return `${first}${n}`;
  }
}

/** Names the handlers of calls in their order. `starters` are files that start a bot or a manager when imported. */
export function allocate(sites: readonly Site[], place: Place, starters: ReadonlySet<string>): Allocation {
  const allocator = new Allocator(place, starters);
  for (const site of sites) if (site.verdict.kind === 'call') allocator.add(site, site.verdict.plan.handler);
  const { names, left, entries, imports } = allocator;
  return { names, left, entries, imports: [...imports.values()] };
}
