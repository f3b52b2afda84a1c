import type { IDataObject } from 'n8n-workflow';

import { CampaignError } from '../error';
import { isComputed, type CampaignField, type FieldCatalogue } from '../metadata';
import { ownValue, type CampaignRecord } from '../records';
import type { ApiName } from '../urls';
import { isEmpty, show } from '../scalars';
import { whyUnmatched } from './columns';
import { alikeField, plainName, titleOf } from './names';
import { canBeEmptied, convertUndescribed, convertValue, holds } from './values';
import { isShortenedNumber, SHORTENED_ADVICE } from './valueAdvice';
import { orderAdvice, type DateOrder } from './writtenDates';

/** How strictly the fields of a write are taken. */
export interface FieldRules {
  readonly api: ApiName;
  /** IANA name of the time zone for dates that name none: the workflow's. */
  readonly zone: string;
  /** How dates are written that do not begin with the year; ISO alone unless somebody said. */
  readonly dateOrder?: DateOrder;
  /** Where the fields came from, for what to do about one that cannot be sent. */
  readonly givenAs?: 'columns' | 'form' | 'json';
  /** What to do with names that Campaign does not know. */
  readonly unknownFields: 'refuse' | 'leaveOut';
  /** What to do with fields that Campaign sets itself. */
  readonly readOnlyFields: 'refuse' | 'leaveOut';
  /** Whether null and blank text empty the field in Campaign or leave it as it is. */
  readonly emptyValues: 'clear' | 'leaveOut';
  /** Links set to nothing: their null is sent whatever becomes of other empty values. */
  readonly removedLinks?: readonly string[];
  /** What to do with text that is longer than the field. */
  readonly longText: 'refuse' | 'cut' | 'send';
  /** What to do with fields that have parts, as `location` has: Campaign v8 takes them in a new record only. */
  readonly nestedFields: 'send' | 'leaveOut';
  /** The field that tells which record is meant: its value is never cut. */
  readonly matchingField?: string;
  /** Whether Campaign itself has held the values: text goes back as it was, whatever is wrong with it. */
  readonly wereHeld?: boolean;
  /** Whether a record may be left as it is where all values are blank, and blank ones leave a field as it is. */
  readonly mayBeBlank?: boolean;
}

/** Why a field is not sent as it was given, though the write goes on. */
export type FieldRemark = 'unknown' | 'cut' | 'notEmptied' | 'nested';

