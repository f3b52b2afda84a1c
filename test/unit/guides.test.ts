import { readFileSync } from 'node:fs';
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
    const taken = [
      ...read('test/browser/editor.test.ts').matchAll(/picture\('([\w-]+)'\)/g),
      ...read('test/browser/newcomer.test.ts').matchAll(/picture\('([\w-]+)'\)/g),
    ].map(([, name]) => `${name}.png`);
    const documents = [
      'README.md',
      'docs/credential.md',
      'docs/profiles.md',
      ...['first-workflow', 'csv-import', 'ai-agent'].map((name) => `docs/guides/${name}.md`),
    ];
    const shown = documents.flatMap((file) => [...read(file).matchAll(/images\/([\w-]+\.(?:png|svg))/g)].map(([, name = '']) => name));
    expect(shown.length).toBeGreaterThan(8);
    expect(shown.filter((name) => !taken.includes(name) && !name.endsWith('.svg'))).toEqual([]);
  });
});
