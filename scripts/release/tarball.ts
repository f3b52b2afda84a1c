import path from 'node:path';

const BELONGS = /^(LICENSE|README\.md|package\.json|dist\/(nodes|credentials)\/.+\.(js|json)|dist\/icons\/.+\.svg)$/;

/**
 * Whether the package holds what n8n loads, and nothing else.
 *
 * @param files what npm would publish, relative to the package
 * @param loaded the nodes and credentials that package.json names
 * @returns what is missing, each with what to do; empty when nothing is
 */
export function tarballProblems(files: readonly string[], loaded: readonly string[]): string[] {
  const there = new Set(files);
  const missing = [...loaded, 'LICENSE', 'README.md'].filter((file) => !there.has(file));
  const codexless = loaded
    .filter((file) => file.endsWith('.node.js') && there.has(file))
    .map((file) => `${file.slice(0, -path.extname(file).length)}.json`)
    .filter((file) => !there.has(file));
  const strange = files.filter((file) => !BELONGS.test(file));
  return [
    ...(loaded.length === 0 ? ['package.json names no node and no credential'] : []),
    ...[...missing, ...codexless].map((file) => `The package would have no ${file}: run npm run build`),
    ...strange.map((file) => `The package would hold ${file}, which n8n has no use for: leave it out of 'files' in package.json`),
  ];
}
