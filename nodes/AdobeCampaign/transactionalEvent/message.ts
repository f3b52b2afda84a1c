import type { IDataObject } from 'n8n-workflow';

import { invalidInput } from '../../shared/campaign/error';
import type { Item } from '../../shared/execution/item';
import { plainObject } from '../../shared/execution/jsonObject';
import type { GivenMoment } from '../../shared/execution/parameters';
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
  const attributes = item.jsonObject('options.attributes', 'Further Attributes', ATTRIBUTES_ADVICE);
  const body: IDataObject = { ...plainObject(attributes, 'Further Attributes') };
  for (const [name, value] of [
    ['email', item.text('email', 'Email')],
    ['mobilePhone', item.text('options.mobilePhone', 'Mobile Phone')],
  ] as const) {
    if (value !== '') body[name] = value;
  }
  const channel = item.choice('options.channel', 'Channel', ['byAddress', 'email', 'sms']);
  if (channel !== 'byAddress') body.wishedChannel = channel;
  checkAddress(body, channel, item.flag('options.withoutAddress', 'Without Address'));

  const scheduled = item.moment('options.scheduled', 'Scheduled');
  const expiration = item.moment('options.expiration', 'Expiration');
  if (scheduled) body.scheduled = scheduled.text;
  if (expiration) body.expiration = expiration.text;
  checkExpiration(expiration, scheduled, item.clock.now());
  return { body: { ...body, ctx: readTypedValues(item, CONTEXT) }, scheduledAt: scheduled?.milliseconds };
}

function checkAddress(
  { email, mobilePhone, registrationToken }: IDataObject,
  channel: 'byAddress' | 'email' | 'sms',
  needsNone: boolean,
): void {
  if (channel === 'email' && email === undefined)
    throw invalidInput("'Channel' is 'Email', but 'Email' is empty", "Enter an email address, or choose another 'Channel'.");
  if (channel === 'sms' && mobilePhone === undefined)
    throw invalidInput(
      "'Channel' is 'SMS', but 'Mobile Phone' is empty",
      "Add 'Mobile Phone' under 'Options', or choose another 'Channel'.",
    );
  if (needsNone || email !== undefined || mobilePhone !== undefined || registrationToken !== undefined) return;
  throw invalidInput(
    "The event has no address: 'Email' and 'Mobile Phone' are empty",
    "Nothing was sent. Enter 'Email', or add 'Mobile Phone' under 'Options', and check that the expression finds one in every item. For profile events of Campaign Standard, set 'Without Address' under 'Options'.",
  );
}

function checkExpiration(expiration: GivenMoment | undefined, scheduled: GivenMoment | undefined, now: number): void {
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
