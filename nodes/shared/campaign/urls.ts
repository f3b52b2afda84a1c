import { invalidInput } from './error';
import { isEmpty, show, textIn, trimmed, wantedText } from './scalars';
import type { CampaignInstance } from './instance';

/** Tells whether text has neither control characters nor halves of characters, which cannot be encoded. */
export function isSendable(text: string): boolean {
  return !UNSENDABLE.test(text);
}

/** The two faces of the profile API: standard fields only, or extended (`cus…`) fields as well. */
export type ProfileApiName = 'profileAndServices' | 'profileAndServicesExt';

/**
 * Everything of Campaign that holds records. Custom resources that are linked to profiles are in `profileAndServicesExt`,
 * all others in `customResources` (Adobe: "Interacting with custom resources").
 */
export type ApiName = ProfileApiName | 'customResources' | 'privacy';

/** A resource of one of Campaign's APIs, e.g. `cusOrder` of `profileAndServicesExt`. */
export interface CampaignResource {
  readonly api: ApiName;
  readonly name: string;
}

/** Everything that may stand between `/campaign/` and a resource: transactional events have the base tenant in it. */
export type ApiSegment = ApiName | 'workflow' | `mc${string}`;

const API_NAMES: readonly ApiName[] = ['profileAndServices', 'profileAndServicesExt', 'customResources', 'privacy'];
/** The beginnings of the relative addresses that Campaign returns. */
const RELATIVE = /^(?:\/(?:profileAndServices|customResources|privacy)|\/?mc[\w.-]*\/EVT)/;
/** Where Campaign's API lives when no company's gateway stands before it. */
const ADOBE_HOST = /(?:^|\.)adobe\.(?:io|com)$/;
const PLAIN_KEY = /^[\w@-]+$/;
const UNSENDABLE = /[\p{Cc}\p{Cs}]/u;

/**
 * `https://mc.adobe.io/<ORGANIZATION>/campaign/<apiName>/<resourceName>`. This, its records, its filters and its description
 * are put together here; everything below a record is reached by following what Campaign returns (Adobe: "API must-reads").
 */
export function collectionUrl(instance: CampaignInstance, api: ApiSegment, resource: string): string {
  return `${campaignRoot(instance)}/${api}/${resource}`;
}

/**
 * Address of one record.
 *
 * @param key PKey, or custom key on the extended API; checked before
 */
export function recordUrl(instance: CampaignInstance, api: ApiSegment, resource: string, key: string): string {
  // Keys start with @, which is fine in a path and stands unencoded in Campaign's own addresses.
  const segment = PLAIN_KEY.test(key) ? key : encodeURIComponent(key).replace(/%40/g, '@');
  return `${collectionUrl(instance, api, resource)}/${segment}`;
}

/** Address of the list of all resources of an API (Adobe: "Interacting with custom resources"). */
export function resourcesUrl(instance: CampaignInstance, api: ApiName): string {
  return `${campaignRoot(instance)}/${api}/`;
}

/** Address of a resource's description (Adobe: "Metadata mechanism"). */
export function metadataUrl(instance: CampaignInstance, api: ApiName, resource: string): string {
  return `${campaignRoot(instance)}/${api}/resourceType/${resource}`;
}

/**
 * Address of a filtered list (Adobe: "Filtering").
 *
 * @param parameters filter parameters and `_lineCount`, `_order` …; values are encoded here, so `a+b@x.com` arrives whole
 */
export function filterUrl(
  instance: CampaignInstance,
  { api, name: resource }: CampaignResource,
  filters: readonly string[],
  parameters: Readonly<Record<string, string>>,
): string {
  const path = [collectionUrl(instance, api, resource), ...filters].join('/');
  const query = Object.entries(parameters).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return query.length > 0 ? `${path}?${query.join('&')}` : path;
}

/**
 * Checks a key that a person or an expression entered.
 *
 * @param field the parameter's display name
 * @param advice one more sentence for a key that would change the path
 * @returns the key without surrounding blanks
 * @throws CampaignError `invalidInput` when it is blank or would change the path
 */
export function parseKey(value: unknown, field: string, advice = "To use a whole address, choose 'By URL'."): string {
  const text = typeof value === 'string' ? value : typeof value === 'boolean' ? undefined : textIn(value);
  if (text === undefined && !isEmpty(value)) throw invalidInput(`'${field}' is ${show(value)}`, `Give ${wantedText(value)}.`);
  const key = trimmed(text ?? '');
  if (key === '') {
    throw invalidInput(`'${field}' is empty`, `Enter a value, or check that the expression in '${field}' finds one in every item.`);
  }
  if (!isPlainKey(key)) {
    throw invalidInput(
      `'${field}' has characters that cannot be part of a key`,
      `Enter the key alone, without '/', '?', '#', '%', '..' or line breaks. ${advice}`.trim(),
    );
  }
  return key;
}

