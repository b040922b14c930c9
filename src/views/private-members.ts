/** views/private-members: finds the members of a bot's own Client or util class that only run on the real object. */

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

const known = new WeakMap<object, ReadonlySet<PropertyKey>>();

/** A method that discord.js's own class has, in all its versions from 14.0 to 15-dev, and none above it. */
type Root = '_eval' | '_handleMessage';

/** Names the members that a view of the client must run with the real one as `this`. */
export const membersOnRealClient = (client: object): ReadonlySet<PropertyKey> => membersOnReal(client, '_eval');

/** The same of `client.shard`, which may be of a class of the bot's own, too. */
export const membersOnRealUtil = (util: object): ReadonlySet<PropertyKey> => membersOnReal(util, '_handleMessage');

/**
 * These are, of the classes between the object and discord.js's own, the members that use private ones; they see the
 * whole cluster. All others run on the view and see one shard.
 */
function membersOnReal(object: object, root: Root): ReadonlySet<PropertyKey> {
  const prototype: object = Object.getPrototypeOf(object);
  let members = known.get(prototype);
  if (members === undefined) {
    const own = prototypesBelow(prototype, root).map((level) => ({ level, members: membersOf(level) }));
    const isPrivate = own.some(({ level, members }) =>
      [classText(level), ...members.values()].flat().some(usesPrivates),
    );
    members = new Set(isPrivate ? own.flatMap(({ level, members }) => boundMembers(classText(level), members)) : []);
    known.set(prototype, members);
  }
  return members;
}

const usesPrivates = (text: string): boolean => privateAccess.test(text);

/** discord.js's class is the topmost with such a method of its own. */
function prototypesBelow(prototype: object, root: Root): object[] {
  const levels: object[] = [];
  let below = 0;
  for (let level: object | null = prototype; level !== null; level = Object.getPrototypeOf(level)) {
    if (Object.hasOwn(level, root)) below = levels.length;
    levels.push(level);
  }
  return levels.slice(0, below);
}

const classText = (level: object): string => String(level.constructor);

/** The members of one class with their texts: that of a method, those of a getter and a setter. */
function membersOf(level: object): Map<PropertyKey, readonly string[]> {
  const members = new Map<PropertyKey, readonly string[]>();
  for (const key of Reflect.ownKeys(level)) {
    const { value, get, set } = Object.getOwnPropertyDescriptor(level, key) ?? {};
    const texts = [value, get, set].filter((member) => typeof member === 'function').map(String);
    if (key !== 'constructor') members.set(key, texts);
  }
  return members;
}

/** Which members of one class stay on the real client, when some class of the bot has private members. */
function boundMembers(whole: string, members: ReadonlyMap<PropertyKey, readonly string[]>): PropertyKey[] {
  // Minified helpers have no telling names: then the constructor alone shows that there are private members somewhere.
  const isHidden = whole.includes('new WeakMap') && ![...members.values()].flat().some(usesPrivates);
  // What `super` leads to may use private members. A text that is not the class's own is that of a decorator's wrapper,
  // say, and tells nothing of the function inside.
  const staysReal = (text: string) => isHidden || usesPrivates(text) || /\bsuper\b/.test(text) || !whole.includes(text);
  return [...members].filter(([, texts]) => texts.some(staysReal)).map(([key]) => key);
}
