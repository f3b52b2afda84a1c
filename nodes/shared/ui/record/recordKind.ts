import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { CampaignClient } from '../../campaign/client';
import type { FieldCatalogue } from '../../campaign/metadata';
import type { GivenFilter } from '../../campaign/find/givenFilters';
import type { CampaignInstance } from '../../campaign/instance';
import type { RecordReference } from '../../campaign/find/references';
import type { ApiName, CampaignResource } from '../../campaign/urls';
import type { Item } from '../../execution/item';
import type { SimplifiedOutput } from './output';

/**
 * A kind of record: all that Get, Get Many, Count, Create, Create or Update, Update and Delete have to know of it. A new
 * one is a folder with one of these: the operations follow from it.
 */
export interface RecordKind {
  /** What actions call it, e.g. `custom resource record`. */
  readonly name: string;
  readonly names: string;
  /** What other texts call it, e.g. `record`. */
  readonly noun: string;
  /** Which resource, where that is open. */
  readonly resourceProperties: readonly INodeProperties[];
  /** Which API, for the Options collection. */
  readonly apiOption: INodeProperties;
  readResource(client: CampaignClient, item: Item): Promise<CampaignResource>;

  /** How people say which record they mean, e.g. `PKey, name or URL`. */
  readonly ways: string;
  readonly locator: INodeProperties;
  readReference(item: Item, instance: CampaignInstance, resource: CampaignResource): RecordReference;
  /** Whether what a locator holds may fit several records, as an email may. */
  readonly mayBeSeveral: boolean;

  readonly filters: INodeProperties;
  readFilters(item: Item, instance: CampaignInstance, api: ApiName): GivenFilter[];
  readonly output: SimplifiedOutput;

  readonly matching: ColumnMatching;
  /** The field that takes the place of the PKey in addresses, where it is the same in every data model. */
  readonly keyField?: string;
  /** How links are given besides PKeys; undefined where they are not. */
  readonly links?: LinkFields;
  /** Checks what Campaign would take, but not as it stands. @throws CampaignError `invalidInput` */
  checkNew?(fields: IDataObject): void;
  /** What was wrong with a record that Campaign did not take, as far as it can be found out. */
  explainRefusal?(client: CampaignClient, resource: CampaignResource, fields: IDataObject, error: unknown): Promise<unknown>;
  /** What else may have been meant where there is no such record, as far as it can be found out. */
  explainMissing?(client: CampaignClient, reference: RecordReference, error: unknown): Promise<unknown>;
}

/** For `catch`: the same error, or one that says more. */
export async function explainedBy(kind: RecordKind, client: CampaignClient, reference: RecordReference, error: unknown): Promise<never> {
  throw kind.explainMissing ? await kind.explainMissing(client, reference, error) : error;
}

/** How one of the fields to write tells which record is meant. */
export interface ColumnMatching {
  /** Under the choice of a column, for Update and for Create or Update. */
  readonly updateHint: string;
  readonly upsertHint: string;
  /** Of the choice of such a column. */
  readonly description: string;
  /** The field that identifies a record in JSON. */
  readonly field: string;
  readonly fieldDescription: string;
  /** The record to update. @throws CampaignError `invalidInput` */
  toUpdate(instance: CampaignInstance, resource: CampaignResource, column: string, value: unknown): RecordReference;
  /** The record to create or update. @throws CampaignError `invalidInput` */
  toUpsert(instance: CampaignInstance, resource: CampaignResource, column: string, value: unknown): RecordReference;
  /** The fields of a new record, with what it is matched on in the form in which it is found again. */
  asFound?(client: CampaignClient, resource: CampaignResource, column: string, fields: IDataObject): Promise<IDataObject>;
  /** Whether it is proven that records are found by the column, before one is written. @throws CampaignError `invalidInput` where they are not */
  checkColumn?(client: CampaignClient, resource: CampaignResource, column: string): Promise<boolean>;
}

/** Links of a record to others, given by what people know the others by. */
export interface LinkFields {
  readonly property: INodeProperties;
  /** Reads them for one item; they are looked up later. @throws CampaignError `invalidInput` */
  read(item: Item): GivenLinks;
}

/** Links that were given for one item. */
export interface GivenLinks {
  readonly isEmpty: boolean;
  /** The links as fields to write. @throws CampaignError `notFound`, `severalMatches`, `invalidInput` … */
  resolve(client: CampaignClient, resource: CampaignResource, catalogue: FieldCatalogue | undefined): Promise<IDataObject>;
}

/** What stands for links where a kind has none, or none are given. */
export const NO_LINKS: GivenLinks = { isEmpty: true, resolve: async () => ({}) };
