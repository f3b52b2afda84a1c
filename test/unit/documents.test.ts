import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { parse } from 'yaml';

const ROOT = path.resolve(__dirname, '../..');
const FORMS = '.github/ISSUE_TEMPLATE';
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

const DOCUMENTS = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: ROOT, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(path.join(ROOT, file)));

/** What GitHub makes of a heading in an address. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
const anchors = (text: string): string[] => [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchor(heading));

describe('the documents', () => {
  it('are found', () =>
    expect(DOCUMENTS).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/testing.md'])));

  it.each(DOCUMENTS)('have links that lead somewhere: %s', (document) => {
    const links = [...read(document).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, link = '']) => link);
    const broken = links.filter((link) => {
      const [file = '', heading] = link.split('#');
      const target = file === '' ? document : path.join(path.dirname(document), file);
      if (!existsSync(path.join(ROOT, target))) return true;
      return heading !== undefined && target.endsWith('.md') && !anchors(read(target)).includes(heading);
    });
    expect(broken).toEqual([]);
  });

  it.each(DOCUMENTS)('name files and folders that are there: %s', (document) => {
    const named = [...read(document).matchAll(/`((?:nodes|test|scripts|docs|examples|credentials|bench)\/[\w./-]+)`/g)].map(
      ([, file = '']) => file,
    );
    expect(named.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
  });

  it.each(DOCUMENTS)('name npm scripts that are there: %s', (document) => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(document).matchAll(/npm run ([\w:]+)/g)].map(([, script = '']) => script);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });
});

describe('words', () => {
  const files = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', 'nodes', 'credentials', 'examples', 'docs', '*.md'],
    {
      cwd: ROOT,
      encoding: 'utf8',
    },
  )
    .split('\n')
    .filter((file) => /\.(ts|json|md)$/.test(file) && existsSync(path.join(ROOT, file)));
  const BRITISH =
    /\be[-\u2010\u2011]mail|\bcentre|behaviour|colour|labelled|favour|honour|organisation|(?:random|recogn|summar|normal)is(?:e|ing|ation)/gi;

  it('are spelled as n8n and Adobe spell them, in documents, errors and texts of the editor', () => {
    expect(files.length).toBeGreaterThan(200);
    // A column that somebody calls E-Mail is understood; we do not call it so.
    const spelled = files.flatMap((file) => [...read(file).matchAll(BRITISH)].map(([word]) => `${file}: ${word}`));
    expect(spelled.filter((found) => !found.endsWith(': E-Mail'))).toEqual([]);
  });
});

interface Form {
  readonly name: string;
  readonly description: string;
  readonly body: readonly {
    readonly type: string;
    readonly id?: string;
    readonly attributes: { readonly label?: string; readonly value?: string; readonly options?: readonly unknown[] };
    readonly validations?: { readonly required: boolean };
  }[];
}

describe.each(readdirSync(path.join(ROOT, FORMS)).filter((file) => file !== 'config.yml'))('the issue form %s', (file) => {
  const form = parse(read(path.join(FORMS, file))) as Form;

  it('is one that GitHub takes', () => {
    expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) });
    for (const { type, attributes, id } of form.body) {
      expect(['markdown', 'input', 'textarea', 'dropdown', 'checkboxes']).toContain(type);
      expect(type === 'markdown' ? attributes.value : attributes.label).toEqual(expect.any(String));
      if (type !== 'markdown') expect(id).toMatch(/^[a-z][a-z0-9-]*$/);
      if (type === 'dropdown' || type === 'checkboxes') expect(attributes.options?.length).toBeGreaterThan(0);
    }
    const ids = form.body.flatMap(({ id }) => id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('asks for nothing secret, and says so', () => {
    const asked = form.body
      .filter(({ type }) => type !== 'markdown' && type !== 'checkboxes')
      .map(({ attributes }) => attributes.label ?? '');
    for (const label of asked) expect(label).not.toMatch(/token|secret|key|organi[sz]ation|credential|e-?mail/i);
    expect(read(path.join(FORMS, file))).toMatch(/leave out tokens/i);
  });
});
