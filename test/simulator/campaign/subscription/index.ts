import { campaignDateTime } from '../../clock';
import { defineEntity } from '../model/defineEntity';
import { link, moment, text, type Field } from '../model/field';

const computed = { access: 'readOnly' } as const;

/** The attributes of recorded subscriptions. */
const FIELDS: readonly Field[] = [
  text('PKey', 'Primary key', 255, computed),
  moment('datetime', 'created', 'Created', { access: 'ignored' }),
  text('email', 'Email', 128, { dataPolicy: 'email' }),
  moment('datetime', 'expirationDate', 'Expiration date'),
  text('href', 'URL', 255, computed),
  text('metadata', 'Metadata', 64, { ...computed, defaultValue: 'subscription' }),
  text('mobilePhone', 'Mobile', 32),
  text('origin', 'Origin', 255),
  link('link', 'service', 'Service', 'service', { shows: ['href', 'label', 'name', 'title'] }),
  text('serviceName', 'Service name', 64, computed),
  link('link', 'subscriber', 'Subscriber', 'profile', { shows: ['email', 'firstName', 'href', 'lastName', 'title'] }),
  moment('datetime', 'subscriptionDate', 'Subscription date'),
  text('title', 'Title', 255, computed),
];

/** That a profile is subscribed to a service. It has no collection of its own: it stands below both. */
export const subscriptionEntity = defineEntity({
  id: 3,
  name: 'subscription',
  documentName: 'Subscription',
  schema: 'nms:subscription',
  schemaLabel: 'Subscriptions',
  help: 'Subscriptions of profiles to services',
  isTopLevel: false,
  keyLength: 134,
  fields: FIELDS,
  indexed: ['service', 'subscriber'],
  mint: (_id, now) => ({ created: campaignDateTime(now) }),
  touch: () => ({}),
  createStatus: ({ subscriptionCreateStatus }) => subscriptionCreateStatus,
});
