/** Where lines for a person go. */
export type Write = (line: string) => void;

/** A duration in milliseconds the way people say it: `45 s`, `3 min 05 s`. */
export function spokenDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/**
 * Shows that work goes on: a line at once, and then one every few seconds with the time that has passed.
 * @param write takes the lines
 * @param doing what is being done right now; asked again for every line
 * @param everyMs time between two lines, in milliseconds
 * @returns a function that ends it
 */
export function showProgress(write: Write, doing: () => string, everyMs = 5_000): () => void {
  const startedAt = Date.now();
  write(`  ${doing()}`);
  const timer = setInterval(() => write(`  ${spokenDuration(Date.now() - startedAt)}: ${doing()}`), everyMs);
  return () => clearInterval(timer);
}
