import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { invalidInput } from '../../campaign/error';
import { isCollectionLink } from '../../campaign/fields/recordFields';
import { alikeField, titleOf } from '../../campaign/fields/names';
import { isComputed, type FieldCatalogue } from '../../campaign/metadata';
import { copyOf, pick, type CampaignRecord } from '../../campaign/records';
import type { StepParameters } from '../../execution/stepParameters';
import { RESOURCE_PARAMETERS } from '../apiOption';

/** Always part of the output, so that a record can be handed on; at its end, because keys are long and say nothing. */
const IDENTITY: readonly string[] = ['PKey', 'href'];

/** Turns a record into an output item. What was just written to it is part of what people want of it. */
export type OutputShape = (record: CampaignRecord, written?: IDataObject) => IDataObject;

/** What 'Simplified' means for one kind of record. */
export interface SimplifiedOutput {
  /** e.g. `profile` */
  readonly noun: string;
  readonly description: string;
  readonly shape: OutputShape;
}

/** How much of a record to return, with the fields to choose from. */
export const outputProperties = ({ noun, description }: SimplifiedOutput): INodeProperties[] => [
  {
    displayName: 'Output',
    name: 'output',
    type: 'options',
    options: [
      { name: 'Raw', value: 'raw', description: 'Everything that Campaign returns' },
      { name: 'Selected Fields', value: 'selectedFields', description: 'The fields you choose, PKey and href' },
      { name: 'Simplified', value: 'simplified', description },
    ],
    default: 'simplified',
    description: `How much of the ${noun} to return`,
  },
  {
    displayName: 'Field Names or IDs',
    name: 'selectedFields',
    type: 'multiOptions',
    typeOptions: { loadOptionsMethod: 'getFields', loadOptionsDependsOn: RESOURCE_PARAMETERS },
    displayOptions: { show: { output: ['selectedFields'] } },
    default: [],
    description: 'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
  },
];

/**
 * Reads how much of a record to return for one item.
 *
 * @throws CampaignError `invalidInput` when fields are to be selected and none is
 */
export function readOutput(item: StepParameters, simplified: SimplifiedOutput): OutputShape {
  switch (item.choice('output', 'Output', ['simplified', 'raw', 'selectedFields'])) {
    case 'raw':
      return (record) => record;
    case 'selectedFields': {
      const names = selectedNames(item);
      return (record) => pick(record, [...new Set([...names, ...IDENTITY])]);
    }
    default:
      return simplified.shape;
  }
}

/**
 * Checks the names of selected fields: Campaign returns a record whole, so that a wrong one would only be missing.
 *
 * @param catalogue the resource's fields; undefined where Campaign does not tell them
 * @throws CampaignError `invalidInput` naming what there is not
 */
export function checkSelection(item: StepParameters, catalogue: FieldCatalogue | undefined): void {
  if (!catalogue || !selects(item)) return;
  const unknown = selectedNames(item).filter((name) => !catalogue.has(name) && !isComputed(name));
  const [first] = unknown;
  if (first === undefined) return;
  const alike = alikeField(first, catalogue);
  throw invalidInput(
    `'Field Names or IDs' has ${unknown.length === 1 ? 'a name' : 'names'} that Campaign does not know: ${unknown.join(', ')}`,
    `${alike === undefined ? '' : `Did you mean ${titleOf(alike)}? `}Choose fields from the list; custom fields need the extended API.`,
  );
}

/** The same where nothing else needs the resource's fields: they are asked for only if some are selected. */
export async function checkSelectionOf(item: StepParameters, readFields: () => Promise<FieldCatalogue | undefined>): Promise<void> {
  if (selects(item)) checkSelection(item, await readFields());
}

/** What is known without asking again: the fields that were written, and PKey and href, which are all that Campaign answers. */
export function writtenFields(record: CampaignRecord, written: IDataObject = {}): IDataObject {
  const fields = copyOf(written);
  if (Object.hasOwn(record, 'PKey')) fields.PKey = record.PKey;
  if (Object.hasOwn(record, 'href')) fields.href = record.href;
  return fields;
}

/** The fields that most people want, most useful first, then what a customer has added. */
export function simplifyTo(names: readonly string[]): OutputShape {
  return (record, written = {}) => {
    const custom = Object.keys(record).filter((name) => name.startsWith('cus') && typeof record[name] !== 'object');
    return pick(record, [...names, ...Object.keys(written), ...custom, ...IDENTITY]);
  };
}

/** All fields of a record that only its makers know; what leads elsewhere is left to those who follow links. */
export function simplifyUnknown(record: CampaignRecord): IDataObject {
  const names = Object.keys(record).filter((name) => !IDENTITY.includes(name) && !isCollectionLink(record[name]));
  return pick(record, [...names, ...IDENTITY]);
}

function selects(item: StepParameters): boolean {
  return item.choice('output', 'Output', ['simplified', 'raw', 'selectedFields']) === 'selectedFields';
}

function selectedNames(item: StepParameters): string[] {
  const names = item.names('selectedFields', 'Field Names or IDs');
  if (names.length > 0) return names;
  throw invalidInput("No 'Field Names or IDs' are chosen", "Choose at least one field, or set 'Output' to 'Simplified'.");
}
