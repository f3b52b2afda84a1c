import type { IDataObject } from 'n8n-workflow';

import type { CampaignClient } from '../client';
import { CampaignError, restated } from '../error';
import type { FieldChange } from '../fields/prepareFields';
import type { FieldCatalogue } from '../metadata';
import type { CampaignRecord, FoundRecord } from '../records';
import type { ApiName } from '../urls';
import { updateRecord } from '../write/updateRecord';
import { listSubscriptions, serviceNameOf, subscriptionChange, subscriptionsUrl, unsubscribeFrom } from './subscriptions';

/** Adobe: "Data model of the profile resource": a field for each channel, and one for all of them. */
const NO_LONGER_CONTACT = /^blackList(?!.*LastModified$)/;

/** A profile that wants nothing more. */
export interface OptOut {
  readonly api: ApiName;
  readonly profile: FoundRecord & { readonly record: CampaignRecord };
  /** Undefined where Campaign does not describe its fields: then the profile itself tells them. */
  readonly catalogue: FieldCatalogue | undefined;
  /** Whether to retrieve the profile afterwards, and tell what changed. */
  readonly trackChanges: boolean;
  /** What tells records apart, as `recordKeyOf` has it. */
  readonly recordKey: string;
}

/** What was done for it. */
export interface OptOutResult {
  readonly outcome: 'unsubscribed' | 'unchanged' | 'wouldUnsubscribe';
  /** Names of the services that it was subscribed to. */
  readonly unsubscribedFrom: readonly string[];
  /** API names of the fields that were turned on. */
  readonly noLongerContact: readonly string[];
  readonly changes?: readonly FieldChange[];
}

/**
 * Turns on all "no longer contact" fields of a profile, and deletes all its subscriptions (Adobe: "Deleting subscriptions"). The fields
 * come first: they stop every message at once. What fails keeps nothing else from being done.
 *
 * @throws CampaignError with the first reason, saying what was done and what was not; its facts name both
 */
export async function optOut(client: CampaignClient, { api, profile, catalogue, trackChanges, recordKey }: OptOut): Promise<OptOutResult> {
  const failures: CampaignError[] = [];
  const attempt = async <Result>(task: () => Promise<Result>): Promise<Result | undefined> =>
    await task().catch((error: unknown) => {
      if (!(error instanceof CampaignError) || error.details.everyItem) throw error;
      failures.push(error);
      return undefined;
    });

  const fields = fieldsToTurnOn(catalogue, profile.record);
  const plan = { onlyChanged: true, readBack: false, verify: false, trackChanges };
  const update = { resource: { api, name: 'profile' }, catalogue, fields, plan, recordKey };
  const updated = await attempt(async () => await updateRecord(client, profile, update));

  const subscriptions = (await attempt(async () => await subscriptionsOf(client, profile.record))) ?? [];
  const given: string[] = [];
  const left: string[] = [];
  for (const subscription of subscriptions) {
    const isGone = client.preview ? true : await attempt(async () => await unsubscribeFrom(client, subscription));
    if (isGone !== false) (isGone ? given : left).push(serviceNameOf(subscription));
  }

  const noLongerContact = Object.keys(updated?.sent ?? {});
  const done = { unsubscribedFrom: [...new Set(given)], noLongerContact };
  const [failure] = failures;
  if (failure) throw notAll(failure, profile.subject, done, { left, isUpdated: updated !== undefined });
  const isChanged = given.length + noLongerContact.length > 0;
  const outcome = !isChanged ? 'unchanged' : client.preview ? 'wouldUnsubscribe' : 'unsubscribed';
  const ended = done.unsubscribedFrom.map((name) => subscriptionChange(name, 'ended'));
  return { outcome, ...done, changes: updated?.changes ? [...updated.changes, ...ended] : undefined };
}

function fieldsToTurnOn(catalogue: FieldCatalogue | undefined, record: CampaignRecord): IDataObject {
  const names = catalogue
    ? [...catalogue.values()].filter(({ kind, readOnly }) => kind === 'boolean' && !readOnly).map(({ name }) => name)
    : Object.keys(record).filter((name) => typeof record[name] === 'boolean');
  return Object.fromEntries(names.filter((name) => NO_LONGER_CONTACT.test(name)).map((name) => [name, true]));
}

/** All of them before the first is deleted: pages of a list that gets shorter would leave some out. */
async function subscriptionsOf(client: CampaignClient, record: CampaignRecord): Promise<CampaignRecord[]> {
  const all: CampaignRecord[] = [];
  for await (const subscription of listSubscriptions(client, subscriptionsUrl(client.instance, record, 'profile'))) all.push(subscription);
  return all;
}

/** @param missing names of services that are left, and whether the fields were turned on */
function notAll(
  failure: CampaignError,
  subject: string,
  done: Pick<OptOutResult, 'unsubscribedFrom' | 'noLongerContact'>,
  { left, isUpdated }: { readonly left: readonly string[]; readonly isUpdated: boolean },
): CampaignError {
  const { unsubscribedFrom, noLongerContact } = done;
  const said = [
    isUpdated
      ? `'No longer contact' is set (${noLongerContact.length === 0 ? 'it was already' : noLongerContact.join(', ')}).`
      : "'No longer contact' is not set.",
    unsubscribedFrom.length > 0 ? `Unsubscribed from: ${unsubscribedFrom.join(', ')}.` : '',
    left.length > 0 ? `Still subscribed to: ${left.join(', ')}.` : '',
  ];
  return restated(failure, {
    message: `The ${subject} is not unsubscribed from everything: ${failure.details.message}`,
    description: `${said.filter((text) => text !== '').join(' ')} Run it again: what is done already is left alone. ${failure.details.description}`,
    facts: { unsubscribedFrom, noLongerContact, stillSubscribedTo: left, isNoLongerContactSet: isUpdated },
  });
}
