/** views/private-members: finds the members of a bot's own Client class that only run on the real client. */

/**
 * Signs of private members in a function's text: `this.#x`, `#x in`, and what TypeScript, esbuild, Babel and SWC make of
 * them for older targets.
 *
 * Private members live on the real client only: reached through a view they throw a TypeError.
 *
 * @see https://developer.mozilla.org/docs/Web/JavaScript/Reference/Classes/Private_elements
 */
const privateAccess =
  /\.\s*#[\p{ID_Start}$_]|#[\p{ID_Start}$_][\p{ID_Continue}$]*\s+in\s|class_?private|__private|assertClassBrand|new WeakMap/iu;

const none: ReadonlySet<PropertyKey> = new Set();
const known = new WeakMap<object, ReadonlySet<PropertyKey>>();

/**
 * Names the members that a view must run with the real client as `this`.
 *
 * These are the members of the classes between the client and discord.js's `Client`, if one of those classes uses private
 * members; such members then see the whole cluster. Without private members they run on the view and see one shard.
 */
export function membersOnRealClient(client: object): ReadonlySet<PropertyKey> {
  const prototype: object = Object.getPrototypeOf(client);
  let members = known.get(prototype);
  if (members === undefined) {
    const own = prototypesBelowClient(prototype);
    const isPrivate = own.some((level) => functionsOf(level).some((text) => privateAccess.test(text)));
    members = isPrivate ? new Set(own.flatMap((level) => Reflect.ownKeys(level))) : none;
    known.set(prototype, members);
  }
  return members;
}

/** discord.js's `Client` is the topmost class with an `_eval` of its own: 14.0 to 15-dev have it. */
function prototypesBelowClient(prototype: object): object[] {
  const levels: object[] = [];
  let below = 0;
  for (let level: object | null = prototype; level !== null; level = Object.getPrototypeOf(level)) {
    if (Object.hasOwn(level, '_eval')) below = levels.length;
    levels.push(level);
  }
  return levels.slice(0, below);
}

function functionsOf(level: object): string[] {
  return Reflect.ownKeys(level).flatMap((key) => {
    const { value, get, set } = Object.getOwnPropertyDescriptor(level, key) ?? {};
    return [value, get, set].filter((member) => typeof member === 'function').map((member) => String(member));
  });
}
