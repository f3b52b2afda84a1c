import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';

/** Reads lines, each with all groups that are running; when there are no more, because we are gone, it kills those of the last. */
const SCRIPT = 'while read -r line; do groups=$line; done; for group in $groups; do kill -s KILL -- "-$group"; done';

/** Process groups that must not outlive us. */
const groups = new Set<number>();

/** What the shell reads, while there are groups. */
let shell: Writable | undefined;

/**
 * Starts a shell that knows when we end: its input does. A handler for our own end would not be called by `kill -9`, and what
 * then lived on would keep the ports and the data of the next start.
 */
function startShell(): Writable {
  const started = spawn('/bin/sh', ['-c', SCRIPT], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  const { stdin } = started;
  // Neither keeps us running.
  started.unref();
  if (stdin instanceof Socket) stdin.unref();
  // It is gone only when somebody has ended it, and then there is nobody to tell.
  stdin.on('error', () => {});
  return stdin;
}

function tell(): void {
  shell ??= startShell();
  shell.write(`${[...groups].join(' ')}\n`);
  if (groups.size > 0) return;
  shell.end();
  shell = undefined;
}

/** Sees to it that a process group is killed when this process ends, however that comes about. */
export function guardGroup(groupId: number): void {
  groups.add(groupId);
  tell();
}

/** The group has ended. */
export function dropGroup(groupId: number): void {
  groups.delete(groupId);
  tell();
}
