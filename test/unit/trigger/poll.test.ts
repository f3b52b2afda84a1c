import type { IDataObject, IHttpRequestOptions, IPollFunctions } from 'n8n-workflow';

import { pollProfiles } from '../../../nodes/AdobeCampaignProfileTrigger/poll';
import { METADATA, profile } from '../support/campaign';
import { CREDENTIAL, helperAnswer, node } from '../support/context';

const DESCRIBED = {
  ...METADATA,
  content: {
    ...METADATA.content,
    created: { apiName: 'created', label: 'Created', type: 'datetime', sortable: true },
    lastModified: { apiName: 'lastModified', label: 'Last modified', type: 'datetime', sortable: true },
  },
};
const at = (minute: number) => `2026-01-15 09:${String(minute).padStart(2, '0')}:00.000Z`;
const person = (email: string, created: number, lastModified: number) =>
  profile(`@${email}`, { email, created: at(created), lastModified: at(lastModified) });

/** A trigger whose list of profiles and parameters a test changes from poll to poll, as n8n keeps it. */
class Polled {
  profiles: IDataObject[] = [];
  parameters: IDataObject = {};
  readonly state: IDataObject = {};

  /** Emails of what one poll hands over. */
  async poll(mode: 'trigger' | 'manual' = 'trigger'): Promise<unknown[]> {
    const context: Partial<IPollFunctions> = {
      getMode: () => mode,
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
    const field = url.includes('_order=created') ? 'created' : 'lastModified';
    const content = [...this.profiles].sort((left, right) => (String(left[field]) < String(right[field]) ? 1 : -1));
    return helperAnswer({ content });
  }
}

describe('a poll', () => {
  it('hands over what changed since the one before', async () => {
    const trigger = new Polled();
    trigger.profiles = [person('old', 1, 1)];
    expect(await trigger.poll()).toEqual([]);
    trigger.profiles.push(person('new', 5, 5));
    expect(await trigger.poll()).toEqual(['new']);
    expect(await trigger.poll()).toEqual([]);
  });

  it('begins anew when another event is chosen: what was handed over for one says nothing about the other', async () => {
    const trigger = new Polled();
    trigger.profiles = [person('old', 1, 2)];
    await trigger.poll();
    trigger.profiles.push(person('new', 5, 5));
    trigger.parameters = { event: 'created' };
    expect(await trigger.poll()).toEqual([]);
    trigger.profiles.push(person('newer', 8, 8));
    expect(await trigger.poll()).toEqual(['newer']);
  });

  it('goes on where it was when only the filters change', async () => {
    const trigger = new Polled();
    trigger.profiles = [person('old', 1, 1)];
    await trigger.poll();
    trigger.profiles.push(person('new', 5, 5));
    trigger.parameters = { filters: { email: [{ email: 'new' }] } };
    expect(await trigger.poll()).toContain('new');
  });
});

describe('a sample for the editor', () => {
  it('is one that would start the workflow', async () => {
    const trigger = new Polled();
    trigger.profiles = [person('untouched', 9, 9), person('changed', 1, 7)];
    trigger.parameters = { event: 'updated' };
    expect(await trigger.poll('manual')).toEqual(['changed']);
    trigger.parameters = {};
    expect(await trigger.poll('manual')).toEqual(['untouched']);
    expect(trigger.state).toEqual({});
  });
});
