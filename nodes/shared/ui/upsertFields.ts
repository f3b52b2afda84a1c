import type { INodeProperties } from 'n8n-workflow';

import type { CampaignClient } from '../campaign/client';
import { invalidInput } from '../campaign/error';
import type { FieldRules } from '../campaign/fields';
import { checkFilter } from '../campaign/filters';
import type { NamedFilter } from '../campaign/givenFilters';
import type { CampaignInstance } from '../campaign/instance';
import { profileByCustomKey, profileByEmail, profileByFilter, type ProfileReference } from '../campaign/profiles';
import type { ApiName } from '../campaign/urls';
import type { Item } from '../execution/item';
import { readApi } from './apiProperty';
import { filterByName, readFilterByName } from './filterByName';
import { fieldsFromProperty, fieldsJsonProperty, fieldsMapper, isJson, readGivenFields } from './givenFields';

/** The fields to write, and how to tell whether the profile is there already. */
export interface UpsertFields {
  readonly api: ApiName;
  readonly match: ProfileReference | NamedFilter;
  /** The field that identifies the profile; it goes into a new one and is not sent again to one that is there. */
  readonly matchingColumn?: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly rules: Omit<FieldRules, 'api'>;
}

const [filterName, filterParameters] = filterByName.values;
const BY_FILTER = { matchOn: ['customFilter'] };

/** How to tell whether a profile is there already, and its fields. */
export const upsertFieldsProperties: readonly INodeProperties[] = [
  fieldsFromProperty,
  {
    displayName: 'Match On',
    name: 'matchOn',
    type: 'options',
    noDataExpression: true,
    options: [
      { name: 'Custom Filter', value: 'customFilter', description: 'Take the profile that a filter of your Campaign instance finds' },
      { name: 'Matching Column', value: 'matchingColumn', description: 'Take the profile with the same e-mail or custom key' },
    ],
    default: 'matchingColumn',
    description: 'How to tell whether the profile is there already',
  },
  ...[filterName, filterParameters].flatMap((property, index): INodeProperties[] =>
    property ? [{ ...property, name: index === 0 ? 'matchFilter' : 'matchParameters', required: index === 0, displayOptions: { show: BY_FILTER } }] : [],
  ),
  {
    displayName: 'Match Field',
    name: 'matchField',
    type: 'string',
    default: 'email',
    required: true,
    placeholder: 'e.g. email',
    displayOptions: { show: { fieldsFrom: ['json'], matchOn: ['matchingColumn'] } },
    description: "The field in the JSON that identifies the profile: email, or your custom key with the extended API",
  },
  fieldsMapper(
    { fieldsFrom: ['mapping'], matchOn: ['matchingColumn'] },
    {
      mode: 'upsert',
      multiKeyMatch: false,
      matchingFieldsLabels: {
        title: 'Column to match on',
        hint: 'The field that tells whether the profile is there already: Email, or your custom key with the extended API',
      },
    },
  ),
  fieldsMapper({ fieldsFrom: ['mapping'], ...BY_FILTER }, { mode: 'add', addAllFields: false }),
  fieldsJsonProperty,
];

/**
 * Reads the fields of one item and what identifies its profile.
 *
 * @throws CampaignError `invalidInput`, before any request, also when what identifies the profile is blank
 */
export function readUpsertFields(item: Item, instance: CampaignInstance): UpsertFields {
  const api = readApi(item);
  const { values, matchingColumn: mapped, rules: strictness } = readGivenFields(item);
  const rules = { ...strictness, emptyValues: item.flag('options.ignoreEmptyValues') ? 'leaveOut' : 'clear' } as const;
  if (item.choice('matchOn', 'Match On', ['matchingColumn', 'customFilter']) === 'customFilter') {
    const match = readFilterByName({ name: item.value('matchFilter'), parameters: item.value('matchParameters', {}) });
    return { api, match, values, rules };
  }
  const matchingColumn = (isJson(item) ? String(item.value('matchField', '') ?? '').trim() : mapped) ?? '';
  const matched = values[matchingColumn];
  const match = referenceByColumn(instance, api, matchingColumn, matched);
  // What is looked for is what is written: with blanks around it, it would never be found again.
  const trimmed = typeof matched === 'string' ? { ...values, [matchingColumn]: matched.trim() } : values;
  return { api, match, matchingColumn, values: trimmed, rules };
}

/**
 * Whose profile is meant, once Campaign was asked about the filter. One that Campaign does not describe is not used: what
 * it finds would be written to.
 *
 * @throws CampaignError `invalidInput`, `forbidden` …
 */
export async function resolveMatch(client: CampaignClient, { api, match }: UpsertFields): Promise<ProfileReference> {
  if ('by' in match) return match;
  return profileByFilter(api, checkFilter(await client.filters(api, 'profile'), api, match.name, match.parameters));
}

function referenceByColumn(instance: CampaignInstance, api: ApiName, column: string, value: unknown): ProfileReference {
  switch (column) {
    case '':
      throw invalidInput('No column to match on is chosen', "Choose the field that tells whether the profile is there already: email or a custom key.");
    case 'PKey':
      throw invalidInput('PKey cannot tell whether a profile is there already', 'Campaign makes the PKey of a new profile. Match on email or a custom key, or use Update.');
    case 'email':
      return profileByEmail(api, value, column);
    default:
      if (!column.startsWith('cus')) {
        throw invalidInput(`'${column}' cannot tell whether a profile is there already`, 'Match on email or on a custom key, whose API name starts with cus, or on a filter.');
      }
      return profileByCustomKey(instance, api, value, column);
  }
}
