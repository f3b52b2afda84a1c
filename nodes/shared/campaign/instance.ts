import { invalidInput } from './error';
import { trimmed } from './scalars';

/** Name of the credential type, as workflows store it. */
export const CREDENTIAL_TYPE = 'adobeCampaignApi';

/** The Campaign instance that a credential opens. */
export interface CampaignInstance {
  /** Scheme, host and optional path of the gateway, without a slash at the end. */
  readonly baseUrl: string;
  readonly organization: string;
}

/** Letters, digits, `.`, `-`, `_`, seen in the field as `tenant`, `tenant-mkt-stage1` and `x-1.campaign-demo.adobe.com`. */
const ORGANIZATION = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;
/** The organization in the address of anything of Campaign. */
const IN_ADDRESS = /(?:^|\/)([^\s/]+)\/campaign(?:\/|$)/;
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Reads the instance from a decrypted credential.
 *
 * @param credential the credential's fields as n8n hands them over
 * @throws CampaignError `invalidInput` when a field could send the token somewhere else
 */
export function parseInstance(credential: Readonly<Record<string, unknown>>): CampaignInstance {
  const baseUrl = parseServiceUrl(credential.baseUrl, 'API Base URL', 'https://mc.adobe.io');
  const organization = parseOrganization(credential.organization);
  const { origin, pathname } = new URL(baseUrl);
  // People paste the whole address; the path of a gateway of one's own has no address of Campaign in it.
  if (`${pathname}/`.toLowerCase().includes(`/${organization.toLowerCase()}/campaign/`)) {
    throw invalidInput(
      "'API Base URL' in the credential has the address of Campaign in it",
      `Enter what stands before '/${organization}/campaign' in it, e.g. ${origin}.`,
    );
  }
  return { baseUrl, organization };
}

/**
 * Checks a URL that will receive the token or the client secret: https, or http to this machine only.
 *
 * @param value the field's content; blank means the default
 * @param field the field's display name
 * @returns the URL without a slash at its end
 * @throws CampaignError `invalidInput`
 */
export function parseServiceUrl(value: unknown, field: string, defaultUrl: string): string {
  const text = (typeof value === 'string' ? trimmed(value) : '') || defaultUrl;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw invalidInput(`'${field}' in the credential is not a URL`, `Enter a full address, e.g. ${defaultUrl}.`);
  }
  if (url.username || url.password || /[?#]/.test(text)) {
    throw invalidInput(
      `'${field}' in the credential has more than an address in it`,
      `Remove user name, password, '?' and '#' from it, e.g. ${defaultUrl}.`,
    );
  }
  if (url.protocol === 'http:' && !LOOPBACK_HOSTS.has(url.hostname)) {
    throw invalidInput(
      `'${field}' in the credential starts with http://`,
      'Use https://, so that nobody on the way can read the access token. Plain http is accepted for this machine only (localhost).',
    );
  }
  return url.href.replace(/\/+$/, '');
}

function parseOrganization(value: unknown): string {
  const organization = typeof value === 'string' ? trimmed(value) : '';
  if (!ORGANIZATION.test(organization)) {
    const inside = IN_ADDRESS.exec(organization)?.[1] ?? organization.replace(/^["'</]+|["'>/]+$/g, '');
    throw invalidInput(
      "'Organization' in the credential is not an organization name",
      ORGANIZATION.test(inside)
        ? `Enter '${inside}'${organization.replaceAll('/', '') === inside ? ', without slashes' : ' alone'}.`
        : "Enter the part of the API address between the host and '/campaign', e.g. northwind or northwind-mkt-stage1: letters, digits, dots, hyphens and underscores only.",
    );
  }
  return organization;
}
