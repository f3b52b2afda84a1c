/** The update that everybody makes: one field of a profile that is known by its PKey, as on Adobe's page. */
export const FIELDS = ['phone'] as const;

/** One input item. */
export type UpdateItem = { PKey: string } & Record<(typeof FIELDS)[number], string>;

/** One row of a nightly sync. */
export type SyncRow = { email: string } & Record<(typeof FIELDS)[number], string>;

/** The row of a profile: emails of made-up people are not all different. */
export function makeRow(index: number): SyncRow {
  return { email: `row${index}@mail.com`, phone: phoneOf(index) };
}

function phoneOf(index: number): string {
  return `3301${String(index).padStart(6, '0')}`;
}

/** An item for every key, each with a phone of its own. */
export function makeItems(keys: readonly string[]): UpdateItem[] {
  return keys.map((PKey, index) => ({ PKey, phone: phoneOf(index) }));
}
