/** Runs under way in this process, and ended ones that others under way may have missed the end of. */
const active = new Set<RunMemory>();
const ended = new Map<RunMemory, Set<RunMemory>>();

/**
 * What a run created, or may have created, by what its items identify it with. A filter may find a new record late, so later items and
 * runs at the same time look here as well. Forgotten once the run, and all that overlapped with it, have ended.
 */
export class RunMemory {
  private readonly created = new Map<string, string>();
  private readonly doubtful = new Set<string>();

  /** From now on other runs see what this one remembers. */
  begin(): void {
    active.add(this);
  }

  end(): void {
    if (!active.delete(this)) return;
    for (const [run, witnesses] of ended) if (witnesses.delete(this) && witnesses.size === 0) ended.delete(run);
    if (active.size > 0 && this.created.size + this.doubtful.size > 0) ended.set(this, new Set(active));
  }

  /** Keeps the address of what was created. */
  rememberCreated(key: string, url: string): void {
    this.created.set(key, url);
  }

  /** Keeps that nobody knows whether something was created. */
  rememberDoubt(key: string): void {
    this.doubtful.add(key);
  }

  /** Address of what this run, or one at the same time, created. */
  createdBefore(key: string): string | undefined {
    for (const { created } of this.known()) {
      const url = created.get(key);
      if (url !== undefined) return url;
    }
    return undefined;
  }

  /** Whether this run, or one at the same time, may have created it without knowing. */
  mayBeCreated(key: string): boolean {
    for (const { doubtful } of this.known()) if (doubtful.has(key)) return true;
    return false;
  }

  private *known(): Generator<RunMemory, void, undefined> {
    yield this;
    yield* active;
    yield* ended.keys();
  }
}
