import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

describe('the guide for when something fails', () => {
  const guide = read('docs/when-it-fails.md');
  const told = [...guide.matchAll(/^\| `(\w+)` +\| ([^|]+) \| ([^|]+) \|$/gm)].filter(([, reason]) => reason !== 'reason');
  /** All reasons that a failed item can have, as the type lists them. */
  const source = read('nodes/shared/campaign/error.ts');
  const reasons = [...source.matchAll(/^ {2}\| '(\w+)'/gm)].map(([, reason]) => reason);

  it('has every reason, once, with what it means and what to do', () => {
    expect(reasons.length).toBeGreaterThan(15);
    expect([...told.map(([, reason]) => reason)].sort()).toEqual([...reasons].sort());
    for (const [, , meaning = '', advice = ''] of told) {
      expect(meaning.trim().length).toBeGreaterThan(10);
      expect(advice.trim().length).toBeGreaterThan(10);
    }
  });
});

describe('the guides', () => {
  it.each([
    'docs/guides/first-workflow.md',
    'docs/guides/csv-import.md',
    'docs/guides/ai-agent.md',
    'docs/credential.md',
    'docs/when-it-fails.md',
  ])('%s is where the README sends people', (file) => {
    expect(read('README.md')).toContain(`(${file})`);
  });

  it('show pictures that the browser tests take, or drawings', () => {
    const tests = readdirSync(path.join(ROOT, 'test/browser')).filter((file) => file.endsWith('.test.ts'));
    const taken = [
      ...tests.flatMap((file) => [...read(`test/browser/${file}`).matchAll(/picture\('([\w-]+)'\)/g)].map(([, name]) => `${name}.png`)),
      // Of an older package, by the same hands.
      ...[...read('scripts/picturesBefore.ts').matchAll(/take\('([\w-]+)'\)/g)].map(([, name]) => `before-${name}.png`),
    ];
    const documents = ['README.md', 'docs', 'docs/guides'].flatMap((place) =>
      place.endsWith('.md')
        ? [place]
        : readdirSync(path.join(ROOT, place))
            .filter((file) => file.endsWith('.md'))
            .map((file) => `${place}/${file}`),
    );
    const shown = documents.flatMap((file) => [...read(file).matchAll(/images\/([\w-]+\.(?:png|svg))/g)].map(([, name = '']) => name));
    expect(shown.length).toBeGreaterThan(8);
    expect(shown.filter((name) => !taken.includes(name) && !name.endsWith('.svg'))).toEqual([]);
    // And what is kept is shown somewhere.
    expect(readdirSync(path.join(ROOT, 'docs/images')).filter((name) => !shown.includes(name))).toEqual([]);
  });
});
