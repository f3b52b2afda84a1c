import type { CampaignClient } from '../client';
import { isRefusal } from '../error';
import type { FieldCatalogue } from '../metadata';
import type { ApiName } from '../urls';

/** Tells the user something that is the same for many names, e.g. of resources. */
export type Warn = (sentence: string, name: string) => void;

/**
 * The fields of a resource, or undefined where the technical account may not read them: an update must not depend on
 * a description that serves to check it.
 *
 * @param warn is told when fields go out unchecked
 * @throws CampaignError when Campaign could not be asked at all
 */
export async function readableFields(
  client: CampaignClient,
  api: ApiName,
  resource: string,
  warn: Warn,
): Promise<FieldCatalogue | undefined> {
  return client.knownFields(api, resource) ?? (await askForFields(client, api, resource, warn));
}

async function askForFields(client: CampaignClient, api: ApiName, resource: string, warn: Warn): Promise<FieldCatalogue | undefined> {
  try {
    return await client.fields(api, resource);
  } catch (error) {
    if (!isRefusal(error)) return await Promise.reject(error);
    warn('Fields were used unchecked, because Campaign did not describe them', resource);
    return undefined;
  }
}
