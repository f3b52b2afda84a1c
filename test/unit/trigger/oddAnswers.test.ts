import type { IDataObject, IHttpRequestOptions, IPollFunctions } from 'n8n-workflow';

import { pollProfiles } from '../../../nodes/AdobeCampaignProfileTrigger/poll';
import { CampaignError } from '../../../nodes/shared/campaign/error';
import type { CampaignResponse } from '../../../nodes/shared/transport/transport';
import { METADATA, profile } from '../support/campaign';
import { CREDENTIAL, helperAnswer, node } from '../support/context';
import { ODD_ANSWERS } from '../support/odd/answers';

const sortable = (label: string) => ({ apiName: label, label, type: 'datetime', sortable: true });
const DESCRIBED = { ...METADATA, content: { ...METADATA.content, created: sortable('created'), lastModified: sortable('lastModified') } };
const at = (minute: number) => `2026-01-15 09:${String(minute).padStart(2, '0')}:00.000Z`;
const person = (email: string, minute: number) => profile(`@${email}`, { email, created: at(minute), lastModified: at(minute) });

/** A trigger as n8n keeps it, and a Campaign that may answer oddly. */
class Polled {
  readonly profiles = [person('old', 1)];
  readonly state: IDataObject = {};
  odd: CampaignResponse | undefined;

  constructor(private readonly parameters: IDataObject = {}) {}

  async poll(): Promise<unknown[]> {
    const context: Partial<IPollFunctions> = {
      getMode: () => 'trigger',
      getWorkflow: () => ({ id: '1', name: 'w', active: true }),
      getNode: () => node(this.parameters),
      getTimezone: () => 'utc',
      getNodeParameter: ((name: string, fallback?: unknown) => this.parameters[name] ?? fallback) as IPollFunctions['getNodeParameter'],
      getCredentials: (async () => CREDENTIAL) as IPollFunctions['getCredentials'],
      getWorkflowStaticData: () => this.state,
      logger: { warn: () => {} } as Partial<IPollFunctions['logger']> as IPollFunctions['logger'],
      helpers: { httpRequestWithAuthentication: async (_: string, options: unknown) => this.answer(options) } as Partial<
        IPollFunctions['helpers']
      > as IPollFunctions['helpers'],
    };
    return (await pollProfiles(context as IPollFunctions)).map(({ email }) => email);
  }

  private answer(options: unknown): unknown {
    const { url } = options as IHttpRequestOptions;
    if (url.includes('/resourceType/')) return helperAnswer(DESCRIBED);
    if (this.odd) return helperAnswer(this.odd.body, this.odd.status);
    return helperAnswer({ content: [...this.profiles].reverse() });
  }
}

/** What the client may ask again for takes real time here; what it says at once is enough. */
const AT_ONCE = ODD_ANSWERS.filter(([what]) => !/^nothing|cut$/.test(what));

it.each(AT_ONCE)('%s in the place of the list: nothing is handed over, nothing forgotten, and the next poll finds it', async (_, odd) => {
  const trigger = new Polled();
  expect(await trigger.poll()).toEqual([]);
  trigger.profiles.push(person('new', 5));
  const before = JSON.stringify(trigger.state);
  trigger.odd = odd;
  const outcome = await trigger.poll().catch((error: unknown) => error);
  expect(Array.isArray(outcome) ? outcome : outcome instanceof CampaignError).toEqual(Array.isArray(outcome) ? [] : true);
  if (!Array.isArray(outcome)) expect(JSON.stringify(trigger.state)).toBe(before);
  trigger.odd = undefined;
  expect(await trigger.poll()).toEqual(['new']);
});
