/**
 * Something a person can put right. The message is one clear sentence that says what to do, so programs print it
 * alone, without a stack trace.
 */
export class HostProblem extends Error {
  override readonly name = 'HostProblem';

  /**
   * @param message what happened and what to do next
   * @param logPath file with the complete output, when there is one
   */
  constructor(
    message: string,
    readonly logPath?: string,
  ) {
    super(message);
  }
}

/** The work was given up because the person asked for it (Ctrl-C), not because something failed. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('Interrupted.');
  }
}

/**
 * Turns anything thrown into the lines to show on a terminal.
 * @returns the sentence, and where the complete output is when that is known
 */
export function describeProblem(error: unknown): string {
  if (error instanceof HostProblem) {
    return error.logPath === undefined ? error.message : `${error.message}\nComplete output: ${error.logPath}`;
  }
  return error instanceof Error ? error.message : String(error);
}
