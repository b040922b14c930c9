/** plan/asked-handlers: how a bot asks its handlers: for each shard, which they then see alone, or for a whole process. */
import type { PackageSites } from '../sites/sites.ts';
import { lastName } from '../syntax/defining.ts';
import { declarationOf } from '../syntax/free-names.ts';
import type { ParsedFile } from '../syntax/program.ts';
import { descendants, unwrap, wrapped } from '../syntax/syntax.ts';
import { plainName, textOf } from '../syntax/written-names.ts';
import { ts } from '../typescript.js';
import { escaped } from '../wording/escaped.ts';
import { ownFiles } from './own-files.ts';

/** What a handler sees of the client: one shard, or all of the process. */
export type Seen = 'shard' | 'process';

/** What takes the name of a handler: a method of `ipc`, or a wrapper of the bot's own around one. */
interface Asking {
  /** What it is called; nothing for a function without a name, which any call may be one of. */
  readonly name: string;
  /** Which of its arguments the name of the handler is. */
  readonly at: number;
  readonly seen: Seen;
}

const methods: readonly Asking[] = [
  { name: 'requestAllShards', at: 0, seen: 'shard' },
  { name: 'requestToShard', at: 1, seen: 'shard' },
  { name: 'requestAll', at: 0, seen: 'process' },
  { name: 'requestTo', at: 1, seen: 'process' },
  { name: 'requestToGuild', at: 1, seen: 'process' },
];

/** The values that one is, by a condition. */
function eitherOf(value: ts.Expression): readonly ts.Expression[] {
  const at = unwrap(value);
  return ts.isConditionalExpression(at) ? [at.whenTrue, at.whenFalse].flatMap(eitherOf) : [at];
}

/** The name that a function is called by; an empty one where nothing says it. */
function nameOf(fn: ts.Node): string {
  if (ts.isFunctionDeclaration(fn) || ts.isMethodDeclaration(fn)) return plainName(fn.name) ?? '';
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return '';
  const { parent } = wrapped(fn);
  if (ts.isVariableDeclaration(parent)) return ts.isIdentifier(parent.name) ? parent.name.text : '';
  if (ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) return plainName(parent.name) ?? '';
  const named = ts.isBinaryExpression(parent) && lastName(parent.left) !== 'exports' ? parent.left : null;
  return named === null ? '' : (lastName(named) ?? '');
}

/** The wrapper whose parameter a value is: its callers say the names of handlers. */
function wrapperOf(value: ts.Expression, seen: Seen): readonly Asking[] {
  const declared = ts.isIdentifier(value) ? declarationOf(value, value.getSourceFile()) : null;
  if (declared === null || !ts.isParameter(declared)) return [];
  const { parent } = declared;
  return [{ name: nameOf(parent), at: parent.parameters.indexOf(declared), seen }];
}

/** A text that a call says as the name of a handler, or the wrapper that it takes one for. */
type Said = { readonly text: string; readonly seen: Seen } | Asking;

const isAsking = (said: Said): said is Asking => 'at' in said;

/** What the calls of a file ask for. */
const saidIn = (tree: ts.SourceFile, asking: readonly Asking[]): readonly Said[] =>
  descendants(tree)
    .filter(ts.isCallExpression)
    .flatMap(({ expression, arguments: given }) => {
      const name = lastName(expression);
      return asking
        .filter((one) => one.name === '' || one.name === name)
        .flatMap(({ at, seen }) =>
          given
            .slice(at, at + 1)
            .flatMap(eitherOf)
            .flatMap((value): readonly Said[] => {
              const text = textOf(value);
              return text === null ? wrapperOf(value, seen) : [{ text, seen }];
            }),
        );
    });

const wordOf = ({ name }: Asking): string => (name === '' ? '\\(' : `(?<![\\w$])${escaped(name)}(?![\\w$])`);

/** What each handler sees, by its name. */
type Asked = ReadonlyMap<string, ReadonlySet<Seen>>;

function findAsked(group: PackageSites): Asked {
  const asking = new Map(methods.map((one) => [JSON.stringify(one), one]));
  for (;;) {
    const all = [...asking.values()];
    const said = ownFiles(group, new RegExp(all.map(wordOf).join('|'))).flatMap(({ tree }) => saidIn(tree, all));
    for (const one of said.filter(isAsking)) asking.set(JSON.stringify(one), one);
    // Wrappers of wrappers are looked for as long as there are more.
    if (asking.size > all.length) continue;
    const texts = said.flatMap((one) => (isAsking(one) ? [] : [one]));
    const of = (name: string) => new Set(texts.flatMap(({ text, seen }) => (text === name ? [seen] : [])));
    return new Map(texts.map(({ text }) => [text, of(text)]));
  }
}

// Planning takes rounds, and the files stay the same.
const known = new WeakMap<readonly ParsedFile[], Asked>();

/** What the handlers of a package see, by the names that calls of the package ask for. */
export function askedOf(group: PackageSites): Asked {
  const asked = known.get(group.files) ?? findAsked(group);
  known.set(group.files, asked);
  return asked;
}
