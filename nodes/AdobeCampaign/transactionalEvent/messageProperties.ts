import type { INodeProperties } from 'n8n-workflow';

import { typedValuesFromOption, typedValuesProperties, type TypedValues } from '../../shared/ui/typedValues';

/** The values that the message shows. */
export const CONTEXT: TypedValues = {
  name: 'context',
  displayName: 'Context',
  singular: 'Field',
  description: 'Values for the fields that the event has in Campaign, which the message shows',
  namePlaceholder: 'e.g. firstName',
  jsonPlaceholder: 'e.g. { "firstName": "Ida", "cartTotal": 129.5 }',
  canNest: true,
};

/** To whom an event goes, and with which values. */
export const messageProperties: readonly INodeProperties[] = [
  {
    displayName: 'Email',
    name: 'email',
    type: 'string',
    default: '',
    placeholder: 'e.g. name@email.com',
    description: 'The address of the person. For an SMS leave it blank, and add Mobile Phone under Options.',
  },
  ...typedValuesProperties(CONTEXT),
];

/** The number for an SMS, as an option. */
const mobilePhoneOption: INodeProperties = {
  displayName: 'Mobile Phone',
  name: 'mobilePhone',
  type: 'string',
  default: '',
  placeholder: 'e.g. +33601020304',
  description: 'The number for an SMS. With an email as well, the message goes by email unless Channel says otherwise.',
};

/** By which channel to send, as an option. */
const channelOption: INodeProperties = {
  displayName: 'Channel',
  name: 'channel',
  type: 'options',
  options: [
    { name: 'By Address', value: 'byAddress', description: 'Let Campaign choose by the address that is given: the email first' },
    { name: 'Email', value: 'email', description: 'Send by email' },
    { name: 'SMS', value: 'sms', description: 'Send by SMS' },
  ],
  default: 'byAddress',
  description: 'By which channel to send',
};

/** When it is too late to send, as an option. */
const expirationOption: INodeProperties = {
  displayName: 'Expiration',
  name: 'expiration',
  type: 'dateTime',
  default: '',
  description: "When the message is no longer to be sent. Without a time zone it is a time of the workflow's.",
};

/** What else Campaign takes beside the context, as an option. */
const attributesOption: INodeProperties = {
  displayName: 'Further Attributes',
  name: 'attributes',
  type: 'json',
  default: '{}',
  placeholder: 'e.g. { "registrationToken": "…", "pushPlatform": "gcm" }',
  description: 'More attributes beside the context, as a JSON object. Campaign Standard needs them for push notifications.',
};

/** When to send, as an option. */
const scheduledOption: INodeProperties = {
  displayName: 'Scheduled',
  name: 'scheduled',
  type: 'dateTime',
  default: '',
  description: "When the message is to be sent, if not at once. Without a time zone it is a time of the workflow's.",
};

/** For the events of Campaign Standard that find the person themselves, as an option. */
const withoutAddressOption: INodeProperties = {
  displayName: 'Without Address',
  name: 'withoutAddress',
  type: 'boolean',
  default: false,
  description: 'Whether the event needs no address, because Campaign Standard finds the profile by the context (profile events)',
};

/** What else can be said of a message, for the Options collection. */
export const messageOptions: readonly INodeProperties[] = [
  channelOption,
  typedValuesFromOption(CONTEXT),
  expirationOption,
  attributesOption,
  mobilePhoneOption,
  scheduledOption,
  withoutAddressOption,
];
