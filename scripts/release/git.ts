import { execFileSync } from 'node:child_process';

/** What git knows about the commit that is checked out. */
export interface CommitState {
  /** Whether every file is as it was committed. */
  readonly isClean: boolean;
  /** Whether it is on `main`, here or at origin. */
  readonly isOnMain: boolean;
  /** Its version tags, such as v1.2.3. */
  readonly tags: readonly string[];
}

/** @throws Error when there is no git, or no repository */
export function readCommit(root: string): CommitState {
  const git = (...parameters: string[]): string[] =>
    execFileSync('git', parameters, { cwd: root, encoding: 'utf8' })
      .split('\n')
      .filter((line) => line !== '');
  const branches = git('for-each-ref', '--contains', 'HEAD', '--format=%(refname)', 'refs/heads/main', 'refs/remotes/origin/main');
  return {
    isClean: git('status', '--porcelain').length === 0,
    isOnMain: branches.length > 0,
    tags: git('tag', '--points-at', 'HEAD', '--list', 'v*'),
  };
}

/**
 * Whether the commit may be released.
 *
 * @returns what is missing, each with what to do; empty when nothing is
 */
export function commitProblems({ isClean, isOnMain, tags }: CommitState): string[] {
  return [
    ...(isClean ? [] : ['Files differ from the commit: commit them, or take them away']),
    ...(isOnMain ? [] : ['The commit is not on main: merge it first']),
    ...(tags.length > 1 ? [`The commit has several version tags (${tags.join(', ')}): leave one`] : []),
  ];
}
