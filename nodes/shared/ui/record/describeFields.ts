import type { FieldType, ILoadOptionsFunctions, INodePropertyOptions, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';

import type { CampaignClient } from '../../campaign/client';
import type { CampaignField } from '../../campaign/metadata';
import type { CampaignResource } from '../../campaign/urls';
import { hasCredential } from '../../execution/openClient';
import { readEditedOption } from '../editedOption';
import { askInEditor } from '../askInEditor';
import { editorMessage } from '../editorError';
import { inReadingOrder } from '../editorSearch';

/** What the fields of a resource can be used for. */
export interface MatchingFields {
  /** Whether a field can tell which record is meant. */
  readonly canMatch: (field: CampaignField) => boolean;
  /** The field that a Create or Update form matches on at first. */
  readonly isFirstMatch: (field: CampaignField) => boolean;
}

/** The resource of the step that is being edited. */
export interface EditedResource extends MatchingFields {
  readonly resource: CampaignResource;
}

/** The form of a step without a credential. */
export interface StandardForm extends MatchingFields {
  readonly fields: readonly CampaignField[];
}

/** Finds out which resource the step is about. */
export type ReadEditedResource = (client: CampaignClient, context: ILoadOptionsFunctions) => Promise<EditedResource>;

type ListOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** What fills the editor's forms and lists of fields and filters. */
export interface FieldLists {
  /** Fields of a form: writable ones, with Campaign's labels and choices, and what can identify a record. */
  readonly mapFields: (this: ILoadOptionsFunctions) => Promise<ResourceMapperFields>;
  /** Names of all fields, for choosing which to return. */
  readonly listFields: ListOptions;
  /** Names of the fields to sort by. */
  readonly listSortableFields: ListOptions;
  /** Names of the writable links. */
  readonly listLinks: ListOptions;
  /** Filters of this Campaign instance, with the names of their parameters. */
  readonly listFilters: ListOptions;
}

/** The editor's input for each kind of field; links and objects are for JSON. */
const INPUT_TYPES: Partial<Record<CampaignField['kind'], FieldType>> = {
  string: 'string',
  number: 'number',
  boolean: 'boolean',
  date: 'dateTime',
  datetime: 'dateTime',
  enumeration: 'options',
};

/**
 * Makes the lists for the resources of one node.
 *
 * @param standard the form as long as a new step has no credential; n8n chooses one right after it has asked for the form
 */
export function fieldLists(readResource: ReadEditedResource, standard?: StandardForm): FieldLists {
  const fieldsOf = async (context: ILoadOptionsFunctions): Promise<EditedResource & { fields: CampaignField[] }> =>
    await askInEditor(context, async (client) => {
      const edited = await readResource(client, context);
      return { ...edited, fields: [...(await client.fields(edited.resource.api, edited.resource.name)).values()] };
    });
  const listOf = (isListed: (field: CampaignField) => boolean): ListOptions =>
    async function () {
      return (await fieldsOf(this)).fields.filter(isListed).map(toOption).sort(byName);
    };

  return {
    async mapFields() {
      if (!hasCredential(this)) {
        if (standard) return { fields: toForm(standard.fields, standard, matchedOn(this)) };
        return {
          fields: [],
          emptyFieldsNotice: "The fields come from Campaign: choose a credential above if there is none, then press 'Retry'",
        };
      }
      try {
        const { fields, ...edited } = await fieldsOf(this);
        return { fields: toForm(fields, edited, matchedOn(this)) };
      } catch (error) {
        // The editor shows no message of a form that fails, only that it has no fields.
        return { fields: [], emptyFieldsNotice: editorMessage(error) };
      }
    },
    listFields: listOf(() => true),
    listSortableFields: listOf(({ sortable }) => sortable),
    listLinks: listOf(({ kind, readOnly }) => kind === 'link' && !readOnly),
    async listFilters() {
      return await askInEditor(this, async (client) => {
        const { api, name } = (await readResource(client, this)).resource;
        const described = [...(await client.filters(api, name)).values()].map((filter) => ({
          ...toOption(filter),
          description: filter.parameters.length > 0 ? `Parameters: ${filter.parameters.join(', ')}` : 'No parameters',
        }));
        return described.sort(byName);
      });
    },
  };
}

/** What the form matches on first; a value that was chosen for another operation stays behind when the operation changes. */
function matchedOn(context: ILoadOptionsFunctions): 'key' | 'column' | undefined {
  const operation = context.getCurrentNodeParameter('operation');
  if (operation === 'update') return readEditedOption(context, 'identifyBy') === 'matchingColumn' ? 'key' : undefined;
  if (operation === 'upsert') return readEditedOption(context, 'matchOn') === 'customFilter' ? undefined : 'column';
  return undefined;
}

/**
 * Fields that are not matched on are hidden until added, one by one: 'addAllFields: false' would hide the field to match on
 * as well, and with it the whole form.
 */
function toForm(
  fields: readonly CampaignField[],
  { canMatch, isFirstMatch }: MatchingFields,
  matched: 'key' | 'column' | undefined,
): ResourceMapperField[] {
  const writable = fields
    .flatMap((field) => toMapperField(field, canMatch(field)) ?? [])
    .sort((left, right) => inReadingOrder(left.displayName, right.displayName));
  if (matched === 'key') return [PKEY, ...writable.map((field) => ({ ...field, removed: true }))];
  if (matched === undefined) return writable;
  const first = new Set(fields.filter(isFirstMatch).map(({ name }) => name));
  return writable.map((field) => (first.has(field.id) ? { ...field, defaultMatch: true } : { ...field, removed: first.size > 0 }));
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

function toMapperField(field: CampaignField, canBeUsedToMatch: boolean): ResourceMapperField | undefined {
  const type = INPUT_TYPES[field.kind];
  if (field.readOnly || type === undefined) return undefined;
  return {
    id: field.name,
    displayName: field.label,
    type,
    required: false,
    display: true,
    defaultMatch: false,
    canBeUsedToMatch,
    options: type === 'options' ? field.values.map(({ name, label }) => ({ name: label, value: name })) : undefined,
  };
}

function toOption({ name, label }: { readonly name: string; readonly label: string }): INodePropertyOptions {
  return { name: label === name ? name : `${label} (${name})`, value: name };
}

function byName(left: INodePropertyOptions, right: INodePropertyOptions): number {
  return inReadingOrder(left.name, right.name);
}
