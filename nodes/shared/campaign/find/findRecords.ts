import type { CampaignClient } from '../client';
import { CampaignError } from '../error';
import { MATCHES_PAGE } from './pageSizes';
import type { FoundRecord } from '../records';
import { notFound } from '../refusals';
import { findByEmail } from './findByEmail';
import { listUrl } from './listQuery';
import { foundRecord, type FilteredRecords, type RecordReference } from './references';

/** What to do when more than one record is found. */
export type SeveralMatches = 'fail' | 'all' | 'first';

/** Enough to tell that there are several; a filter may match millions. */
const COUNTED_MATCHES = 100;
/** How many matches to look at, to do what is wanted of them. */
const MATCHES_WANTED: Readonly<Record<SeveralMatches, number>> = { first: 1, fail: COUNTED_MATCHES, all: Infinity };

/**
 * Finds the records that are meant. An address is not asked for here: whoever needs the record retrieves it.
 *
 * @param resource e.g. `profile`
 * @returns nothing, one, or with `all` several
 * @throws CampaignError `severalMatches` when there should be one
 */
export async function findRecords(
  client: CampaignClient,
  resource: string,
  reference: RecordReference,
  severalMatches: SeveralMatches,
): Promise<FoundRecord[]> {
  if (reference.by === 'address') return [{ url: reference.url, subject: `${resource} with ${reference.shown}` }];

  const most = MATCHES_WANTED[severalMatches];
  const isEmail = reference.by === 'email';
  const found = isEmail ? await findByEmail(client, reference, most) : await findByFilter(client, resource, reference, most);
  if (severalMatches !== 'fail' || found.length < 2) return found;
  throw ambiguous(resource, `${isEmail ? 'have' : 'match'} ${reference.shown}`, found.length);
}

async function findByFilter(
  client: CampaignClient,
  resource: string,
  { api, filter, shown }: FilteredRecords,
  most: number,
): Promise<FoundRecord[]> {
  const found: FoundRecord[] = [];
  const url = listUrl(client.instance, { api, name: resource }, { filters: [filter] }, MATCHES_PAGE);
  for await (const record of client.list(url, resource)) {
    found.push(foundRecord(client, { api, name: resource }, record, `${resource} with ${shown}`));
    if (found.length === most) break;
  }
  return found;
}

/** The error for a record that is not there. */
export function recordNotFound(resource: string, { by, shown }: { readonly by: string; readonly shown: string }): CampaignError {
  return notFound(`${resource} with ${shown}`, by === 'address' ? 404 : undefined);
}

/**
 * The error for several records where one was wanted.
 *
 * @param why what they have in common, e.g. `have email 'amy@mail.com'`
 */
function ambiguous(resource: string, why: string, count: number): CampaignError {
  return new CampaignError({
    reason: 'severalMatches',
    message: `${count === COUNTED_MATCHES ? `${count} or more` : count} ${resource}s ${why}`,
    description: `Choose the ${resource} by PKey or custom key, or set 'When Several Match' under 'Options'.`,
    facts: { matches: count },
  });
}