/** Fields ready to be sent, and what became of the others. */
export interface PreparedFields {
  readonly fields: IDataObject;
  readonly remarks: ReadonlyArray<{ readonly remark: FieldRemark; readonly field: string }>;
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

/** What becomes of one field: a value to send, a reason not to send anything, or nothing at all. */
type Decision =
  | { readonly value: IDataObject[string]; readonly remark?: FieldRemark }
  | { readonly refused: string; readonly advice?: string }
  | { readonly unknown: FieldCatalogue }
  | { readonly remark: FieldRemark }
  | undefined;

/**
 * Checks and converts the fields of a write against the metadata, because Campaign v8 answers every bad field with one
 * and the same 500 that names none.
 *
 * @param catalogue the resource's fields; without them everything goes out as it came, but for what Campaign surely sets itself
 * @returns no fields where all are blank, and that is fine with the rules
 * @throws CampaignError `invalidInput` naming all fields that cannot be sent, or saying that nothing is left to send
 */
export function prepareFields(
  catalogue: FieldCatalogue | undefined,
  input: Readonly<Record<string, unknown>>,
  rules: FieldRules,
): PreparedFields {
  const fields: Array<[string, IDataObject[string]]> = [];
  const remarks: Array<{ remark: FieldRemark; field: string }> = [];
  const refused: Array<{ readonly reason: string; readonly advice?: string }> = [];
  let hasUnknown = false;

  for (const [name, value] of Object.entries(input)) {
    const decision = decide(catalogue, name, value, rules);
    if (decision && 'unknown' in decision) {
      refused.push({ reason: unknownField(name, decision.unknown, rules, input) });
      hasUnknown = true;
      continue;
    }
    if (!decision) continue;
    if ('refused' in decision) {
      refused.push({ reason: decision.refused, advice: decision.advice });
      continue;
    }
    if ('value' in decision) fields.push([name, decision.value]);
    if (decision.remark) remarks.push({ remark: decision.remark, field: name });
  }

  if (refused.length > 0) {
    const advice = new Set(refused.flatMap((one) => one.advice || []));
    throw fieldsRefused(
      refused.map(({ reason }) => reason),
      [whatToDo(rules, hasUnknown, refused.length), ...advice],
    );
  }
  if (fields.length === 0 && !(rules.mayBeBlank === true && hasBlankField(catalogue, input)))
    throw nothingToSend(remarks, rules.emptyValues === 'leaveOut');
  // Unlike an assignment, this keeps a column named __proto__.
  return { fields: Object.fromEntries(fields), remarks };
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
    .filter((name) => holds(asPrinted(catalogue?.get(name)), ownValue(before, name), ownValue(after, name)) === false)
    .map((name) => ({ field: name, before: ownValue(before, name) ?? null, after: ownValue(after, name) ?? null }));
}

/** Links cannot be compared, so they count as changed: only what surely is the same already is left out. */
export function withoutUnchanged(catalogue: FieldCatalogue | undefined, sent: IDataObject, record: CampaignRecord): IDataObject {
  return Object.fromEntries(
    Object.entries(sent).filter(([name, value]) => holds(catalogue?.get(name), value, ownValue(record, name)) !== true),
  );
}

function decide(catalogue: FieldCatalogue | undefined, name: string, value: unknown, rules: FieldRules): Decision {
  const isRemoved = rules.removedLinks?.includes(name) ?? false;
  if (value === undefined || (rules.emptyValues === 'leaveOut' && isEmpty(value) && !isRemoved)) return undefined;
  const field = catalogue?.get(name);
  if (rules.readOnlyFields === 'leaveOut' && (field ? field.readOnly : isComputed(name))) return undefined;
  if (!catalogue) return undescribedField(name, value);
  if (!field) {
    return rules.unknownFields === 'leaveOut' ? { remark: 'unknown' } : { unknown: catalogue };
  }
  if (field.readOnly) return { refused: `${titleOf(field)} is read-only: Campaign sets it itself` };
  if (field.kind === 'object' && rules.nestedFields === 'leaveOut') return { remark: 'nested' };
  if (isEmpty(value) && !canBeEmptied(field)) return { remark: 'notEmptied' };
  const isText = field.kind === 'string' && typeof value === 'string';
  const conversion = rules.wereHeld === true && isText ? { value } : convertValue(field, value, rules.zone, rules.dateOrder);
  if ('value' in conversion) return fitting(field, conversion.value, rules);
  const isDate = (field.kind === 'date' || field.kind === 'datetime') && (rules.dateOrder ?? 'iso') === 'iso';
  const advice = [isDate ? orderAdvice(value) : '', conversion.advice ?? ''].filter((sentence) => sentence !== '');
  return { refused: `${titleOf(field)} takes ${conversion.wanted}, not ${show(value)}`, advice: advice.join(' Or: ') };
}

/** Whether there is a column for a field that can be written, with nothing in it: another row may have something there. */
function hasBlankField(catalogue: FieldCatalogue | undefined, input: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(input).some(([name, value]) => {
    if (value === undefined || !isEmpty(value)) return false;
    const field = catalogue?.get(name);
    return field ? !field.readOnly : !catalogue && !isComputed(name);
  });
}

function undescribedField(name: string, value: unknown): Decision {
  const conversion = convertUndescribed(value);
  return 'value' in conversion ? conversion : { refused: `'${name}' takes ${conversion.wanted}, not ${show(value)}` };
}

function fitting(field: CampaignField, value: IDataObject[string], { longText, matchingField }: FieldRules): Decision {
  const { name, maximumLength } = field;
  // Several people would become one.
  if (typeof value === 'string' && name === matchingField && isShortenedNumber(value))
    return { refused: `${titleOf(field)} takes a key, not ${show(value)}`, advice: SHORTENED_ADVICE };
  if (typeof value !== 'string' || maximumLength === undefined || value.length <= maximumLength) return { value };
  // Half a key is another key: what is cut, or is cut by Campaign, would not be found again.
  const choice = name === matchingField ? 'refuse' : longText;
  if (choice === 'send') return { value };
  if (choice === 'cut') return { value: cut(value, maximumLength), remark: 'cut' };
  return {
    refused: `${titleOf(field)} takes at most ${maximumLength} characters (got ${value.length}), not ${show(value)}`,
    advice: name === matchingField ? undefined : "Or set 'When Text Is Too Long' under 'Options'.",
  };
}

/** Never half a character, as an emoji would leave. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}

/** A field whose two readings are compared: nothing was made of either by a rule of the data model in between. */
export function asPrinted(field: CampaignField | undefined): CampaignField | undefined {
  return field && { ...field, dataPolicy: undefined, maximumLength: undefined };
}

function fieldsRefused(refused: readonly string[], advice: readonly string[]): CampaignError {
  return new CampaignError({
    reason: 'invalidInput',
    message: refused.length === 1 ? `Field ${refused[0]}` : `${refused.length} fields cannot be sent: ${refused.join('; ')}`,
    description: ['Nothing was sent.', ...advice].join(' '),
  });
}

function whatToDo({ givenAs }: FieldRules, hasUnknown: boolean, count: number): string {
  if (givenAs === 'json') return 'Correct the fields in the JSON, or take them out.';
  if (givenAs !== 'columns') return "Correct the values in 'Fields', or remove the fields from the mapping.";
  if (!hasUnknown) return 'Correct the values in the step before, e.g. with Edit Fields.';
  const others = count > 1 ? ' Correct other values in the step before.' : '';
  return `Set 'Unknown Columns' under 'Options' to 'Leave Out', or rename or remove the columns in the step before, e.g. with Edit Fields.${others}`;
}

/**
 * The error of a write without a field.
 *
 * @param remarks what became of the fields that were given
 * @param ignoresEmptyValues whether blank values were left out as well
 */
export function nothingToSend(remarks: PreparedFields['remarks'] = [], ignoresEmptyValues = false): CampaignError {
  const named = (kind: FieldRemark): string[] => remarks.filter(({ remark }) => remark === kind).map(({ field }) => field);
  const [unknown, notEmptied, nested] = [named('unknown'), named('notEmptied'), named('nested')];
  const sentences = [
    'Give at least one field; in an update, the one that tells which record is meant does not count.',
    ignoresEmptyValues ? "Blank values do not count; to empty fields, set 'Empty Values' to 'Clear'." : '',
    unknown.length > 0 ? `These columns are no fields of Campaign: ${unknown.join(', ')}.` : '',
    notEmptied.length > 0 ? `These fields have no empty value: ${notEmptied.join(', ')}.` : '',
    nested.length > 0 ? `These fields can be updated in Campaign Standard only, and as JSON: ${nested.join(', ')}.` : '',
  ];
  return new CampaignError({
    reason: 'invalidInput',
    message: ignoresEmptyValues ? "There is nothing to write: 'Fields' has no value" : "There is nothing to write: 'Fields' is empty",
    description: sentences.filter((sentence) => sentence !== '').join(' '),
  });
}

function unknownField(
  name: string,
  catalogue: FieldCatalogue,
  { api, givenAs }: FieldRules,
  input: Readonly<Record<string, unknown>>,
): string {
  const unmatched = givenAs === 'columns' ? whyUnmatched(name, catalogue, input) : undefined;
  if (unmatched && unmatched.fields.length > 1) return `'${name}' may be ${unmatched.fields.map(titleOf).join(' or ')}: rename the column`;
  const [field] = unmatched?.fields ?? [];
  const [other] = unmatched?.others ?? [];
  if (field && other !== undefined) return `'${name}' and '${other}' both are ${titleOf(field)}: keep one of the columns`;
  const alike = alikeField(name, catalogue);
  // The column that says whose record it is does not stand among the fields to write.
  if (alike && givenAs === 'columns' && [alike.name, alike.label].some((text) => plainName(text) === plainName(name)))
    return `'${name}' means ${titleOf(alike)}, which another column is matched to: keep one of them`;
  if (alike) return `'${name}' is not known to Campaign: did you mean ${titleOf(alike)}?`;
  if (name.startsWith('cus') && api === 'profileAndServices') {
    return `'${name}' is not known to the standard API: set 'API' under 'Options' to 'Extended' for custom fields`;
  }
  return `'${name}' is not known to Campaign`;
}
