/** handlers/handler-imports: the imports of a handlers file, and the local names they have there. */
import { dirname, extname, relative, resolve, sep } from 'node:path';
import type { HandlerSource } from '../calls/understood.ts';
import type { NeededImport } from '../functions/captures.ts';
import { ownFile } from '../modules/bindings.ts';
import type { MovedText } from '../syntax/moved-text.ts';
import { isCreatedRequire, isGlobalItself, isOrigin, originOf } from './file-locals.ts';
import { globalsAmong } from './handler-globals.ts';
import type { ExistingNames } from './handlers-file.ts';
import type { Place } from './place.ts';
import { namesIn, renameFree } from './rename-free.ts';

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

/** A local name that two imports of one function claim. */
export function withTwoMeanings(needed: readonly NeededImport[]): string | null {
  const firsts = new Map<string, NeededImport>();
  for (const one of needed) {
    const { local } = one.binding;
    const first = firsts.get(local) ?? one;
    firsts.set(local, first);
    const alike = first.declaredAt !== undefined && first.declaredAt === one.declaredAt;
    if (!alike && originOf(first.binding) !== originOf(one.binding)) return local;
  }
  return null;
}

/** What the handlers of one file import, import by import. */
export class HandlerImports {
  readonly #imports = new Map<string, NeededImport>();
  readonly #place: Place;
  readonly #locals: Map<string, string>;
  readonly #reserved: ReadonlySet<string>;
  readonly #declared: ReadonlySet<string>;

  /** @param reserved - names that handlers read from the global object */
  constructor(place: Place, existing: ExistingNames | null, reserved: ReadonlySet<string>) {
    this.#place = place;
    this.#reserved = reserved;
    this.#locals = new Map([
      ...(existing?.locals ?? []),
      ['handlers', ''],
      ['defineHandlers', 'shardlift#named#defineHandlers'],
    ]);
    const taken = [...this.#locals].filter(([local, origin]) => !isGlobalItself(local, origin));
    this.#declared = new Set(taken.map(([local]) => local));
  }

  /** The globals that a function reads and that mean something else in the handlers file as it is. */
  hidden(source: HandlerSource): readonly string[] {
    return globalsAmong(source, this.#declared);
  }

  /** Those to write. */
  get all(): readonly NeededImport[] {
    return [...this.#imports.values()];
  }

  /** What a handler needs imported, with paths from the handlers file. */
  neededBy({ imports, from }: HandlerSource): readonly NeededImport[] {
    const { require, path } = this.#place;
    // What stands in the very file that the handler goes to has its name there.
    const isThere = (one: NeededImport): boolean =>
      (require === 'there' && isCreatedRequire(one)) || (one.binding.specifier === ownFile && from === path);
    return imports
      .filter((one) => !isThere(one))
      .map((needed) => {
        const specifier = rebased(needed.binding.specifier, from, this.#place);
        return { ...needed, binding: { ...needed.binding, specifier } };
      });
  }

  /** Whether the name of an import means the same in the handlers file as it is. */
  has(needed: NeededImport): boolean {
    return isOrigin(this.#locals.get(needed.binding.local), needed);
  }

  /** Renames what is imported under a name that means something else in the handlers file. */
  withoutClashes(
    imports: readonly NeededImport[],
    { text, from: written }: HandlerSource,
  ): { readonly needed: readonly NeededImport[]; readonly text: MovedText } {
    let moved = text;
    const locals = new Map<string, string>();
    const needed = imports.map((one): NeededImport => {
      const { local } = one.binding;
      const known = locals.get(local);
      if (known === undefined && this.#fits(one)) return one;
      const fresh = known ?? this.#freeLocal(one, namesIn(moved));
      if (known === undefined) moved = renameFree(moved, { from: local, to: fresh }, written);
      locals.set(local, fresh);
      return { ...one, binding: { ...one.binding, local: fresh } };
    });
    return { needed, text: moved };
  }

  /** Whether an import can have its own name. */
  #fits(needed: NeededImport): boolean {
    const { local } = needed.binding;
    const origin = originOf(needed.binding);
    const other = this.#locals.get(local);
    if (other === undefined) return !this.#reserved.has(local) || isGlobalItself(local, origin);
    return isOrigin(other, needed) || this.#isSame(needed);
  }

  /** The name the same import has there already, or one that nothing has. */
  #freeLocal(needed: NeededImport, used: ReadonlySet<string>): string {
    const there = [...this.#locals].find(([local, from]) => isOrigin(from, needed) && !used.has(local))?.[0];
    if (there !== undefined) return there;
    for (let n = 2; ; n += 1) {
      const name = `${needed.binding.local}${n}`;
      if (!this.#locals.has(name) && !this.#reserved.has(name) && !used.has(name)) return name;
    }
  }

  /** Whether a name of the handlers file is the very same thing, imported another way. */
  #isSame({ binding, declaredAt }: NeededImport): boolean {
    return declaredAt !== undefined && this.#imports.get(binding.local)?.declaredAt === declaredAt;
  }

  /** Takes an import in. */
  add(needed: NeededImport): void {
    const { local } = needed.binding;
    const same = this.#imports.get(local);
    if (same !== undefined && this.#isSame(needed)) {
      this.#imports.set(local, { ...same, typeOnly: same.typeOnly && needed.typeOnly });
      return;
    }
    const origin = originOf(needed.binding);
    const before = this.#imports.get(local);
    if (before === undefined && isOrigin(this.#locals.get(local), needed)) return;
    this.#locals.set(local, origin);
    this.#imports.set(local, { ...needed, typeOnly: needed.typeOnly && (before?.typeOnly ?? true) });
  }
}
