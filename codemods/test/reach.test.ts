/** How far imports are followed in a project that is large. */
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test, vi } from 'vitest';
import { migrate } from '../src/index.ts';
import { filesInReach } from '../src/syntax/reach.ts';
import { type Files, project, read, tsBot } from './project.ts';

// The large project reads discord.js.
vi.setConfig({ testTimeout: 120_000 });

const options = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, noLib: true };
const chain = (length: number): Files =>
  Object.fromEntries(
    [...Array(length).keys()].map((n) => [
      `src/n${n}.ts`,
      `import 'discord.js';\n${n + 1 < length ? `export { last } from './n${n + 1}.js';\n` : 'export const last = 1;\n'}`,
    ]),
  );

describe('of a project', () => {
  const root = project({ ...tsBot, ...chain(6) });
  const reached = (most: number): readonly string[] | null => {
    const files = filesInReach([join(root, 'src/n0.ts')], options, most);
    return files === null ? null : [...files].map((file) => file.slice(root.length + 1));
  };

  test('with few files all are read; packages do not count', () => {
    expect(reached(6)).toBeNull();
  });

  test('with more the levels furthest away are left out', () => {
    expect(reached(4)).toEqual(['src/n0.ts', 'src/n1.ts', 'src/n2.ts', 'src/n3.ts']);
  });

  test('what a candidate imports, and what that imports, is always read', () => {
    expect(reached(1)).toEqual(['src/n0.ts', 'src/n1.ts', 'src/n2.ts']);
  });
});

test('a call in a large project is rewritten and checked, with files far away left out', async () => {
  const call =
    "import type { Client } from 'discord.js';\nexport { last } from './n0.js';\nexport const f = (c: Client) => c.shard!.broadcastEval((x) => x.ws.ping);\n";
  const root = project({ ...tsBot, ...chain(320), 'src/x.ts': call });
  const { summary } = await migrate({ paths: ['src'], cwd: root });
  expect(summary).toMatchObject({ rewritten: 2, left: 0, verified: true });
  expect(read(root)['src/x.ts']).toContain("requestAllShards('wsPing')");
});
