import type { IDataObject } from 'n8n-workflow';

import type { CampaignClient } from '../client';
import { CampaignError } from '../error';
import { asNew } from '../fields/plannedChanges';
import { differences, type FieldChange } from '../fields/prepareFields';
import type { FieldCatalogue } from '../metadata';
import type { CampaignRecord, FoundRecord } from '../records';
import { changesOfCreation } from './trackedChanges';
import { notReadBack, updateRecord, verifyFields, type UpdatePlan } from './updateRecord';
import { collectionUrl, type CampaignResource } from '../urls';

/** What an upsert may do. */
export type UpsertBehavior = 'createOrUpdate' | 'createOnly' | 'updateOnly';

/** What it did with one record, or would do. */
export type UpsertOutcome = 'created' | 'updated' | 'unchanged' | 'wouldCreate' | 'wouldUpdate';

/** What is to be there in the end, and how to tell whether it is there already. */
export interface Upsert {
  readonly resource: CampaignResource;
  readonly catalogue: FieldCatalogue | undefined;
  readonly behavior: UpsertBehavior;
  readonly plan: UpdatePlan;
  /** What tells records apart, as `recordKeyOf` has it. */
  readonly recordKey: string;
  /** Fields of a new record, what identifies it included. @throws CampaignError when there is none, or they cannot be sent */
  forCreate(): IDataObject | Promise<IDataObject>;
  /** Fields to change in one that is there; may be empty. @throws CampaignError when they cannot be sent */
  forUpdate(): IDataObject;
  /** The records that are there already; each may still turn out to be gone. */
  find(): Promise<readonly FoundRecord[]>;
  /** Refuses a record that is another one than was meant. @throws CampaignError */
  check?(record: CampaignRecord): void;
  /** Told of a new record as soon as it is there, be it that verifying it fails afterwards. */
  onCreated(record: CampaignRecord): void;
}

/** One record and what was done. */
export interface UpsertResult {
  readonly outcome: UpsertOutcome;
  /** The fields that were changed in a record that was there. */
  readonly sent: IDataObject;
  /** The fields that the record is to hold now, changed or not. */
  readonly written: IDataObject;
  readonly record: CampaignRecord;
  readonly changes?: readonly FieldChange[];
}

/**
 * Creates a record, or updates the ones that are there. Campaign has no such call and no guard between looking and
 * writing: two runs that create the same record at the same moment both will.
 *
 * @returns nothing when there is no record and none may be created
 * @throws CampaignError `severalMatches`, `rejected`, `outcomeUnknown` …
 */
export async function upsertRecord(client: CampaignClient, upsert: Upsert): Promise<UpsertResult[]> {
  const existing = await findExisting(client, upsert);
  if (existing.length === 0) return upsert.behavior === 'updateOnly' ? [] : [await create(client, upsert)];

  const results: UpsertResult[] = [];
  for (const target of existing) results.push(await update(client, upsert, target));
  return results;
}

type ExistingRecord = FoundRecord & { readonly record: CampaignRecord };

async function findExisting(client: CampaignClient, upsert: Upsert): Promise<ExistingRecord[]> {
  const planned = client.preview?.newRecord(upsert.recordKey);
  if (planned) return [{ url: '', subject: upsert.resource.name, record: planned }];
  const existing: ExistingRecord[] = [];
  for (const found of await upsert.find()) {
    const record = found.record ?? (await client.find(found.url, found.subject));
    if (!record) continue;
    upsert.check?.(record);
    existing.push({ ...found, record });
  }
  return existing;
}

async function update(client: CampaignClient, upsert: Upsert, target: ExistingRecord): Promise<UpsertResult> {
  const { resource, catalogue, behavior, plan, recordKey } = upsert;
  const fields = behavior === 'createOnly' ? {} : upsert.forUpdate();
  if (Object.keys(fields).length === 0) {
    const record = target.url === '' ? target.record : { ...target.record, href: target.url };
    return { outcome: 'unchanged', sent: {}, written: {}, record, changes: plan.trackChanges || client.preview ? [] : undefined };
  }
  const { record, isSent, sent, changes } = await updateRecord(client, target, { resource, catalogue, fields, plan, recordKey });
  return { outcome: !isSent ? 'unchanged' : client.preview ? 'wouldUpdate' : 'updated', sent, written: fields, record, changes };
}

async function create(client: CampaignClient, upsert: Upsert): Promise<UpsertResult> {
  const {
    resource: { api, name: resource },
    catalogue,
    plan,
  } = upsert;
  const fields = await upsert.forCreate();
  if (client.preview) {
    client.preview.planNew(upsert.recordKey, fields);
    return { outcome: 'wouldCreate', sent: {}, written: fields, record: fields, changes: asNew(fields) };
  }
  const url = collectionUrl(client.instance, api, resource);
  const created = await createOnce(client, upsert, url, fields);
  upsert.onCreated(created);
  const changes = plan.trackChanges ? await changesOfCreation(client, catalogue, created) : undefined;
  if (!plan.verify) return { outcome: 'created', sent: {}, written: fields, record: created, changes };

  const after = await client.retrieve(client.addressOf(created, api, resource) ?? url, resource).catch((error: unknown) => {
    throw error instanceof CampaignError ? notReadBack(resource, 'created', error) : error;
  });
  verifyFields(resource, catalogue, fields, after);
  return { outcome: 'created', sent: {}, written: fields, record: after, changes };
}

/** A list may show a new record late. */
const LOOK_AGAIN_MS = 2_000;
/** POSTs of one record whose answers broke off, until that is said. */
const MOST_TRIES = 3;

/**
 * A POST is not repeated because its answer is lost. What it should have made is looked for, as soon as Campaign answers again;
 * where it broke off and nothing is there, not even a while later, the record is missing as it was before, and is created.
 */
async function createOnce(client: CampaignClient, upsert: Upsert, url: string, fields: IDataObject): Promise<CampaignRecord> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await client.create(url, fields, upsert.resource.name);
    } catch (error) {
      if (!(error instanceof CampaignError) || error.details.reason !== 'outcomeUnknown') return await Promise.reject(error);
      const found = await lookAgain(client, upsert, fields, error);
      if (found !== 'missing') return found;
      if (attempt === MOST_TRIES) return await Promise.reject(error);
    }
  }
}

/** @throws the error when there is no telling */
async function lookAgain(
  client: CampaignClient,
  upsert: Upsert,
  fields: IDataObject,
  error: CampaignError,
): Promise<CampaignRecord | 'missing'> {
  for (const delay of error.details.isBrokenOff ? [0, LOOK_AGAIN_MS] : [0]) {
    if (delay > 0) await client.requester.pause(delay);
    const [found, ...others] = await findExisting(client, upsert).catch(async () => await Promise.reject(error));
    if (!found) continue;
    const isIt = others.length === 0 && differences(upsert.catalogue, fields, found.record).length === 0;
    if (isIt) return { ...found.record, href: found.url };
    throw error;
  }
  if (error.details.isBrokenOff) return 'missing';
  throw error;
}
