import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import path from 'node:path';

/** Lines kept in memory; the file keeps all of them. */
const keptLines = 5_000;

/** What a program printed: all of it in a file, the newest lines at hand. */
export class LogBuffer {
  private readonly lines: string[] = [];

  private readonly file: WriteStream;

  /** @param filePath file for the complete output; overwritten */
  constructor(readonly filePath: string) {
    mkdirSync(path.dirname(filePath), { recursive: true });
    this.file = createWriteStream(filePath);
  }

  /** Takes one line. */
  add(line: string): void {
    this.file.write(`${line}\n`);
    this.lines.push(line);
    if (this.lines.length > keptLines) this.lines.shift();
  }

  /** The newest lines, oldest first. */
  last(count = keptLines): string[] {
    return this.lines.slice(-count);
  }

  /** Closes the file; settles when everything is written. */
  close(): Promise<void> {
    return new Promise((resolve) => this.file.end(resolve));
  }
}
