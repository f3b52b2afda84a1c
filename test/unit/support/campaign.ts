import { CampaignClient } from '../../../nodes/shared/campaign/client';
import type { Secrets } from '../../../nodes/shared/campaign/secrets';
import type { CampaignInstance } from '../../../nodes/shared/campaign/instance';
import { parseMetadata, type CampaignField, type FieldCatalogue } from '../../../nodes/shared/campaign/metadata';
import type { CampaignRecord } from '../../../nodes/shared/campaign/records';
import { Gate } from '../../../nodes/shared/transport/pace/gate';
import { Requester } from '../../../nodes/shared/transport/requester';
import type { CampaignRequest, CampaignResponse, Transport } from '../../../nodes/shared/transport/transport';

export const INSTANCE: CampaignInstance = { baseUrl: 'https://mc.adobe.io', organization: 'northwind' };
export const ROOT = 'https://mc.adobe.io/northwind/campaign';
export const PROFILES = `${ROOT}/profileAndServices/profile`;
export const EXTENDED_PROFILES = `${ROOT}/profileAndServicesExt/profile`;

/** What a fake transport does for one request: answers it, or fails as a real one would. */
export type Reply = CampaignResponse | Error;

/** A transport that answers from a list and remembers what it was asked. */
export class FakeTransport implements Transport {
  readonly requests: CampaignRequest[] = [];
  private readonly replies: Reply[];

  constructor(...replies: Reply[]) {
    this.replies = replies;
  }

  async send(request: CampaignRequest): Promise<CampaignResponse> {
    this.requests.push(request);
    const reply = this.replies.shift();
    if (!reply) throw new Error(`No reply is prepared for ${request.method} ${request.url}`);
    if (reply instanceof Error) throw reply;
    return reply;
  }

  /** Method and address of everything that was asked, in order. */
  get log(): string[] {
    return this.requests.map(({ method, url }) => `${method} ${url}`);
  }
}

/** An answer with a JSON body. */
export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): CampaignResponse {
  return text(JSON.stringify(body), status, headers);
}

/** An answer with any body. */
export function text(body: string, status = 200, headers: Readonly<Record<string, string>> = {}): CampaignResponse {
  return { status, headers, body };
}

/** A requester that never really waits: time passes at once. */
export function requesterOver(transport: Transport, signal?: AbortSignal): Requester {
  let present = 0;
  const now = () => present;
  const wait = async (milliseconds: number) => void (present += milliseconds);
  return new Requester(transport, new Gate({ now, wait }).lane({}, signal), signal, { wait, random: () => 0.5, now });
}

/** A client over a fake transport. */
export function clientOver(transport: Transport, secrets?: Secrets): CampaignClient {
  return new CampaignClient(INSTANCE, requesterOver(transport), secrets);
}

/** A profile as Campaign returns it. */
export function profile(key: string, fields: CampaignRecord = {}): CampaignRecord {
  return { PKey: key, href: `${PROFILES}/${key}`, ...fields };
}

/** The answer of `/resourceType/profile`, shortened; `length` is text there. */
export const METADATA = {
  PKey: 'q0Zs',
  apiName: 'resourceType',
  content: {
    PKey: { apiName: 'PKey', label: 'Primary key', type: 'string', readOnly: false },
    age: { apiName: 'age', label: 'Age', type: 'number', readOnly: false },
    birthDate: { apiName: 'birthDate', label: 'Birth date', type: 'date', readOnly: false },
    blackList: { apiName: 'blackList', label: 'No longer contact', type: 'boolean', readOnly: false },
    country: { apiName: 'country', label: 'Country', type: 'link', resType: 'link', resTarget: 'country' },
    cusScore: { apiName: 'cusScore', label: 'Score', type: 'number', readOnly: false },
    cusVisited: { apiName: 'cusVisited', label: 'Last visit', type: 'datetime', readOnly: false },
    email: { apiName: 'email', label: 'Email', type: 'string', length: '128', readOnly: false, sortable: true },
    firstName: { apiName: 'firstName', label: 'First name', type: 'string', length: '30', readOnly: false },
    gender: {
      apiName: 'gender',
      label: 'Gender',
      resType: 'byte',
      type: 'enumeration',
      values: {
        unknown: { label: 'Unspecified', value: '0' },
        male: { label: 'Male', value: '1' },
        female: { label: 'Female', value: '2' },
        __Invalid_value__: { label: 'Invalid value', value: '' },
      },
    },
    location: { apiName: 'location', label: 'Location', type: 'item', readOnly: false },
    subscriptions: { apiName: 'subscriptions', label: 'Subscriptions', type: 'collection', resType: 'link' },
  },
};

/** The fields that `METADATA` describes. */
export function catalogue(): FieldCatalogue {
  const fields = parseMetadata(METADATA);
  if (!fields) throw new Error('The metadata of these tests cannot be read');
  return fields;
}

/** A field of one kind, for conversions. */
export function field(kind: CampaignField['kind'], more: Partial<CampaignField> = {}): CampaignField {
  return { name: 'field', label: 'Field', kind, readOnly: false, sortable: false, values: [], ...more };
}
