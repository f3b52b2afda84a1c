import type { EntityType } from '../model/entity';
import { checkNotSubscribed, subscriptionsBelow } from '../subscription/below';
import { deriveService, mintService, touchService } from './derive';
import { SERVICE_FIELDS } from './fields';
import { SERVICE_FILTERS } from './filters';

/** What profiles subscribe to. Adobe: Creating a service. */
export const serviceEntity: EntityType = {
  id: 2,
  name: 'service',
  documentName: 'Service',
  schema: 'nms:service',
  schemaLabel: 'Services',
  label: 'Services',
  help: 'Services that profiles can subscribe to',
  keyLength: 112,
  fields: SERVICE_FIELDS,
  filters: SERVICE_FILTERS,
  customKey: 'name',
  indexed: ['name'],
  derive: deriveService,
  mint: mintService,
  touch: touchService,
  createStatus: ({ serviceCreateStatus }) => serviceCreateStatus,
  isListed: ({ isTemplate }, { serviceTemplates }) => isTemplate !== true || serviceTemplates === 'listed',
  checkRemoval: checkNotSubscribed('service'),
  subCollections: { subscriptions: subscriptionsBelow('service') },
};
