import type { INodeProperties } from 'n8n-workflow';

import type { CampaignClient } from '../../campaign/client';
import { invalidInput } from '../../campaign/error';
import type { FieldRules } from '../../campaign/fields/prepareFields';
import { checkFilter } from '../../campaign/filterCatalogue';
import type { NamedFilter } from '../../campaign/find/givenFilters';
import { recordsByFilter, type RecordReference } from '../../campaign/find/references';
import { trimmed } from '../../campaign/scalars';
import type { CampaignResource } from '../../campaign/urls';
import { whileOptions, type OptionCondition } from '../../execution/formerParameters';
import type { Item } from '../../execution/item';
import { filterByName, readFilterByName } from '../filters/filterByName';
import { AS_JSON, fieldsJsonProperties, fieldsMapper, NOT_AS_JSON } from './fieldsProperties';
import { isJson, matchedValue } from './givenFields';
import type { WrittenTo } from './recordFields';
import { NO_LINKS, type GivenLinks, type RecordKind } from './recordKind';

/** The fields to write, and how to tell whether the record is there already. */
export interface UpsertFields {
  readonly match: RecordReference | NamedFilter;
  /** The field that identifies the record; it goes into a new one and is not sent again to one that is there. */
  readonly matchingColumn?: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly links: GivenLinks;
  readonly rules: Omit<FieldRules, 'api'>;
}

const [filterName, filterParameters] = filterByName.values;
const BY_FILTER: OptionCondition = { is: ['customFilter'] };
const BY_COLUMN: OptionCondition = { isNot: ['customFilter'] };

/** How to tell whether a record is there already, and its fields. */
export function upsertFieldsProperties({ matching, links }: RecordKind): INodeProperties[] {
  const { field } = matching;
  const columns = { title: 'Column to match on', hint: matching.upsertHint };
  const named: INodeProperties[] = [
    ...(filterName ? [{ ...filterName, name: 'matchFilter', required: true }] : []),
    ...(filterParameters ? [{ ...filterParameters, name: 'matchParameters' }] : []),
  ];
  return [
    ...named.flatMap((property) => whileOptions({ matchOn: BY_FILTER }, property)),
    ...whileOptions(
      { fieldsFrom: AS_JSON, matchOn: BY_COLUMN },
      {
        displayName: 'Match Field',
        name: 'matchField',
        type: 'string',
        default: field,
        required: true,
        placeholder: `e.g. ${field || 'orderNumber'}`,
        description: matching.fieldDescription,
      },
    ),
    ...whileOptions(
      { fieldsFrom: NOT_AS_JSON, matchOn: BY_COLUMN },
      fieldsMapper({ mode: 'upsert', multiKeyMatch: false, matchingFieldsLabels: columns }),
    ),
    ...whileOptions({ fieldsFrom: NOT_AS_JSON, matchOn: BY_FILTER }, fieldsMapper({ mode: 'add', addAllFields: false })),
    ...fieldsJsonProperties,
    ...(links ? [links.property] : []),
  ];
}

/** How to tell whether a record is there already, for the Options collection. */
export function matchOnOption({ matching, noun }: RecordKind): INodeProperties {
  return {
    displayName: 'Match On',
    name: 'matchOn',
    type: 'options',
    noDataExpression: true,
    options: [
      { name: 'Custom Filter', value: 'customFilter', description: `Take the ${noun} that a filter of your Campaign instance finds` },
      { name: 'Matching Column', value: 'matchingColumn', description: matching.description },
    ],
    default: 'matchingColumn',
    description: `How to tell whether the ${noun} is there already`,
  };
}

/**
 * Reads the fields of one item and what identifies its record.
 *
 * @throws CampaignError `invalidInput`, before any request, also when what identifies the record is blank
 */
export function readUpsertFields(kind: RecordKind, item: Item, { instance, resource, given }: WrittenTo): UpsertFields {
  const links = kind.links?.read(item) ?? NO_LINKS;
  const { values, matchingColumn: mapped, rules } = given;
  if (item.choice('options.matchOn', 'Match On', ['matchingColumn', 'customFilter']) === 'customFilter') {
    const match = readFilterByName(item, { filter: 'matchFilter', parameters: 'matchParameters' });
    return { match, values, links, rules };
  }
  const matchingColumn = (isJson(item) ? item.text('matchField', 'Match Field') : mapped) ?? '';
  if (matchingColumn === '') {
    throw invalidInput(
      'No column to match on is chosen',
      `Choose the field that tells whether the ${kind.noun} is there already. ${kind.matching.upsertHint}.`,
    );
  }
  const matched = matchedValue(given, matchingColumn);
  const match = kind.matching.toUpsert(instance, resource, matchingColumn, matched);
  // What is looked for is what is written: with blanks around it, it would never be found again.
  const meant = match.by === 'email' ? match.email : trimmed(typeof matched === 'string' ? matched : '');
  const found = typeof matched === 'string' ? { ...values, [matchingColumn]: meant } : values;
  return { match, matchingColumn, values: found, links, rules: { ...rules, matchingField: matchingColumn } };
}

/**
 * Which record is meant, once Campaign was asked about the filter. One that Campaign does not describe is not used: what
 * it finds would be written to.
 *
 * @throws CampaignError `invalidInput`, `forbidden` …
 */
export async function resolveMatch(
  client: CampaignClient,
  { api, name }: CampaignResource,
  match: RecordReference | NamedFilter,
): Promise<RecordReference> {
  if (!isNamedFilter(match)) return match;
  return recordsByFilter(api, checkFilter(await client.filters(api, name), api, match.name, match.parameters));
}

function isNamedFilter(match: RecordReference | NamedFilter): match is NamedFilter {
  return 'kind' in match;
}
