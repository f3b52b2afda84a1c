import { readFileSync } from 'node:fs';
import path from 'node:path';

import { readWorkflows } from '../../scripts/release/readWorkflows';
import { workflowProblems } from '../../scripts/release/workflows';

const ROOT = path.resolve(__dirname, '../..');
const FILES = new Map(readWorkflows(ROOT).map(({ name, text }) => [name, text]));
const SCRIPTS = Object.keys((JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { scripts: object }).scripts);

const text = (name: string): string => FILES.get(name) ?? '';
const problems = (name: string, changed: string): string[] => workflowProblems([{ name, text: changed }], SCRIPTS);

describe('the workflows for GitHub', () => {
  it.each([...FILES.keys()])('keep to the rules: %s', (name) => {
    expect(problems(name, text(name))).toEqual([]);
  });

  it.each<[string, string, string, string, string]>([
    ['a tag in place of a commit', 'test.yml', '@de0fac2e4500dabe0009e67214ff5f5447ce83dd', '@v6', 'needs a commit'],
    ['a commit without its version', 'test.yml', ' # v6.2.0', '', 'needs a commit'],
    ['permissions for everything', 'test.yml', 'permissions: {}', 'permissions: write-all', 'write permissions: {}'],
    ['a permission too many', 'e2e.yml', 'contents: read', 'contents: write', 'asks for contents: write'],
    ['publishing from anywhere', 'test.yml', 'contents: read', 'id-token: write', 'asks for id-token: write'],
    ['no time limit', 'e2e.yml', '    timeout-minutes: 90\n', '', 'has no timeout-minutes'],
    ['a command', 'test.yml', 'run: npm test', 'run: npm test && curl example.com', 'make it an npm script'],
    ['a script that is not there', 'e2e.yml', 'npm run demo', 'npm run dmo', "the script 'dmo'"],
    ['a token left on the disk', 'test.yml', 'persist-credentials: false', 'persist-credentials: true', 'persist-credentials: false'],
    ['nobody who approves', 'release.yml', '    environment: npm\n', '', 'needs an environment'],
    ['a workflow from elsewhere', 'release.yml', './.github/workflows/test.yml', 'a/b/.github/workflows/c.yml@main', 'of this repository'],
  ])('may not have %s', (_, name, before, after, problem) => {
    expect(text(name)).toContain(before);
    expect(problems(name, text(name).replace(before, after)).join('\n')).toContain(problem);
  });

  it('run everything before a release that is run outside GitHub before a change lands', () => {
    const outside = readFileSync(path.join(ROOT, '.ci', 'run'), 'utf8').match(/^npm .+$/gm) ?? [];
    const inside = [...FILES.values()].join('\n');

    expect(outside.length).toBeGreaterThanOrEqual(6);
    expect(outside.map((command) => command.replace('--silent ', '')).filter((command) => !inside.includes(`run: ${command}\n`))).toEqual(
      [],
    );
  });

  it('test on every version of Node that the package supports', () => {
    const { engines } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { engines: { node: string } };
    expect(engines.node).toBe('>=20.19');
    expect(text('test.yml')).toContain("node: ['20', '22', '24']");
  });
});
