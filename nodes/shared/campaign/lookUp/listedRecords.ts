import type { CampaignRecord } from '../records';

/** A key whose record has not come by yet, and one whose record is to be looked up alone, whatever the list shows. */
const AWAITED = 'awaited';
const ALONE = 'alone';

/**
 * The records that the items of a run are about, as a list shows them. It grows with the items, not with the list: a record that no
 * item asks for is forgotten at once. It never says that there is no record: a key that it does not know has to be looked up alone.
 */
export class ListedRecords {
  private readonly records: Map<string, CampaignRecord | typeof AWAITED | typeof ALONE>;
  private awaited: number;
  private readonly waiting = new Map<string, Array<() => void>>();
  private isOver = false;

  /** @param keys what tells the wanted records from all others, see `recordKeyOf` */
  constructor(keys: Iterable<string>) {
    this.records = new Map([...keys].map((key) => [key, AWAITED]));
    this.awaited = this.records.size;
  }

  /** How many keys there are. */
  get size(): number {
    return this.records.size;
  }

  /** Whether there is a key left whose record could still come by. */
  get awaitsMore(): boolean {
    return this.awaited > 0;
  }

  /**
   * A record came by. One that comes by twice may be two, or one that slipped from page to page: only a look-up can tell.
   *
   * @param keep makes what is kept of it
   */
  see(key: string, record: CampaignRecord, keep: (record: CampaignRecord) => CampaignRecord): void {
    const known = this.records.get(key);
    if (known === AWAITED) {
      this.records.set(key, keep(record));
      this.awaited -= 1;
      this.wake(key);
    } else if (known !== undefined) {
      this.records.set(key, ALONE);
    }
  }

  /** Somebody else is about to write, so that what the list shows may be no more. */
  distrust(key: string): void {
    const known = this.records.get(key);
    if (known === AWAITED) this.awaited -= 1;
    if (known !== undefined) this.records.set(key, ALONE);
    this.wake(key);
  }

  /** Nothing comes by any more. */
  end(): void {
    this.isOver = true;
    for (const key of [...this.waiting.keys()]) this.wake(key);
  }

  /**
   * Waits until the record of a key has come by, or cannot come by any more.
   *
   * @returns undefined where there is nothing to wait for
   */
  settled(key: string): Promise<void> | undefined {
    if (this.isOver || this.records.get(key) !== AWAITED) return undefined;
    return new Promise((resolve) => this.waiting.set(key, [...(this.waiting.get(key) ?? []), resolve]));
  }

  /** What came by is forgotten, because it comes by once more. */
  restart(): void {
    for (const [key, known] of this.records) {
      if (typeof known !== 'object') continue;
      this.records.set(key, AWAITED);
      this.awaited += 1;
    }
  }

  /**
   * The record of a key, once: who takes it writes to it, and whoever comes next has to look anew.
   *
   * @returns undefined where it has to be looked up alone
   */
  take(key: string): CampaignRecord | undefined {
    const known = this.records.get(key);
    this.distrust(key);
    return typeof known === 'object' ? known : undefined;
  }

  private wake(key: string): void {
    const waiting = this.waiting.get(key) ?? [];
    this.waiting.delete(key);
    for (const resolve of waiting) resolve();
  }
}
