import type { CampaignClient } from '../campaign/client';
import { CampaignError } from '../campaign/error';
import { recordKeyOf, type RecordReference } from '../campaign/find/references';
import { isListedAs } from '../campaign/lookUp/keyField';
import type { FoundRecord } from '../campaign/records';
import type { Item } from '../execution/item';
import { readLookUp } from '../ui/options/lookUpOption';
import { listForAll, waysOf, type LookedUpTogether } from './listForAll';

/** What one item looks for, and what it has in common with all others. */
interface LookUp extends LookedUpTogether {
  readonly reference: RecordReference;
  /** Whether there would be a look-up to save. */
  readonly isWorth: boolean;
}

/** Takes the record that an item is about from a list, once it has come by; undefined where the list does not show it. */
export type TakeListed = () => Promise<FoundRecord | undefined>;

/**
 * The record of an item as the list of its resource shows it, where that takes the place of many look-ups. The first item that asks
 * reads the list for all items of the run.
 *
 * @returns takes the record, as soon as it has come by, and nothing where it has to be looked up alone, as all of them where there is
 *   no list
 * @throws TransportError `cancelled` when the workflow is stopped
 */
export async function lookUpFromList(
  client: CampaignClient,
  item: Item,
  { reference, isWorth, ...together }: LookUp,
): Promise<TakeListed | undefined> {
  const choice = item.settings('lookUp', readLookUp);
  const by = isWorth ? waysOf(reference) : undefined;
  if (choice === 'oneByOne' || by === undefined) {
    if (choice === 'fromList')
      item.hint("'Look Up' is 'From the List', but there is nothing to look up by an email or by a key of your own");
    return undefined;
  }
  const { name, api } = together.resource;
  const fromList = await item.shared(
    `list ${api}/${name} ${by}`,
    async (run) => await listForAll(client, run, { ...together, by, onlyIfShort: choice === 'automatic' }),
  );
  return async () => {
    const key = recordKeyOf(client.instance, name, reference);
    const comingBy = fromList?.listed.settled(key);
    if (comingBy) await item.restUntil(comingBy);
    const record = fromList?.listed.take(key);
    if (!fromList || !record || !isListedAs(reference, fromList.field, record)) return undefined;
    const url = reference.by === 'address' ? reference.url : client.addressOf(record, api, name);
    return url === undefined ? undefined : { url, subject: `${name} with ${reference.shown}`, record, isListed: true };
  };
}

/**
 * Works with a record that a list has shown; where it is gone by now, the same is done again with what a look-up finds.
 *
 * @param listed undefined where there is only the look-up
 */
export function withListed<Result>(
  listed: FoundRecord | undefined,
  work: (listed: FoundRecord | undefined) => Promise<Result>,
): Promise<Result> {
  if (!listed) return work(undefined);
  return work(listed).catch(async (error: unknown) => {
    const isGone = error instanceof CampaignError && (error.details.reason === 'notFound' || error.details.reason === 'unknownKey');
    return isGone ? await work(undefined) : await Promise.reject(error);
  });
}
