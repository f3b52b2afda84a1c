import type { IDataObject } from 'n8n-workflow';

import type { Simulator, StoredProfile } from '../simulator';
import { seededRandom, type Random } from '../simulator/random';

/** Late transactions: how much older than the newest change one may be when it turns up, in ms. */
export const LATEST_MS = 50_000;

/** How far ahead of the clock a change may be, in ms: somebody's server or import had the time wrong. */
const FARTHEST_AHEAD_MS = 30 * 24 * 3_600_000;

/** Writers of a Campaign, and the book of what they changed, to compare with what a trigger handed over. */
export class ChangeLog {
  readonly random: Random;
  private readonly creations = new Set<number>();
  /** What every profile said last; every write says something else. */
  private readonly latest = new Map<number, string>();
  private readonly handedOver = new Map<string, number>();
  private writes = 0;

  constructor(
    private readonly simulator: Simulator,
    seed: number,
  ) {
    this.random = seededRandom(seed);
    simulator.clock.freeze();
  }

  get changes(): number {
    return this.writes;
  }

  /** Ids of all profiles that were created while this was watching. */
  get created(): ReadonlySet<number> {
    return this.creations;
  }

  /** One write of some kind. Now and then its transaction was slow, so that its time is older than others, or its time is ahead. */
  write(): void {
    const chance = this.random();
    const late = chance < 0.1 ? Math.floor(this.random() * LATEST_MS) : chance > 0.997 ? -Math.floor(this.random() * FARTHEST_AHEAD_MS) : 0;
    this.simulator.clock.advance(-late);
    const kind = this.random();
    if (kind < 0.25) this.create();
    else if (kind < 0.35) this.remove();
    else this.change();
    this.simulator.clock.advance(late);
    // Many changes share a time.
    if (this.random() < 0.5) this.simulator.clock.advance(Math.floor(this.random() * 3000));
  }

  /** An import: many changes at the same time. */
  importMany(count: number): void {
    for (let index = 0; index < count; index += 1) {
      if (index % 3 === 0) this.create();
      else this.change();
    }
  }

  /** Begins anew: what was written so far is nobody's business. */
  forget(): void {
    this.creations.clear();
    this.latest.clear();
    this.handedOver.clear();
  }

  /** Notes what a trigger handed over. */
  receive(items: readonly IDataObject[]): void {
    for (const { PKey, phone } of items) {
      const profile = this.simulator.profiles.byKey(String(PKey));
      const key = `${profile?.id} ${String(phone)}`;
      this.handedOver.set(key, (this.handedOver.get(key) ?? 0) + 1);
    }
  }

  /** What was handed over more than once. */
  duplicates(): string[] {
    return [...this.handedOver].filter(([, times]) => times > 1).map(([key]) => key);
  }

  /** Profiles that are there, and whose last change was never handed over. */
  missed(): string[] {
    return [...this.latest]
      .filter(([id]) => this.simulator.profiles.get(id))
      .map(([id, mark]) => `${id} ${mark}`)
      .filter((key) => !this.handedOver.has(key));
  }

  /** Ids of what was handed over, as often as it was. */
  receivedIds(): number[] {
    return [...this.handedOver].flatMap(([key, times]) => Array.from({ length: times }, () => Number(key.split(' ')[0])));
  }

  private create(): void {
    const profile = this.simulator.profiles.add({ email: `new.${this.writes}@mail.com`, phone: this.mark() });
    this.creations.add(profile.id);
    this.note(profile);
  }

  private change(): void {
    const profile = this.any();
    if (profile) this.note(this.simulator.profiles.update(profile.id, { phone: this.mark() }));
  }

  private remove(): void {
    const profile = this.any();
    if (profile) this.simulator.profiles.remove(profile);
  }

  private any(): StoredProfile | undefined {
    const all = this.simulator.profiles.all();
    // Those that changed last change again more often than others.
    const from = this.random() < 0.4 ? Math.max(0, all.length - 100) : 0;
    return all[from + Math.floor(this.random() * (all.length - from))];
  }

  private mark(): string {
    this.writes += 1;
    return `w${this.writes}`;
  }

  private note({ id, phone }: StoredProfile): void {
    this.latest.set(id, String(phone));
  }
}
