import type { CampaignClient } from '../client';
import { isRefusal } from '../error';
import type { FieldCatalogue } from '../metadata';
import type { ApiName } from '../urls';

/**
 * The fields of a resource, or undefined where the technical account may not read them: an update must not depend on
 * a description that serves to check it.
 *
 * @param warn gets a sentence for the user when fields go out unchecked
 * @throws CampaignError when Campaign could not be asked at all
 */
export async function readableFields(
  client: CampaignClient,
  api: ApiName,
  resource: string,
  warn: (sentence: string) => void,
): Promise<FieldCatalogue | undefined> {
  try {
    return await client.fields(api, resource);
  } catch (error) {
    if (!isRefusal(error)) return await Promise.reject(error);
    warn(`Campaign did not describe the fields of the ${resource}, so they were used unchecked`);
    return undefined;
  }
}
