import type { IDataObject } from 'n8n-workflow';

import type { CampaignClient } from '../client';
import { CampaignError, isDoubt } from '../error';
import { differences, withoutUnchanged, type FieldChange, type FieldDifference } from '../fields/prepareFields';
import { plannedChanges } from '../fields/plannedChanges';
import { titleOf } from '../fields/names';
import type { FieldCatalogue } from '../metadata';
import type { Preview } from '../preview';
import type { CampaignRecord, FoundRecord } from '../records';
import type { CampaignResource } from '../urls';
import { show } from '../scalars';
import { checkIsRecord } from './checkKey';
import { trackedChanges } from './trackedChanges';

/** What to do around a PATCH. */
export interface UpdatePlan {
  /** Retrieve first and send the difference only; nothing when there is none. */
  readonly onlyChanged: boolean;
  /** Retrieve afterwards. */
  readonly readBack: boolean;
  /** Fail when a written field does not hold the written value afterwards. */
  readonly verify: boolean;
  /** Retrieve before and after, and tell what changed. */
  readonly trackChanges: boolean;
}

/** What to write to a record. */
export interface Update {
  readonly resource: CampaignResource;
  /** The resource's fields; undefined where Campaign does not tell them. */
  readonly catalogue: FieldCatalogue | undefined;
  /** Checked and converted; none where all that was given is blank, and the record is to stay as it is. */
  readonly fields: IDataObject;
  readonly plan: UpdatePlan;
  /** What tells records apart, as `recordKeyOf` has it; previews go by it. */
  readonly recordKey: string;
}

/** The record as the plan asks for it: read back, or what Campaign answered. */
export interface UpdateResult {
  readonly record: CampaignRecord;
  /** Whether anything was sent, or would be by what a preview shows: with `onlyChanged` and no difference nothing is. */
  readonly isSent: boolean;
  /** The fields that went out. */
  readonly sent: IDataObject;
  readonly changes?: readonly FieldChange[];
}

/**
 * GET, PATCH, GET, as far as the plan needs them (Adobe: "Updating profiles with APIs").
 *
 * In a preview the PATCH is left out, and the record is as it would be.
 *
 * The GET after the PATCH follows the address that Campaign returned for it: keys may read differently every time.
 *
 * @throws CampaignError `notVerified` when a value did not stick
 */
export async function updateRecord(client: CampaignClient, target: FoundRecord, update: Update): Promise<UpdateResult> {
  if (client.preview) return await planUpdate(client, client.preview, target, update);
  const { fields, plan, resource } = update;
  if (plan.onlyChanged || plan.trackChanges || Object.keys(fields).length === 0) return await updateSeen(client, target, update);
  await checkIsRecord(client, resource, target);
  return await patch(client, target, update, { fields });
}

/** The same of a record that is looked at first. */
async function updateSeen(client: CampaignClient, target: FoundRecord, update: Update): Promise<UpdateResult> {
  const { catalogue, fields, plan } = update;
  let before = target.record ?? (await client.retrieve(target.url, target.subject));
  const difference = (): IDataObject => (plan.onlyChanged ? withoutUnchanged(catalogue, fields, before) : fields);
  let toSend = difference();
  // What is told of a change has to be what was there right before it.
  if (target.isListed && plan.trackChanges && Object.keys(toSend).length > 0) {
    before = await client.retrieve(target.url, target.subject);
    toSend = difference();
  }
  if (Object.keys(toSend).length === 0) {
    return { record: before, isSent: false, sent: {}, changes: plan.trackChanges ? [] : undefined };
  }
  return await patch(client, target, update, { before, fields: toSend });
}

/** What goes out, and the record as it was, where somebody has looked. */
interface Patch {
  readonly before?: CampaignRecord;
  readonly fields: IDataObject;
}

