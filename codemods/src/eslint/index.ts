/** eslint: dc-migrate as a plugin of ESLint, for flat and for older configurations: `import * as dcMigrate from 'dc-migrate/eslint'`. */
import { noBroadcastEval } from './no-broadcast-eval.ts';

/** Who this is, for ESLint's caches and messages. */
export const meta = { name: 'dc-migrate' } as const;

/** The rules, by name. */
export const rules = { 'no-broadcast-eval': noBroadcastEval } as const;

const severities = { 'dc-migrate/no-broadcast-eval': 'error' } as const;

/** `recommended` for `eslint.config.js`, `legacy-recommended` for `.eslintrc`; both switch the one rule on. */
export const configs = {
  recommended: { name: 'dc-migrate/recommended', plugins: { 'dc-migrate': { meta, rules } }, rules: severities },
  'legacy-recommended': { plugins: ['dc-migrate'], rules: severities },
} as const;
