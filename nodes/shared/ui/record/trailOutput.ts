import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { CampaignClient } from '../../campaign/client';
import type { FieldChange } from '../../campaign/fields/prepareFields';
import type { RecordReference } from '../../campaign/find/references';
import { keyAt, textOf, type CampaignRecord } from '../../campaign/records';
import { isEmpty } from '../../campaign/scalars';
import { endsWithPKey, type CampaignResource } from '../../campaign/urls';
import { printTrail, timeOfWrite, type Deed } from '../../campaign/write/trail';
import type { Item } from '../../execution/item';
import { changeList } from './changeList';

/**
 * Whether to say what changed, for the Options collection.
 *
 * @param what one more sentence, without its period
 */
export function includeChangesOption(what: string): INodeProperties {
  return {
    displayName: 'Include Changes',
    name: 'includeChanges',
    type: 'boolean',
    default: false,
    description: `Whether to add a list 'changes' with field, before and after to the output, and the 'trail' that Undo Changes needs. ${what}.`,
  };
}

/** Reads whether to say what changed for one item. */
export function readIncludeChanges(item: Item): boolean {
  return item.flag('options.includeChanges', 'Include Changes');
}

/** A write of which somebody wants to keep the trail. */
export interface TrackedWrite {
  readonly resource: CampaignResource;
  readonly done: Deed;
  /** Undefined where nobody asked for them. */
  readonly changes: readonly FieldChange[] | undefined;
  /** As it is afterwards, or was before it went. */
  readonly record: CampaignRecord;
  /** How somebody said which record is meant; undefined for a new one. */
  readonly reference?: RecordReference;
  /** How many records were deleted together with this one, itself included. */
  readonly count?: number;
}

/** Changes and trail for the end of an output item; changes alone in a preview, which leaves nothing to take back. */
export function trailItem(
  client: CampaignClient,
  item: Item,
  { resource, done, changes, record, reference, count }: TrackedWrite,
): IDataObject {
  if (!changes || client.preview) return changeList(changes);
  const { api, name } = resource;
  const isPerson = name === 'profile' || name === 'subscription';
  const key = name === 'service' ? textOf(record.name) : customKeyIn(reference);
  const href = client.addressOf(record, api, name);
  const mark = {
    organization: client.instance.organization,
    api,
    resource: name,
    done,
    at: timeOfWrite(item.clock.now()),
    ...(isPerson && !isEmpty(record.email) ? { email: textOf(record.email) } : {}),
    ...(key === '' ? {} : { key }),
    ...(href === undefined ? {} : { href }),
    ...timeOfCreation(record),
    ...(count !== undefined && count > 1 ? { twins: String(count) } : {}),
  };
  return { ...changeList(changes), trail: printTrail(mark, changes) };
}

/** What tells a record from one that takes its place later, and from others with its email. */
export function timeOfCreation({ created }: CampaignRecord): { readonly created?: string } {
  return typeof created === 'string' && created !== '' ? { created } : {};
}

/** The key of somebody's own data model that a record was meant by; blank for a PKey, which does not last. */
function customKeyIn(reference: RecordReference | undefined): string {
  if (reference?.by !== 'address' || endsWithPKey(reference.url)) return '';
  return keyAt(reference.url);
}
