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
  const writable = fields.flatMap((field) => toMapperField(field) ?? []).sort(byLabel);
  // Hidden until added, one by one here: 'addAllFields: false' would hide the field to match on as well, and with it
  // the whole form.
  switch (matchedOn(this)) {
    case 'key':
      return { fields: [PKEY, ...writable.map((field) => ({ ...field, removed: true }))] };
    case 'email':
      return { fields: writable.map((field) => (field.id === 'email' ? { ...field, defaultMatch: true } : { ...field, removed: true })) };
    default:
      return { fields: writable };
  }
}

/** What the form matches on first; a value that was chosen for another operation stays behind when the operation changes. */
function matchedOn(context: ILoadOptionsFunctions): 'key' | 'email' | undefined {
  const operation = context.getCurrentNodeParameter('operation');
  if (operation === 'update') return context.getCurrentNodeParameter('identifyBy') === 'matchingColumn' ? 'key' : undefined;
  if (operation === 'upsert') return context.getCurrentNodeParameter('matchOn') === 'customFilter' ? undefined : 'email';
  return undefined;
}

/** Names of all fields, for choosing which to return. */
export async function listProfileFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  return toOptions(await profileFields(this));
}

/** Names of the fields to sort by. */
export async function listSortableFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  return toOptions((await profileFields(this)).filter(({ sortable }) => sortable));
}

/** Filters of this Campaign instance, with the names of their parameters. */
export async function listFilters(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  return await inEditor(this, async () => {
    const client = await openClient(this);
    const filters = [...(await client.filters(readApiInEditor(this), 'profile')).values()];
    const described = filters.map(({ name, label, parameters }) => ({
      ...toOption({ name, label }),
      description: parameters.length > 0 ? `Parameters: ${parameters.join(', ')}` : 'No parameters',
    }));
    return described.sort(byName);
  });
}

function toOptions(fields: readonly CampaignField[]): INodePropertyOptions[] {
  return fields.map(toOption).sort(byName);
}

function toOption({ name, label }: { readonly name: string; readonly label: string }): INodePropertyOptions {
  return { name: label === name ? name : `${label} (${name})`, value: name };
}

function byName(left: INodePropertyOptions, right: INodePropertyOptions): number {
  return left.name.localeCompare(right.name);
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
