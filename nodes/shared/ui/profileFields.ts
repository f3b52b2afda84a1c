import type { INodeProperties } from 'n8n-workflow';

import { invalidInput } from '../campaign/error';
import type { FieldRules } from '../campaign/fields';
import type { CampaignInstance } from '../campaign/instance';
import { profileByCustomKey, profileByEmail, profileByKey, type ProfileReference } from '../campaign/profiles';
import type { Item } from '../execution/item';
import { readApi } from './apiProperty';
import { fieldsFromProperty, fieldsJsonProperty, fieldsMapper, isJson, notNone, readGivenFields } from './givenFields';
import { profileLocator, readProfile } from './profileLocator';

/** The fields to write, whose profile, and how strictly to take them. */
export interface ProfileFields {
  readonly reference: ProfileReference;
  readonly values: Readonly<Record<string, unknown>>;
  readonly rules: Omit<FieldRules, 'api'>;
}

const MATCHING_COLUMN_ONLY = { fieldsFrom: ['mapping'], identifyBy: ['matchingColumn'] };
const LOCATOR_WITH_MAPPING = { fieldsFrom: ['mapping'], identifyBy: ['profile'] };
const LOCATOR_WITH_JSON = { fieldsFrom: ['json'] };

/** Whose profile to change and which fields, as a form built from Campaign's metadata or as JSON. */
export const profileFieldsProperties: readonly INodeProperties[] = [
  fieldsFromProperty,
  {
    displayName: 'Identify Profile By',
    name: 'identifyBy',
    type: 'options',
    noDataExpression: true,
    options: [
      { name: 'Chosen Profile', value: 'profile', description: 'Choose the profile from a list, or give its PKey, URL, e-mail or custom key' },
      {
        name: 'Matching Column',
        value: 'matchingColumn',
        description: 'Let one of the fields say which profile to change. Best for many items: with automatic mapping no expression is needed.',
      },
    ],
    default: 'profile',
    displayOptions: { show: { fieldsFrom: ['mapping'] } },
    description: 'How to tell which profile to change',
  },
  { ...profileLocator, displayOptions: { show: LOCATOR_WITH_MAPPING } },
  { ...profileLocator, displayOptions: { show: LOCATOR_WITH_JSON } },
  fieldsMapper(LOCATOR_WITH_MAPPING, { mode: 'add', addAllFields: false }),
  fieldsMapper(MATCHING_COLUMN_ONLY, {
    mode: 'update',
    multiKeyMatch: false,
    matchingFieldsLabels: {
      title: 'Column to match on',
      hint: 'The field that tells which profile to change: PKey, Email, or your custom key with the extended API',
    },
  }),
  fieldsJsonProperty,
];

/**
 * Reads the profile and fields of one item.
 *
 * @throws CampaignError `invalidInput`, before any request
 */
export function readProfileFields(item: Item, instance: CampaignInstance): ProfileFields {
  const { values, matchingColumn, rules: strictness } = readGivenFields(item);
  const rules = { ...strictness, emptyValues: item.flag('options.ignoreEmptyValues') ? 'leaveOut' : 'clear' } as const;
  const isMatched = !isJson(item) && item.choice('identifyBy', 'Identify Profile By', ['profile', 'matchingColumn']) === 'matchingColumn';
  if (!isMatched) return { reference: readProfile(item, instance), values: notNone(values), rules };

  const { matched, others } = splitMatch(values, matchingColumn);
  return { reference: referenceByColumn(instance, item, matchingColumn ?? '', matched), values: notNone(others), rules };
}

function splitMatch(
  values: Readonly<Record<string, unknown>>,
  column: string | undefined,
): { matched: unknown; others: Readonly<Record<string, unknown>> } {
  if (!column) {
    throw invalidInput("No column to match on is chosen in 'Fields'", "Choose the field that tells which profile to change under 'Column to match on'.");
  }
  const { [column]: matched, ...others } = values;
  return { matched, others };
}

function referenceByColumn(instance: CampaignInstance, item: Item, column: string, value: unknown): ProfileReference {
  const api = readApi(item);
  if (column === 'PKey') return profileByKey(instance, api, value, column);
  if (column === 'email') return profileByEmail(api, value, column);
  return profileByCustomKey(instance, api, value, column);
}
