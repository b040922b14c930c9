/** test/declarations: the built declarations name only what a user who installed the package has. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Manifest {
  readonly types?: string;
  readonly typings?: string;
  readonly exports?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const manifest = (path: string): Manifest => JSON.parse(readFileSync(path, 'utf8')) as Manifest;
const { dependencies, peerDependencies } = manifest('package.json');
const installed = Object.keys({ ...dependencies, ...peerDependencies });

/** A package that says where its declarations are; others need a `@types` package, which nobody installs for a user. */
function bringsTypes(name: string): boolean {
  const { types, typings, exports } = manifest(`node_modules/${name}/package.json`);
  return types !== undefined || typings !== undefined || JSON.stringify(exports ?? {}).includes('"types"');
}

const doors = ['index', 'compat', 'compat-hybrid', 'testing'].flatMap((name) => [`${name}.d.mts`, `${name}.d.cts`]);

test.each(doors)('%s imports nothing without declarations', (file) => {
  const text = readFileSync(`dist/${file}`, 'utf8');
  const imported = [...text.matchAll(/^import .* from "([^"]+)";$/gm)].map(([, specifier = '']) => specifier);
  expect(imported).not.toEqual([]);
  const packages = imported.filter((specifier) => !/^(node:|\.)/.test(specifier));
  for (const specifier of packages) {
    const name = specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/');
    expect(installed).toContain(name);
    expect({ name, bringsTypes: bringsTypes(name) }).toEqual({ name, bringsTypes: true });
  }
});

test.each(doors)('%s needs no declarations of a browser, which those of comlink do', (file) => {
  expect(readFileSync(`dist/${file}`, 'utf8')).not.toMatch(/from "comlink"/);
});
