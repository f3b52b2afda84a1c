import { CampaignClient } from '../../../nodes/shared/campaign/client';
import { automaticApi } from '../../../nodes/shared/campaign/find/automaticApi';
import { checkKeyColumn } from '../../../nodes/shared/campaign/find/customKeys';
import { locateResource } from '../../../nodes/shared/campaign/find/customResources';
import { resolveFilters } from '../../../nodes/shared/campaign/find/givenFilters';
import { resolveLinks } from '../../../nodes/shared/campaign/find/links';
import { referToService, serviceByKey } from '../../../nodes/shared/campaign/find/services';
import { Gate } from '../../../nodes/shared/transport/pace/gate';
import { Requester } from '../../../nodes/shared/transport/requester';
import type { CampaignRequest, CampaignResponse } from '../../../nodes/shared/transport/transport';
import { catalogue, INSTANCE, json, METADATA, ROOT, text } from '../support/campaign';
import { rejectionOf } from '../support/errors';
import { VirtualTime } from '../support/virtualTime';

const ORDERS = { api: 'profileAndServicesExt', name: 'cusOrder' } as const;
const FILTERS = `${ROOT}/profileAndServicesExt/resourceType/@f/filters/`;
const named = { kind: 'named', name: 'byText', parameters: { text: 'x' } } as const;

/** What a run looks up once for all of its items. */
const LOOK_UPS: ReadonlyArray<readonly [string, (client: CampaignClient) => Promise<unknown>]> = [
  ['whether a column is a custom key', async (client) => await checkKeyColumn(client, ORDERS, 'orderNumber')],
  ['a service', async (client) => await referToService(client, serviceByKey(INSTANCE, 'profileAndServices', 'weekly', 'Service'))],
  ['the fields of a resource', async (client) => await client.fields('profileAndServicesExt', 'cusOrder')],
  ['the filters of a resource', async (client) => await resolveFilters(client, { ...ORDERS, name: 'profile' }, [named], () => {})],
  ['which API has a custom resource', async (client) => await locateResource(client, 'cusOrder')],
  ['whether there are custom fields', async (client) => await automaticApi(client, 'profile')],
  [
    'the target of a link',
    async (client) => await resolveLinks(client, ORDERS, catalogue(), [{ field: 'country', by: 'key', value: 'fr' }]),
  ],
];

/** A Campaign that answers as `trouble` says while there is any, and counts what is asked; in a time of its own. */
class Troubled {
  trouble: (() => CampaignResponse) | undefined;
  asked = 0;
  private readonly time = new VirtualTime();
  private readonly client: CampaignClient;

  constructor() {
    const send = async ({ url }: CampaignRequest) => {
      this.asked += 1;
      return this.trouble?.() ?? answerTo(url);
    };
    const surroundings = { wait: this.time.wait, random: () => 0.5, now: this.time.now };
    const lane = new Gate(this.time).lane({ patience: 0 });
    const probe: CampaignRequest = { method: 'GET', url: `${ROOT}/profileAndServices/profile/PKey?_lineCount=1` };
    this.client = new CampaignClient(INSTANCE, new Requester({ send }, lane, undefined, surroundings, probe));
  }

  async run(lookUp: (client: CampaignClient) => Promise<unknown>): Promise<unknown> {
    return await this.time.run(lookUp(this.client));
  }
}

function answerTo(url: string): CampaignResponse {
  if (url === FILTERS) return json({ byText: { label: 'Text', data: '/profileAndServicesExt/profile/byText?text=$value' } });
  if (url.includes('/resourceType/')) return json({ ...METADATA, filters: { href: FILTERS } });
  const order = { PKey: '@o', orderNumber: 'O-1' };
  if (/cusOrder\?/.test(url)) return json({ content: [order] });
  return json(url.endsWith('/O-1') ? order : { PKey: '@s', name: 'weekly' });
}

describe.each(LOOK_UPS)('B9: %s', (_, lookUp) => {
  it.each<[string, () => CampaignResponse]>([
    ['a bout of 503', () => text('', 503)],
    ['a page of a proxy', () => text('<html>', 502)],
    ['a Campaign that asks to slow down for long', () => text('', 429, { 'retry-after': '7200' })],
  ])('is asked again by the next item after %s', async (_trouble, trouble) => {
    const troubled = new Troubled();
    troubled.trouble = trouble;
    await rejectionOf(troubled.run(lookUp));
    troubled.trouble = undefined;
    await troubled.run(lookUp);
  });

  it('is asked once where Campaign answers', async () => {
    const troubled = new Troubled();
    await troubled.run(lookUp);
    const { asked } = troubled;
    await troubled.run(async (client) => await Promise.all([lookUp(client), lookUp(client)]));
    expect(troubled.asked).toBe(asked);
  });
});
