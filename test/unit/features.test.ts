import { readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');

/** Every "yes" of docs/features.md with the test that it names. */
const CLAIMS = [...readFileSync(path.join(ROOT, 'docs/features.md'), 'utf8').matchAll(/^\| ([^|]+) \| (yes[^|]*) \|/gm)].map(
  ([, feature = '', claim = '']) => ({
    feature,
    claim,
  }),
);

describe('the table of features', () => {
  it('has something to say', () => expect(CLAIMS.length).toBeGreaterThan(20));

  it.each(CLAIMS)('names a test for "$feature"', ({ claim }) => {
    const [, file = '', title = ''] = /^yes: `([^`]+)` "([^"]+)"$/.exec(claim) ?? [];

    expect(readFileSync(path.join(ROOT, file), 'utf8')).toContain(title);
  });
});
