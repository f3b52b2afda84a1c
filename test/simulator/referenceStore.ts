import type { Keyring } from './campaign/keys';
import type { Audience, Delivery, Reference } from './campaign/references';

/** Things that filters of profiles refer to by PKey, as a test sees them. No resource of the API lists them. */
export class ReferenceStore<Item extends Reference> {
  constructor(
    private readonly type: string,
    private readonly items: readonly Item[],
    private readonly keys: Keyring,
  ) {}

  /** All of them, in order of their ids. */
  all(): readonly Item[] {
    return this.items;
  }

  /** The one with this name; its sets of profile ids can be changed. @throws Error if there is none */
  byName(name: string): Item {
    const found = this.items.find((item) => item.name === name);
    if (found === undefined) throw new Error(`There is no ${this.type} named ${name}`);
    return found;
  }

  /** A PKey, for example for `byStaticAudience?audience=`. */
  keyOf(item: Item): string {
    return this.keys.mint(this.type, item.id, 'link');
  }
}

export type AudienceStore = ReferenceStore<Audience>;
export type DeliveryStore = ReferenceStore<Delivery>;
