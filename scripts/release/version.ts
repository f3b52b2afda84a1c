/** What a release is known by, as the files have it. */
export interface ReleaseFiles {
  /** `version` of package.json and of package-lock.json. */
  readonly packageVersion: string;
  readonly lockVersion: string;
  /** The text of CHANGELOG.md. */
  readonly changelog: string;
  /** The tag of the commit, or undefined when it has none. */
  readonly tag: string | undefined;
}

const VERSION = /^\d+\.\d+\.\d+$/;
const HEADING = /^## \[(?<version>[^\]]+)\](?: - (?<date>.+))?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Whether tag, package.json, package-lock.json and CHANGELOG.md speak of one version.
 *
 * @returns what is missing, each with what to do; empty when nothing is
 */
export function versionProblems({ packageVersion, lockVersion, changelog, tag }: ReleaseFiles): string[] {
  const problems: string[] = [];
  if (!VERSION.test(packageVersion)) problems.push(`package.json has version '${packageVersion}': give it one of the form 1.2.3`);
  if (lockVersion !== packageVersion)
    problems.push(`package-lock.json has version '${lockVersion}', package.json '${packageVersion}': run npm install`);
  problems.push(...changelogProblems(changelog, packageVersion));
  if (tag === undefined) problems.push(`The commit has no tag: when all else is done, run git tag v${packageVersion}`);
  else if (tag !== `v${packageVersion}`)
    problems.push(`The tag is '${tag}', but package.json says '${packageVersion}': it has to be v${packageVersion}`);
  return problems;
}

/** The sections of the file, the newest first; what stands above the first one belongs to none. */
function sections(changelog: string): { version: string; date: string | undefined; isEmpty: boolean }[] {
  return changelog.split(/^(?=## )/m).flatMap((section) => {
    const [heading = '', ...lines] = section.split('\n');
    const groups = HEADING.exec(heading.trim())?.groups;
    if (!groups) return [];
    return [{ version: groups.version ?? '', date: groups.date, isEmpty: lines.every((line) => !line.trim().startsWith('-')) }];
  });
}

function changelogProblems(changelog: string, version: string): string[] {
  const all = sections(changelog);
  const unreleased = all.find((section) => section.version.toLowerCase() === 'unreleased');
  const [newest] = all.filter((section) => section !== unreleased);
  const problems: string[] = [];
  if (unreleased && !unreleased.isEmpty) problems.push(`CHANGELOG.md still has entries under Unreleased: move them below ## [${version}]`);
  if (newest?.version !== version) {
    problems.push(`The newest version in CHANGELOG.md is '${newest?.version ?? 'none'}': write a section ## [${version}] - YYYY-MM-DD`);
  } else {
    if (!DAY.test(newest.date ?? '')) problems.push(`CHANGELOG.md has no day for ${version}: write ## [${version}] - YYYY-MM-DD`);
    if (newest.isEmpty) problems.push(`CHANGELOG.md says nothing about ${version}: list what changed`);
  }
  return problems;
}
