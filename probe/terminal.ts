import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';

/** Who sits in front of the probe. */
export interface Terminal {
  /** Prints a line. */
  say(line: string): void;
  ask(question: string): Promise<string>;
  /** The answer is not shown. */
  askSecretly(question: string): Promise<string>;
  close(): void;
}

/** Standard input and output; answers can also be piped in, a line each. */
export function standardTerminal(): Terminal {
  let isMuted = false;
  const output = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      if (!isMuted) process.stdout.write(chunk);
      done();
    },
  });
  const reader: Interface = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY });
  const lines = reader[Symbol.asyncIterator]();
  const ask = async (question: string): Promise<string> => {
    process.stdout.write(question);
    const line = await lines.next();
    return line.done === true ? '' : line.value.trim();
  };
  return {
    say: (line) => console.log(line),
    ask,
    askSecretly: async (question) => {
      isMuted = true;
      try {
        return await ask(question);
      } finally {
        isMuted = false;
        process.stdout.write('\n');
      }
    },
    close: () => reader.close(),
  };
}
