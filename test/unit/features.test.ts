import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');

/** Every "yes" of docs/features.md with the test that it names. */
const CLAIMS = [...readFileSync(path.join(ROOT, 'docs/features.md'), 'utf8').matchAll(/^\| ([^|]+) \| (yes[^|]*) \|/gm)].map(
  ([, feature = '', claim = '']) => ({
    feature,
    claim,
  }),
);

/** Titles of the tests of a file that run; what is skipped has none. */
function titlesOf(file: string): string[] {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  return [...text.matchAll(/(?:\b(?:it|describe)\(|\)\()\s*(['"`])((?:\\.|(?!\1).)*)\1/g)].map(([, , title = '']) => title);
}

/** Whether a title has these words whole: `100` is not in `100,000`. */
function has(title: string, words: string): boolean {
  const escaped = words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<!\\w|\\d[,.])${escaped}(?!\\w|[,.]\\d)`).test(title);
}

describe('the table of features', () => {
  it('has something to say', () => expect(CLAIMS.length).toBeGreaterThan(20));

  it.each(CLAIMS)('names a test for "$feature"', ({ claim }) => {
    const [, file = '', title = ''] = /^yes: `([^`]+)` "([^"]+)"$/.exec(claim) ?? [];

    expect(titlesOf(file).filter((candidate) => has(candidate, title))).not.toEqual([]);
  });

  it('is not taken in by a part of a number, nor by a test that does not run', () => {
    expect(has('more than 100,000 come through', '100')).toBe(false);
    expect(has('more than 100,000 come through', '100,000')).toBe(true);
    const skips = /\b(?:it|test|describe)\.(?:skip|only|todo)\b|\b(?:xit|xdescribe|fit|fdescribe)\(/;
    const tests = readdirSync(path.join(ROOT, 'test'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'));
    expect(tests.length).toBeGreaterThan(50);
    expect(tests.filter((file) => skips.test(readFileSync(path.join(ROOT, 'test', file), 'utf8')))).toEqual([]);
  });
});
