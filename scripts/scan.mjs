/**
 * The gate that n8n's verification puts a community package through, run offline: its rules over the source and over
 * the tarball that would be published, inline disables ignored. Stricter than the gate, warnings fail as well.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { buildScanConfig, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';
import { ESLint } from 'eslint';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const unpacked = mkdtempSync(path.join(tmpdir(), 'adobe-campaign-scan-'));

/** Packs the project as npm would publish it. */
function unpackTarball() {
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--pack-destination', unpacked], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  execFileSync('tar', ['-xzf', path.join(unpacked, filename), '-C', unpacked]);
  return path.join(unpacked, 'package');
}

async function lint(name, folder, patterns) {
  const eslint = new ESLint({
    cwd: folder,
    allowInlineConfig: false,
    overrideConfigFile: true,
    overrideConfig: await buildScanConfig(),
  });
  const results = await eslint.lintFiles(patterns);
  const formatter = await eslint.loadFormatter('stylish');
  const findings = results.reduce((count, { errorCount, warningCount }) => count + errorCount + warningCount, 0);
  console.log(`scan of ${name}: ${results.length} files, ${findings} errors and warnings`);
  if (findings > 0) console.log(await formatter.format(results));
  return findings;
}

try {
  const inSource = await lint('the source', root, SOURCE_FILE_PATTERNS);
  const inPackage = await lint('the package', unpackTarball(), ['**/*.js', 'package.json']);
  process.exitCode = inSource + inPackage > 0 ? 1 : 0;
} finally {
  rmSync(unpacked, { recursive: true, force: true });
}
