import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { runNpm } from '../host/installation/npm';

jest.setTimeout(180_000);

const ROOT = path.resolve(__dirname, '../..');
const { dependencies } = JSON.parse(readFileSync(path.join(__dirname, 'package.json'), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
};
const VERSIONS = Object.keys(dependencies);

/** What the built package says of itself where `require('n8n-workflow')` gives that folder. */
function describedWith(library: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'adobe-campaign-versions-'));
  try {
    cpSync(path.join(ROOT, 'dist'), path.join(folder, 'dist'), { recursive: true });
    for (const [from, to] of [
      [path.join(ROOT, 'package.json'), 'package.json'],
      [path.join(__dirname, 'describe.cjs'), 'describe.cjs'],
    ] as const) {
      cpSync(from, path.join(folder, to));
    }
    mkdirSync(path.join(folder, 'node_modules'));
    symlinkSync(library, path.join(folder, 'node_modules/n8n-workflow'));
    // n8n gives it to packages as well; it is the same in all versions.
    symlinkSync(path.join(ROOT, 'node_modules/luxon'), path.join(folder, 'node_modules/luxon'));
    return execFileSync(process.execPath, ['describe.cjs'], { cwd: folder, encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the package', () => {
  let today: string;
  beforeAll(async () => {
    // They have a lockfile of their own, so that nobody needs them for anything else.
    const isThere = VERSIONS.every((name) => existsSync(path.join(__dirname, 'node_modules', name, 'package.json')));
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps', '--loglevel', 'error'];
    if (!isThere) await runNpm({ args, cwd: __dirname, signal: AbortSignal.timeout(150_000) });
    today = describedWith(path.join(ROOT, 'node_modules/n8n-workflow'));
  });

  it('describes its nodes and its credential', () => {
    expect(JSON.parse(today)).toMatchObject({
      nodes: [{ name: 'adobeCampaign' }, { name: 'adobeCampaignProfile' }, { name: 'adobeCampaignProfileTrigger' }],
      credentials: [{ name: 'adobeCampaignApi' }],
    });
  });

  it.each(VERSIONS)('loads with the library of %s, and says the same of itself', (name) => {
    const library = path.join(__dirname, 'node_modules', name);
    const { version } = JSON.parse(readFileSync(path.join(library, 'package.json'), 'utf8')) as { readonly version: string };
    expect(dependencies[name]).toBe(`npm:n8n-workflow@${version}`);
    expect(describedWith(library)).toBe(today);
  });
});
