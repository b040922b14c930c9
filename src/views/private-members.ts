/** views/private-members: finds the members of a bot's own Client or util class that only run on the real object. */

/**
 * Signs of private members in a function's text: `this.#x`, `#x in`, what TypeScript, esbuild, Babel and SWC make of them
 * for older targets, and a map or set that is asked for `this`.
 *
 * Private members live on the real client only: reached through a view they throw a TypeError.
 *
 * @see https://developer.mozilla.org/docs/Web/JavaScript/Reference/Classes/Private_elements
 */
const privateAccess =
  /\.\s*#[\p{ID_Start}$_]|#[\p{ID_Start}$_][\p{ID_Continue}$]*\s+in\s|class_?private|__private|assertClassBrand|new WeakMap|(?<!Reflect)\.\s*(?:get|set|has|add|delete)\(\s*this\s*[,)]/iu;
/** Methods that `this` is handed to. */
const handed = /\.\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*\(\s*(?:[^()]*,\s*)?this\s*[,)]/gu;
/** What is reached by `super`; no name where it is computed. */
const above = /\bsuper\s*(?:\.\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)|\[)/gu;

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
    members = boundMembers(prototypesBelow(prototype, root).map(classOf));
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

/** The members of an object by their texts: that of a method, those of a getter and a setter. */
type Texts = ReadonlyMap<PropertyKey, readonly string[]>;

/** One class. */
interface OwnClass {
  readonly text: string;
  readonly members: Texts;
  readonly statics: Texts;
}

function classOf(level: object): OwnClass {
  const { constructor: own } = level;
  // A program may have taken it away.
  return { text: String(own), members: textsOf(level), statics: typeof own === 'function' ? textsOf(own) : new Map() };
}

function textsOf(object: object): Texts {
  const texts = new Map<PropertyKey, readonly string[]>();
  for (const key of Reflect.ownKeys(object)) {
    const { value, get, set } = Object.getOwnPropertyDescriptor(object, key) ?? {};
    const own = [value, get, set].filter((member) => typeof member === 'function').map(String);
    if (key !== 'constructor' && own.length > 0) texts.set(key, own);
  }
  return texts;
}

/** Which members stay on the real object, when some class of the bot has private members; the lowest class comes first. */
function boundMembers(classes: readonly OwnClass[]): ReadonlySet<PropertyKey> {
  const bound = new Set<PropertyKey>();
  if (!classes.some(({ text, members }) => [text, ...members.values()].flat().some(usesPrivates))) return bound;
  // One static may lead to another: where one uses private members, all of its class may.
  const statics = new Set<unknown>(
    classes.flatMap(({ statics }) => ([...statics.values()].flat().some(usesPrivates) ? [...statics.keys()] : [])),
  );
  for (const { text: whole, members } of classes.toReversed()) {
    // Minified helpers have no telling names: then the constructor alone shows that there are private members somewhere.
    const isHidden = whole.includes('new WeakMap') && ![...members.values()].flat().some(usesPrivates);
    // A text that is not the class's own is that of a decorator's wrapper, say, and tells nothing of the function inside.
    const staysReal = (text: string): boolean =>
      isHidden || usesPrivates(text) || !whole.includes(text) || leadsTo(text, { statics, higher: bound });
    const stays = [...members].map(([key, texts]) => [key, texts.some(staysReal)] as const);
    for (const [key, isBound] of stays) isBound ? bound.add(key) : bound.delete(key);
  }
  return bound;
}

/** Whether a member hands `this` to one of the statics, or gets by `super` to what stays on the real object itself. */
function leadsTo(text: string, to: Readonly<Record<'statics' | 'higher', ReadonlySet<unknown>>>): boolean {
  if (to.statics.size > 0 && [...text.matchAll(handed)].some(([, name]) => to.statics.has(name))) return true;
  if (to.higher.size === 0) return false;
  return [...text.matchAll(above)].some(([, name]) => name === undefined || to.higher.has(name));
}
