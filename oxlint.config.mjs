/**
 * What `npm run lint` asks of all TypeScript: no errors of the compiler, and the strict type-checked set of typescript-eslint. oxlint
 * takes the list of rules from there and runs them itself, in a tenth of the time that the compiler and eslint need one after the
 * other. What n8n adds is in eslint.config.mjs. What is switched off has its reason next to it; comments in the code switch nothing
 * off (test/unit/lint.test.ts).
 */
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Rules that oxlint does not have: the compiler refuses what the first is about, and eslint runs the second. */
const ELSEWHERE = ['no-octal', '@typescript-eslint/no-unsafe-class-instance-assignment'];

const sets = Object.assign({}, ...[js.configs.recommended, ...tseslint.configs.strictTypeChecked].map(({ rules }) => rules));
const strictTypeChecked = Object.entries(sets)
  .filter(([name, setting]) => !ELSEWHERE.includes(name) && [setting].flat()[0] !== 'off')
  .map(([name, setting]) => [name.replace('@typescript-eslint/', 'typescript/'), setting]);

export default {
  plugins: ['typescript'],
  categories: { correctness: 'off' },
  options: { typeAware: true, typeCheck: true, denyWarnings: true, respectEslintDisableDirectives: false },
  ignorePatterns: ['dist', 'coverage', '**/node_modules', '**/*.{js,mjs,cjs}'],
  rules: {
    ...Object.fromEntries(strictTypeChecked),
    // An async function keeps the promise of its type, whether or not it has something to wait for today.
    'typescript/require-await': 'off',
    // Numbers read the same everywhere.
    'typescript/restrict-template-expressions': ['error', { allowNumber: true }],
    // "() => close()" is how a callback is written.
    'typescript/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
    // "this: void" says that a function of an object may be taken out of it.
    'typescript/no-invalid-void-type': ['error', { allowAsThisParameter: true }],
    // What was caught is passed on as it came.
    'typescript/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
    'typescript/only-throw-error': ['error', { allowThrowingUnknown: true }],
  },
  overrides: [
    {
      files: ['{bench,scripts,test}/**/*.ts'],
      rules: {
        // Values of records and items are text where they are read as text; an object in their place fails the test that reads it.
        'typescript/no-base-to-string': 'off',
      },
    },
    {
      files: ['nodes/shared/transport/http/hostLibraries.ts'],
      rules: {
        // A native import does not look where n8n keeps its own modules.
        'typescript/no-require-imports': 'off',
      },
    },
  ],
};
