import type { CampaignClient } from '../client';
import { CampaignError, invalidInput, isRefusal, unlessRefused } from '../error';
import { isObject } from '../records';
import { trimmed } from '../scalars';
import { resourcesUrl, type ApiName, type CampaignResource } from '../urls';

/** The APIs that have custom resources: those linked to profiles, and all others. */
export const CUSTOM_RESOURCE_APIS = ['profileAndServicesExt', 'customResources'] as const;

/** A resource as Campaign's catalogue lists it. */
export interface ListedResource extends CampaignResource {
  readonly label: string;
}

const RESOURCE_NAME = /^[A-Za-z][A-Za-z0-9_]*$/;

/**
 * Checks the name of a resource that somebody entered.
 *
 * @throws CampaignError `invalidInput`
 */
export function parseResourceName(value: unknown): string {
  const name = typeof value === 'string' ? trimmed(value) : '';
  if (name === '') throw invalidInput("No 'Custom Resource' is chosen", 'Select one from the list, or enter its API name, e.g. cusOrder.');
  if (RESOURCE_NAME.test(name)) return name;
  throw invalidInput(`'${name}' cannot be the name of a custom resource`, 'Enter its API name, which starts with cus, e.g. cusOrder.');
}

/**
 * Finds out which API has a resource, by asking each for its description: no resource is in both.
 *
 * @throws CampaignError `rejected` when neither has it
 */
export async function locateResource(client: CampaignClient, name: string): Promise<CampaignResource> {
  for (const api of CUSTOM_RESOURCE_APIS) {
    const isThere = await client.fields(api, name).then(
      () => true,
      async (error: unknown) => (isAbsence(error) ? false : await Promise.reject(error)),
    );
    if (isThere) return { api, name };
  }
  throw unknownResource(name);
}

/**
 * The custom resources of an instance (Adobe: "Interacting with custom resources"). Not every instance lists those that
 * are not linked to profiles.
 */
export async function listCustomResources(client: CampaignClient): Promise<ListedResource[]> {
  const [linked = [], others = []] = await Promise.all(
    CUSTOM_RESOURCE_APIS.map(async (api) => {
      const asked = client.read(resourcesUrl(client.instance, api), 'list of resources');
      return parseCatalogue(api, await (api === 'customResources' ? asked.catch(unlessRefused(undefined)) : asked));
    }),
  );
  return [...linked, ...others];
}

function parseCatalogue(api: ApiName, json: unknown): ListedResource[] {
  return Object.entries(isObject(json) ? json : {})
    .filter(([name, entry]) => name.startsWith('cus') && isObject(entry))
    .map(([name, entry]) => ({
      api,
      name,
      label: isObject(entry) && typeof entry.help === 'string' && entry.help !== '' ? entry.help : name,
    }));
}

/** Whether the instance said that it has no such thing, in any of its ways: they differ between Campaigns. */
function isAbsence(error: unknown): boolean {
  return isRefusal(error) && error instanceof CampaignError && error.details.reason !== 'forbidden';
}

function unknownResource(name: string): CampaignError {
  const hint = name.startsWith('cus') ? '' : ' The API names of custom resources start with cus.';
  return new CampaignError({
    reason: 'rejected',
    message: `Campaign has no resource '${name}'`,
    description: `Check the name.${hint} If it is right, the resource is not published for the API: publish the data model again, with the Profiles & Services Ext API for resources that are linked to profiles.`,
    httpStatus: 404,
  });
}
