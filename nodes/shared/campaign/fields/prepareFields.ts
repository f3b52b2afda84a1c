import type { IDataObject } from 'n8n-workflow';

import { CampaignError } from '../error';
import { isComputed, type CampaignField, type FieldCatalogue } from '../metadata';
import { ownValue, type CampaignRecord } from '../records';
import type { ApiName } from '../urls';
import { convertValue, holds, isEmpty, show } from './values';

/** How strictly the fields of a write are taken. */
export interface FieldRules {
  readonly api: ApiName;
  /** What to do with names that Campaign does not know. */
  readonly unknownFields: 'refuse' | 'leaveOut';
  /** What to do with fields that Campaign sets itself. */
  readonly readOnlyFields: 'refuse' | 'leaveOut';
  /** Whether null and blank text empty the field in Campaign or leave it as it is. */
  readonly emptyValues: 'clear' | 'leaveOut';
}

/** Fields ready to be sent, and the unknown ones that were left out. */
export interface PreparedFields {
  readonly fields: IDataObject;
  readonly leftOut: readonly string[];
}

/** One field that is not as it should be. */
export interface FieldDifference {
  readonly field: string;
  readonly expected: unknown;
  readonly found: unknown;
}

/** One field that an update changed. */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * Checks and converts the fields of a write against the metadata, because Campaign v8 answers every bad field with one
 * and the same 500 that names none.
 *
 * @param catalogue the resource's fields; without them everything goes out as it came, but for what Campaign surely sets itself
 * @throws CampaignError `invalidInput` naming all fields that cannot be sent, or saying that nothing is left to send
 */
export function prepareFields(
  catalogue: FieldCatalogue | undefined,
  input: Readonly<Record<string, unknown>>,
  rules: FieldRules,
): PreparedFields {
  const prepared = new Map<string, IDataObject[string]>();
  const leftOut: string[] = [];
  const refused: string[] = [];

  for (const [name, value] of Object.entries(input)) {
    if (value === undefined || (rules.emptyValues === 'leaveOut' && isEmpty(value))) continue;
    const field = catalogue?.get(name);
    if (rules.readOnlyFields === 'leaveOut' && (field ? field.readOnly : isComputed(name))) continue;
    if (!catalogue) {
      prepared.set(name, value);
    } else if (!field) {
      if (rules.unknownFields === 'leaveOut') leftOut.push(name);
      else refused.push(unknownField(name, catalogue, rules.api));
    } else if (field.readOnly) {
      refused.push(`'${name}' is read-only: Campaign sets it itself`);
    } else {
      const conversion = convertValue(field, value);
      if ('value' in conversion) prepared.set(name, conversion.value);
      else if (isEmpty(value)) refused.push(`'${name}' cannot be emptied: it takes ${conversion.wanted}`);
      else refused.push(`'${name}' takes ${conversion.wanted}, not ${show(value)}`);
    }
  }

  if (refused.length > 0) throw cannotBeSent(refused);
  const fields: IDataObject = Object.fromEntries(prepared);
  if (prepared.size === 0) throw nothingToSend(leftOut, rules.emptyValues === 'leaveOut');
  return { fields, leftOut };
}

/** The fields of `sent` that `record` does not hold, for sending the difference only and for checking what was written. */
export function differences(catalogue: FieldCatalogue | undefined, sent: IDataObject, record: CampaignRecord): FieldDifference[] {
  return Object.entries(sent)
    .filter(([name, value]) => holds(catalogue?.get(name), value, ownValue(record, name)) === false)
    .map(([name, value]) => ({ field: name, expected: value, found: ownValue(record, name) ?? null }));
}

/** The fields of `sent` whose value differs between two readings of one record. */
export function changes(
  catalogue: FieldCatalogue | undefined,
  sent: IDataObject,
  before: CampaignRecord,
  after: CampaignRecord,
): FieldChange[] {
  return Object.keys(sent)
    .filter((name) => holds(catalogue?.get(name), ownValue(before, name), ownValue(after, name)) === false)
    .map((name) => ({ field: name, before: ownValue(before, name) ?? null, after: ownValue(after, name) ?? null }));
}

/** Links cannot be compared, so they count as changed: only what surely is the same already is left out. */
export function withoutUnchanged(catalogue: FieldCatalogue | undefined, sent: IDataObject, record: CampaignRecord): IDataObject {
  return Object.fromEntries(
    Object.entries(sent).filter(([name, value]) => holds(catalogue?.get(name), value, ownValue(record, name)) !== true),
  );
}

function cannotBeSent(refused: readonly string[]): CampaignError {
  return new CampaignError({
    reason: 'invalidInput',
    message: refused.length === 1 ? `Field ${refused[0]}` : `${refused.length} fields cannot be sent: ${refused.join('; ')}`,
    description: "Nothing was sent. Correct the values in 'Fields', or remove the fields from the mapping.",
  });
}

/**
 * The error of a write without a field.
 *
 * @param leftOut columns that were left out because Campaign does not know them
 * @param ignoresEmptyValues whether blank values were left out as well
 */
export function nothingToSend(leftOut: readonly string[] = [], ignoresEmptyValues = false): CampaignError {
  const unknown = leftOut.length > 0 ? ` These columns are no fields of Campaign: ${leftOut.join(', ')}.` : '';
  const blank = ignoresEmptyValues
    ? " Blank values do not count: a new profile does not need them, and in an update 'Ignore Empty Values' is on."
    : '';
  return new CampaignError({
    reason: 'invalidInput',
    message: ignoresEmptyValues ? "There is nothing to write: 'Fields' has no value" : "There is nothing to write: 'Fields' is empty",
    description: `Give at least one field; the one that identifies a profile to update does not count.${blank}${unknown}`,
  });
}

function unknownField(name: string, catalogue: FieldCatalogue, api: ApiName): string {
  const alike = closest(name, catalogue);
  if (alike) return `'${name}' is not known to Campaign: did you mean '${alike.name}'?`;
  if (name.startsWith('cus') && api === 'profileAndServices') {
    return `'${name}' is not known to the standard API: set 'API' to 'Extended' for custom fields`;
  }
  return `'${name}' is not known to Campaign`;
}

function closest(name: string, catalogue: FieldCatalogue): CampaignField | undefined {
  const plain = lettersOf(name);
  if (plain === '') return undefined;
  return [...catalogue.values()].find((field) => lettersOf(field.name) === plain || lettersOf(field.label) === plain);
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
