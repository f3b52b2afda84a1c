import { EMAIL_FORMAT, GENDER, PREFERRED_LANGUAGE, TIME_ZONE } from '../model/enumerations';
import { boolean, enumeration, item, link, moment, number, text, type Field } from '../model/field';

const computed = { access: 'readOnly' } as const;
const serverOwned = { access: 'ignored' } as const;
const unprinted = { printed: false } as const;
const custom = { availability: 'ext' } as const;
const unit = { availability: 'extOnAcs' } as const;
const extOnV8 = { availability: 'extOnV8' } as const;

const LOCATION = ['address1', 'address2', 'address3', 'address4', 'city', 'countryCode', 'stateCode', 'zipCode'];
const LINES = ['line1', 'line2', 'line3', 'line4', 'line5', 'line6', 'serialized'];

/** Adobe: Profile data model (nms:recipient), with the attributes that recorded answers show besides. */
const BUILT_IN: readonly Field[] = [
  text('PKey', 'Primary key', 255, computed),
  number('age', 'Age', computed),
  link('collection', 'appSubscription', 'Application subscriptions', 'appSubscription', { ...computed, ...unprinted }),
  moment('date', 'birthDate', 'Birth date'),
  boolean('blackList', 'No longer contact (by any channel)'),
  moment('datetime', 'blackListAllLastModified', 'Any channel: last modified', computed),
  boolean('blackListEmail', 'No longer contact by email'),
  moment('datetime', 'blackListEmailLastModified', 'Email: last modified', computed),
  boolean('blackListFax', 'No longer contact by fax'),
  moment('datetime', 'blackListFaxLastModified', 'Fax: last modified', computed),
  moment('datetime', 'blackListLastModified', 'No longer contact: last modified', computed),
  boolean('blackListMobile', 'No longer contact by SMS/MMS'),
  moment('datetime', 'blackListMobileLastModified', 'Mobile: last modified', computed),
  boolean('blackListPhone', 'No longer contact by phone'),
  moment('datetime', 'blackListPhoneLastModified', 'Phone: last modified', computed),
  boolean('blackListPostalMail', 'No longer contact by direct mail'),
  moment('datetime', 'blackListPostalMailLastModified', 'Direct mail: last modified', computed),
  boolean('blackListPushnotification', 'No longer contact by push notification'),
  boolean('ccpaOptOut', 'Opt-out for CCPA', extOnV8),
  moment('datetime', 'ccpaOptOutLastModified', 'Opt-out for CCPA: last modified', { ...computed, ...extOnV8 }),
  link('link', 'country', 'Country', 'countries', unprinted),
  moment('datetime', 'created', 'Created', serverOwned),
  link('link', 'createdBy', 'Created by', 'userBase', { ...serverOwned, ...unprinted }),
  text('cryptedId', 'Encrypted identifier', 255, computed),
  text('domain', 'Email domain', 255, computed),
  text('email', 'Email', 128, { dataPolicy: 'email' }),
  enumeration('emailFormat', 'Email format', 'byte', EMAIL_FORMAT),
  link('link', 'emailStatus', 'Email status', 'addressStatus', { ...computed, ...unprinted }),
  link('collection', 'excludeLogs', 'Exclusion logs', 'excludeLog', { ...computed, ...unprinted }),
  text('externalId', 'External identifier', 100),
  text('fax', 'Fax', 32, { dataPolicy: 'phone' }),
  text('firstName', 'First name', 30, { dataPolicy: 'smartCase' }),
  enumeration('gender', 'Gender', 'byte', GENDER),
  text('href', 'URL', 255, computed),
  boolean('isExternal', 'External', computed),
  moment('datetime', 'lastModified', 'Last modified', serverOwned),
  text('lastName', 'Last name', 50, { dataPolicy: 'smartCase' }),
  link('link', 'geoUnit', 'Geographical unit', 'geoUnitBase', { ...unit, shows: ['href', 'title'] }),
  item(
    'location',
    'Location',
    LOCATION.map((part) => text(part, part, 255)),
  ),
  link('collection', 'logs', 'Delivery logs', 'broadLog', { ...computed, ...unprinted }),
  text('middleName', 'Middle name', 30),
  text('mobilePhone', 'Mobile', 32, { dataPolicy: 'phone' }),
  link('link', 'modifiedBy', 'Modified by', 'userBase', { ...serverOwned, ...unprinted }),
  text('phone', 'Phone', 32, { dataPolicy: 'phone' }),
  link('collection', 'places', 'Places', 'places', { ...computed, ...unprinted }),
  item(
    'postalAddress',
    'Postal address',
    [
      boolean('addrDefined', 'Address defined'),
      number('addrErrorCount', 'Errors'),
      moment('datetime', 'addrLastCheck', 'Last check'),
      text('addrQuality', 'Quality', 1, { defaultValue: '0' }),
      ...LINES.map((line) => text(line, line, 255)),
    ],
    computed,
  ),
  link('link', 'orgUnit', 'Organizational unit', 'orgUnitBase', { ...unit, shows: ['href', 'title'] }),
  enumeration('preferredLanguage', 'Preferred language', 'string', PREFERRED_LANGUAGE),
  text('salutation', 'Salutation', 20),
  link('link', 'stateLink', 'State', 'state', unprinted),
  link('collection', 'subHisto', 'Subscription history', 'subHisto', { ...computed, ...unprinted }),
  link('collection', 'subscriptions', 'Subscriptions', 'subscription', computed),
  text('thumbnail', 'Image', 255, { defaultValue: '/nl/img/thumbnails/defaultProfil.png' }),
  enumeration('timeZone', 'Time zone', 'string', TIME_ZONE, extOnV8),
  text('title', 'Title', 255, computed),
  link('collection', 'tracking', 'Tracking logs', 'tracking', { ...computed, ...unprinted }),
];

/** The attribute that this instance's profile extension defines as key. */
export const LOYALTY_ID = 'cusLoyaltyId';

const LOYALTY_LEVEL = [
  { name: 'bronze', label: 'Bronze member', stored: 'bronze' },
  { name: 'silver', label: 'Silver member', stored: 'silver' },
  { name: 'gold', label: 'Gold member', stored: 'gold' },
];

/** The profile extension of this instance: what a customer has added, visible in the Ext API only. */
const EXTENSION: readonly Field[] = [
  moment('datetime', 'cusLastPurchase', 'Last purchase', custom),
  text(LOYALTY_ID, 'Loyalty ID', 32, custom),
  enumeration('cusLoyaltyLevel', 'Loyalty level', 'string', LOYALTY_LEVEL, custom),
  moment('date', 'cusMemberSince', 'Member since', custom),
  boolean('cusNewsletterConsent', 'Newsletter consent', custom),
  link('collection', 'cusOrders', 'Orders', 'cusOrder', { ...computed, ...custom, inverse: 'profile' }),
  number('cusPoints', 'Points', custom),
];

export const PROFILE_FIELDS: readonly Field[] = [...BUILT_IN, ...EXTENSION];
