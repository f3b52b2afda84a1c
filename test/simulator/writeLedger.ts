/** A write that was applied more than once. */
export interface RepeatedWrite {
  readonly method: string;
  readonly resource: string;
  /** null for creations: each makes a record of its own. */
  readonly recordId: number | null;
  readonly times: number;
}

/**
 * Which writes were applied, and which of them twice: same method, same record and same body. Two creations with the
 * same body count as one applied twice, since that is what a careless retry of a POST does.
 */
export class WriteLedger {
  private readonly seen = new Set<string>();
  private readonly repeats = new Map<string, RepeatedWrite>();
  private readonly perRecord = new Map<string, number>();

  /** Writes applied in all. */
  applied = 0;
  /** Applications beyond the first of the same write. */
  appliedTwice = 0;

  /** Notes an applied write. */
  note(method: string, resource: string, recordId: number, body: string): void {
    this.applied += 1;
    const record = `${resource}/${recordId}`;
    this.perRecord.set(record, (this.perRecord.get(record) ?? 0) + 1);
    const isCreation = method === 'POST';
    const key = `${method} ${isCreation ? resource : record} ${hash(body)}`;
    if (!this.seen.has(key)) {
      this.seen.add(key);
      return;
    }
    this.appliedTwice += 1;
    const times = (this.repeats.get(key)?.times ?? 1) + 1;
    this.repeats.set(key, { method, resource, recordId: isCreation ? null : recordId, times });
  }

  /** Writes applied to one record, its creation included. */
  to(recordId: number, resource = 'profile'): number {
    return this.perRecord.get(`${resource}/${recordId}`) ?? 0;
  }

  /** Records written to at least once. */
  get recordsWritten(): number {
    return this.perRecord.size;
  }

  /** The writes behind `appliedTwice`. */
  repeated(): readonly RepeatedWrite[] {
    return [...this.repeats.values()];
  }

  clear(): void {
    this.applied = 0;
    this.appliedTwice = 0;
    this.seen.clear();
    this.repeats.clear();
    this.perRecord.clear();
  }
}

/** Two FNV-like hashes in 53 bits: keep the ledger small however large the bodies are. */
function hash(body: string): number {
  let low = 0x811c9dc5;
  let high = 0x1000193;
  for (let index = 0; index < body.length; index += 1) {
    const code = body.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
  }
  return (low >>> 0) * 2_097_152 + ((high >>> 0) & 0x1fffff);
}
