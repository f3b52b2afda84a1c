import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const TEXT = readFileSync(path.join(ROOT, 'docs/architecture.md'), 'utf8');

const QUESTIONS = [...TEXT.matchAll(/^\| … (.+?) \| (.+) \|$/gm)].map(([, question = '', answer = '']) => ({ question, answer }));
const FOLDERS = [...TEXT.matchAll(/^\| `(nodes\/.+?) \|/gm)].flatMap(([, cell = '']) =>
  [...`\`${cell}`.matchAll(/`([^`]+)`/g)].map(([, folder = '']) => folder),
);

describe('docs/architecture.md', () => {
  it('answers what newcomers ask', () => {
    expect(QUESTIONS.length).toBeGreaterThanOrEqual(20);
    expect(new Set(QUESTIONS.map(({ question }) => question)).size).toBe(QUESTIONS.length);
  });

  it.each(QUESTIONS)('names one file that is there: where is it decided $question', ({ answer }) => {
    const [, name = '', file = ''] = /^\[([^\]]+)\]\(\.\.\/([^)]+)\)$/.exec(answer) ?? [];
    expect(path.basename(file)).toBe(name);
    expect(existsSync(path.join(ROOT, file))).toBe(true);
  });

  it('says of every folder what it is for', () => {
    const there = (folder: string): string[] =>
      readdirSync(path.join(ROOT, folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith('__'))
        .flatMap(({ name }) => [`${folder}/${name}`, ...(folder.startsWith('nodes/shared') ? there(`${folder}/${name}`) : [])]);
    const expected = [...there('nodes').filter((folder) => folder !== 'nodes/shared'), ...there('nodes/shared')];
    expect([...FOLDERS].sort()).toEqual(expected.sort());
  });
});
