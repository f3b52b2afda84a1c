import type { IDataObject } from 'n8n-workflow';

import type { CampaignClient } from '../client';
import { invalidInput, type CampaignError } from '../error';
import type { FieldCatalogue } from '../metadata';
import { isEmail, profileByEmail, retrieveProfiles } from './profiles';
import { parseRecordKey } from './references';
import { parseKey, recordUrl, type CampaignResource } from '../urls';

/** A link to set, by what people know its target by. */
export interface GivenLink {
  readonly field: string;
  readonly by: 'email' | 'key' | 'nothing' | 'pKey';
  readonly value: unknown;
}

/**
 * Looks the targets of links up: Campaign v8 refuses a link that is given by anything but a PKey, Campaign Standard leaves
 * it empty without a word (Adobe: "Limitations").
 *
 * @param resource the resource that has the links
 * @param catalogue its fields; undefined where Campaign does not tell them
 * @returns the links as fields to write
 * @throws CampaignError `invalidInput`, `notFound`, `severalMatches` …
 */
export async function resolveLinks(
  client: CampaignClient,
  resource: CampaignResource,
  catalogue: FieldCatalogue | undefined,
  links: readonly GivenLink[],
): Promise<IDataObject> {
  const resolved = await Promise.all(
    links.map(async (link) => [link.field, await resolveLink(client, resource, catalogue, link)] as const),
  );
  return Object.fromEntries(resolved);
}

/** The fields among `resolved`, of `resolveLinks`, whose link is to be removed. */
export function removedLinks(resolved: IDataObject): string[] {
  return Object.keys(resolved).filter((field) => resolved[field] === null);
}

async function resolveLink(
  client: CampaignClient,
  resource: CampaignResource,
  catalogue: FieldCatalogue | undefined,
  { field, by, value }: GivenLink,
): Promise<IDataObject | null> {
  const target = targetOf(resource, catalogue, field);
  const mayBeProfile = target === undefined || target.name === 'profile';
  switch (by === 'pKey' && mayBeProfile && isEmail(value) ? 'email' : by) {
    case 'nothing':
      return null;
    case 'pKey':
      return { PKey: parseKey(value, `PKey for link '${field}'`) };
    case 'email': {
      if (target !== undefined && target.name !== 'profile') throw notToProfiles(field, target.name);
      const reference = profileByEmail('profileAndServicesExt', value, `Email for link '${field}'`);
      const lookUp = async () => (await retrieveProfiles(client, reference, 'fail'))[0];
      return { PKey: await client.keyOnce(`profile with ${reference.shown}`, lookUp) };
    }
    case 'key': {
      if (!target) throw undescribed(field);
      const key = parseRecordKey(value, `Key for link '${field}'`);
      const url = recordUrl(client.instance, target.api, target.name, key);
      return { PKey: await client.keyOnce(url, async () => await client.retrieve(url, `${target.name} with key '${key}'`)) };
    }
  }
}

/** Profiles and services are where custom resources are linked to them; custom resources are linked within their API. */
function targetOf({ api, name }: CampaignResource, catalogue: FieldCatalogue | undefined, field: string): CampaignResource | undefined {
  const described = catalogue?.get(field);
  if (catalogue && described?.kind !== 'link') throw noLink(name, field, catalogue);
  const target = described?.target;
  if (target === undefined) return undefined;
  const isCustom = target.startsWith('cus') && api === 'customResources';
  return { api: isCustom ? api : 'profileAndServicesExt', name: target };
}

function noLink(resource: string, field: string, catalogue: FieldCatalogue): CampaignError {
  const links = [...catalogue.values()].filter(({ kind, readOnly }) => kind === 'link' && !readOnly).map(({ name }) => name);
  return invalidInput(
    catalogue.has(field) ? `'${field}' of the ${resource} is no link` : `The ${resource} has no link '${field}'`,
    links.length > 0
      ? `Nothing was sent. Its links are: ${links.join(', ')}.`
      : "Nothing was sent. It has no links: remove them from 'Links'.",
  );
}

function notToProfiles(field: string, target: string): CampaignError {
  return invalidInput(`Link '${field}' leads to ${target}, which has no email`, "Nothing was sent. Set 'Target By' to 'Key' or 'PKey'.");
}

function undescribed(field: string): CampaignError {
  return invalidInput(`Campaign does not say where link '${field}' leads`, "Nothing was sent. Set 'Target By' to 'PKey'.");
}
