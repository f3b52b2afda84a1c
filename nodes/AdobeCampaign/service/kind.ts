import { invalidInput } from '../../shared/campaign/error';
import { currentApi } from '../../shared/campaign/find/automaticApi';
import { checkServiceName, explainTakenName, explainUnknownService, serviceByKey } from '../../shared/campaign/find/services';
import { apiOption, readApi, readApiInEditor } from '../../shared/ui/apiOption';
import type { ReadEditedResource } from '../../shared/ui/record/describeFields';
import { linkFields } from '../../shared/ui/record/linkFields';
import { simplifyTo } from '../../shared/ui/record/output';
import type { RecordKind } from '../../shared/ui/record/recordKind';
import { readService, serviceLocator } from '../../shared/ui/service/serviceLocator';
import { readServiceFilters, serviceFiltersProperty } from './serviceFilters';

/** Which fields of a service the step being edited is about. */
export const serviceInEditor: ReadEditedResource = async (client, context) => ({
  resource: { api: await readApiInEditor(client, context, async () => await currentApi(client, 'service')), name: 'service' },
  canMatch: ({ name }) => name === 'name',
  isFirstMatch: ({ name }) => name === 'name',
});

/** What profiles subscribe to. Its name takes the place of the PKey in its address. */
export const serviceKind: RecordKind = {
  name: 'service',
  names: 'services',
  noun: 'service',
  resourceProperties: [],
  apiOption,
  readResource: async (client, item) => ({ api: await readApi(client, item, 'service'), name: 'service' }),

  ways: 'name, PKey or URL',
  locator: serviceLocator,
  readReference: (item, instance, { api }) => readService(item, instance, api),
  mayBeSeveral: false,

  filters: serviceFiltersProperty,
  readFilters: readServiceFilters,
  output: {
    noun: 'service',
    description: 'Name, label, channel, dates and the like, custom fields with the extended API, PKey and href',
    shape: simplifyTo(['name', 'label', 'messageType', 'mode', 'start', 'end', 'lastModified']),
  },

  matching: {
    updateHint: 'The field that tells which service to change: PKey or Name',
    upsertHint: 'The field that tells whether the service is there already: Name',
    description: 'Take the service with the same name',
    field: 'name',
    fieldDescription: 'The field in the JSON that identifies the service: name',
    toUpdate(instance, { api }, column, value) {
      if (column === 'PKey' || column === 'name') return serviceByKey(instance, api, value, column);
      throw invalidInput(`'${column}' cannot tell which service to change`, 'Match on PKey or name.');
    },
    toUpsert(instance, { api }, column, value) {
      if (column === 'name') return serviceByKey(instance, api, value, column);
      throw invalidInput(`'${column}' cannot tell whether a service is there already`, 'Match on name, or on a filter.');
    },
  },
  keyField: 'name',
  links: linkFields,
  checkNew: checkServiceName,
  explainRefusal: explainTakenName,
  explainMissing: explainUnknownService,
};
