import { isObject } from './records';
import { switchIn } from './scalars';

/** What kind of value a field holds; a collection is read only. */
export type FieldKind = 'string' | 'number' | 'boolean' | 'date' | 'datetime' | 'enumeration' | 'link' | 'object' | 'collection';

/** One choice of an enumeration. The API takes and returns the name; people know the label. */
export interface EnumerationValue {
  readonly name: string;
  readonly label: string;
}

/** A field of a resource, as Campaign describes it. */
export interface CampaignField {
  readonly name: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly readOnly: boolean;
  readonly sortable: boolean;
  /** Longest text, in characters. */
  readonly maximumLength?: number;
  /** For whole numbers: how many bits Campaign has for one. */
  readonly wholeBits?: number;
  /** For text: how Campaign changes it when it is stored, e.g. `smartCase`. */
  readonly dataPolicy?: string;
  /** For enumerations; empty when Campaign does not list them. */
  readonly values: readonly EnumerationValue[];
  /** Whether no record goes without it. */
  readonly mandatory?: boolean;
  /** For links: the resource that they lead to. */
  readonly target?: string;
}

/** The fields of a resource by name, in the order of the metadata. */
export type FieldCatalogue = ReadonlyMap<string, CampaignField>;

/** Campaign's marker for a stored value outside the enumeration; no value to choose. */
const INVALID_VALUE = '__Invalid_value__';

/** Campaign's types for whole numbers (Adobe: Campaign schema structure, "type"). */
const WHOLE_BITS: ReadonlyMap<string, number> = new Map([
  ['byte', 8],
  ['short', 16],
  ['long', 32],
  ['int64', 64],
]);

/**
 * Set by Campaign itself, but described as writable by some instances (Adobe: data model of the profile resource).
 * `age` for one is answered with "Cannot update the 'age' property that is read-only".
 */
const COMPUTED: ReadonlySet<string> = new Set([
  'PKey',
  'acsId',
  'age',
  'created',
  'createdBy',
  'cryptedId',
  'domain',
  'href',
  'isExternal',
  'lastModified',
  'modifiedBy',
  'postalAddress',
  'title',
]);
const COMPUTED_PATTERN = /^(?:blackList\w*|ccpaOptOut)LastModified$/;

/** Tells whether Campaign sets a field itself, described or not. */
export function isComputed(name: string): boolean {
  return COMPUTED.has(name) || COMPUTED_PATTERN.test(name);
}

/**
 * Reads the answer of `/resourceType/<resource>` (Adobe: "Metadata mechanism").
 *
 * @returns undefined when the answer describes no fields
 */
export function parseMetadata(json: unknown): FieldCatalogue | undefined {
  if (!isObject(json) || !isObject(json.content)) return undefined;
  const fields = new Map<string, CampaignField>();
  for (const [name, description] of Object.entries(json.content)) {
    if (isObject(description)) fields.set(name, parseField(name, description));
  }
  // Without a single field it would make every field an unknown one.
  return fields.size > 0 ? fields : undefined;
}

function parseField(name: string, description: Readonly<Record<string, unknown>>): CampaignField {
  const values = parseEnumeration(description.values);
  const kind = parseKind(description, values);
  const length = Number(description.length);
  return {
    name,
    label: text(description.label) || name,
    kind,
    readOnly: switchIn(description.readOnly) === true || kind === 'collection' || isComputed(name),
    sortable: switchIn(description.sortable) === true,
    maximumLength: kind === 'string' && length > 0 ? length : undefined,
    wholeBits: kind === 'number' ? WHOLE_BITS.get(text(description.resType).toLowerCase()) : undefined,
    dataPolicy: kind === 'string' ? text(description.dataPolicy) || undefined : undefined,
    values,
    mandatory: switchIn(description.mandatory) === true,
    target: kind === 'link' ? text(description.resTarget) || undefined : undefined,
  };
}

function parseKind(description: Readonly<Record<string, unknown>>, values: readonly EnumerationValue[]): FieldKind {
  const type = text(description.type).toLowerCase();
  switch (type) {
    case 'enumeration':
      // Without choices there is nothing to check against; Campaign will.
      return values.length > 0 ? 'enumeration' : 'string';
    case 'number':
    case 'integer':
    case 'float':
    case 'double':
      return 'number';
    case 'boolean':
    case 'date':
    case 'datetime':
    case 'link':
    case 'collection':
      return type;
    case 'item':
    case 'element':
      return 'object';
    default:
      return 'string';
  }
}

/** The inner shape of an entry is documented nowhere; the name is the key, a label is used where there is one. */
function parseEnumeration(values: unknown): EnumerationValue[] {
  if (!isObject(values)) return [];
  return Object.entries(values)
    .filter(([name]) => name !== INVALID_VALUE)
    .map(([name, entry]) => ({ name, label: (isObject(entry) && text(entry.label)) || name }));
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** What Campaign says about a resource. */
export interface ResourceDescription {
  readonly fields: FieldCatalogue;
  readonly filtersUrl: string | undefined;
}
