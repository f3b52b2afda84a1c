const { execFile } = require('node:child_process');
const { rm } = require('node:fs/promises');
const path = require('node:path');
const { promisify } = require('node:util');

const { dest, parallel, series, src } = require('gulp');

const clean = async () => await rm('dist', { recursive: true, force: true });

/** Native TypeScript writes what TypeScript 5 does, in a tenth of the time; the latter stays for the programs that read code. */
const compiler = path.join(path.dirname(require.resolve('typescript-native/package.json')), 'bin/tsc');

const compile = async () => {
  try {
    await promisify(execFile)(process.execPath, [compiler, '--project', 'tsconfig.build.json']);
  } catch (error) {
    throw new Error(`The compiler found something to mend:\n${error.stdout || error.message}`);
  }
};

/** Node and credential classes name their icons relative to their own file, so dist keeps the folders of the source. */
const icons = () => src('icons/*.svg').pipe(dest('dist/icons'));

/** What n8n reads beside a compiled node: the codex (categories, search words) and the schemas of its output. */
const codex = () => src('nodes/**/*.node.json', { base: '.' }).pipe(dest('dist'));
const schemas = () => src('nodes/**/__schema__/**/*.json', { base: '.' }).pipe(dest('dist'));

exports.build = series(clean, parallel(compile, icons, codex, schemas));
exports.default = exports.build;
