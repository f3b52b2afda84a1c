/** Remembers what was asked for, so that many items that need the same answer cost one request. */
export class Memory<Answer> {
  private readonly answers = new Map<string, Promise<Answer>>();
  private readonly settled = new Map<string, Answer>();

  /** @param isFinal whether asking again after this error would bring the same error */
  constructor(private readonly isFinal: (error: unknown) => boolean) {}

  /**
   * The answer known under `key`, or the one that `ask` brings; whoever comes while it is on its way waits for it. An
   * error that is not final is forgotten.
   */
  async recall(key: string, ask: () => Promise<Answer>): Promise<Answer> {
    const known = this.answers.get(key);
    if (known) return await known;
    const asked = ask();
    this.answers.set(key, asked);
    asked.then(
      (answer) => this.settled.set(key, answer),
      (error: unknown) => {
        if (!this.isFinal(error)) this.answers.delete(key);
      },
    );
    return await asked;
  }

  /** The answer known under `key`, where it is there already. */
  known(key: string): Answer | undefined {
    return this.settled.get(key);
  }
}
