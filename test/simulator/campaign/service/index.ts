import { defineEntity } from '../model/defineEntity';
import { checkNotSubscribed, subscriptionsBelow } from '../subscription/below';
import { deriveService, mintService } from './derive';
import { SERVICE_FIELDS } from './fields';
import { SERVICE_FILTERS } from './filters';
import { SERVICES } from './seed';

/** What profiles subscribe to. Adobe: Creating a service. */
export const serviceEntity = defineEntity({
  id: 2,
  name: 'service',
  documentName: 'Service',
  schema: 'nms:service',
  schemaLabel: 'Services',
  help: 'Services that profiles can subscribe to',
  seed: SERVICES,
  keyLength: 112,
  fields: SERVICE_FIELDS,
  filters: SERVICE_FILTERS,
  customKey: 'name',
  indexed: ['name'],
  derive: deriveService,
  mint: mintService,
  createStatus: ({ serviceCreateStatus }) => serviceCreateStatus,
  isListed: ({ isTemplate }, { serviceTemplates }) => isTemplate !== true || serviceTemplates === 'listed',
  checkRemoval: checkNotSubscribed('service'),
  subCollections: { subscriptions: subscriptionsBelow('service') },
});
