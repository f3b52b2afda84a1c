import type { CampaignClient } from '../client';
import { Forgetful } from '../../transport/forgetful';
import { CampaignError, isRefusal } from '../error';
import type { FieldCatalogue } from '../metadata';
import type { ProfileApiName } from '../urls';

/** Resources that both profile APIs have, the extended one with custom fields. */
export type ExtensibleResource = 'profile' | 'service';

/** A field that somebody adds to the data model is used this much later at the latest. */
const REMEMBERED_MILLISECONDS = 10 * 60 * 1000;

interface Learned {
  readonly api: ProfileApiName;
  /** ms of the process's monotonic clock */
  readonly until: number;
}

/** What this process knows, by credential and organization: no more than whether there are custom fields. */
const learned = new Forgetful<Learned>(({ until }) => performance.now() >= until);
/** A run keeps to one API, whatever is learned meanwhile. */
const chosen = new WeakMap<CampaignClient, Map<string, Promise<ProfileApiName>>>();

/**
 * The API that an instance is best reached through: the extended one as soon as it describes custom fields, otherwise the
 * standard one, which every technical account may use. Asks for one description at the most, and remembers what it says for
 * the runs to come.
 *
 * @throws CampaignError when Campaign could not be asked at all
 */
export function automaticApi(client: CampaignClient, resource: ExtensibleResource): Promise<ProfileApiName> {
  return chosen.get(client)?.get(resource) ?? chooseApi(client, resource);
}

function chooseApi(client: CampaignClient, resource: ExtensibleResource): Promise<ProfileApiName> {
  const known = chosen.get(client) ?? new Map<string, Promise<ProfileApiName>>();
  chosen.set(client, known);
  const choice = remembered(client, resource) ?? currentApi(client, resource);
  known.set(resource, choice);
  choice.catch(() => known.delete(resource));
  return choice;
}

/** The same as Campaign describes itself now, for the editor. */
export async function currentApi(client: CampaignClient, resource: ExtensibleResource): Promise<ProfileApiName> {
  const fields = await describedFields(client, resource);
  // Whoever may not read the description may read it tomorrow, or with another credential: that is not remembered.
  if (!fields) return 'profileAndServices';
  const api = [...fields.keys()].some((name) => name.startsWith('cus')) ? 'profileAndServicesExt' : 'profileAndServices';
  const key = memoryKey(client, resource);
  if (key !== undefined) learned.set(key, { api, until: performance.now() + REMEMBERED_MILLISECONDS });
  return api;
}

async function describedFields(client: CampaignClient, resource: string): Promise<FieldCatalogue | undefined> {
  try {
    return await client.fields('profileAndServicesExt', resource);
  } catch (error) {
    // A step that only reads needs no description: whatever is wrong with it must not keep the step from its work.
    const isUnreadable = error instanceof CampaignError && error.details.reason === 'unreadableAnswer';
    if (isRefusal(error) || isUnreadable) return undefined;
    return await Promise.reject(error);
  }
}

function remembered(client: CampaignClient, resource: string): Promise<ProfileApiName> | undefined {
  const key = memoryKey(client, resource);
  const known = key === undefined ? undefined : learned.get(key);
  if (key === undefined || !known) return undefined;
  if (performance.now() < known.until) return Promise.resolve(known.api);
  learned.delete(key);
  return undefined;
}

/** What one credential may see, another one need not. */
function memoryKey({ credentialId, instance }: CampaignClient, resource: string): string | undefined {
  return credentialId === undefined ? undefined : JSON.stringify([credentialId, instance.baseUrl, instance.organization, resource]);
}
