import type { CampaignField, FieldCatalogue } from '../metadata';
import { fieldsAlike, plainName } from './names';

/** Columns under the names of fields, and which of them were called otherwise. */
export interface MatchedColumns {
  readonly values: Readonly<Record<string, unknown>>;
  readonly renamed: ReadonlyArray<{ readonly column: string; readonly field: string }>;
}

const KEY = 'PKey';
const MOST_REMEMBERED = 2000;
/** What each column means, by catalogue: items have the same columns over and over. */
const meanings = new WeakMap<FieldCatalogue, Map<string, string | undefined>>();

/**
 * Gives columns the names of the fields that they mean: as people write headers, by label or API name, in any letter case,
 * with blanks or underscores, with what cannot be seen. A column that may mean several fields, or one that another column
 * has already, keeps its name: it is for the user to say.
 *
 * @param catalogue undefined where Campaign does not tell its fields
 * @param matchingColumn the field that tells which record is meant; it is known in any case
 */
export function matchColumns(
  catalogue: FieldCatalogue | undefined,
  columns: Readonly<Record<string, unknown>>,
  matchingColumn?: string,
): MatchedColumns {
  const known = [KEY, ...(matchingColumn === undefined ? [] : [matchingColumn])];
  // Most inputs have the names of fields.
  if (catalogue && Object.keys(columns).every((column) => known.includes(column) || catalogue.has(column)))
    return { values: columns, renamed: [] };
  const meantBy = new Map<string, string[]>();
  for (const column of Object.keys(columns)) {
    const field = known.includes(column) ? column : meaningOf(catalogue, column, known);
    if (field !== undefined) meantBy.set(field, [...(meantBy.get(field) ?? []), column]);
  }
  const names = new Map<string, string>();
  for (const [field, candidates] of meantBy) {
    const [column, ...others] = candidates;
    if (column !== undefined && others.length === 0 && column !== field) names.set(column, field);
  }
  if (names.size === 0) return { values: columns, renamed: [] };
  return {
    values: Object.fromEntries(Object.entries(columns).map(([column, value]) => [names.get(column) ?? column, value])),
    renamed: [...names].map(([column, field]) => ({ column, field })),
  };
}

/** Why a column means no field, as the end of a sentence; undefined where nothing is like it. */
export function whyUnmatched(
  column: string,
  catalogue: FieldCatalogue,
  columns: Readonly<Record<string, unknown>>,
): { readonly fields: readonly CampaignField[]; readonly others: readonly string[] } | undefined {
  const fields = fieldsAlike(column, catalogue);
  if (fields.length === 0) return undefined;
  const meant = new Set(fields.map(({ name }) => name));
  const others = Object.keys(columns).filter(
    (other) => other !== column && (meant.has(other) || fieldsAlike(other, catalogue).some(({ name }) => meant.has(name))),
  );
  return { fields, others };
}

function meaningOf(catalogue: FieldCatalogue | undefined, column: string, known: readonly string[]): string | undefined {
  const plain = plainName(column);
  const named = plain === '' ? undefined : known.find((name) => plainName(name) === plain);
  if (!catalogue || catalogue.has(column)) return catalogue ? column : named;
  const remembered = meanings.get(catalogue) ?? new Map<string, string | undefined>();
  meanings.set(catalogue, remembered);
  if (!remembered.has(column)) {
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    const [field, ...others] = fieldsAlike(column, catalogue);
    remembered.set(column, others.length === 0 ? field?.name : undefined);
  }
  const field = remembered.get(column);
  // Several fields alike: not even the field to match on is sure to be the one that was meant.
  return field ?? (fieldsAlike(column, catalogue).length > 1 ? undefined : named);
}
