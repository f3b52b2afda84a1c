import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { invalidInput } from '../campaign/error';
import type { CampaignRecord } from '../campaign/records';
import type { Item } from '../execution/item';

/** The fields most people want, most useful first; PKey and href lead on to the next step. */
export const SIMPLIFIED_PROFILE_FIELDS: readonly string[] = [
  'PKey', 'email', 'firstName', 'lastName', 'mobilePhone', 'phone', 'birthDate', 'gender', 'lastModified', 'href',
];

/** Always part of selected fields, so that a profile can be handed on. */
const IDENTITY: readonly string[] = ['PKey', 'href'];

/** How much of a profile to return, with the fields to choose from. */
export const outputProperties: readonly INodeProperties[] = [
  {
    displayName: 'Output',
    name: 'output',
    type: 'options',
    options: [
      { name: 'Raw', value: 'raw', description: 'Everything that Campaign returns' },
      { name: 'Selected Fields', value: 'selectedFields', description: 'PKey, href and the fields you choose' },
      {
        name: 'Simplified',
        value: 'simplified',
        description: 'PKey, name, e-mail, phones and the like, and custom fields with the extended API',
      },
    ],
    default: 'simplified',
    description: 'How much of the profile to return',
  },
  {
    displayName: 'Field Names or IDs',
    name: 'selectedFields',
    type: 'multiOptions',
    typeOptions: { loadOptionsMethod: 'getProfileFields', loadOptionsDependsOn: ['api'] },
    displayOptions: { show: { output: ['selectedFields'] } },
    default: [],
    description:
      'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
  },
];

/** Turns a profile into an output item. */
export type OutputShape = (record: CampaignRecord) => IDataObject;

/**
 * Reads how much of a profile to return for one item.
 *
 * @throws CampaignError `invalidInput` when fields are to be selected and none is
 */
export function readOutput(item: Item): OutputShape {
  switch (item.choice('output', 'Output', ['simplified', 'raw', 'selectedFields'])) {
    case 'raw':
      return (record) => record;
    case 'selectedFields': {
      const names = parseNames(item.value('selectedFields', []));
      return (record) => pick(record, [...new Set([...IDENTITY, ...names])]);
    }
    default:
      return simplify;
  }
}

/** PKey and href alone, as Campaign returns them for an update. */
export function identityOf(record: CampaignRecord): IDataObject {
  return pick(record, IDENTITY);
}

function simplify(record: CampaignRecord): IDataObject {
  const custom = Object.keys(record).filter((name) => name.startsWith('cus') && typeof record[name] !== 'object');
  return pick(record, [...SIMPLIFIED_PROFILE_FIELDS, ...custom]);
}

function pick(record: CampaignRecord, names: readonly string[]): IDataObject {
  const picked: IDataObject = {};
  for (const name of names) if (record[name] !== undefined) picked[name] = record[name];
  return picked;
}

function parseNames(value: unknown): string[] {
  const names = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [];
  const trimmed = names.map((name) => String(name).trim()).filter((name) => name !== '');
  if (trimmed.length > 0) return trimmed;
  throw invalidInput("No 'Field Names or IDs' are chosen", "Choose at least one field, or set 'Output' to 'Simplified'.");
}
