import type { IDataObject } from 'n8n-workflow';

import type { CampaignClient } from '../client';
import { CampaignError, invalidInput, restated } from '../error';
import type { CampaignInstance } from '../instance';
import type { Patience, Polling } from './pollUntil';
import { textOf, type CampaignRecord } from '../records';
import { collectionUrl, followableUrl, parseKey, pathBelow, recordUrl, type ApiSegment } from '../urls';
import { isEmpty, trimmed } from '../scalars';

/** Where events of one kind go: `mc<base tenant>/<event ID>`. */
export interface EventTarget {
  readonly api: ApiSegment;
  /** E.g. `EVTcart`. */
  readonly eventId: string;
}

/** One event as Campaign knows it. */
export interface SentEvent {
  readonly eventId: string;
  readonly pKey: string;
  /** Absolute, ready to be asked for the status. */
  readonly href: string;
  /** `pending`, `processed` …; blank where Campaign does not say. */
  readonly status: string;
  readonly record: CampaignRecord;
}

/** The end of an event that reached nobody, in words (Adobe: "Managing transactional messages"). */
const UNDELIVERED: ReadonlyMap<string, string> = new Map([
  ['deliveryFailed', 'The message could not be delivered.'],
  ['ignored', 'Campaign ignored the event: it may be a duplicate, or the person may be on a block list.'],
  ['routingFailed', 'Campaign found no delivery for it: check that the message of this event is published, and the channel.'],
  ['targetingFailed', 'Campaign found no profile for it: check the values in the context that identify the profile.'],
  ['tooOld', "It was not processed in time: check 'Expiration'."],
]);

const LONGEST_EVENT_ID = 64;
const BASE_TENANT = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;

/**
 * Checks an event ID and finds out where its events go. The addresses of stage instances have the base tenant in them:
 * organization `northwind-mkt-stage1`, API `mcnorthwind`.
 *
 * @param baseTenant blank to take it from the organization
 * @throws CampaignError `invalidInput`
 */
export function parseEventTarget(instance: CampaignInstance, eventId: unknown, baseTenant: unknown): EventTarget {
  const id = parseKey(eventId, 'Event ID', "It is the event's ID in its configuration, e.g. EVTcart.");
  if (!id.startsWith('EVT')) {
    throw invalidInput(
      `'Event ID' is '${id}', but all event IDs begin with EVT`,
      `Campaign adds EVT itself: enter the ID as the event's configuration shows it, e.g. EVT${id}.`,
    );
  }
  if (id.length > LONGEST_EVENT_ID)
    throw invalidInput(`'Event ID' has ${id.length} characters, and Campaign's have ${LONGEST_EVENT_ID} at the most`, 'Check the value.');
  return { api: `mc${parseBaseTenant(instance, baseTenant)}`, eventId: id };
}

/**
 * POST of one event, sent once: a second try might send the message twice. Campaign Standard blanks the values in its answer.
 *
 * @param body `email`, `ctx` … as Campaign takes them
 * @throws CampaignError `notFound` for an event that is not published, `rejected`, `outcomeUnknown` …
 */
export async function sendEvent(client: CampaignClient, target: EventTarget, body: IDataObject): Promise<SentEvent> {
  const url = collectionUrl(client.instance, target.api, target.eventId);
  const record = await client.create(url, body, 'event').catch((error: unknown) => explainForEvents(error, target));
  return sentEventOf(client.instance, target, record);
}

/** GET of an event that was sent before. */
export async function findEvent(client: CampaignClient, target: EventTarget, pKey: string): Promise<SentEvent> {
  const url = recordUrl(client.instance, target.api, target.eventId, pKey);
  const record = await client.find(url, 'event').catch((error: unknown) => explainForEvents(error, target));
  if (record) return sentEventOf(client.instance, target, record);
  throw restated(noSuchEvent(target), { message: `There is no event '${target.eventId}' with PKey '${pKey}'` });
}

/**
 * Looks at an event until it has come to its end.
 *
 * @returns the event as it ended, delivered or not
 * @throws CampaignError `deadlinePassed`, or `outcomeUnknown` when the status cannot be read; both with what is known of the event
 */
