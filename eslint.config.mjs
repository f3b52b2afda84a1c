/**
 * The rules of `npm run lint` besides those of n8n's verification (scripts/scan.mjs): the strict type-checked set of
 * typescript-eslint for all code, and n8n's rules for nodes, credentials and package.json as its own command for nodes has them.
 * What is switched off has its reason next to it; comments in the code switch nothing off.
 */
import js from '@eslint/js';
import globals from 'globals';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import { globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  globalIgnores(['dist', 'coverage', 'test/host/node_modules', 'bench/sdk/node_modules', 'test/versions/node_modules']),
  { linterOptions: { noInlineConfig: true } },
  {
    files: ['**/*.ts'],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.test.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      // An async function keeps the promise of its type, whether or not it has something to wait for today.
      '@typescript-eslint/require-await': 'off',
      // Numbers read the same everywhere.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // "() => close()" is how a callback is written.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      // "this: void" says that a function of an object may be taken out of it.
      '@typescript-eslint/no-invalid-void-type': ['error', { allowAsThisParameter: true }],
      // What was caught is passed on as it came.
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
    },
  },
  {
    files: ['{bench,scripts,test}/**/*.ts'],
    rules: {
      // Values of records and items are text where they are read as text; an object in their place fails the test that reads it.
      '@typescript-eslint/no-base-to-string': 'off',
    },
  },
  {
    files: ['nodes/shared/transport/http/hostLibraries.ts'],
    rules: {
      // A native import does not look where n8n keeps its own modules.
      '@typescript-eslint/no-require-imports': 'off',
    },
  },
  { files: ['**/*.{js,mjs}'], extends: [js.configs.recommended], languageOptions: { globals: globals.node } },
  { plugins: { 'n8n-nodes-base': n8nNodesBase } },
  {
    files: ['package.json'],
    languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
    rules: n8nNodesBase.configs.community.rules,
  },
  {
    files: ['credentials/**/*.ts'],
    rules: {
      ...n8nNodesBase.configs.credentials.rules,
      // It takes the address of a web page for a name. n8n's command switches it off as well.
      'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
    },
  },
  {
    files: ['nodes/**/*.ts'],
    rules: {
      ...n8nNodesBase.configs.nodes.rules,
      // They want text where n8n has a constant since. n8n's command switches them off as well.
      'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
      'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
    },
  },
);