/** Encoded slashes and dots are decoded by some gateways on the way: they are not worth the risk of another path. */
function isPlainKey(key: string): boolean {
  // Most are like that, and have nothing in them that could be read in two ways.
  if (PLAIN_KEY.test(key)) return true;
  return !/[/\\?#%]/.test(key) && !key.includes('..') && !leadsElsewhere(key) && isSendable(key);
}

/** The same for a key that stands in an address, where it may be encoded. */
function isKey(segment: string | undefined): segment is string {
  try {
    return segment !== undefined && segment !== '' && isPlainKey(decodeURIComponent(segment));
  } catch {
    return false;
  }
}

/** A record's address, and the API it is reached through. */
export interface RecordAddress {
  readonly url: string;
  readonly api: ApiName;
}

/** What an address leads to: a record of a resource, a list below that record, or a record of such a list. */
export interface AddressParts {
  readonly resource: string;
  readonly below?: string;
  readonly keyBelow?: string;
}

/** Takes the address of a record apart, `…/<apiName>/<resource>/<key>[/<collection>[/<key>]]`; undefined where it is anything else. */
export function addressParts(instance: CampaignInstance, url: string): AddressParts | undefined {
  const root = `${campaignRoot(instance)}/`;
  if (!url.startsWith(root)) return undefined;
  const [api, resource = '', key, below, keyBelow, ...rest] = url.slice(root.length).replace(/\/$/, '').split('/');
  const isSound = API_NAMES.some((name) => name === api) && resource !== '' && isKey(key) && below !== '' && rest.length === 0;
  return isSound && (keyBelow === undefined || isKey(keyBelow)) ? { resource, below, keyBelow } : undefined;
}

/** Tells whether an address ends with a PKey, which can be nothing else; a name or key could be a filter's or an attribute's. */
export function endsWithPKey(url: string): boolean {
  const slash = url.lastIndexOf('/');
  return slash >= 0 && (url.startsWith('@', slash + 1) || url.startsWith('%40', slash + 1));
}

/** The address of a list with the size of its pages; whatever the address asks for already stays. */
export function listPageUrl(url: string, pageSize: number): string {
  return forcePagination(withParameter(url, `_lineCount=${pageSize}`));
}

/**
 * The address of any page of a list, as it has to be asked for: without this parameter a list of more than 100,000 records ends with
 * the page (Adobe: "Pagination"), and nobody has said that `next` carries it on. The rest stays as it is, letter by letter.
 */
export function forcePagination(url: string): string {
  if (/[?&]_forcePagination=true(?=[&#]|$)/.test(url)) return url;
  return withParameter(url.replace(/([?&])_forcePagination=[^&#]*&?/, '$1').replace(/[?&]$/, ''), '_forcePagination=true');
}

function withParameter(url: string, parameter: string): string {
  return `${url}${!url.includes('?') ? '?' : /[?&]$/.test(url) ? '' : '&'}${parameter}`;
}

/** What the address of a record has to be the address of. */
export interface ExpectedRecord {
  /** The resource, e.g. `profile`. */
  readonly name: string;
  /** The APIs that it may belong to; both profile APIs where it is not said. */
  readonly apis?: readonly [ApiName, ...ApiName[]];
}

/**
 * Checks the address of one record, as Campaign returned it in `href`.
 *
 * @param field the parameter's display name
 * @throws CampaignError `invalidInput` when it is no such address or leads away from the credential's organization
 */
export function parseRecordUrl(
  instance: CampaignInstance,
  { name: resource, apis = ['profileAndServices', 'profileAndServicesExt'] }: ExpectedRecord,
  value: unknown,
  field: string,
): RecordAddress {
  const text = typeof value === 'string' ? trimmed(value) : '';
  if (text === '') {
    throw invalidInput(`'${field}' is empty`, "Enter the address that Campaign returned as 'href'.");
  }
  const url = followableUrl(instance, text, `'${field}'`);
  // People copy a slash along.
  url.pathname = url.pathname.replace(/(?<=[^/])\/$/, '');
  const [apiName, resourceName, key, ...rest] = pathBelow(instance, url).split('/');
  const api = apis.find((name) => name === apiName);
  if (!api || resourceName !== resource || !isKey(key) || rest.length > 0 || url.search || url.hash) {
    throw invalidInput(
      `'${field}' is not the address of ${/^[aeiou]/i.test(resource) ? 'an' : 'a'} ${resource}`,
      `Enter an address of the form ${collectionUrl(instance, apis[0], resource)}/<PKey>, as Campaign returns it in 'href'.`,
    );
  }
  return { url: url.href, api };
}

/**
 * Checks an address before the token goes there: `href`, `next` and `count` come from an answer or a workflow, and
 * neither may take the token to another origin or organization. What Campaign prints of Adobe's own host, behind a company's
 * gateway, becomes an address of the gateway.
 *
 * @param text absolute, or relative to the organization as old Campaign Standard instances and transactional events have it
 * @param name what to call it in messages
 * @throws CampaignError `invalidInput`
 */
export function followableUrl(instance: CampaignInstance, text: string, name = 'The address'): URL {
  const root = campaignRoot(instance);
  const ownPath = `/${instance.organization}/campaign/`;
  const path = text.startsWith(ownPath) ? text.slice(ownPath.length) : RELATIVE.test(text) ? text.replace(/^\//, '') : undefined;
  const absolute = path === undefined ? text : `${root}/${path}`;
  const url = URL.canParse(absolute) ? atHome(instance, new URL(absolute)) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || !isSendable(text)) {
    throw invalidInput(`${name} is not a web address`, "Enter the full address that Campaign returned as 'href'.");
  }
  if (url.username || url.password) {
    throw invalidInput(`${name} has a user name or password in it`, 'Remove everything before the @ sign.');
  }
  const home = new URL(root);
  if (url.origin !== home.origin) {
    throw invalidInput(
      `${name} leads to ${url.origin}, but the credential belongs to ${home.origin}`,
      'The access token is sent nowhere else. Use an address of the same host, or another credential.',
    );
  }
  if (!url.pathname.startsWith(`${home.pathname}/`) || url.pathname.split('/').some(leadsElsewhere)) {
    throw invalidInput(
      `${name} does not belong to organization '${instance.organization}' of the credential`,
      `Use an address that starts with ${root}/, or a credential for the other organization.`,
    );
  }
  return url;
}

/**
 * The same address on the credential's host. Behind a company's gateway, Campaign prints addresses of Adobe's own. What belongs to the
 * organization is followed all the same, but on the host that the credential names: the token goes nowhere else.
 */
function atHome(instance: CampaignInstance, url: URL): URL {
  const home = new URL(campaignRoot(instance));
  const isPrintedBehindGateway = ADOBE_HOST.test(url.hostname) && !ADOBE_HOST.test(home.hostname);
  const isOfOrganization = url.pathname.startsWith(`/${instance.organization}/campaign/`);
  if (!isPrintedBehindGateway || !isOfOrganization || url.username || url.password) return url;
  return new URL(`${instance.baseUrl}${url.pathname}${url.search}${url.hash}`);
}

/**
 * Whether a part of a path may be folded away, or split, by a server behind: dots with path parameters (`..;x`), encoded once or
 * twice, or in letters that become dots and slashes.
 */
function leadsElsewhere(segment: string): boolean {
  let text = segment;
  for (let round = 0; round < 3; round += 1) {
    const plain = text.normalize('NFKC');
    if (/[/\\]/.test(plain) || /^[\s.]*\.[\s.]*(?:;|$)/.test(plain)) return true;
    try {
      text = decodeURIComponent(plain);
    } catch {
      // A lone % in what was decoded once is a character; bytes that are no text stand for anything.
      return round === 0;
    }
    if (text === plain) return false;
  }
  return true;
}

/** Path of an address below the organization, without the slash before it; of an address that `followableUrl` let pass. */
export function pathBelow(instance: CampaignInstance, url: URL): string {
  return url.pathname.slice(new URL(campaignRoot(instance)).pathname.length + 1);
}

/** An address that Campaign returned, made absolute; undefined where it leads away from the credential's instance. */
export function followable(instance: CampaignInstance, text: string): string | undefined {
  if (isPlainAddress(instance, text)) return text;
  try {
    return followableUrl(instance, text).href;
  } catch {
    return undefined;
  }
}

/** Whether an address below the organization has nothing in it that could be read in two ways: most are like that. */
function isPlainAddress(instance: CampaignInstance, text: string): boolean {
  const root = `${campaignRoot(instance)}/`;
  return /^[\w-]+$/.test(instance.organization) && text.startsWith(root) && /^[\w@-]+(?:\/[\w@-]+)*$/.test(text.slice(root.length));
}

function campaignRoot(instance: CampaignInstance): string {
  return `${instance.baseUrl}/${instance.organization}/campaign`;
}
