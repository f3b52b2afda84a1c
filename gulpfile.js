const { execFile } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { promisify } = require('node:util');

const { dest, parallel, series, src } = require('gulp');

const clean = async () => await rm('dist', { recursive: true, force: true });

const compile = async () => {
  const compiler = require.resolve('typescript/bin/tsc');
  try {
    await promisify(execFile)(process.execPath, [compiler, '--project', 'tsconfig.json']);
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
