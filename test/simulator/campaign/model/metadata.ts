import { absoluteHref, type CampaignInstance } from '../instance';
import { accessOf, policyOf, type EntityType, type EntityView } from './entity';
import { INVALID_VALUE } from './enumerations';
import type { EnumerationValue, Field } from './field';
import type { Filter } from '../collection/filter';
import { isSortable } from '../collection/query';

/** Adobe: Metadata mechanism. Describes a resource: its attributes in `content`, the URL of its filters in `filters`. */
export function resourceMetadata(entity: EntityType, view: EntityView, instance: CampaignInstance) {
  const key = metadataKey(instance, 'resourceType', entity.id);
  return {
    PKey: key,
    apiName: 'resourceType',
    compatibleResources: {},
    content: Object.fromEntries(
      view.fields.map((field, index) => [field.apiName, fieldMetadata(field, entity.id * 1000 + index, instance)]),
    ),
    data: `/${view.api}/${entity.name}/`,
    filters: { href: absoluteHref(instance, `${view.api}/resourceType/${key}/filters/`) },
    help: entity.help,
    href: absoluteHref(instance, `${view.api}/${entity.name}/metadata`),
    label: entity.label,
    mandatory: false,
    name: entity.name,
    pkgStatus: 'never',
    readOnly: false,
    schema: entity.schema,
    type: 'item',
  };
}

/**
 * Adobe: Interacting with custom resources. Describes a resource in the list of all that an API has: less than its own
 * metadata, and called a collection.
 */
export function catalogueEntry(entity: EntityType, view: EntityView, instance: CampaignInstance): object {
  const { content, data, help, href, name } = resourceMetadata(entity, view, instance);
  return { content, data, help, href, name, type: 'collection' };
}

/** Adobe: Filtering. Describes the filters of a resource, with a URL template for each. */
export function filtersMetadata(entity: EntityType, view: EntityView, instance: CampaignInstance): object {
  return Object.fromEntries(
    [...view.filters].map(([name, filter], index) => [
      name,
      {
        PKey: instance.keys.mint('filter', entity.id * 1000 + index, 'metadata', 112),
        category: filter.category,
        condition: { [name]: { enabledIf: filter.parameters.map((parameter) => `$(${parameter}) != ''`).join(' and '), expr: name } },
        data: filterTemplate(name, filter, entity, view, instance),
        formType: filter.formType,
        fragmentName: '',
        label: filter.label,
        metadata: Object.fromEntries(
          filter.parameters.map((parameter) => [parameter, { apiName: parameter, label: parameter, type: 'string' }]),
        ),
      },
    ]),
  );
}

/** Absolute for the filters with a form, relative for the others: recorded answers have both. */
function filterTemplate(name: string, filter: Filter, entity: EntityType, view: EntityView, instance: CampaignInstance): string {
  const query = filter.parameters.map((parameter) => `${parameter}=$value`).join('&');
  const path = `${view.api}/${entity.name}/${name}?${query}`;
  return filter.formType === 'webPage' ? absoluteHref(instance, path) : `/${path}`;
}

/** Keys in metadata have no leading `@` (seen on a live instance). */
function metadataKey(instance: CampaignInstance, type: string, id: number): string {
  return instance.keys.mint(type, id, 'metadata').slice(1);
}

function fieldMetadata(field: Field, id: number, instance: CampaignInstance): object {
  const isLink = field.type === 'link' || field.type === 'collection';
  return {
    PKey: metadataKey(instance, 'attribute', id),
    apiName: field.apiName,
    category: '99_none',
    dataPolicy: dataPolicyOf(field, instance),
    desc: '',
    displayFormat: '',
    help: '',
    label: field.label,
    lazyLoaded: false,
    ...(field.type === 'string' ? { length: String(field.length) } : {}),
    mandatory: field.mandatory,
    metadata: field.type === 'item' ? 'element' : 'attribute',
    privacy: 'firstParty',
    queryable: true,
    readOnly: accessOf(field, instance.dialect, instance.assumptions) !== 'writable',
    resName: '',
    ...(isLink ? { resTarget: field.resTarget } : {}),
    resType: resTypeOf(field),
    sortable: isSortable(field),
    type: field.type,
    ...(field.type === 'enumeration' ? { values: valuesMetadata(field.values) } : {}),
    ...(field.type === 'item'
      ? { content: Object.fromEntries(field.parts.map((part, index) => [part.apiName, fieldMetadata(part, id * 100 + index, instance)])) }
      : {}),
  };
}

function dataPolicyOf(field: Field, instance: CampaignInstance): string {
  if (field.type !== 'string') return '';
  return policyOf(field, instance);
}

/** Enumerations of the model also list a value that no write may use. */
function valuesMetadata(values: readonly EnumerationValue[]): object {
  const all = [...values, { name: INVALID_VALUE, label: 'Invalid value', stored: '' }];
  return Object.fromEntries(all.map(({ name, label, stored }) => [name, { label, value: stored }]));
}

function resTypeOf(field: Field): string {
  switch (field.type) {
    case 'enumeration':
    case 'number':
      return field.resType;
    case 'link':
    case 'collection':
      return 'link';
    case 'item':
      return 'element';
    default:
      return field.type;
  }
}
