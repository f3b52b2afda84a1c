/** The update that everybody makes: one field of a profile that is known by its PKey, as on Adobe's page. */
export const FIELDS = ['phone'] as const;

/** One input item. */
export type UpdateItem = { PKey: string } & Record<(typeof FIELDS)[number], string>;

/** An item for every key, each with a phone of its own. */
export function makeItems(keys: readonly string[]): UpdateItem[] {
  return keys.map((PKey, index) => ({ PKey, phone: `3301${String(index).padStart(6, '0')}` }));
}
