import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const FOLDERS = ['bench', 'credentials', 'nodes', 'probe', 'scripts', 'test'];
/** What eslint is told to ignore, oxlint cannot be. Split, so that this file has none. */
const DIRECTIVE = ['oxlint', 'disable'].join('-');

it('no comment switches a rule off', () => {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.includes('node_modules'))
      .map((file) => path.join(folder, file)),
  );
  expect(files.length).toBeGreaterThan(600);
  expect(files.filter((file) => readFileSync(path.join(ROOT, file), 'utf8').includes(DIRECTIVE))).toEqual([]);
});
