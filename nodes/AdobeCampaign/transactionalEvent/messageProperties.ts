import type { INodeProperties } from 'n8n-workflow';

import { typedValuesProperties, type TypedValues } from '../../shared/ui/typedValues';

/** The values that the message shows. */
export const CONTEXT: TypedValues = {
  name: 'context',
  displayName: 'Context',
  singular: 'Field',
  description: 'Values for the fields of the event, which the message shows',
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
    description: 'The address for the channel email. With an email and a mobile phone, the message goes by email unless Channel is set.',
  },
  {
    displayName: 'Mobile Phone',
    name: 'mobilePhone',
    type: 'string',
    default: '',
    placeholder: 'e.g. +33601020304',
    description: 'The number for the channel SMS',
  },
  ...typedValuesProperties(CONTEXT),
];

/** By which channel to send, as an option. */
export const channelOption: INodeProperties = {
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
export const expirationOption: INodeProperties = {
  displayName: 'Expiration',
  name: 'expiration',
  type: 'dateTime',
  default: '',
  description: "When the message is no longer to be sent. Without a time zone it is a time of the workflow's.",
};

/** What else Campaign takes beside the context, as an option. */
export const attributesOption: INodeProperties = {
  displayName: 'Further Attributes',
  name: 'attributes',
  type: 'json',
  default: '{}',
  placeholder: 'e.g. { "registrationToken": "…", "pushPlatform": "gcm" }',
  description: 'More attributes beside the context, as a JSON object. Campaign Standard needs them for push notifications.',
};

/** When to send, as an option. */
export const scheduledOption: INodeProperties = {
  displayName: 'Scheduled',
  name: 'scheduled',
  type: 'dateTime',
  default: '',
  description: "When the message is to be sent, if not at once. Without a time zone it is a time of the workflow's.",
};

/** For the events of Campaign Standard that find the person themselves, as an option. */
export const withoutAddressOption: INodeProperties = {
  displayName: 'Without Address',
  name: 'withoutAddress',
  type: 'boolean',
  default: false,
  description: 'Whether the event needs no address, because Campaign Standard finds the profile by the context (profile events)',
};