async function patch(client: CampaignClient, target: FoundRecord, update: Update, { before, fields }: Patch): Promise<UpdateResult> {
  const { resource, catalogue, plan } = update;
  const answer = await sendUpdate(client, target, catalogue, fields);
  const address = client.addressOf(answer, resource.api, resource.name) ?? target.url;
  if (!plan.readBack && !plan.trackChanges) return { record: withAddress(answer, address), isSent: true, sent: fields };

  const after = await client.retrieve(address, target.subject).catch((error: unknown) => {
    throw error instanceof CampaignError ? notReadBack(resource.name, 'updated', error) : error;
  });
  if (plan.verify) verifyFields(resource.name, catalogue, update.fields, after);
  const changes = plan.trackChanges && before ? await trackedChanges(client, catalogue, update.fields, { before, after }) : undefined;
  return { record: after, isSent: true, sent: fields, changes };
}

function withAddress(record: CampaignRecord, href: string): CampaignRecord {
  return record.href === href ? record : { ...record, href };
}

async function planUpdate(
  client: CampaignClient,
  preview: Preview,
  target: FoundRecord,
  { resource: { api, name }, catalogue, fields, recordKey }: Update,
): Promise<UpdateResult> {
  const found = target.record ?? (await client.retrieve(target.url, target.subject));
  const before = preview.asPlanned(recordKey, found) ?? found;
  const changed = plannedChanges(catalogue, fields, before);
  const sent = Object.fromEntries(changed.map(({ field }) => [field, fields[field]]));
  preview.planChange(recordKey, sent);
  const href = client.addressOf(found, api, name);
  return { record: { ...before, ...sent, ...(href === undefined ? {} : { href }) }, isSent: changed.length > 0, sent, changes: changed };
}

/**
 * PATCH of one record. Where Campaign does not say that it is done, in the way Campaign says it, the record is looked at: one that
 * holds all that was sent needs nothing more.
 *
 * @returns what Campaign answered, or the record as it was found
 * @throws CampaignError `outcomeUnknown` when the record does not show it …
 */
export function sendUpdate(
  client: CampaignClient,
  { url, subject }: FoundRecord,
  catalogue: FieldCatalogue | undefined,
  fields: IDataObject,
): Promise<CampaignRecord> {
  return client.update(url, fields, subject).catch(async (error: unknown) => {
    const record = isDoubt(error) ? await client.find(url, subject).catch(() => undefined) : undefined;
    if (record && Object.keys(withoutUnchanged(catalogue, fields, record)).length === 0) return record;
    return await Promise.reject(error);
  });
}

/**
 * Checks that a record holds what was written.
 *
 * @throws CampaignError `notVerified` naming the fields that do not
 */
export function verifyFields(resource: string, catalogue: FieldCatalogue | undefined, fields: IDataObject, record: CampaignRecord): void {
  const missing = differences(catalogue, fields, record);
  if (missing.length > 0) throw notVerified(resource, catalogue, missing);
}

/** The write is made: nobody may believe otherwise because reading it back did not work. */
export function notReadBack(resource: string, done: 'created' | 'updated', trouble: CampaignError): CampaignError {
  const message = `The ${resource} was ${done}, but could not be read back: ${trouble.message}`;
  const description = `It need not be sent again. ${trouble.description}`;
  return new CampaignError({ ...trouble.details, reason: 'notVerified', everyItem: false, message, description }, trouble);
}

function notVerified(resource: string, catalogue: FieldCatalogue | undefined, missing: readonly FieldDifference[]): CampaignError {
  const list = missing.map(({ field, expected, found }) => {
    const title = titleOf(catalogue?.get(field) ?? { name: field, label: field });
    return `${title} is ${show(found)} instead of ${show(expected)}`;
  });
  return new CampaignError({
    reason: 'notVerified',
    message: `The ${resource} does not hold what was written: ${list.join('; ')}`,
    description:
      'Campaign accepted what was sent. It may have changed the value by a rule of its data model, or somebody else has written in between.',
    facts: { differences: missing },
  });
}
