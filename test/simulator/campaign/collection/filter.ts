import type { Dialect } from '../../options';
import type { CampaignInstance } from '../instance';
import type { EntityView } from '../model/entity';
import type { Availability, FieldValue } from '../model/field';
import type { StoredRecord } from '../records/store';

/** What a filter does with its parameters. */
export type Condition =
  /** Only records that match. */
  | { readonly kind: 'test'; readonly matches: (record: StoredRecord) => boolean }
  /** Only records whose indexed attribute has the value. */
  | { readonly kind: 'lookup'; readonly attribute: string; readonly value: FieldValue }
  /** The parameter is missing or empty; the assumptions say what that means. */
  | { readonly kind: 'absent' };

/** A filter of a resource, callable as a path segment. */
export interface Filter {
  /** Custom filters are called differently in the two dialects. */
  readonly names: Readonly<Record<Dialect, string>>;
  readonly label: string;
  readonly category: string;
  readonly availability: Availability;
  /** Parameters in the order of the `data` template in the filter's metadata. */
  readonly parameters: readonly string[];
  /** Whether the outcome depends on more than the records of the table: on other tables, or on the time. */
  readonly isVolatile: boolean;
  /** `webPage` for filters that Campaign's own screens ask for in a form. */
  readonly formType: 'none' | 'webPage';
  readonly condition: (query: URLSearchParams, view: EntityView, instance: CampaignInstance) => Condition;
}

/** A filter that every instance has: both dialects and both APIs call it alike. */
export function builtIn(
  name: string,
  label: string,
  parameters: readonly string[],
  condition: Filter['condition'],
  extra: Partial<Pick<Filter, 'category' | 'isVolatile' | 'formType'>> = {},
): Filter {
  return {
    names: { v8: name, acs: name },
    label,
    category: '99_none',
    availability: 'everywhere',
    parameters,
    isVolatile: false,
    formType: 'none',
    condition,
    ...extra,
  };
}
