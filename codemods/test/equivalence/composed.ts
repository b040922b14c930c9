/** test/equivalence/composed: calls put together from the parts of which bots write them: more than anybody writes down. */
import fc from 'fast-check';
import { type Body, body } from './bodies.ts';
import { type Datum, input } from './parts.ts';
import type { Site } from './sites.ts';
import { useOf } from './uses.ts';

const named = (data: readonly Datum[]): string => `{ ${data.join(', ')} }`;

const second = (data: readonly Datum[]): string => (data.length === 0 ? '' : `, ${named(data)}`);

const functionText = ({ text, data, waits }: Body): string => `${waits ? 'async ' : ''}(c${second(data)}) => ${text}`;

const statementsOf = ({ text }: Body): string => (text.startsWith('{') ? text : `{\n    return ${text};\n  }`);

const options = ({ data }: Body, more = ''): string => {
  const all = [...(data.length === 0 ? [] : [`context: ${named(data)}`]), ...(more === '' ? [] : [more])];
  return all.length === 0 ? '' : `, { ${all.join(', ')} }`;
};

const call = (of: Body, fn = functionText(of)): string => `client.shard.broadcastEval(${fn}${options(of)})`;

/** A command around one call. */
type Form = (of: Body, use: string) => string;

const inline: Form = (of, use) => `const results = await ${call(of)};\n  ${use}`;

/** Data that is one value, and not an object of them. */
const positional: Form = (of, use) => {
  const [only] = of.data;
  if (only === undefined || of.data.length > 1) return inline(of, use);
  const fn = `${of.waits ? 'async ' : ''}(c, ${only}) => ${of.text}`;
  return `const results = await client.shard.broadcastEval(${fn}, { context: ${only} });\n  ${use}`;
};

const wrapped: Form = (of, use) =>
  [
    'const everywhere = (what, context) => client.shard.broadcastEval(what, { context });',
    `const results = await everywhere(${functionText(of)}, ${named(of.data)});`,
    use,
  ].join('\n  ');

const declared: Form = (of, use) =>
  [
    `${of.waits ? 'async ' : ''}function ask(c${second(of.data)}) ${statementsOf(of)}`,
    `const results = await ${call(of, 'ask')};`,
    use,
  ].join('\n  ');

/** Members that a path reads: `c.ws.ping`. */
const byPath: Form = (of, use) => {
  const path = /^c((?:\.\w+)+)$/.exec(of.text)?.[1];
  if (path === undefined || of.kind === 'nothing') return inline(of, use);
  return `const results = await client.shard.fetchClientValues('${path.slice(1)}');\n  ${use}`;
};

const inClass: Form = (of, use) =>
  [
    'class Asker {',
    '  constructor(client) { this.client = client; }',
    `  async ask(${of.data.join(', ')}) {`,
    `    const results = await this.${call(of)};`,
    `    ${use}`,
    '  }',
    '}',
    `return new Asker(client).ask(${of.data.join(', ')});`,
  ].join('\n  ');

const forms: readonly Form[] = [
  inline,
  byPath,
  inClass,
  (of, use) =>
    `const { shard } = client;\n  const results = await shard.${call(of).slice('client.shard.'.length)};\n  ${use}`,
  (of, use) =>
    `try {\n    const results = await ${call(of)};\n    ${use}\n  } catch (error) {\n    console.error(error);\n    return null;\n  }`,
  (of, use) => `const ask = ${functionText(of)};\n  const results = await ${call(of, 'ask')};\n  ${use}`,
  declared,
  positional,
  (of, use) => `return ${call(of)}.then((results) => {\n  ${use}\n  });`,
  (of) => `await ${call(of)};\n  return 'done';`,
  (of) => `return client.shard.broadcastEval(${functionText(of)}${options(of, 'shard: 1')});`,
  (of, use) =>
    `const [results] = await Promise.all([${call(of)}, client.shard.broadcastEval((c) => c.ws.ping)]);\n  ${use}`,
  (of, use) => `const results = client.shard ? await ${call(of)} : [];\n  ${use}`,
  wrapped,
  (of, use) => `const ask = async () => ${call(of)};\n  const results = await ask();\n  ${use}`,
  (of, use) => `const show = (results) => {\n  ${use}\n  };\n  return show(await ${call(of)});`,
  (of, use) => `const kept = { all: await ${call(of)} };\n  const { all: results } = kept;\n  ${use}`,
  (of, use) => `let results = [];\n  if (client.shard) results = await ${call(of)};\n  ${use}`,
];

function commandOf(of: Body, use: string, form: Form): Site {
  const taken = of.data.length === 0 ? '' : `const ${named(of.data)} = input;\n  `;
  const text = `${taken}${form(of, use)}`;
  return { title: text.replace(/\s+/g, ' '), body: text, input };
}

/** Commands that ask every shard, or one, each by one call. */
export const composed: fc.Arbitrary<Site> = body
  .chain((of) => fc.tuple(fc.constant(of), useOf(of.kind)))
  .chain(([of, use]) => fc.tuple(fc.constant(of), fc.constant(use), fc.constantFrom(inline, ...forms)))
  .map(([of, use, form]) => commandOf(of, use, form));
