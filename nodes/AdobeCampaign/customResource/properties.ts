import type { INodeProperties } from 'n8n-workflow';

import { filterByName } from '../../shared/ui/filters/filterByName';

/** Chooses the resource. */
export const customResourceLocator: INodeProperties = {
  displayName: 'Custom Resource',
  name: 'customResource',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  description: 'The resource of your data model',
  modes: [
    {
      displayName: 'From List',
      name: 'list',
      type: 'list',
      placeholder: 'Select a custom resource...',
      typeOptions: { searchListMethod: 'searchCustomResources', searchable: true, searchFilterRequired: false },
    },
    {
      displayName: 'By Name',
      name: 'name',
      type: 'string',
      placeholder: 'e.g. cusOrder',
      hint: 'The API name. The list may lack resources that are not linked to profiles.',
    },
  ],
};

/** Which of the two APIs with custom resources has it. */
export const customResourceApi: INodeProperties = {
  displayName: 'API',
  name: 'api',
  type: 'options',
  options: [
    { name: 'Automatic', value: 'automatic', description: 'Ask Campaign once per execution which API has the resource' },
    { name: 'Linked to Profiles', value: 'profileAndServicesExt', description: 'The API profileAndServicesExt' },
    { name: 'Not Linked to Profiles', value: 'customResources', description: 'The API customResources' },
  ],
  default: 'automatic',
  description: 'Which API has the resource: it depends on whether it is linked to profiles, directly or through others',
};

/** Chooses one record of the resource. */
export const recordLocator: INodeProperties = {
  displayName: 'Record',
  name: 'record',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  description: 'The record, chosen from a list or by what identifies it',
  modes: [
    {
      displayName: 'From List',
      name: 'list',
      type: 'list',
      placeholder: 'Select a record...',
      typeOptions: { searchListMethod: 'searchRecords', searchable: true, searchFilterRequired: false },
    },
    {
      displayName: 'By PKey',
      name: 'pKey',
      type: 'string',
      placeholder: 'e.g. {{ $json.PKey }}',
      hint: 'Take the PKey from an earlier step: Campaign changes keys, so they are not for keeping',
    },
    {
      displayName: 'By URL',
      name: 'url',
      type: 'string',
      placeholder: 'e.g. {{ $json.href }}',
      hint: 'The address that Campaign returned as href',
    },
    {
      displayName: 'By Custom Key',
      name: 'customKey',
      type: 'string',
      placeholder: 'e.g. O-1001',
      hint: "The record's own key in your data model",
    },
  ],
};

/** Which records are wanted. */
export const recordFilters: INodeProperties = {
  displayName: 'Filters',
  name: 'filters',
  type: 'fixedCollection',
  typeOptions: { multipleValues: true },
  placeholder: 'Add filter',
  default: {},
  description: 'Which records are wanted; several filters have to hold all at once',
  options: [filterByName],
};
