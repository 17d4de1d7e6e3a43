import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { noVendorId, vendorIds } from './lint/no-vendor-id.js';
import { reasonedSuppression } from './lint/reasoned-suppression.js';
import { drawingRooms, hookFiles, rooms, withoutReact } from './lint/rooms.js';

const typescript = ['**/*.ts', '**/*.tsx'];
/** A `.contract.ts` is a test that several files run, each over its own subject. */
const tests = ['**/*.test.ts', '**/*.test.tsx', '**/*.contract.ts', 'test/**', 'e2e/**'];
const ids = vendorIds(new URL('./', import.meta.url));

export default defineConfig(
  globalIgnores(['dist', 'coverage', '.cache', 'test-results', 'playwright-report']),
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { local: { rules: { 'no-vendor-id': noVendorId, 'reasoned-suppression': reasonedSuppression } } },
    rules: { 'local/reasoned-suppression': 'error' },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    extends: [js.configs.recommended],
    languageOptions: {
      globals: Object.fromEntries(
        Object.getOwnPropertyNames(globalThis)
          .filter((name) => /^[a-zA-Z]+$/.test(name))
          .map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    files: typescript,
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Objects here are closures: no method reads `this`, so handing one over loses nothing.
      '@typescript-eslint/unbound-method': 'off',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400 }],
    },
  },
  // A scene is read from its top: the steps of one subject stay together a while longer.
  { files: ['e2e/**/*.spec.ts', '**/*.test.tsx'], rules: { 'max-lines': ['error', { max: 500 }] } },
  {
    files: ['src/**/*.ts', 'src/**/*.tsx', 'gateway/**/*.ts', 'stand-ins/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Export by name: one thing keeps one name everywhere.' },
        { selector: 'ExportAllDeclaration', message: 'Export by name: a barrel hides who uses what.' },
      ],
    },
  },
  {
    files: ['src/**/*.tsx'],
    extends: [jsxA11y.flatConfigs.strict],
  },
  {
    files: ['src/**/*.tsx'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          name: 'react-router',
          importNames: ['Link', 'NavLink'],
          message: 'ui/link.tsx: the router’s own weighs 4 kB on the first page.',
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    ignores: ['src/features/copy-token/template-pieces.ts', ...tests],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          property: 'present',
          message: 'features/copy-token/template-pieces.ts: a token is for the server that issued it.',
        },
        {
          object: 'navigator',
          property: 'clipboard',
          message: 'lib/write-clipboard.ts: whoever keeps watch over a copied secret hears of every write.',
        },
      ],
    },
  },
  {
    files: ['src/**/*.tsx', ...hookFiles],
    extends: [reactHooks.configs.flat['recommended-latest']],
  },
  { files: ['src/**', 'gateway/**', 'stand-ins/**'], ignores: tests, extends: [rooms] },
  { files: ['src/**'], ignores: [...drawingRooms, ...hookFiles, ...tests], extends: [withoutReact] },
  {
    files: ['src/**', 'gateway/**', 'stand-ins/**', 'scripts/**'],
    ignores: ['src/providers/registry.ts', ...tests],
    rules: { 'local/no-vendor-id': ['error', { ids }] },
  },
  ...ids.map((own) => ({
    files: [`src/{providers,pages}/${own}/**`, `stand-ins/${own}/**`],
    ignores: tests,
    rules: { 'local/no-vendor-id': ['error', { ids: ids.filter((id) => id !== own) }] },
  })),
  {
    files: ['e2e/**'],
    // A fixture says which others it needs by the pattern of its first parameter; an empty one needs none.
    rules: { 'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }] },
  },
);
