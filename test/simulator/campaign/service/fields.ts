import { MESSAGE_TYPE, SERVICE_MODE } from '../model/enumerations';
import { boolean, enumeration, link, moment, text, type Field } from '../model/field';

const computed = { access: 'readOnly' } as const;
const serverOwned = { access: 'ignored' } as const;
const unprinted = { printed: false } as const;
const unit = { availability: 'extOnAcs', printed: false } as const;
const custom = { availability: 'ext' } as const;

/** What a service calls when somebody subscribes or unsubscribes and no confirmation is sent. */
const NO_MESSAGE = 'EVTNoMessageSent';

/** Adobe: Service data model (nms:service), with the defaults that recorded answers show. */
const BUILT_IN: readonly Field[] = [
  text('PKey', 'Primary key', 255, computed),
  boolean('builtIn', 'Built-in', computed),
  moment('datetime', 'created', 'Created', serverOwned),
  link('link', 'createdBy', 'Created by', 'userBase', { ...serverOwned, ...unprinted }),
  text('desc', 'Description', 512),
  moment('date', 'end', 'End date'),
  link('link', 'geoUnit', 'Geographical unit', 'geoUnitBase', unit),
  link('collection', 'history', 'Subscription history', 'subHisto', { ...computed, ...unprinted }),
  text('href', 'URL', 255, computed),
  boolean('isExternal', 'External', computed),
  boolean('isTemplate', 'Template'),
  text('label', 'Label', 128),
  moment('datetime', 'lastModified', 'Last modified', serverOwned),
  boolean('limitedDuration', 'Limited duration'),
  moment('date', 'mainDate', 'Main date', computed),
  enumeration('messageType', 'Channel', 'byte', MESSAGE_TYPE),
  enumeration('mode', 'Mode', 'byte', SERVICE_MODE),
  link('link', 'modifiedBy', 'Modified by', 'userBase', { ...serverOwned, ...unprinted }),
  text('name', 'Name', 64, { dataPolicy: 'identifier' }),
  link('link', 'orgUnit', 'Organizational unit', 'orgUnitBase', unit),
  text('publicLabel', 'Public label', 128),
  moment('date', 'start', 'Start date'),
  link('link', 'subLandingPage', 'Subscription landing page', 'landingPage', unprinted),
  link('link', 'subScenario', 'Subscription message', 'deliveryMCTemplateBase', unprinted),
  text('subScenarioEventType', 'Subscription event', 64, { ...computed, defaultValue: NO_MESSAGE }),
  link('collection', 'subscriptions', 'Subscriptions', 'subscription', computed),
  text('targetResource', 'Target resource', 255, { defaultValue: 'profile' }),
  link('link', 'template', 'Template', 'service', { shows: ['title'] }),
  text('thumbnail', 'Image', 255, { defaultValue: '/nl/img/thumbnails/defaultService.png' }),
  text('title', 'Title', 255, computed),
  link('link', 'unsubLandingPage', 'Unsubscription landing page', 'landingPage', unprinted),
  link('link', 'unsubScenario', 'Unsubscription message', 'deliveryMCTemplateBase', unprinted),
  text('unsubScenarioEventType', 'Unsubscription event', 64, { ...computed, defaultValue: NO_MESSAGE }),
  text('validityDuration', 'Validity', 32, { defaultValue: 'P10D' }),
];

const FREQUENCY = [
  { name: 'weekly', label: 'Every week', stored: 'weekly' },
  { name: 'monthly', label: 'Every month', stored: 'monthly' },
];

/** The service extension of this instance: what a customer has added, visible in the Ext API only. */
const EXTENSION: readonly Field[] = [
  enumeration('cusFrequency', 'Frequency', 'string', FREQUENCY, custom),
  text('cusTopic', 'Topic', 64, custom),
];

export const SERVICE_FIELDS: readonly Field[] = [...BUILT_IN, ...EXTENSION];
