import type { IDataObject } from 'n8n-workflow';

import { invalidInput } from '../../shared/campaign/error';
import type { CampaignField } from '../../shared/campaign/metadata';
import { convertValue, isEmpty, show } from '../../shared/campaign/fields/values';
import { textOf } from '../../shared/campaign/records';
import type { Item } from '../../shared/execution/item';
import { parseJsonObject } from '../../shared/ui/jsonObject';
import { readTypedValues } from '../../shared/ui/typedValues';
import { CONTEXT } from './messageProperties';

const ATTRIBUTES_ADVICE =
  'Give an object with names and values, e.g. { "registrationToken": "…", "application": "…", "pushPlatform": "gcm" }.';

/** The body of an event, and the moments in it that its sender may have to mind. */
export interface Message {
  readonly body: IDataObject;
  /** ms since 1970. */
  readonly scheduledAt?: number;
}

/**
 * Reads the body of an event for one item.
 *
 * @throws CampaignError `invalidInput` for an event that can reach nobody, or that is over before it is sent
 */
export function readMessage(item: Item): Message {
  const body: IDataObject = { ...parseJsonObject(item.value('options.attributes', '{}'), 'Further Attributes', ATTRIBUTES_ADVICE) };
  for (const [name, value] of [
    ['email', readAddress(item, 'email', 'Email')],
    ['mobilePhone', readAddress(item, 'mobilePhone', 'Mobile Phone')],
  ] as const) {
    if (value !== '') body[name] = value;
  }
  const channel = item.choice('options.channel', 'Channel', ['byAddress', 'email', 'sms']);
  if (channel !== 'byAddress') body.wishedChannel = channel;
  checkAddress(body, channel, item.flag('options.withoutAddress'));

  const scheduled = readMoment(item, 'scheduled', 'Scheduled');
  const expiration = readMoment(item, 'expiration', 'Expiration');
  if (scheduled) body.scheduled = scheduled.text;
  if (expiration) body.expiration = expiration.text;
  checkExpiration(expiration, scheduled, item.clock.now());
  return { body: { ...body, ctx: readTypedValues(item, CONTEXT) }, scheduledAt: scheduled?.milliseconds };
}

interface Moment {
  readonly text: string;
  readonly milliseconds: number;
}

function readAddress(item: Item, name: string, displayName: string): string {
  const value = item.value(name, '');
  if (isEmpty(value)) return '';
  if (typeof value === 'string' || typeof value === 'number') return String(value).trim();
  throw invalidInput(`'${displayName}' is not text but ${show(value)}`, 'Give one address as text.');
}

function checkAddress(
  { email, mobilePhone, registrationToken }: IDataObject,
  channel: 'byAddress' | 'email' | 'sms',
  needsNone: boolean,
): void {
  if (channel === 'email' && email === undefined)
    throw invalidInput("'Channel' is 'Email', but 'Email' is empty", "Enter an email address, or choose another 'Channel'.");
  if (channel === 'sms' && mobilePhone === undefined)
    throw invalidInput("'Channel' is 'SMS', but 'Mobile Phone' is empty", "Enter a mobile phone, or choose another 'Channel'.");
  if (needsNone || email !== undefined || mobilePhone !== undefined || registrationToken !== undefined) return;
  throw invalidInput(
    "The event has no address: 'Email' and 'Mobile Phone' are empty",
    "Nothing was sent. Give one of them, or check that the expression finds one in every item. For profile events of Campaign Standard, set 'Without Address' under 'Options'.",
  );
}

function readMoment(item: Item, name: 'scheduled' | 'expiration', displayName: string): Moment | undefined {
  const value = item.value(`options.${name}`, '');
  if (isEmpty(value)) return undefined;
  const field: CampaignField = { name, label: displayName, kind: 'datetime', readOnly: false, sortable: false, values: [] };
  const conversion = convertValue(field, value);
  if (!('value' in conversion))
    throw invalidInput(`'${displayName}' takes ${conversion.wanted}, not ${show(value)}`, 'Nothing was sent. Correct the value.');
  const text = textOf(conversion.value);
  return { text, milliseconds: Date.parse(text.replace(' ', 'T')) };
}

function checkExpiration(expiration: Moment | undefined, scheduled: Moment | undefined, now: number): void {
  if (!expiration) return;
  if (expiration.milliseconds <= now)
    throw invalidInput(
      `'Expiration' is in the past: ${expiration.text}`,
      'Nothing was sent, because nobody would get the message. Give a later time, with its time zone.',
    );
  if (scheduled && expiration.milliseconds <= scheduled.milliseconds) {
    throw invalidInput(
      `'Expiration' (${expiration.text}) is not after 'Scheduled' (${scheduled.text})`,
      'Nothing was sent, because nobody would get the message. Give a later expiration.',
    );
  }
}
