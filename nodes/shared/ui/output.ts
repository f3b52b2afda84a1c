import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { invalidInput } from '../campaign/error';
import type { CampaignRecord } from '../campaign/records';
import type { StepParameters } from '../execution/stepParameters';

/** Always part of the output, so that a profile can be handed on; at its end, because keys are long and say nothing. */
const IDENTITY: readonly string[] = ['PKey', 'href'];

/** The fields most people want, most useful first. */
const SIMPLIFIED: readonly string[] = [
  'email', 'firstName', 'lastName', 'mobilePhone', 'phone', 'birthDate', 'gender', 'lastModified',
];

/** How much of a profile to return, with the fields to choose from. */
export const outputProperties: readonly INodeProperties[] = [
  {
    displayName: 'Output',
    name: 'output',
    type: 'options',
    options: [
      { name: 'Raw', value: 'raw', description: 'Everything that Campaign returns' },
      { name: 'Selected Fields', value: 'selectedFields', description: 'The fields you choose, PKey and href' },
      {
        name: 'Simplified',
        value: 'simplified',
        description: 'E-mail, name, phones and the like, custom fields with the extended API, PKey and href',
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
export function readOutput(item: StepParameters): OutputShape {
  switch (item.choice('output', 'Output', ['simplified', 'raw', 'selectedFields'])) {
    case 'raw':
      return (record) => record;
    case 'selectedFields': {
      const names = parseNames(item.value('selectedFields', []));
      return (record) => pick(record, [...new Set([...names, ...IDENTITY])]);
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
  return pick(record, [...SIMPLIFIED, ...custom, ...IDENTITY]);
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
