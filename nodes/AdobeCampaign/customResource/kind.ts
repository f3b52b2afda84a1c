import { locateResource, parseResourceName } from '../../shared/campaign/find/customResources';
import { checkKeyColumn } from '../../shared/campaign/find/customKeys';
import { invalidInput } from '../../shared/campaign/error';
import type { CampaignInstance } from '../../shared/campaign/instance';
import { recordByKey, recordByUrl, type RecordReference } from '../../shared/campaign/find/references';
import type { CampaignResource } from '../../shared/campaign/urls';
import type { Item } from '../../shared/execution/item';
import { isFilterLeftOut, readFilterByName } from '../../shared/ui/filters/filterByName';
import { readFilterEntries, unknownFilterKind } from '../../shared/ui/filters/filterEntries';
import { linkFields } from '../../shared/ui/record/linkFields';
import { simplifyUnknown } from '../../shared/ui/record/output';
import type { RecordKind } from '../../shared/ui/record/recordKind';
import { customResourceApi, customResourceLocator, recordFilters, recordLocator } from './properties';

const KEY = 'custom key';

/** Whatever a customer has added to the data model. */
export const customResourceKind: RecordKind = {
  name: 'custom resource record',
  names: 'custom resource records',
  noun: 'record',
  resourceProperties: [customResourceLocator],
  apiOption: customResourceApi,
  async readResource(client, item) {
    const name = parseResourceName(item.locator('customResource', 'Custom Resource').value);
    const api = item.choice('options.api', 'API', ['automatic', 'profileAndServicesExt', 'customResources']);
    return api === 'automatic' ? await locateResource(client, name) : { api, name };
  },

  ways: 'PKey, custom key or URL',
  locator: recordLocator,
  readReference,
  mayBeSeveral: false,

  filters: recordFilters,
  readFilters: (item) =>
    readFilterEntries(item, (entry) => {
      if (entry.kind !== 'byName') throw unknownFilterKind(entry.kind);
      return isFilterLeftOut(entry) ? undefined : readFilterByName(entry);
    }),
  output: {
    noun: 'record',
    description: 'All fields and links, but no addresses of other lists; PKey and href last',
    shape: simplifyUnknown,
  },

  matching: {
    updateHint: 'The field that tells which record to change: PKey, or the key of the resource in your data model',
    upsertHint: 'The field that tells whether the record is there already: the key of the resource in your data model',
    description: 'Take the record with the same custom key',
    field: '',
    fieldDescription: 'The field in the JSON that identifies the record: the key of the resource in your data model',
    toUpdate: (instance, resource, column, value) => recordByKey(instance, { ...resource, keyName: KEY }, value, column),
    toUpsert(instance, resource, column, value) {
      if (column !== 'PKey') return recordByKey(instance, { ...resource, keyName: KEY }, value, column);
      throw invalidInput(
        'PKey cannot tell whether a record is there already',
        'Campaign makes the PKey of a new record. Match on the key of the resource, or use Update.',
      );
    },
    checkColumn: checkKeyColumn,
  },
  links: linkFields,
};

function readReference(item: Item, instance: CampaignInstance, resource: CampaignResource): RecordReference {
  const { mode, value } = item.locator('record', 'Record');
  if (mode === 'url') return recordByUrl(instance, { name: resource.name, apis: [resource.api] }, value, 'Record');
  if (mode === 'list' && value === '') {
    throw invalidInput("No 'Record' is chosen", 'Select one from the list, or choose another way to identify it.');
  }
  return recordByKey(instance, { ...resource, keyName: KEY }, value, 'Record');
}
