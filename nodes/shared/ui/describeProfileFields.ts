import type {
  FieldType,
  ILoadOptionsFunctions,
  INodePropertyOptions,
  ResourceMapperField,
  ResourceMapperFields,
} from 'n8n-workflow';

import type { CampaignField } from '../campaign/metadata';
import { openClient } from '../execution/client';
import { readApiInEditor } from './apiProperty';
import { inEditor } from './editorError';

/** The editor's input for each kind of field; links and objects are for JSON. */
const INPUT_TYPES: Partial<Record<CampaignField['kind'], FieldType>> = {
  string: 'string',
  number: 'number',
  boolean: 'boolean',
  date: 'dateTime',
  datetime: 'dateTime',
  enumeration: 'options',
};

/** Fields of the Update form: writable ones, with Campaign's labels and choices, and what can identify a profile. */
export async function mapProfileFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
  const fields = await profileFields(this);
  // A value that was chosen for another operation stays behind when the operation changes.
  const isMatched =
    this.getCurrentNodeParameter('operation') === 'update' && this.getCurrentNodeParameter('identifyBy') === 'matchingColumn';
  const writable = fields.flatMap((field) => toMapperField(field) ?? []).sort(byLabel);
  if (!isMatched) return { fields: writable };
  // Hidden until added, one by one here: 'addAllFields: false' would hide the field to match on as well, and with it
  // the whole form.
  return { fields: [PKEY, ...writable.map((field) => ({ ...field, removed: true }))] };
}

/** Names of all fields, for choosing which to return. */
export async function listProfileFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  const fields = await profileFields(this);
  return fields
    .map(({ label, name }) => ({ name: label === name ? name : `${label} (${name})`, value: name }))
    .sort((left, right) => left.name.localeCompare(right.name));
}

const PKEY: ResourceMapperField = {
  id: 'PKey',
  displayName: 'PKey',
  type: 'string',
  required: false,
  display: true,
  defaultMatch: true,
  canBeUsedToMatch: true,
};

async function profileFields(context: ILoadOptionsFunctions): Promise<CampaignField[]> {
  return await inEditor(context, async () => {
    const client = await openClient(context);
    return [...(await client.fields(readApiInEditor(context), 'profile')).values()];
  });
}

function toMapperField(field: CampaignField): ResourceMapperField | undefined {
  const type = INPUT_TYPES[field.kind];
  if (field.readOnly || type === undefined) return undefined;
  return {
    id: field.name,
    displayName: field.label,
    type,
    required: false,
    display: true,
    defaultMatch: false,
    canBeUsedToMatch: field.name === 'email' || (field.name.startsWith('cus') && field.kind === 'string'),
    options: type === 'options' ? field.values.map(({ name, label }) => ({ name: label, value: name })) : undefined,
  };
}

function byLabel(left: ResourceMapperField, right: ResourceMapperField): number {
  return left.displayName.localeCompare(right.displayName);
}
