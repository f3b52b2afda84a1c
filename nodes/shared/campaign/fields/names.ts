import type { CampaignField, FieldCatalogue } from '../metadata';

/** How many letters may differ for one name to be taken for a slip of another, by its length. */
const ALLOWED_SLIPS = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2);

const MOST_REMEMBERED = 1000;

const indexes = new WeakMap<FieldCatalogue, Map<string, CampaignField[]>>();
/** Names with a slip come with every item anew, and looking for the nearest field takes a while. */
const slips = new WeakMap<FieldCatalogue, Map<string, CampaignField | undefined>>();

/** Letters and digits alone, in small letters: what is left when two names differ in spelling only. */
export function plainName(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** A field as people know it: label first, API name in brackets. */
export function titleOf({ name, label }: Pick<CampaignField, 'name' | 'label'>): string {
  return label === name || label === '' ? `'${name}'` : `'${label}' (${name})`;
}

/** The fields that a name may mean when letter case, marks and blanks do not count: by their API names and by their labels. */
export function fieldsAlike(name: string, catalogue: FieldCatalogue): readonly CampaignField[] {
  const index = indexes.get(catalogue) ?? indexOf(catalogue);
  return index.get(plainName(name)) ?? [];
}

/** The field that somebody may have meant by a name that there is not: spelled otherwise, by its label, or with a slip. */
export function alikeField(name: string, catalogue: FieldCatalogue): CampaignField | undefined {
  const [alike] = fieldsAlike(name, catalogue);
  if (alike) return alike;
  const known = slips.get(catalogue) ?? new Map<string, CampaignField | undefined>();
  slips.set(catalogue, known);
  if (!known.has(name)) {
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(name, fieldNearest(name, [...catalogue.values()]));
  }
  return known.get(name);
}

function fieldNearest(name: string, fields: readonly CampaignField[]): CampaignField | undefined {
  const nearest = nearestName(
    name,
    fields.flatMap((field) => [field.name, field.label]),
  );
  return nearest === undefined ? undefined : fields.find((field) => field.name === nearest || field.label === nearest);
}

/** The one of `names` that somebody may have meant: spelled otherwise, or with a slip of a letter or two. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const plain = plainName(name);
  if (plain === '') return undefined;
  let nearest: string | undefined;
  let least = ALLOWED_SLIPS(plain.length) + 1;
  for (const candidate of names) {
    const slips = slipsBetween(plain, plainName(candidate), least);
    if (slips < least) [nearest, least] = [candidate, slips];
  }
  return nearest;
}

function indexOf(catalogue: FieldCatalogue): Map<string, CampaignField[]> {
  const index = new Map<string, CampaignField[]>();
  for (const field of catalogue.values()) {
    for (const plain of new Set([plainName(field.name), plainName(field.label)])) {
      if (plain !== '') index.set(plain, [...(index.get(plain) ?? []), field]);
    }
  }
  indexes.set(catalogue, index);
  return index;
}

/**
 * Letters to add, take away, replace or swap with the next one to get from one word to the other (optimal string alignment).
 *
 * @param most from where on it does not matter how many
 */
function slipsBetween(from: string, to: string, most: number): number {
  if (Math.abs(from.length - to.length) >= most) return most;
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const isSame = from[i - 1] === to[j - 1];
      const steps = [(row[j] ?? most) + 1, (next[j - 1] ?? most) + 1, (row[j - 1] ?? most) + (isSame ? 0 : 1)];
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) steps.push((before[j - 2] ?? most) + 1);
      next.push(Math.min(...steps));
    }
    [before, row] = [row, next];
  }
  return row[to.length] ?? most;
}
