import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { commitProblems, readCommit } from '../../scripts/release/git';
import { loadedFiles, manifestProblems } from '../../scripts/release/manifest';
import { tarballProblems } from '../../scripts/release/tarball';
import { versionProblems } from '../../scripts/release/version';

const ROOT = path.resolve(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

describe('versionProblems', () => {
  const changelog =
    '# Changelog\n\nAll notable changes.\n\n## [1.2.0] - 2026-03-01\n\n### Added\n- Something.\n\n## [1.1.0] - 2026-01-01\n- First.\n';
  const agreeing = { packageVersion: '1.2.0', lockVersion: '1.2.0', changelog, tag: 'v1.2.0' };

  it('has nothing to say where all agree', () => {
    expect(versionProblems(agreeing)).toEqual([]);
    expect(
      versionProblems({ ...agreeing, changelog: changelog.replace('## [1.2.0]', '## [Unreleased]\n\n### Added\n\n## [1.2.0]') }),
    ).toEqual([]);
  });

  it.each([
    ['no tag', { tag: undefined }, 'git tag v1.2.0'],
    ['another tag', { tag: 'v1.2.1' }, "The tag is 'v1.2.1'"],
    ['a tag without its v', { tag: '1.2.0' }, "The tag is '1.2.0'"],
    ['a lockfile of another version', { lockVersion: '1.1.0' }, 'run npm install'],
    ['a version for tests', { packageVersion: '1.2.0-beta.1', lockVersion: '1.2.0-beta.1', tag: 'v1.2.0-beta.1' }, 'of the form 1.2.3'],
    ['a changelog that stops before', { changelog: changelog.replace(/## \[1\.2\.0\][^]*?(?=## \[1\.1)/, '') }, "is '1.1.0'"],
    [
      'a changelog that is ahead',
      { changelog: changelog.replace('## [1.2.0]', '## [1.3.0] - 2026-04-01\n- More.\n\n## [1.2.0]') },
      "is '1.3.0'",
    ],
    ['no changelog', { changelog: '' }, "is 'none'"],
    ['no day', { changelog: changelog.replace('2026-03-01', 'unreleased') }, 'no day for 1.2.0'],
    ['an empty section', { changelog: changelog.replace('- Something.', '') }, 'says nothing about 1.2.0'],
    [
      'entries left behind',
      { changelog: changelog.replace('## [1.2.0]', '## [Unreleased]\n- New.\n\n## [1.2.0]') },
      'entries under Unreleased',
    ],
  ])('tells %s', (_, changes, problem) => {
    expect(versionProblems({ ...agreeing, ...changes })).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
  });
});

describe('commitProblems', () => {
  it('wants a clean commit on main with one tag', () => {
    expect(commitProblems({ isClean: true, isOnMain: true, tags: ['v1.2.0'] })).toEqual([]);
    expect(commitProblems({ isClean: false, isOnMain: false, tags: ['v1.2.0', 'v1.2.1'] })).toEqual([
      expect.stringContaining('Files differ'),
      expect.stringContaining('not on main'),
      expect.stringContaining('v1.2.0, v1.2.1'),
    ]);
  });
});

describe('readCommit', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'adobe-campaign-git-'));
  const git = (...parameters: string[]) =>
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...parameters], { cwd: folder, stdio: 'pipe' });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('tells branch, tags and changes', () => {
    git('init', '--initial-branch', 'main');
    git('commit', '--allow-empty', '-m', 'First');
    git('tag', 'v1.2.0');
    git('tag', 'other');
    expect(readCommit(folder)).toEqual({ isClean: true, isOnMain: true, tags: ['v1.2.0'] });

    git('checkout', '-b', 'feature');
    git('commit', '--allow-empty', '-m', 'Second');
    writeFileSync(path.join(folder, 'new'), '');
    expect(readCommit(folder)).toEqual({ isClean: false, isOnMain: false, tags: [] });

    // A tag is checked out without a branch of its own.
    git('checkout', '--detach', 'v1.2.0');
    expect(readCommit(folder)).toMatchObject({ isOnMain: true, tags: ['v1.2.0'] });
  });
});

describe('manifestProblems', () => {
  const manifest = JSON.parse(read('package.json')) as Readonly<Record<string, unknown>>;

  it('has nothing to say about this package', () => {
    expect(manifestProblems(manifest, undefined)).toEqual([]);
    expect(manifestProblems(manifest, 'n8n-nodes-adobe-campaign/n8n-nodes-adobe-campaign')).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['another license', { license: 'Apache-2.0' }, "license 'MIT'"],
    ['no keyword', { keywords: ['n8n'] }, 'n8n finds packages by it'],
    ['dependencies', { dependencies: { axios: '^1.0.0' } }, 'has none'],
    ['no provenance', { publishConfig: { access: 'public' } }, '"provenance": true'],
    ['no repository', { repository: undefined }, 'repository.url'],
    ['a repository elsewhere', { repository: { url: 'git+https://example.com/a/b.git' } }, 'repository.url'],
  ])('tells %s', (_, changes, problem) => {
    expect(manifestProblems({ ...manifest, ...changes }, undefined)).toEqual([expect.stringContaining(problem)]);
  });

  it('tells that another repository publishes', () => {
    expect(manifestProblems(manifest, 'somebody/fork')).toEqual([expect.stringContaining("'somebody/fork' publishes")]);
  });

  it.each([undefined, null, 'text', []])('takes %p for no package.json', (value) => {
    expect(manifestProblems(value, undefined)).toEqual(['package.json is no JSON object']);
  });
});

describe('tarballProblems', () => {
  const loaded = ['dist/credentials/A.credentials.js', 'dist/nodes/B/B.node.js'];
  const complete = ['LICENSE', 'README.md', 'package.json', ...loaded, 'dist/nodes/B/B.node.json', 'dist/icons/a.svg'];

  it('has nothing to say about what n8n loads', () => expect(tarballProblems(complete, loaded)).toEqual([]));

  it('tells what is not there', () => {
    for (const file of complete.filter((name) => name !== 'package.json' && !name.endsWith('.svg'))) {
      expect(
        tarballProblems(
          complete.filter((name) => name !== file),
          loaded,
        ),
      ).toContainEqual(expect.stringContaining(file));
    }
    expect(tarballProblems(complete, [])).toContain('package.json names no node and no credential');
  });

  it.each(['dist/nodes/B/B.node.js.map', 'test/unit/a.test.ts', 'dist/nodes/B/B.node.ts', '.env', 'dist/test/a.js'])(
    'tells that %s does not belong',
    (file) => {
      expect(tarballProblems([...complete, file], loaded)).toEqual([expect.stringContaining(file)]);
    },
  );

  it('reads from package.json what n8n loads', () => {
    const manifest: unknown = JSON.parse(read('package.json'));
    const nodes = readdirSync(path.join(ROOT, 'nodes')).filter((name) => name !== 'shared');
    expect(loadedFiles(manifest)).toHaveLength(nodes.length + 1);
    expect(loadedFiles({})).toEqual([]);
  });
});
