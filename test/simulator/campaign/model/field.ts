import type { DataPolicy, Dialect } from '../../options';

/**
 * The APIs that serve records: profiles and services, Ext being the one with extended attributes; the custom resources
 * that have nothing to do with profiles; privacy requests.
 */
export type ApiName = 'profileAndServices' | 'profileAndServicesExt' | 'customResources' | 'privacy';

export type Scalar = string | number | boolean;
/** An element with attributes of its own, for example `location`. */
export type ItemValue = Readonly<Record<string, Scalar>>;
/** null stands only in links that are not set; empty text and dates are "". A set link holds the id of its target. */
export type FieldValue = Scalar | ItemValue | null;

/** Who sets the attribute: a client, the server (an attempt is refused), or the server (an attempt is ignored). */
export type Access = 'writable' | 'readOnly' | 'ignored';

/**
 * Where the attribute can be seen: `ext` means everywhere but in the plain profile API, `extOnV8` the same on v8 and
 * everywhere on ACS, `extOnAcs` the same on ACS and nowhere on v8.
 */
export type Availability = 'everywhere' | 'ext' | 'extOnV8' | 'extOnAcs';

/** One value of an enumeration: clients use the name. */
export interface EnumerationValue {
  readonly name: string;
  readonly label: string;
  readonly stored: string;
}

interface FieldBase {
  readonly apiName: string;
  readonly label: string;
  readonly access: Access;
  readonly availability: Availability;
  /** Whether records show it; the model has attributes that recorded answers never contain. */
  readonly printed: boolean;
  /** Whether a record cannot be without a value. */
  readonly mandatory: boolean;
}

export type ScalarField = FieldBase & {
  readonly defaultValue: Scalar;
} & (
    | { readonly type: 'string'; readonly length: number; readonly dataPolicy: DataPolicy }
    | { readonly type: 'number'; readonly resType: 'long' | 'double' }
    | { readonly type: 'boolean' | 'date' | 'datetime' }
    | { readonly type: 'enumeration'; readonly resType: 'byte' | 'string'; readonly values: readonly EnumerationValue[] }
  );

export type ItemField = FieldBase & {
  readonly type: 'item';
  readonly parts: readonly ScalarField[];
};

interface Ends extends FieldBase {
  /** Name of the resource at the other end. */
  readonly resTarget: string;
  /** Attributes of the target that a record prints beside its PKey, by name. */
  readonly shows: readonly string[];
  /**
   * For a collection: the link of its records that leads back. The records then stand below this one, at the href of the
   * collection. null: somebody else answers there, or nobody.
   */
  readonly inverse: string | null;
}

export type LinkField = (Ends & { readonly type: 'link' }) | (Ends & { readonly type: 'collection' });

/** An attribute of a resource. The same table makes the metadata and rules the writes. */
export type Field = ScalarField | ItemField | LinkField;

type Extra = Partial<Pick<FieldBase, 'access' | 'availability' | 'printed' | 'mandatory'>>;

function base(apiName: string, label: string, extra: Extra): FieldBase {
  return { apiName, label, access: 'writable', availability: 'everywhere', printed: true, mandatory: false, ...extra };
}

/** A text attribute of at most `length` characters. */
export function text(
  apiName: string,
  label: string,
  length: number,
  extra: Extra & { dataPolicy?: DataPolicy; defaultValue?: string } = {},
): ScalarField {
  const { dataPolicy = '', defaultValue = '', ...rest } = extra;
  return { ...base(apiName, label, rest), type: 'string', length, dataPolicy, defaultValue };
}

/** A number attribute; 0 when empty. */
export function number(apiName: string, label: string, extra: Extra & { resType?: 'long' | 'double' } = {}): ScalarField {
  const { resType = 'long', ...rest } = extra;
  return { ...base(apiName, label, rest), type: 'number', resType, defaultValue: 0 };
}

/** A boolean attribute; false when empty. */
export function boolean(apiName: string, label: string, extra: Extra = {}): ScalarField {
  return { ...base(apiName, label, extra), type: 'boolean', defaultValue: false };
}

/** A date (`YYYY-MM-DD`) or datetime attribute; "" when empty. */
export function moment(type: 'date' | 'datetime', apiName: string, label: string, extra: Extra = {}): ScalarField {
  return { ...base(apiName, label, extra), type, defaultValue: '' };
}

/** An enumeration; its first value is the default. */
export function enumeration(
  apiName: string,
  label: string,
  resType: 'byte' | 'string',
  values: readonly EnumerationValue[],
  extra: Extra = {},
): ScalarField {
  return { ...base(apiName, label, extra), type: 'enumeration', resType, values, defaultValue: values[0]?.name ?? '' };
}

/** An element that groups attributes. */
export function item(apiName: string, label: string, parts: readonly ScalarField[], extra: Extra = {}): ItemField {
  return { ...base(apiName, label, extra), type: 'item', parts };
}

/** A link to one record, or a collection of many. */
export function link(
  type: 'link' | 'collection',
  apiName: string,
  label: string,
  resTarget: string,
  extra: Extra & { shows?: readonly string[]; inverse?: string } = {},
): LinkField {
  const { shows = [], inverse = null, ...rest } = extra;
  return { ...base(apiName, label, rest), type, resTarget, shows, inverse };
}

/** Whether an API of a dialect knows something with this availability. */
export function isAvailable(availability: Availability, api: ApiName, dialect: Dialect): boolean {
  const isPlain = api === 'profileAndServices';
  switch (availability) {
    case 'everywhere':
      return true;
    case 'ext':
      return !isPlain;
    case 'extOnV8':
      return !isPlain || dialect === 'acs';
    case 'extOnAcs':
      return !isPlain && dialect === 'acs';
  }
}
