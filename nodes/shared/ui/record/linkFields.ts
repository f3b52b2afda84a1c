import type { INodeProperties } from 'n8n-workflow';

import { invalidInput } from '../../campaign/error';
import { resolveLinks, type GivenLink } from '../../campaign/find/links';
import type { Item } from '../../execution/item';
import { RESOURCE_PARAMETERS } from '../apiOption';
import type { LinkFields } from './recordKind';

const property: INodeProperties = {
  displayName: 'Links',
  name: 'links',
  type: 'fixedCollection',
  typeOptions: { multipleValues: true },
  placeholder: 'Add link',
  default: {},
  description: 'Other records to link to. A target that is not given by its PKey is looked up first.',
  options: [
    {
      displayName: 'Link',
      name: 'link',
      values: [
        {
          displayName: 'Field Name or ID',
          name: 'field',
          type: 'options',
          typeOptions: { loadOptionsMethod: 'getLinks', loadOptionsDependsOn: RESOURCE_PARAMETERS },
          default: '',
          description:
            'The field that holds the link. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
        },
        {
          displayName: 'Target By',
          name: 'by',
          type: 'options',
          options: [
            { name: 'Email', value: 'email', description: 'The profile with this email' },
            { name: 'Key', value: 'key', description: 'The name of a service, or the custom key of a profile or custom resource' },
            { name: 'Nothing', value: 'nothing', description: 'Remove the link' },
            { name: 'PKey', value: 'pKey', description: 'The record with this PKey, which is not looked up' },
          ],
          default: 'email',
          description: 'How to tell which record to link to',
        },
        {
          displayName: 'Target',
          name: 'value',
          type: 'string',
          default: '',
          placeholder: 'e.g. name@email.com',
          displayOptions: { hide: { by: ['nothing'] } },
          description: 'The email, key or PKey of the record to link to',
        },
      ],
    },
  ],
};

/** Links as rows of field and target. */
export const linkFields: LinkFields = {
  property,
  read(item) {
    const links = readLinks(item);
    return {
      isEmpty: links.length === 0,
      resolve: async (client, resource, catalogue) => await resolveLinks(client, resource, catalogue, links),
    };
  },
};

function readLinks(item: Item): GivenLink[] {
  const links = item
    .rows('links', 'Links', 'Without them the record would not be linked.')
    .filter((row) => !row.isLeftOut('value') || row.text('by', 'Target By') === 'nothing')
    .map((row) => {
      const field = row.text('field', 'Field Name or ID');
      if (field === '') throw invalidInput('A link has no field', 'Choose the field that holds the link, or remove the link.');
      return {
        field,
        by: row.choice('by', 'Target By', ['email', 'key', 'nothing', 'pKey']),
        value: row.text('value', `Target of link '${field}'`),
      };
    });
  const twice = links.find(({ field }, place) => links.findIndex((other) => other.field === field) < place);
  if (twice) throw invalidInput(`'${twice.field}' stands twice in 'Links'`, 'A link leads to one record: give every field once.');
  return links;
}
