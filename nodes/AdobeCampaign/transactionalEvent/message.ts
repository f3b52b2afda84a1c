import type { IDataObject } from 'n8n-workflow';

import { invalidInput } from '../../shared/campaign/error';
import { cleanEmail, isEmpty, isOneEmail, show } from '../../shared/campaign/scalars';
import type { Item } from '../../shared/execution/item';
import { plainObject } from '../../shared/execution/reading/jsonObject';
import type { GivenMoment } from '../../shared/execution/parameters';
import { readTypedValues } from '../../shared/ui/typedValues';
import { CONTEXT } from './messageProperties';

const ATTRIBUTES_ADVICE =
  'Give an object with names and values, e.g. { "registrationToken": "…", "application": "…", "pushPlatform": "gcm" }.';

/** What the body of an event has that a parameter gives. */
const PARAMETERS: ReadonlyMap<string, string> = new Map([
  ['ctx', 'Context'],
  ['email', 'Email'],
  ['expiration', 'Expiration'],
  ['mobilePhone', 'Mobile Phone'],
  ['scheduled', 'Scheduled'],
  ['wishedChannel', 'Channel'],
]);

/** Digits, and what people put between them. */
const PHONE = /^\+?(?:[\s()./-]*\d){3,}[\s()./-]*$/;

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
  const body: IDataObject = readAttributes(item);
  for (const [name, value] of [
    ['email', readEmail(item)],
    ['mobilePhone', readMobilePhone(item)],
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

/** @throws CampaignError `invalidInput` for what has a parameter of its own: one of the two would be lost */
function readAttributes(item: Item): IDataObject {
  const given = item.jsonObject('options.attributes', 'Further Attributes', ATTRIBUTES_ADVICE);
  const [taken] = Object.keys(given).flatMap((name) => PARAMETERS.get(name) ?? []);
  if (taken !== undefined)
    throw invalidInput(`'Further Attributes' has what '${taken}' gives`, `Nothing was sent. Give it in '${taken}' alone.`);
  return { ...plainObject(given, 'Further Attributes') };
}

function readEmail(item: Item): string {
  const email = cleanEmail(item.text('email', 'Email'));
  if (email === '' || isOneEmail(email)) return email;
  throw invalidInput(
    `'Email' is ${show(email)}, which is no email address`,
    'Nothing was sent. Give one address without a name, e.g. name@email.com.',
  );
}

function readMobilePhone(item: Item): string {
  const phone = item.text('options.mobilePhone', 'Mobile Phone');
  if (phone === '' || PHONE.test(phone)) return phone;
  throw invalidInput(`'Mobile Phone' is ${show(phone)}, which is no phone number`, 'Nothing was sent. Give a number, e.g. +33601020304.');
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
  if (needsNone || email !== undefined || mobilePhone !== undefined || !isEmpty(registrationToken)) return;
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
