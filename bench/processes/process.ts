import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';

/** What a process of the benchmark can be asked, by name. Everything in it is plain JSON. */
export type Calls = Record<string, { input: unknown; output: unknown }>;

/** What answers the calls. */
export type Handlers<Known extends Calls> = {
  [Name in keyof Known]: (input: Known[Name]['input']) => Known[Name]['output'] | Promise<Known[Name]['output']>;
};

interface Question {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
}
interface Answer {
  readonly id: number;
  readonly output?: unknown;
  readonly error?: string;
}

/** To be called once by the script of such a process: answers until the process that started it is gone. */
export function serve<Known extends Calls>(handlers: Handlers<Known>): void {
  const byName: Readonly<Record<string, (input: never) => unknown>> = handlers;
  const answer = async ({ id, name, input }: Question): Promise<Answer> => {
    try {
      return { id, output: await byName[name]?.(input as never) };
    } catch (error) {
      return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  };
  process.on('message', (question: Question) => void answer(question).then((reply) => process.send?.(reply)));
  process.on('disconnect', () => process.exit());
  // Ctrl-C reaches everybody on the terminal; who started this one ends it when it is done with it.
  process.on('SIGINT', () => {});
}

/** Where a process runs. */
export interface ProcessOptions {
  /** The Node to run it with; the current one when left out. */
  readonly node?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A process of the benchmark, seen from the one that started it. What is measured in it is its own. */
export class BenchProcess<Known extends Calls> {
  private readonly waiting = new Map<number, { resolve: (output: unknown) => void; reject: (error: Error) => void }>();
  private asked = 0;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', ({ id, output, error }: Answer) => {
      const caller = this.waiting.get(id);
      this.waiting.delete(id);
      if (error === undefined) caller?.resolve(output);
      else caller?.reject(new Error(error));
    });
    child.on('exit', (code, signal) => {
      for (const { reject } of this.waiting.values())
        reject(new Error(`A process of the benchmark ended: ${signal ?? `exit code ${code}`}`));
      this.waiting.clear();
    });
  }

  /** @param script file in this folder that calls `serve` */
  static start<Known extends Calls>(script: string, options: ProcessOptions = {}): BenchProcess<Known> {
    const child = fork(path.join(__dirname, script), {
      execPath: options.node ?? process.execPath,
      execArgv: ['--import', 'tsx'],
      cwd: path.resolve(__dirname, '../..'),
      env: { ...process.env, ...options.environment },
    });
    return new BenchProcess(child);
  }

  /** @throws Error with what the other process threw, or saying that it ended */
  async call<Name extends keyof Known & string>(name: Name, input: Known[Name]['input']): Promise<Known[Name]['output']> {
    if (!this.child.connected) throw new Error(`A process of the benchmark has ended and cannot '${name}'`);
    this.asked += 1;
    const id = this.asked;
    const output = new Promise<unknown>((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    this.child.send({ id, name, input } satisfies Question);
    return await output;
  }

  /** Ends it. May be called again. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = new Promise((resolve) => this.child.once('exit', resolve));
    if (this.child.connected) this.child.disconnect();
    else this.child.kill();
    await exited;
  }
}
