/**
 * What `npm run lint` asks besides n8n's verification (scripts/scan.mjs) and the rules for all TypeScript (oxlint.config.mjs): n8n's
 * rules for nodes, credentials and package.json, as its own command for nodes has them. What is switched off has its
 * reason next to it; comments in the code switch nothing off.
 */
import js from '@eslint/js';
import globals from 'globals';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import { globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  globalIgnores(['dist', 'coverage', 'test/host/node_modules', 'bench/sdk/node_modules', 'test/versions/node_modules']),
  { linterOptions: { noInlineConfig: true } },
  { files: ['**/*.{js,mjs,cjs}'], extends: [js.configs.recommended], languageOptions: { globals: globals.node } },
  { plugins: { 'n8n-nodes-base': n8nNodesBase } },
  {
    files: ['package.json'],
    languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
    rules: n8nNodesBase.configs.community.rules,
  },
  {
    files: ['{credentials,nodes}/**/*.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: { parser: tseslint.parser, parserOptions: { project: './tsconfig.build.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      // The one rule of the strict type-checked set that oxlint does not have.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'error',
    },
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