export async function awaitEnd(
  client: CampaignClient,
  polling: Polling,
  { target, sent }: { readonly target: EventTarget; readonly sent: SentEvent },
  patience: Patience,
): Promise<SentEvent> {
  let latest = sent;
  const look = async (): Promise<SentEvent> => {
    // The address that Campaign gave out is followed all along: keys may read differently in every answer.
    const record = await client.retrieve(sent.href, 'event').catch((error: unknown) => {
      throw error instanceof CampaignError ? statusNotRead(error, latest) : error;
    });
    latest = { ...sentEventOf(client.instance, target, record), pKey: sent.pKey, href: sent.href };
    return latest;
  };
  const { value, isReached } = await polling.until(patience, look, hasEnded, `${target.api}/${target.eventId}`);
  if (isReached) return value;
  throw new CampaignError({
    reason: 'deadlinePassed',
    message: `Event '${value.eventId}' was sent, but is still ${value.status === '' ? 'in a state that Campaign does not tell' : `'${value.status}'`} after ${patience.deadlineMilliseconds / 1000} seconds`,
    description: "Campaign goes on with it: do not send it again. Ask later with Get Status, or raise 'Deadline' under 'Options'.",
    facts: knownOf(value),
  });
}

/** Whether nothing more will happen to an event. */
export function hasEnded({ status }: SentEvent): boolean {
  return status === 'processed' || UNDELIVERED.has(status);
}

/** @throws CampaignError `notDelivered` for an event that ended without reaching the person */
export function checkDelivered(event: SentEvent): void {
  const meaning = UNDELIVERED.get(event.status);
  if (meaning === undefined) return;
  throw new CampaignError({
    reason: 'notDelivered',
    message: `Event '${event.eventId}' ended as '${event.status}'`,
    description: `${meaning} To branch on the status instead, set 'When Not Delivered' under 'Options' to 'Return'.`,
    facts: knownOf(event),
  });
}

function parseBaseTenant({ organization }: CampaignInstance, value: unknown): string {
  if (isEmpty(value)) return organization.replace(/-mkt-stage\d*$/, '');
  const tenant = typeof value === 'string' ? trimmed(value) : '';
  if (BASE_TENANT.test(tenant) && !tenant.includes('..')) return tenant;
  throw invalidInput(
    "'Base Tenant' is not the name of a tenant",
    "Enter what follows 'mc' in the address of your events, e.g. northwind: letters, digits, dots, hyphens and underscores only.",
  );
}

function sentEventOf(instance: CampaignInstance, target: EventTarget, record: CampaignRecord): SentEvent {
  const pKey = textOf(record.PKey);
  return {
    eventId: target.eventId,
    pKey,
    href: addressOf(instance, target, record.href) ?? recordUrl(instance, target.api, target.eventId, pKey),
    status: typeof record.status === 'string' ? record.status : '',
    record,
  };
}

/** The address in an answer, which is relative here, unlike everywhere else; undefined when it is no event of this kind. */
function addressOf(instance: CampaignInstance, { api, eventId }: EventTarget, href: unknown): string | undefined {
  if (typeof href !== 'string') return undefined;
  try {
    const url = followableUrl(instance, href);
    const [foundApi, foundId, key = '', ...rest] = pathBelow(instance, url).split('/');
    return foundApi === api && foundId === eventId && key !== '' && rest.length === 0 ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** Says of a refusal what it means for events. */
function explainForEvents(error: unknown, target: EventTarget): never {
  if (!(error instanceof CampaignError)) throw error;
  const { reason, httpStatus, description } = error.details;
  if (reason === 'outcomeUnknown') {
    throw restated(error, {
      description: "Look for the event in Campaign's event history before sending it again, or the person may get the message twice.",
    });
  }
  if (httpStatus === 404 && reason !== 'unknownKey') throw noSuchEvent(target);
  if (reason === 'unroutable') {
    throw restated(error, {
      description: `${description} Events go to '${target.api}': if your instance has another base tenant, set 'Base Tenant' under 'Options'.`,
    });
  }
  throw error;
}

function noSuchEvent({ api, eventId }: EventTarget): CampaignError {
  return new CampaignError({
    reason: 'notFound',
    httpStatus: 404,
    message: `There is no event '${eventId}' at '${api}'`,
    description:
      "Check 'Event ID', and that the event's configuration is published in Campaign. On a stage instance, check 'Base Tenant' under 'Options'.",
  });
}

function statusNotRead(trouble: CampaignError, event: SentEvent): CampaignError {
  return new CampaignError(
    {
      ...trouble.details,
      reason: 'outcomeUnknown',
      everyItem: false,
      message: `Event '${event.eventId}' was sent, but its status could not be read: ${trouble.details.message}`,
      description: `It need not be sent again. Ask later with Get Status. ${trouble.details.description}`,
      facts: knownOf(event),
    },
    trouble,
  );
}

function knownOf({ eventId, pKey, href, status }: SentEvent): IDataObject {
  return { eventId, PKey: pKey, href, status };
}
