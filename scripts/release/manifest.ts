import { isObject } from './isObject';

const REPOSITORY = /^git\+https:\/\/github\.com\/(?<name>[\w.-]+\/[\w.-]+)\.git$/;

/**
 * Whether package.json promises what n8n's verification asks for (n8n: "Community node verification guidelines").
 *
 * @param manifest package.json, parsed
 * @param repository `owner/name` of the repository that publishes; undefined where nobody knows
 * @returns what is missing, each with what to do; empty when nothing is
 */
export function manifestProblems(manifest: unknown, repository: string | undefined): string[] {
  if (!isObject(manifest)) return ['package.json is no JSON object'];
  const problems: string[] = [];
  if (manifest.license !== 'MIT') problems.push("package.json needs the license 'MIT'");
  if (!listOf(manifest.keywords).includes('n8n-community-node-package'))
    problems.push("package.json needs the keyword 'n8n-community-node-package': n8n finds packages by it");
  if (isObject(manifest.dependencies) && Object.keys(manifest.dependencies).length > 0)
    problems.push('package.json has dependencies: a verified package has none');
  const { publishConfig } = manifest;
  if (!isObject(publishConfig) || publishConfig.provenance !== true || publishConfig.access !== 'public')
    problems.push('package.json needs "publishConfig": { "access": "public", "provenance": true }');

  const url = isObject(manifest.repository) ? manifest.repository.url : undefined;
  const named = REPOSITORY.exec(typeof url === 'string' ? url : '')?.groups?.name;
  if (named === undefined) problems.push('package.json needs a repository.url of the form git+https://github.com/OWNER/NAME.git');
  else if (repository !== undefined && named !== repository)
    problems.push(`package.json says '${named}', but '${repository}' publishes: npm refuses provenance from another repository`);
  return problems;
}

/** The files that n8n loads, relative to the package. */
export function loadedFiles(manifest: unknown): string[] {
  const loaded = isObject(manifest) && isObject(manifest.n8n) ? manifest.n8n : {};
  return [...listOf(loaded.credentials), ...listOf(loaded.nodes)];
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}
